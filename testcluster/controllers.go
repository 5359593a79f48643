package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
	"k8s.io/apimachinery/pkg/util/sets"
	genericcontrollermanager "k8s.io/controller-manager/app"
	"k8s.io/kubernetes/cmd/kube-controller-manager/app"
	"k8s.io/kubernetes/cmd/kube-controller-manager/app/options"
)

// The controllers of this program itself, for what a cloud provides in a real cluster.
const (
	loadBalancerController = "loadbalancer"
	provisionerController  = "provisioner"
)

var ownControllers = []string{loadBalancerController, provisionerController}

// controllerSelection is the value of --controllers; none is the empty list.
type controllerSelection []string

func allControllers() controllerSelection { return controllerSelection{"*"} }

func (c *controllerSelection) String() string {
	if c == nil {
		return ""
	}
	return strings.Join(*c, ",")
}

func (c *controllerSelection) Set(value string) error {
	if on, err := strconv.ParseBool(value); err == nil {
		*c = nil
		if on {
			*c = allControllers()
		}
		return nil
	}
	known := slices.Concat(app.KnownControllers(), ownControllers)
	aliases := app.ControllerAliases()
	var selection controllerSelection
	for name := range strings.SplitSeq(value, ",") {
		bare := strings.TrimPrefix(strings.TrimPrefix(name, "-"), "+")
		if canonical, ok := aliases[bare]; ok {
			name = strings.TrimSuffix(name, bare) + canonical
			bare = canonical
		}
		if bare != "*" && !slices.Contains(known, bare) {
			return fmt.Errorf("there is no controller %q; known are %s", bare, strings.Join(known, ", "))
		}
		selection = append(selection, name)
	}
	*c = selection
	return nil
}

func (c controllerSelection) enabled(name string) bool {
	return genericcontrollermanager.IsControllerEnabled(name, sets.NewString(app.ControllersDisabledByDefault()...), c)
}

// upstream is the selection without the names that kube-controller-manager does not know.
func (c controllerSelection) upstream() []string {
	return slices.DeleteFunc(slices.Clone([]string(c)), func(name string) bool {
		return slices.Contains(ownControllers, strings.TrimLeft(name, "-+"))
	})
}

// newControllerManager returns the function that runs the selected controllers of kube-controller-manager.
func newControllerManager(ctx context.Context, selection controllerSelection, kubeconfig string, authority *pki) (func(context.Context) error, error) {
	actAs("kube-controller-manager")
	o, err := options.NewKubeControllerManagerOptions()
	if err != nil {
		return nil, err
	}
	known, disabled, aliases := app.KnownControllers(), app.ControllersDisabledByDefault(), app.ControllerAliases()
	flags := pflag.NewFlagSet("kube-controller-manager", pflag.ContinueOnError)
	named := o.Flags(known, disabled, aliases)
	for _, f := range named.FlagSets {
		flags.AddFlagSet(f)
	}
	err = flags.Parse([]string{
		"--kubeconfig=" + kubeconfig,
		"--controllers=" + strings.Join(selection.upstream(), ","),
		"--leader-elect=false",
		"--secure-port=0",
		"--service-account-private-key-file=" + authority.serviceAccountKeyFile(),
		"--root-ca-file=" + authority.caFile(),
		"--cluster-signing-cert-file=" + authority.caFile(),
		"--cluster-signing-key-file=" + authority.caKeyFile(),
		// Without metrics it only keeps to minReplicas and maxReplicas; the default has a test wait 15 s for that.
		"--horizontal-pod-autoscaler-sync-period=2s",
		// The default of 20 requests a second would make a benchmark measure the controllers' patience.
		"--kube-api-qps=1000",
		"--kube-api-burst=2000",
	})
	if err != nil {
		return nil, err
	}
	config, err := o.Config(ctx, known, disabled, aliases)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error { return app.Run(ctx, config.Complete()) }, nil
}
