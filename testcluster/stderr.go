package main

import (
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// divertStderr sends what is written to standard error from now on to the file, and returns the real one. The API
// server's etcd client logs there and takes no other logger. A crash is still reported on the real one.
func divertStderr(to *os.File) (*os.File, error) {
	descriptor, err := unix.Dup(unix.Stderr)
	if err != nil {
		return nil, err
	}
	unix.CloseOnExec(descriptor)
	stderr := os.NewFile(uintptr(descriptor), "/dev/stderr")
	if err := debug.SetCrashOutput(stderr, debug.CrashOptions{}); err != nil {
		return nil, err
	}
	return stderr, unix.Dup2(int(to.Fd()), unix.Stderr)
}
