package main

import (
	"context"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/klog/v2"
)

const loopWorkers = 4

// loop calls reconcile for each object that changed: never for one object at twice, again after an error (later each
// time), and again after the time that reconcile returns, unless zero.
type loop struct {
	queue     workqueue.TypedRateLimitingInterface[types.NamespacedName]
	reconcile func(ctx context.Context, name types.NamespacedName) (again time.Duration, err error)
}

func newLoop(reconcile func(context.Context, types.NamespacedName) (time.Duration, error)) *loop {
	// Most errors here are conflicts with another writer: the first retry is soon.
	limiter := workqueue.NewTypedItemExponentialFailureRateLimiter[types.NamespacedName](5*time.Millisecond, 10*time.Second)
	return &loop{queue: workqueue.NewTypedRateLimitingQueue(limiter), reconcile: reconcile}
}

// watch makes the loop follow the informer's objects.
func (l *loop) watch(informer cache.SharedIndexInformer) {
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    l.enqueue,
		UpdateFunc: func(_, changed any) { l.enqueue(changed) },
		DeleteFunc: l.enqueue,
	})
	if err != nil {
		klog.Errorf("watching: %v", err)
	}
}

func (l *loop) enqueue(object any) {
	if name, err := cache.DeletionHandlingObjectToName(object); err == nil {
		l.queue.Add(types.NamespacedName(name))
	}
}

// run works until the context ends.
func (l *loop) run(ctx context.Context) {
	var workers sync.WaitGroup
	for range loopWorkers {
		workers.Go(func() { wait.UntilWithContext(ctx, l.work, 0) })
	}
	<-ctx.Done()
	l.queue.ShutDown()
	workers.Wait()
}

func (l *loop) work(ctx context.Context) {
	for {
		name, shutdown := l.queue.Get()
		if shutdown {
			return
		}
		again, err := l.reconcile(ctx, name)
		switch {
		case err != nil:
			klog.V(2).Infof("%s: %v", name, err)
			l.queue.AddRateLimited(name)
		case again > 0:
			l.queue.Forget(name)
			l.queue.AddAfter(name, again)
		default:
			l.queue.Forget(name)
		}
		l.queue.Done(name)
	}
}
