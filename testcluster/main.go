// Command testcluster runs a Kubernetes control plane in one process: etcd, kube-apiserver, the controllers of
// kube-controller-manager, kube-scheduler, and a kubelet that pretends. It is for tests, benchmarks and demos.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	settings, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "testcluster: %v\nRun testcluster --help for the flags.\n", err)
		return exitUsage
	}

	// The first signal asks for a clean stop; signal.Stop then lets a second one kill the process as usual.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop)
	if settings.exitWithParent {
		ctx = untilParentIsGone(ctx)
	}

	logs, err := openLog(settings.logFile, settings.verbosity)
	if err != nil {
		fmt.Fprintf(stderr, "testcluster: cannot write the log: %v\n", err)
		return exitFailed
	}
	if err := runCluster(ctx, settings, logs, stdout); err != nil {
		logs.explain()
		fmt.Fprintf(logs.stderr, "testcluster: %v\n", err)
		return exitFailed
	}
	return 0
}
