package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
)

// ingressIP is the address of all Ingresses, as of one ingress controller. It and the addresses of the Services are of
// the range for documentation (RFC 5737, TEST-NET-3): no packet sent there arrives anywhere.
const ingressIP = "203.0.113.1"

// loadBalancer gives addresses to Services of type LoadBalancer and to Ingresses.
type loadBalancer struct {
	client    kubernetes.Interface
	factory   informers.SharedInformerFactory
	services  corelisters.ServiceLister
	ingresses networkinglisters.IngressLister
}

func newLoadBalancer(client kubernetes.Interface) *loadBalancer {
	factory := informers.NewSharedInformerFactory(client, 0)
	return &loadBalancer{
		client:    client,
		factory:   factory,
		services:  factory.Core().V1().Services().Lister(),
		ingresses: factory.Networking().V1().Ingresses().Lister(),
	}
}

func (b *loadBalancer) run(ctx context.Context) error {
	services, ingresses := newLoop(b.reconcileService), newLoop(b.reconcileIngress)
	services.watch(b.factory.Core().V1().Services().Informer())
	ingresses.watch(b.factory.Networking().V1().Ingresses().Informer())
	b.factory.Start(ctx.Done())
	go ingresses.run(ctx)
	services.run(ctx)
	return nil
}

func (b *loadBalancer) reconcileService(ctx context.Context, name types.NamespacedName) (time.Duration, error) {
	service, err := b.services.Services(name.Namespace).Get(name.Name)
	if apierrors.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	balanced := service.Spec.Type == corev1.ServiceTypeLoadBalancer
	// A class names another implementation than the cluster's default.
	if balanced && service.Spec.LoadBalancerClass != nil || service.DeletionTimestamp != nil {
		return 0, nil
	}
	if balanced == (len(service.Status.LoadBalancer.Ingress) > 0) {
		return 0, nil
	}
	changed := service.DeepCopy()
	changed.Status.LoadBalancer.Ingress = nil
	if balanced {
		changed.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: serviceAddress(service)}}
	}
	_, err = b.client.CoreV1().Services(name.Namespace).UpdateStatus(ctx, changed, metav1.UpdateOptions{})
	return 0, err
}

// serviceAddress is the address that the Service asks for, or one that stays the same for its name; nothing is lost
// when two Services share one.
func serviceAddress(service *corev1.Service) string {
	if wanted := service.Spec.LoadBalancerIP; wanted != "" {
		return wanted
	}
	hash := fnv.New32a()
	fmt.Fprintf(hash, "%s/%s", service.Namespace, service.Name)
	return fmt.Sprintf("203.0.113.%d", 2+hash.Sum32()%253)
}

func (b *loadBalancer) reconcileIngress(ctx context.Context, name types.NamespacedName) (time.Duration, error) {
	ingress, err := b.ingresses.Ingresses(name.Namespace).Get(name.Name)
	if apierrors.IsNotFound(err) {
		return 0, nil
	}
	if err != nil || len(ingress.Status.LoadBalancer.Ingress) > 0 || ingress.DeletionTimestamp != nil {
		return 0, err
	}
	changed := ingress.DeepCopy()
	changed.Status.LoadBalancer.Ingress = []networkingv1.IngressLoadBalancerIngress{{IP: ingressIP}}
	_, err = b.client.NetworkingV1().Ingresses(name.Namespace).UpdateStatus(ctx, changed, metav1.UpdateOptions{})
	return 0, err
}
