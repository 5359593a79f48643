package tests

import (
	"context"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestClaimOfTheDefaultClassBindsAtOnce(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	claims := shared.client.CoreV1().PersistentVolumeClaims(ns)
	create(t, claims.Create, claim("data", ""))
	eventually(t, claimBound(ns, "data"))

	bound, err := claims.Get(t.Context(), "data", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := claims.Delete(t.Context(), "data", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, func(ctx context.Context) (string, error) {
		_, err := shared.client.CoreV1().PersistentVolumes().Get(ctx, bound.Spec.VolumeName, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return "", nil
		}
		return "the volume outlives its claim", err
	})
}

func TestClaimThatWaitsBindsWithItsPod(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	create(t, shared.client.CoreV1().PersistentVolumeClaims(ns).Create, claim("data", "wait-for-consumer"))
	create(t, shared.client.CoreV1().PersistentVolumeClaims(ns).Create, claim("other", "wait-for-consumer"))
	template := podTemplate("reader", "")
	template.Spec.Volumes = []corev1.Volume{{Name: "data", VolumeSource: corev1.VolumeSource{
		PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: "data"},
	}}}
	create(t, shared.client.CoreV1().Pods(ns).Create, &corev1.Pod{ObjectMeta: template.ObjectMeta, Spec: template.Spec})
	eventually(t, podSeenAs(ns, "reader", running))
	eventually(t, claimBound(ns, "data"))

	other, err := shared.client.CoreV1().PersistentVolumeClaims(ns).Get(t.Context(), "other", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if other.Status.Phase != corev1.ClaimPending {
		t.Errorf("a claim that no pod uses is %s, want Pending", other.Status.Phase)
	}
}

func claimBound(ns, name string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		c, err := shared.client.CoreV1().PersistentVolumeClaims(ns).Get(ctx, name, metav1.GetOptions{})
		return unless(c.Status.Phase == corev1.ClaimBound, "the claim %s is %s", name, c.Status.Phase), err
	}
}
