package main

import (
	"context"
	"maps"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/klog/v2"
)

// runTime is how long a pod that completes or fails runs before: long enough to be seen running.
const runTime = time.Second

// kubelet pretends to run the pods that are bound to its nodes.
type kubelet struct {
	client   kubernetes.Interface
	nodes    map[string]*node
	podDelay time.Duration
	factory  informers.SharedInformerFactory
	pods     corelisters.PodLister

	mutex sync.Mutex
	// seen holds when each living pod was first seen; addresses are theirs until they are gone.
	seen      map[types.NamespacedName]sighting
	addresses *podAddresses
}

type sighting struct {
	uid types.UID
	at  time.Time
}

func newKubelet(client kubernetes.Interface, nodes int, podDelay time.Duration) *kubelet {
	k := &kubelet{
		client:    client,
		nodes:     map[string]*node{},
		podDelay:  podDelay,
		seen:      map[types.NamespacedName]sighting{},
		addresses: newPodAddresses(),
	}
	for number := range nodes {
		n := newNode(client, number+1)
		k.nodes[n.name] = n
	}
	k.factory = informers.NewSharedInformerFactoryWithOptions(client, 0,
		informers.WithTweakListOptions(func(o *metav1.ListOptions) { o.FieldSelector = "spec.nodeName!=" }))
	k.pods = k.factory.Core().V1().Pods().Lister()
	return k
}

func (k *kubelet) run(ctx context.Context) error {
	for n := range maps.Values(k.nodes) {
		go n.run(ctx)
	}
	pods := newLoop(k.reconcile)
	informer := k.factory.Core().V1().Pods().Informer()
	k.factory.Start(ctx.Done())
	k.factory.WaitForCacheSync(ctx.Done())
	// The pods of an earlier run keep their addresses: they are all known before the first new one is given.
	for _, object := range informer.GetStore().List() {
		if pod := object.(*corev1.Pod); pod.Status.PodIP != "" && !pod.Spec.HostNetwork {
			k.addresses.reserve(pod.UID, pod.Status.PodIP)
		}
	}
	pods.watch(informer)
	pods.run(ctx)
	return nil
}

func (k *kubelet) reconcile(ctx context.Context, name types.NamespacedName) (time.Duration, error) {
	pod, err := k.pods.Pods(name.Namespace).Get(name.Name)
	if apierrors.IsNotFound(err) {
		k.forget(name)
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	node := k.nodes[pod.Spec.NodeName]
	if node == nil {
		return 0, nil
	}
	if pod.DeletionTimestamp != nil {
		return 0, k.finish(ctx, pod)
	}
	if pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed {
		return 0, nil
	}

	b, again := k.behaviourNow(pod, name)
	if b == "" {
		return again, nil
	}
	podIP := node.address
	if !pod.Spec.HostNetwork {
		podIP = k.addresses.of(pod.UID)
	}
	status := podStatus(pod, b, podIP, node.address, metav1.Now().Rfc3339Copy())
	if apiequality.Semantic.DeepEqual(status, pod.Status) {
		return again, nil
	}
	return again, k.write(ctx, pod, status)
}

// behaviourNow is the behaviour at the pod's age, empty before its containers start, and the time to look again.
func (k *kubelet) behaviourNow(pod *corev1.Pod, name types.NamespacedName) (behaviour, time.Duration) {
	age := time.Since(k.firstSeen(pod, name))
	if age < k.podDelay {
		return "", k.podDelay - age
	}
	b := behaviourOf(pod)
	if end := k.podDelay + runTime; (b == behaviourComplete || b == behaviourFail) && age < end {
		return behaviourRun, end - age
	}
	return b, 0
}

func (k *kubelet) write(ctx context.Context, pod *corev1.Pod, status corev1.PodStatus) error {
	changed := pod.DeepCopy()
	changed.Status = status
	_, err := k.client.CoreV1().Pods(pod.Namespace).UpdateStatus(ctx, changed, metav1.UpdateOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

// finish removes a pod that is being deleted, without using up the grace it was given: no process needs it.
func (k *kubelet) finish(ctx context.Context, pod *corev1.Pod) error {
	ended := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
	// A finalizer's owner, such as the Job controller, reads from the phase how the pod ended.
	if !ended && len(pod.Finalizers) > 0 {
		status := podStatus(pod, behaviourFail, pod.Status.PodIP, pod.Status.HostIP, metav1.Now().Rfc3339Copy())
		if err := k.write(ctx, pod, status); err != nil {
			return err
		}
	}
	if pod.DeletionGracePeriodSeconds != nil && *pod.DeletionGracePeriodSeconds == 0 {
		return nil
	}
	err := k.client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, metav1.DeleteOptions{
		GracePeriodSeconds: new(int64),
		Preconditions:      metav1.NewUIDPreconditions(string(pod.UID)),
	})
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return nil
	}
	if err == nil {
		klog.V(2).Infof("removed pod %s/%s", pod.Namespace, pod.Name)
	}
	return err
}

func (k *kubelet) firstSeen(pod *corev1.Pod, name types.NamespacedName) time.Time {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	s, known := k.seen[name]
	if !known || s.uid != pod.UID {
		// A StatefulSet's pod can be replaced by one of the same name before its deletion is seen.
		if known {
			k.addresses.release(s.uid)
		}
		s = sighting{uid: pod.UID, at: time.Now()}
		k.seen[name] = s
	}
	return s.at
}

func (k *kubelet) forget(name types.NamespacedName) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if s, known := k.seen[name]; known {
		k.addresses.release(s.uid)
		delete(k.seen, name)
	}
}
