package main

import (
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// behaviourAnnotation on a pod (so, on a pod template) says what becomes of the pod.
const behaviourAnnotation = "testcluster.gitops.jenkins.io/behaviour"

// behaviour is what becomes of a pod's containers.
type behaviour string

const (
	behaviourRun       behaviour = "run"              // ready, until deleted
	behaviourFail      behaviour = "fail"             // ends with exit code 1
	behaviourStuck     behaviour = "stuck"            // runs, but is never ready
	behaviourCrashLoop behaviour = "crash-loop"       // ends with exit code 1, waits to be started again
	behaviourComplete  behaviour = "complete"         // ends with exit code 0
	behaviourImagePull behaviour = "image-pull-error" // never starts

	// behaviourCompleteLoop is what complete means in a pod whose containers are started again.
	behaviourCompleteLoop behaviour = "complete-loop"
)

// behaviourOf reads the pod's annotation; without a known one a Job's pod completes and any other runs.
func behaviourOf(pod *corev1.Pod) behaviour {
	asked := behaviour(pod.Annotations[behaviourAnnotation])
	switch asked {
	case behaviourFail:
		if isRestartedByItsOwner(pod) {
			return behaviourCrashLoop
		}
		return behaviourFail
	case behaviourComplete:
		if isRestartedByItsOwner(pod) {
			return behaviourCompleteLoop
		}
		return behaviourComplete
	case behaviourRun, behaviourStuck, behaviourCrashLoop, behaviourImagePull:
		return asked
	}
	if owner := metav1.GetControllerOf(pod); owner != nil && owner.Kind == "Job" && owner.APIVersion == batchv1.SchemeGroupVersion.String() {
		return behaviourComplete
	}
	return behaviourRun
}

// isRestartedByItsOwner tells a Deployment's pods and their like from Jobs' and lone ones. Their containers are always
// started again, so that they never end; were they to, their owner would replace them without pause and without limit.
func isRestartedByItsOwner(pod *corev1.Pod) bool {
	return metav1.GetControllerOf(pod) != nil && pod.Spec.RestartPolicy == corev1.RestartPolicyAlways
}
