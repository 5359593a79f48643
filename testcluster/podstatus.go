package main

import (
	"crypto/sha256"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
)

// crashes is how often the containers of a crash-looping pod have been started again.
const crashes = 3

// podStatus is the status of a started pod. It is computed from the whole pod each time, so that a behaviour changed
// on a living pod takes effect; times of what did not change are kept, so that an equal status needs no write.
func podStatus(pod *corev1.Pod, b behaviour, podIP, hostIP string, now metav1.Time) corev1.PodStatus {
	status := *pod.Status.DeepCopy()
	status.ObservedGeneration = pod.Generation
	status.HostIP, status.HostIPs = hostIP, []corev1.HostIP{{IP: hostIP}}
	status.PodIP, status.PodIPs = podIP, []corev1.PodIP{{IP: podIP}}
	if status.StartTime == nil {
		status.StartTime = &now
	}
	status.Phase = phaseOf(b)
	status.QOSClass = pod.Status.QOSClass

	outcome := outcomeOf(b)
	status.ContainerStatuses = nil
	for _, c := range pod.Spec.Containers {
		status.ContainerStatuses = append(status.ContainerStatuses, containerStatus(pod, c, pod.Status.ContainerStatuses, outcome, now))
	}
	status.InitContainerStatuses = nil
	for _, c := range pod.Spec.InitContainers {
		status.InitContainerStatuses = append(status.InitContainerStatuses,
			containerStatus(pod, c, pod.Status.InitContainerStatuses, initOutcome(c, b), now))
	}
	setConditions(pod, &status, b, now)
	return status
}

func phaseOf(b behaviour) corev1.PodPhase {
	switch b {
	case behaviourFail:
		return corev1.PodFailed
	case behaviourComplete:
		return corev1.PodSucceeded
	case behaviourImagePull:
		return corev1.PodPending
	default:
		return corev1.PodRunning
	}
}

// outcome is the state a container is in; its last state is given by a termination too.
type outcome struct {
	waiting    *corev1.ContainerStateWaiting
	terminated *corev1.ContainerStateTerminated
	last       *corev1.ContainerStateTerminated
	ready      bool
	restarts   int32
}

func outcomeOf(b behaviour) outcome {
	completed := &corev1.ContainerStateTerminated{ExitCode: 0, Reason: "Completed"}
	failed := &corev1.ContainerStateTerminated{ExitCode: 1, Reason: "Error"}
	backOff := &corev1.ContainerStateWaiting{
		Reason:  "CrashLoopBackOff",
		Message: "back-off 40s restarting failed container",
	}
	switch b {
	case behaviourFail:
		return outcome{terminated: failed}
	case behaviourComplete:
		return outcome{terminated: completed}
	case behaviourCrashLoop:
		return outcome{waiting: backOff, last: failed, restarts: crashes}
	case behaviourCompleteLoop:
		return outcome{waiting: backOff, last: completed, restarts: crashes}
	case behaviourImagePull:
		return outcome{waiting: &corev1.ContainerStateWaiting{
			Reason:  "ImagePullBackOff",
			Message: "Back-off pulling image: the registry says that it does not exist",
		}}
	case behaviourStuck:
		return outcome{}
	default:
		return outcome{ready: true}
	}
}

func initOutcome(c corev1.Container, b behaviour) outcome {
	if b == behaviourImagePull {
		return outcomeOf(b)
	}
	// A sidecar runs as long as the pod does (KEP-753).
	sidecar := ptr.Deref(c.RestartPolicy, "") == corev1.ContainerRestartPolicyAlways
	if sidecar && b != behaviourComplete && b != behaviourFail {
		return outcome{ready: true}
	}
	return outcome{terminated: &corev1.ContainerStateTerminated{ExitCode: 0, Reason: "Completed"}, ready: true}
}

