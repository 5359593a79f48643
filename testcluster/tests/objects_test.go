package tests

import (
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
)

// newNamespace makes a namespace of the shared cluster for one test.
func newNamespace(t *testing.T) string {
	t.Helper()
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{GenerateName: "test-"}}
	created, err := shared.client.CoreV1().Namespaces().Create(t.Context(), namespace, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, serviceAccountExists(created.Name))
	return created.Name
}

func named(name string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: name, Labels: map[string]string{"app": name}}
}

func selecting(name string) *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: map[string]string{"app": name}}
}

// podTemplate is a pod of one container with the behaviour, if any.
func podTemplate(name, behaviour string) corev1.PodTemplateSpec {
	template := corev1.PodTemplateSpec{
		ObjectMeta: named(name),
		Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "main", Image: "registry.example/main:1"}}},
	}
	if behaviour != "" {
		template.Annotations = map[string]string{"testcluster.gitops.jenkins.io/behaviour": behaviour}
	}
	return template
}

func deployment(name, behaviour string, replicas int32) *appsv1.Deployment {
	return &appsv1.Deployment{
		ObjectMeta: named(name),
		Spec:       appsv1.DeploymentSpec{Replicas: &replicas, Selector: selecting(name), Template: podTemplate(name, behaviour)},
	}
}

func job(name, behaviour string) *batchv1.Job {
	template := podTemplate(name, behaviour)
	template.Spec.RestartPolicy = corev1.RestartPolicyNever
	return &batchv1.Job{
		ObjectMeta: named(name),
		Spec:       batchv1.JobSpec{Template: template, BackoffLimit: ptr.To[int32](0)},
	}
}

func claim(name, class string) *corev1.PersistentVolumeClaim {
	c := &corev1.PersistentVolumeClaim{
		ObjectMeta: named(name),
		Spec: corev1.PersistentVolumeClaimSpec{
			AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources: corev1.VolumeResourceRequirements{
				Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("1Gi")},
			},
		},
	}
	if class != "" {
		c.Spec.StorageClassName = &class
	}
	return c
}
