package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/cache"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/diff"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/engine"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/common"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/tracing"
	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/tools/clientcmd"
)

const mark = "bench.gitops.jenkins.io/managed"

// engineProcess is Argo CD's engine as its own agent uses it. It answers each line of standard input, check or sync, with a line:
// how many objects differed, or how many were synced.
func engineProcess(arguments []string) error {
	flags := flag.NewFlagSet("engine", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "")
	folder := flags.String("folder", "", "")
	namespace := flags.String("namespace", "", "")
	validate := flags.Bool("validate", false, "")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	config.QPS = 1000
	config.Burst = 2000
	objects, err := readObjects(*folder)
	if err != nil {
		return err
	}
	for _, object := range objects {
		annotations := object.GetAnnotations()
		if annotations == nil {
			annotations = map[string]string{}
		}
		annotations[mark] = "true"
		object.SetAnnotations(annotations)
	}
	// As Argo CD bounds it: without a bound it takes gigabytes.
	places := make(chan struct{}, 20)
	kubectl := &kube.KubectlCmd{
		Log:    logr.Discard(),
		Tracer: tracing.NopTracer{},
		OnKubectlRun: func(string) (kube.CleanupFunc, error) {
			places <- struct{}{}
			return func() { <-places }, nil
		},
	}
	clusterCache := cache.NewClusterCache(config,
		cache.SetNamespaces([]string{*namespace}),
		cache.SetKubectl(kubectl),
		cache.SetLogr(logr.Discard()),
		cache.SetPopulateResourceInfoHandler(func(object *unstructured.Unstructured, _ bool) (any, bool) {
			managed := object.GetAnnotations()[mark] != ""
			return managed, managed
		}))
	e := engine.NewEngine(config, clusterCache, engine.WithLogr(logr.Discard()), engine.WithKubectl(kubectl))
	stop, err := e.Run()
	if err != nil {
		return err
	}
	defer stop()
	contender := engineContender{e, clusterCache, objects, *namespace, *validate}

	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		start := time.Now()
		var count int
		switch lines.Text() {
		case "check":
			count, err = contender.check()
		case "sync":
			count, err = contender.sync()
		default:
			err = fmt.Errorf("no command: %s", lines.Text())
		}
		if err != nil {
			return err
		}
		fmt.Printf("%d %f\n", count, time.Since(start).Seconds())
	}
	return lines.Err()
}

type engineContender struct {
	engine    engine.GitOpsEngine
	cache     cache.ClusterCache
	objects   []*unstructured.Unstructured
	namespace string
	validate  bool
}

func managed(resource *cache.Resource) bool {
	return resource.Info.(bool)
}

// copies, for the engine writes into what it is given.
func (c engineContender) copies() []*unstructured.Unstructured {
	copies := make([]*unstructured.Unstructured, len(c.objects))
	for i, object := range c.objects {
		copies[i] = object.DeepCopy()
	}
	return copies
}

func (c engineContender) check() (int, error) {
	objects := c.copies()
	live, err := c.cache.GetManagedLiveObjs(objects, managed)
	if err != nil {
		return 0, err
	}
	pairs := sync.Reconcile(objects, live, c.namespace, c.cache)
	results, err := diff.DiffArray(pairs.Target, pairs.Live, diff.WithLogr(logr.Discard()))
	if err != nil {
		return 0, err
	}
	different := 0
	for _, result := range results.Diffs {
		if result.Modified {
			different++
		}
	}
	return different, nil
}

func (c engineContender) sync() (int, error) {
	results, err := c.engine.Sync(context.Background(), c.copies(), managed, "1", c.namespace,
		sync.WithManifestValidation(c.validate), sync.WithLogr(logr.Discard()))
	if err != nil {
		return 0, err
	}
	for _, result := range results {
		if result.Status == common.ResultCodeSyncFailed {
			return 0, fmt.Errorf("%s: %s", result.ResourceKey.String(), result.Message)
		}
	}
	return len(results), nil
}