func containerStatus(pod *corev1.Pod, c corev1.Container, before []corev1.ContainerStatus, o outcome, now metav1.Time) corev1.ContainerStatus {
	id := "containerd://" + digest(string(pod.UID), c.Name)
	status := corev1.ContainerStatus{
		Name:         c.Name,
		Image:        c.Image,
		Ready:        o.ready,
		RestartCount: o.restarts,
		Started:      ptr.To(o.waiting == nil && o.terminated == nil),
	}
	old := statusNamed(before, c.Name)
	started := startOf(old, now)
	if o.waiting == nil || o.last != nil {
		status.ImageID = c.Image + "@sha256:" + digest(c.Image)
		status.ContainerID = id
	}
	switch {
	case o.waiting != nil:
		status.State.Waiting = o.waiting
	case o.terminated != nil:
		status.State.Terminated = termination(o.terminated, old.State.Terminated, id, started, now)
	default:
		status.State.Running = &corev1.ContainerStateRunning{StartedAt: started}
	}
	if o.last != nil {
		status.LastTerminationState.Terminated = termination(o.last, old.LastTerminationState.Terminated, id, started, now)
	}
	return status
}

func termination(of, before *corev1.ContainerStateTerminated, id string, started, now metav1.Time) *corev1.ContainerStateTerminated {
	if before != nil && before.ExitCode == of.ExitCode {
		return before
	}
	t := *of
	t.ContainerID, t.StartedAt, t.FinishedAt = id, started, now
	return &t
}

// startOf is when the container started: before, as its status tells, or now.
func startOf(status corev1.ContainerStatus, now metav1.Time) metav1.Time {
	switch {
	case status.State.Running != nil:
		return status.State.Running.StartedAt
	case status.State.Terminated != nil:
		return status.State.Terminated.StartedAt
	default:
		return now
	}
}

func statusNamed(statuses []corev1.ContainerStatus, name string) corev1.ContainerStatus {
	for _, s := range statuses {
		if s.Name == name {
			return s
		}
	}
	return corev1.ContainerStatus{}
}

func setConditions(pod *corev1.Pod, status *corev1.PodStatus, b behaviour, now metav1.Time) {
	ready, reason := corev1.ConditionFalse, "ContainersNotReady"
	switch b {
	case behaviourRun:
		ready, reason = corev1.ConditionTrue, ""
	case behaviourComplete:
		reason = "PodCompleted"
	case behaviourFail:
		reason = "PodFailed"
	}
	started := corev1.ConditionTrue
	if b == behaviourImagePull && len(pod.Spec.InitContainers) > 0 {
		started = corev1.ConditionFalse
	}
	podReady, podReason := ready, reason
	if ready == corev1.ConditionTrue && !gatesAreOpen(pod) {
		podReady, podReason = corev1.ConditionFalse, "ReadinessGatesNotReady"
	}
	set := func(kind corev1.PodConditionType, value corev1.ConditionStatus, reason string) {
		setCondition(status, corev1.PodCondition{
			Type: kind, Status: value, Reason: reason, LastTransitionTime: now, ObservedGeneration: pod.Generation,
		})
	}
	set(corev1.PodScheduled, corev1.ConditionTrue, "")
	set(corev1.PodReadyToStartContainers, corev1.ConditionTrue, "")
	set(corev1.PodInitialized, started, "")
	set(corev1.ContainersReady, ready, reason)
	set(corev1.PodReady, podReady, podReason)
}

func gatesAreOpen(pod *corev1.Pod) bool {
	open := map[corev1.PodConditionType]bool{}
	for _, c := range pod.Status.Conditions {
		open[c.Type] = c.Status == corev1.ConditionTrue
	}
	for _, gate := range pod.Spec.ReadinessGates {
		if !open[gate.ConditionType] {
			return false
		}
	}
	return true
}

func setCondition(status *corev1.PodStatus, c corev1.PodCondition) {
	for i, old := range status.Conditions {
		if old.Type != c.Type {
			continue
		}
		if old.Status == c.Status {
			c.LastTransitionTime = old.LastTransitionTime
		}
		status.Conditions[i] = c
		return
	}
	status.Conditions = append(status.Conditions, c)
}

func digest(parts ...string) string { return fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, parts))) }
