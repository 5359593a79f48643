package main

import (
	"context"

	"github.com/spf13/pflag"
	"k8s.io/kubernetes/cmd/kube-scheduler/app"
	"k8s.io/kubernetes/cmd/kube-scheduler/app/options"
)

// newScheduler returns the function that runs a kube-scheduler.
func newScheduler(ctx context.Context, kubeconfig string) (func(context.Context) error, error) {
	actAs("kube-scheduler")
	o := options.NewOptions()
	flags := pflag.NewFlagSet("kube-scheduler", pflag.ContinueOnError)
	for _, f := range o.Flags.FlagSets {
		flags.AddFlagSet(f)
	}
	err := flags.Parse([]string{
		"--kubeconfig=" + kubeconfig,
		"--leader-elect=false",
		"--secure-port=0",
		"--kube-api-qps=1000",
		"--kube-api-burst=2000",
	})
	if err != nil {
		return nil, err
	}
	config, scheduler, err := app.Setup(ctx, o)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error { return app.Run(ctx, config, scheduler) }, nil
}
