package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"time"
)

// settings is what the command line asks for.
type settings struct {
	kubeconfig     string
	dataDir        string
	port           int
	controllers    controllerSelection
	scheduler      bool
	kubelet        bool
	nodes          int
	podDelay       time.Duration
	logFile        string
	verbosity      int
	exitWithParent bool
}

func parseFlags(args []string, output io.Writer) (settings, error) {
	s := settings{controllers: allControllers()}
	flags := flag.NewFlagSet("testcluster", flag.ContinueOnError)
	flags.StringVar(&s.kubeconfig, "kubeconfig", "",
		"`file` to write the administrator's kubeconfig to once the cluster is ready (default: kubeconfig in the data directory)")
	flags.StringVar(&s.dataDir, "data", "",
		"`directory` that keeps the cluster's state over restarts (default: a temporary one, removed at exit)")
	flags.IntVar(&s.port, "port", 0, "`port` of the API server on 127.0.0.1; 0 takes a free one")
	flags.Var(&s.controllers, "controllers",
		"true, false, or a `list` as kube-controller-manager takes it, for example *,-cronjob-controller")
	flags.BoolVar(&s.scheduler, "scheduler", true, "run the scheduler")
	flags.BoolVar(&s.kubelet, "kubelet", true, "register nodes and pretend to run the pods on them")
	flags.IntVar(&s.nodes, "nodes", 2, "`number` of nodes, named node-1, node-2, …")
	flags.DurationVar(&s.podDelay, "pod-delay", 200*time.Millisecond, "`time` from a pod's scheduling to its containers' start")
	flags.StringVar(&s.logFile, "log", "", "`file` for the components' logs, - for stderr (default: none, except when the start fails)")
	flags.IntVar(&s.verbosity, "v", 0, "verbosity `level` of the components' logs")
	flags.BoolVar(&s.exitWithParent, "exit-with-parent", false, "stop when the process that started this one has ended")

	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(output, "testcluster runs a Kubernetes control plane in one process, on loopback only. Flags:")
			flags.SetOutput(output)
			flags.PrintDefaults()
		}
		return s, err
	}
	return s, s.validate(flags.Args())
}

func (s settings) validate(rest []string) error {
	switch {
	case len(rest) > 0 && (rest[0] == "true" || rest[0] == "false"):
		return fmt.Errorf("unexpected argument %q: a switch takes its value after an equals sign, as in --scheduler=%s", rest[0], rest[0])
	case len(rest) > 0:
		return fmt.Errorf("unexpected argument %q", rest[0])
	case s.port < 0 || s.port > 65535:
		return fmt.Errorf("--port %d is not a port: give one from 1 to 65535, or 0 for a free one", s.port)
	case s.nodes < 1 || s.nodes > 250:
		return fmt.Errorf("--nodes %d: give 1 to 250, or --kubelet=false for none", s.nodes)
	case s.podDelay < 0:
		return fmt.Errorf("--pod-delay %s is negative", s.podDelay)
	}
	return nil
}
