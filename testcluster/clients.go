package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/component-base/version"
)

const readyPoll = 20 * time.Millisecond

// clients gives each part of the cluster its access to the API server.
type clients struct {
	authority *pki
	url       string
	config    *rest.Config
}

func newClients(authority *pki, url string) (*clients, error) {
	kubeconfig, err := kubeconfigFor(authority, url, "testcluster")
	if err != nil {
		return nil, err
	}
	config, err := clientcmd.RESTConfigFromKubeConfig(kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1 // no limit
	config.ContentType = "application/vnd.kubernetes.protobuf"
	return &clients{authority: authority, url: url, config: config}, nil
}

// own is a client of this program's own code, which appears as the named component in managed fields.
func (c *clients) own(component string) kubernetes.Interface {
	config := rest.CopyConfig(c.config)
	config.UserAgent = component + "/" + version.Get().GitVersion
	return kubernetes.NewForConfigOrDie(config)
}

// kubeconfigFile writes the kubeconfig that an upstream component wants to read.
func (c *clients) kubeconfigFile(dir, component string) (string, error) {
	content, err := kubeconfigFor(c.authority, c.url, "system:"+component)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, component+".kubeconfig")
	return file, os.WriteFile(file, content, 0o600)
}

// awaitAPIServer waits until all that the API server does at its start is done.
func (c *clients) awaitAPIServer(ctx context.Context) error {
	return await(ctx, "the API server", func() bool {
		return c.own("testcluster").Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error() == nil
	})
}

// awaitReady waits for what a test takes for granted: a namespace that takes pods, and nodes for them.
func (c *clients) awaitReady(ctx context.Context, s settings) error {
	client := c.own("testcluster")
	if s.controllers.enabled("serviceaccount-controller") {
		err := await(ctx, "the default service account", func() bool {
			_, err := client.CoreV1().ServiceAccounts("default").Get(ctx, "default", metav1.GetOptions{})
			return err == nil
		})
		if err != nil {
			return err
		}
	}
	if !s.kubelet {
		return nil
	}
	return await(ctx, "the nodes", func() bool {
		nodes, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{})
		ready := 0
		if err == nil {
			for _, node := range nodes.Items {
				if isNodeReady(&node) {
					ready++
				}
			}
		}
		return ready >= s.nodes
	})
}

func await(ctx context.Context, what string, ready func() bool) error {
	err := wait.PollUntilContextTimeout(ctx, readyPoll, time.Minute, true, func(context.Context) (bool, error) {
		return ready(), nil
	})
	if err != nil {
		return fmt.Errorf("waiting for %s: %w", what, err)
	}
	return nil
}
