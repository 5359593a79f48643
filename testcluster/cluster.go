package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/klog/v2"
)

// How long each layer may take to stop; together they stay below the promised four seconds. Nothing is lost when one is
// cut short, as the API server regularly is, which waits a second for its clients to hang up: an answered write is in
// etcd's log.
const (
	clientsStopTimeout   = 500 * time.Millisecond
	apiServerStopTimeout = 500 * time.Millisecond
	etcdStopTimeout      = time.Second
)

// runCluster starts a cluster, says when it is ready, and stops it when the context ends or a component fails.
func runCluster(ctx context.Context, s settings, logs *clusterLog, stdout io.Writer) error {
	rest.SetDefaultWarningHandler(rest.NoWarnings{})
	// Nearly all that the start allocates stays: to collect less often then saves a quarter of its CPU time.
	usualGC := debug.SetGCPercent(300)

	dir, err := openDataDir(s.dataDir)
	if err != nil {
		return err
	}
	defer dir.close()
	kubeconfig := s.kubeconfig
	if kubeconfig == "" {
		kubeconfig = filepath.Join(dir.path, "kubeconfig")
	}
	if err := makeWayFor(kubeconfig); err != nil {
		return fmt.Errorf("preparing to write the kubeconfig: %w", err)
	}
	authority, err := openPKI(filepath.Join(dir.path, "pki"))
	if err != nil {
		return fmt.Errorf("preparing certificates: %w", err)
	}
	store, err := startEtcd(filepath.Join(dir.path, "etcd"), logs)
	if err != nil {
		return err
	}
	defer within(etcdStopTimeout, store.stop)

	actAs("kube-apiserver")
	server, err := newAPIServer(ctx, s, authority, store.url())
	if err != nil {
		return fmt.Errorf("setting up the API server: %w", err)
	}
	serverParts := newParts()
	defer serverParts.stop(apiServerStopTimeout)
	serverParts.run("kube-apiserver", server.run)

	clientParts := newParts()
	defer clientParts.stop(clientsStopTimeout)
	ready := make(chan error, 1)
	go func() { ready <- startClients(clientParts, s, dir, authority, server.url) }()

	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-serverParts.failed:
			return err
		case err := <-clientParts.failed:
			return err
		case err := <-ready:
			if err == nil {
				err = announce(stdout, kubeconfig, authority, server.url)
			}
			if err != nil {
				return err
			}
			debug.SetGCPercent(usualGC)
			go debug.FreeOSMemory()
		}
	}
}

// makeWayFor finds out before the start rather than after it that the file cannot be written, and removes that of an
// earlier run, which would tell a waiting reader that this cluster is ready.
func makeWayFor(kubeconfig string) error {
	if err := os.MkdirAll(filepath.Dir(kubeconfig), 0o755); err != nil {
		return err
	}
	if err := os.Remove(kubeconfig); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// announce tells both kinds of callers that the cluster is ready: those who read the output and those who wait for the
// file.
func announce(stdout io.Writer, kubeconfig string, authority *pki, url string) error {
	content, err := kubeconfigFor(authority, url, "kubernetes-admin")
	if err != nil {
		return err
	}
	if err := writeAtomically(kubeconfig, content); err != nil {
		return fmt.Errorf("writing the kubeconfig: %w", err)
	}
	_, err = fmt.Fprintf(stdout, "READY %s kubeconfig=%s\n", url, kubeconfig)
	return err
}

// startClients starts all that talks to the API server, and returns when the cluster is ready for use.
func startClients(p *parts, s settings, dir *dataDir, authority *pki, url string) error {
	clients, err := newClients(authority, url)
	if err != nil {
		return err
	}
	if err := clients.awaitAPIServer(p.ctx); err != nil {
		return err
	}
	if err := createStorageClasses(p.ctx, clients.own("testcluster")); err != nil {
		return err
	}

	if s.scheduler {
		kubeconfig, err := clients.kubeconfigFile(dir.path, "kube-scheduler")
		if err != nil {
			return err
		}
		run, err := newScheduler(p.ctx, kubeconfig)
		if err != nil {
			return fmt.Errorf("setting up the scheduler: %w", err)
		}
		p.run("kube-scheduler", run)
	}
	if len(s.controllers.upstream()) > 0 {
		kubeconfig, err := clients.kubeconfigFile(dir.path, "kube-controller-manager")
		if err != nil {
			return err
		}
		run, err := newControllerManager(p.ctx, s.controllers, kubeconfig, authority)
		if err != nil {
			return fmt.Errorf("setting up the controllers: %w", err)
		}
		p.run("kube-controller-manager", run)
	}
	if s.controllers.enabled(loadBalancerController) {
		p.run(loadBalancerController, newLoadBalancer(clients.own("cloud-controller-manager")).run)
	}
	if s.controllers.enabled(provisionerController) {
		p.run(provisionerController, newProvisioner(clients.own("external-provisioner")).run)
	}
	if s.kubelet {
		p.run("kubelet", newKubelet(clients.own("kubelet"), s.nodes, s.podDelay).run)
	}
	return clients.awaitReady(p.ctx, s)
}

// parts are components that run and stop together.
type parts struct {
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
	failed  chan error
}

func newParts() *parts {
	ctx, cancel := context.WithCancel(context.Background())
	return &parts{ctx: ctx, cancel: cancel, failed: make(chan error, 1)}
}

func (p *parts) run(name string, component func(context.Context) error) {
	p.running.Go(func() {
		err := component(p.ctx)
		if p.ctx.Err() != nil {
			klog.Infof("%s stopped: %v", name, err)
			return
		}
		if err == nil {
			err = errors.New("it ended without a reason given")
		}
		select {
		case p.failed <- fmt.Errorf("%s failed: %w", name, err):
		default: // The first failure is the one to report.
		}
	})
}

func (p *parts) stop(timeout time.Duration) {
	p.cancel()
	within(timeout, p.running.Wait)
}

// within waits for the action, but not longer than the timeout.
func within(timeout time.Duration, action func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		action()
	}()
	select {
	case <-done:
	case <-time.After(timeout):
	}
}
