package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/util/retry"
	"k8s.io/component-base/version"
	"k8s.io/klog/v2"
	"k8s.io/utils/ptr"
)

// A node is seen as alive while its Lease is renewed; both are the periods of a real kubelet.
const (
	leaseRenewal  = 10 * time.Second
	leaseDuration = 40 // seconds
)

// node is one machine that does not exist.
type node struct {
	client  kubernetes.Interface
	name    string
	address string
}

func newNode(client kubernetes.Interface, number int) *node {
	// The range for documentation (RFC 5737, TEST-NET-1).
	return &node{client: client, name: fmt.Sprintf("node-%d", number), address: fmt.Sprintf("192.0.2.%d", number)}
}

// run registers the node and keeps it alive; a deleted one comes back, as that of a kubelet that is restarted.
func (n *node) run(ctx context.Context) {
	registered := false
	wait.UntilWithContext(ctx, func(ctx context.Context) {
		for ctx.Err() == nil {
			if err := n.refresh(ctx, &registered); err != nil {
				klog.Errorf("node %s: %v", n.name, err)
				time.Sleep(50 * time.Millisecond)
				continue
			}
			return
		}
	}, leaseRenewal)
}

func (n *node) refresh(ctx context.Context, registered *bool) error {
	if _, err := n.client.CoreV1().Nodes().Get(ctx, n.name, metav1.GetOptions{ResourceVersion: "0"}); apierrors.IsNotFound(err) {
		*registered = false
	}
	if err := n.renewLease(ctx); err != nil {
		return err
	}
	if *registered {
		return nil
	}
	if err := n.register(ctx); err != nil {
		return err
	}
	*registered = true
	return nil
}

func (n *node) register(ctx context.Context) error {
	nodes := n.client.CoreV1().Nodes()
	_, err := nodes.Create(ctx, &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: n.name, Labels: n.labels()}}, metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		return err
	}
	return retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		current, err := nodes.Get(ctx, n.name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		current.Status = n.status(current.Status)
		if current, err = nodes.UpdateStatus(ctx, current, metav1.UpdateOptions{}); err != nil {
			return err
		}
		// Admission taints a new node; without the node controller nobody else would remove that.
		if !slices.ContainsFunc(current.Spec.Taints, isAboutReadiness) {
			return nil
		}
		current.Spec.Taints = slices.DeleteFunc(current.Spec.Taints, isAboutReadiness)
		_, err = nodes.Update(ctx, current, metav1.UpdateOptions{})
		return err
	})
}

func (n *node) labels() map[string]string {
	return map[string]string{
		corev1.LabelHostname:   n.name,
		corev1.LabelOSStable:   "linux",
		corev1.LabelArchStable: runtime.GOARCH,
	}
}

func (n *node) status(before corev1.NodeStatus) corev1.NodeStatus {
	// More than any test asks for: scheduling fails here only when a test means it to.
	size := corev1.ResourceList{
		corev1.ResourceCPU:              resource.MustParse("1000"),
		corev1.ResourceMemory:           resource.MustParse("4Ti"),
		corev1.ResourceEphemeralStorage: resource.MustParse("100Ti"),
		corev1.ResourcePods:             resource.MustParse("10000"),
	}
	status := before
	status.Capacity, status.Allocatable = size, size
	status.Addresses = []corev1.NodeAddress{
		{Type: corev1.NodeInternalIP, Address: n.address},
		{Type: corev1.NodeHostName, Address: n.name},
	}
	status.NodeInfo = corev1.NodeSystemInfo{
		KubeletVersion:          version.Get().GitVersion,
		ContainerRuntimeVersion: "testcluster://none",
		OSImage:                 "testcluster",
		OperatingSystem:         "linux",
		Architecture:            runtime.GOARCH,
	}
	now := metav1.Now()
	condition := func(kind corev1.NodeConditionType, status corev1.ConditionStatus, reason string) corev1.NodeCondition {
		return corev1.NodeCondition{Type: kind, Status: status, Reason: reason, LastHeartbeatTime: now, LastTransitionTime: now}
	}
	status.Conditions = []corev1.NodeCondition{
		condition(corev1.NodeMemoryPressure, corev1.ConditionFalse, "KubeletHasSufficientMemory"),
		condition(corev1.NodeDiskPressure, corev1.ConditionFalse, "KubeletHasNoDiskPressure"),
		condition(corev1.NodePIDPressure, corev1.ConditionFalse, "KubeletHasSufficientPID"),
		condition(corev1.NodeReady, corev1.ConditionTrue, "KubeletReady"),
	}
	return status
}

func (n *node) renewLease(ctx context.Context) error {
	leases := n.client.CoordinationV1().Leases(corev1.NamespaceNodeLease)
	lease, err := leases.Get(ctx, n.name, metav1.GetOptions{})
	now := ptr.To(metav1.NowMicro())
	if apierrors.IsNotFound(err) {
		_, err = leases.Create(ctx, &coordinationv1.Lease{
			ObjectMeta: metav1.ObjectMeta{Name: n.name, Namespace: corev1.NamespaceNodeLease},
			Spec: coordinationv1.LeaseSpec{
				HolderIdentity:       &n.name,
				LeaseDurationSeconds: ptr.To[int32](leaseDuration),
				RenewTime:            now,
			},
		}, metav1.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	lease.Spec.RenewTime = now
	_, err = leases.Update(ctx, lease, metav1.UpdateOptions{})
	return err
}

func isNodeReady(node *corev1.Node) bool {
	return !slices.ContainsFunc(node.Spec.Taints, isAboutReadiness) && slices.ContainsFunc(node.Status.Conditions, func(c corev1.NodeCondition) bool {
		return c.Type == corev1.NodeReady && c.Status == corev1.ConditionTrue
	})
}

func isAboutReadiness(taint corev1.Taint) bool {
	return taint.Key == corev1.TaintNodeNotReady || taint.Key == corev1.TaintNodeUnreachable
}
