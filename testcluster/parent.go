package main

import (
	"context"
	"os"
	"time"
)

// untilParentIsGone returns a context that also ends when this process gets another parent, which is what the kernel
// does to a child whose parent has died. Polling is used rather than PR_SET_PDEATHSIG because that fires when the
// thread that forked ends, and a JVM forks from short-lived threads.
func untilParentIsGone(ctx context.Context) context.Context {
	parent := os.Getppid()
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		tick := time.NewTicker(250 * time.Millisecond)
		defer tick.Stop()
		for os.Getppid() == parent {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx
}
