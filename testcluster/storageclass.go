package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

const (
	provisionerName        = "testcluster.gitops.jenkins.io/provisioner"
	defaultClassAnnotation = "storageclass.kubernetes.io/is-default-class"
)

// createStorageClasses makes the default class, which binds at once, and one that waits for a pod.
func createStorageClasses(ctx context.Context, client kubernetes.Interface) error {
	classes := []*storagev1.StorageClass{
		storageClass("standard", storagev1.VolumeBindingImmediate, map[string]string{defaultClassAnnotation: "true"}),
		storageClass("wait-for-consumer", storagev1.VolumeBindingWaitForFirstConsumer, nil),
	}
	for _, class := range classes {
		_, err := client.StorageV1().StorageClasses().Create(ctx, class, metav1.CreateOptions{})
		if err != nil && !apierrors.IsAlreadyExists(err) {
			return err
		}
	}
	return nil
}

func storageClass(name string, mode storagev1.VolumeBindingMode, annotations map[string]string) *storagev1.StorageClass {
	reclaim := corev1.PersistentVolumeReclaimDelete
	return &storagev1.StorageClass{
		ObjectMeta:        metav1.ObjectMeta{Name: name, Annotations: annotations},
		Provisioner:       provisionerName,
		ReclaimPolicy:     &reclaim,
		VolumeBindingMode: &mode,
	}
}
