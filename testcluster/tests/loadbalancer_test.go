package tests

import (
	"context"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

func TestLoadBalancerServiceHasAnAddressWhileItIsOne(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	services := shared.client.CoreV1().Services(ns)
	create(t, services.Create, &corev1.Service{
		ObjectMeta: named("web"),
		Spec: corev1.ServiceSpec{
			Type:     corev1.ServiceTypeLoadBalancer,
			Selector: map[string]string{"app": "web"},
			Ports:    []corev1.ServicePort{{Port: 80}},
		},
	})
	hasAddress := func(wanted bool) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) {
			s, err := services.Get(ctx, "web", metav1.GetOptions{})
			given := s.Status.LoadBalancer.Ingress
			return unless((len(given) == 1 && given[0].IP != "") == wanted, "addresses %v", given), err
		}
	}
	eventually(t, hasAddress(true))
	_, err := services.Patch(t.Context(), "web", types.MergePatchType, []byte(`{"spec":{"type":"ClusterIP"}}`), metav1.PatchOptions{})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, hasAddress(false))
}

func TestIngressHasAnAddress(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	ingresses := shared.client.NetworkingV1().Ingresses(ns)
	create(t, ingresses.Create, &networkingv1.Ingress{
		ObjectMeta: named("web"),
		Spec: networkingv1.IngressSpec{DefaultBackend: &networkingv1.IngressBackend{
			Service: &networkingv1.IngressServiceBackend{Name: "web", Port: networkingv1.ServiceBackendPort{Number: 80}},
		}},
	})
	eventually(t, func(ctx context.Context) (string, error) {
		i, err := ingresses.Get(ctx, "web", metav1.GetOptions{})
		given := i.Status.LoadBalancer.Ingress
		return unless(len(given) == 1 && given[0].IP != "", "addresses %v", given), err
	})
}
