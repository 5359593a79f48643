package tests

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestDeploymentBecomesAvailable(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	create(t, shared.client.AppsV1().Deployments(ns).Create, deployment("web", "", 3))
	eventually(t, deploymentAvailable(ns, "web", 3))

	addresses := map[string]bool{}
	for _, pod := range pods(t, ns) {
		addresses[pod.Status.PodIP] = true
		if pod.Status.Phase != corev1.PodRunning || pod.Spec.NodeName == "" || pod.Status.HostIP == "" {
			t.Errorf("pod %s: phase %s, node %q, host address %q", pod.Name, pod.Status.Phase, pod.Spec.NodeName, pod.Status.HostIP)
		}
	}
	if len(addresses) != 3 || addresses[""] {
		t.Errorf("addresses %v, want three different ones", addresses)
	}
}

func TestStatefulSetGetsItsVolumes(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	replicas := int32(2)
	create(t, shared.client.AppsV1().StatefulSets(ns).Create, &appsv1.StatefulSet{
		ObjectMeta: named("db"),
		Spec: appsv1.StatefulSetSpec{
			Replicas: &replicas, ServiceName: "db", Selector: selecting("db"), Template: podTemplate("db", ""),
			VolumeClaimTemplates: []corev1.PersistentVolumeClaim{*claim("data", "wait-for-consumer")},
		},
	})
	eventually(t, func(ctx context.Context) (string, error) {
		set, err := shared.client.AppsV1().StatefulSets(ns).Get(ctx, "db", metav1.GetOptions{})
		return unless(set.Status.ReadyReplicas == replicas, "%d replicas are ready", set.Status.ReadyReplicas), err
	})
	eventually(t, claimBound(ns, "data-db-1"))
}

func TestDaemonSetRunsOnEachNode(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	create(t, shared.client.AppsV1().DaemonSets(ns).Create, &appsv1.DaemonSet{
		ObjectMeta: named("agent"),
		Spec:       appsv1.DaemonSetSpec{Selector: selecting("agent"), Template: podTemplate("agent", "")},
	})
	eventually(t, func(ctx context.Context) (string, error) {
		set, err := shared.client.AppsV1().DaemonSets(ns).Get(ctx, "agent", metav1.GetOptions{})
		return unless(set.Status.NumberAvailable == 2, "available on %d nodes", set.Status.NumberAvailable), err
	})
}

func TestJobEndsAsItsPodsDo(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	for behaviour, want := range map[string]batchv1.JobConditionType{
		"":     batchv1.JobComplete,
		"fail": batchv1.JobFailed,
	} {
		t.Run("behaviour "+behaviour, func(t *testing.T) {
			name := "job" + behaviour
			create(t, shared.client.BatchV1().Jobs(ns).Create, job(name, behaviour))
			eventually(t, func(ctx context.Context) (string, error) {
				job, err := shared.client.BatchV1().Jobs(ns).Get(ctx, name, metav1.GetOptions{})
				ended := slices.ContainsFunc(job.Status.Conditions, func(c batchv1.JobCondition) bool {
					return c.Type == want && c.Status == corev1.ConditionTrue
				})
				return unless(ended, "conditions %v", job.Status.Conditions), err
			})
		})
	}
}

func TestAutoscalerKeepsToItsMinimum(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	create(t, shared.client.AppsV1().Deployments(ns).Create, deployment("web", "", 1))
	minimum := int32(2)
	create(t, shared.client.AutoscalingV2().HorizontalPodAutoscalers(ns).Create, &autoscalingv2.HorizontalPodAutoscaler{
		ObjectMeta: named("web"),
		Spec: autoscalingv2.HorizontalPodAutoscalerSpec{
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{APIVersion: "apps/v1", Kind: "Deployment", Name: "web"},
			MinReplicas:    &minimum,
			MaxReplicas:    4,
		},
	})
	eventually(t, deploymentAvailable(ns, "web", minimum))
}

func TestDeletedPodDoesNotUseUpItsGrace(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	create(t, shared.client.AppsV1().Deployments(ns).Create, deployment("web", "", 1))
	eventually(t, deploymentAvailable(ns, "web", 1))
	name := pods(t, ns)[0].Name

	started := time.Now()
	if err := shared.client.CoreV1().Pods(ns).Delete(t.Context(), name, metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, func(ctx context.Context) (string, error) {
		_, err := shared.client.CoreV1().Pods(ns).Get(ctx, name, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return "", nil
		}
		return "the pod is still there", err
	})
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
	eventually(t, deploymentAvailable(ns, "web", 1))
}

func TestDeletedNamespaceGoesWithItsContent(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	create(t, shared.client.AppsV1().Deployments(ns).Create, deployment("web", "", 1))
	create(t, shared.client.BatchV1().Jobs(ns).Create, job("stuck", "stuck"))
	create(t, shared.client.CoreV1().PersistentVolumeClaims(ns).Create, claim("data", ""))
	eventually(t, deploymentAvailable(ns, "web", 1))
	eventually(t, claimBound(ns, "data"))
	if err := shared.client.CoreV1().Namespaces().Delete(t.Context(), ns, metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, func(ctx context.Context) (string, error) {
		left, err := shared.client.CoreV1().Namespaces().Get(ctx, ns, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return "", nil
		}
		return fmt.Sprint(left.Status.Conditions), err
	})
}

func deploymentAvailable(ns, name string, replicas int32) func(context.Context) (string, error) {
	return deploymentAvailableIn(shared, ns, name, replicas)
}

func deploymentAvailableIn(c *cluster, ns, name string, replicas int32) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		d, err := c.client.AppsV1().Deployments(ns).Get(ctx, name, metav1.GetOptions{})
		return unless(d.Status.AvailableReplicas == replicas, "%d of %d replicas are available", d.Status.AvailableReplicas, replicas), err
	}
}

func pods(t *testing.T, ns string) []corev1.Pod {
	t.Helper()
	list, err := shared.client.CoreV1().Pods(ns).List(t.Context(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return list.Items
}

// create makes the object and returns what the server made of it.
func create[T any](t *testing.T, creator func(context.Context, T, metav1.CreateOptions) (T, error), object T) T {
	t.Helper()
	created, err := creator(t.Context(), object, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return created
}

// unless is what is missing, or nothing when it holds.
func unless(holds bool, format string, args ...any) string {
	if holds {
		return ""
	}
	return fmt.Sprintf(format, args...)
}
