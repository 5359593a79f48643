package main

import (
	"context"
	"fmt"
	"net"

	"github.com/spf13/pflag"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/cmd/kube-apiserver/app/options"
)

const serviceIPRange = "10.96.0.0/16"

// firstServiceIP is the address of the Service default/kubernetes.
var firstServiceIP = net.IPv4(10, 96, 0, 1)

// apiServer is a kube-apiserver, set up but not yet running.
type apiServer struct {
	url     string
	options options.CompletedOptions
}

func newAPIServer(ctx context.Context, s settings, authority *pki, etcdURL string) (*apiServer, error) {
	// Listening first tells at once when the port is taken, and which one is free when none was asked for.
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", s.port))
	if err != nil {
		return nil, fmt.Errorf("opening the API server's port: %w", err)
	}
	address := listener.Addr().(*net.TCPAddr)

	o := options.NewServerRunOptions()
	o.SecureServing.Listener = listener
	o.SecureServing.BindPort = address.Port
	// Otherwise it looks for the address of a network interface, and a machine without network has none.
	o.SecureServing.ExternalAddress = address.IP

	flags := pflag.NewFlagSet("kube-apiserver", pflag.ContinueOnError)
	for _, f := range o.Flags().FlagSets {
		flags.AddFlagSet(f)
	}
	if err := flags.Parse(apiServerFlags(s, authority, etcdURL)); err != nil {
		return nil, err
	}
	if err := o.GenericServerRunOptions.ComponentGlobalsRegistry.Set(); err != nil {
		return nil, err
	}
	completed, err := o.Complete(ctx)
	if err != nil {
		return nil, err
	}
	if errs := completed.Validate(); len(errs) > 0 {
		return nil, utilerrors.NewAggregate(errs)
	}
	return &apiServer{url: "https://" + address.String(), options: completed}, nil
}

func apiServerFlags(s settings, authority *pki, etcdURL string) []string {
	flags := []string{
		"--etcd-servers=" + etcdURL,
		"--bind-address=127.0.0.1",
		"--client-ca-file=" + authority.caFile(),
		"--tls-cert-file=" + authority.serverCertFile(),
		"--tls-private-key-file=" + authority.serverKeyFile(),
		"--authorization-mode=RBAC",
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--service-account-key-file=" + authority.serviceAccountKeyFile(),
		"--service-account-signing-key-file=" + authority.serviceAccountKeyFile(),
		"--service-cluster-ip-range=" + serviceIPRange,
		"--allow-privileged=true",
		// An endpoint on loopback is refused by validation, and no pod would reach it.
		"--endpoint-reconciler-type=none",
		"--profiling=false",
	}
	if !s.controllers.enabled("serviceaccount-controller") {
		// It asks for the namespace's default account, which nobody would create.
		flags = append(flags, "--disable-admission-plugins=ServiceAccount")
	}
	return flags
}

func (a *apiServer) run(ctx context.Context) error { return app.Run(ctx, a.options) }
