package tests

import (
	"context"
	"fmt"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// seen is what a client reads from a pod's status: phase, the container's state, its last one, and readiness.
type seen struct {
	phase corev1.PodPhase
	state string
	last  string
	ready bool
}

func see(pod *corev1.Pod) seen {
	s := seen{phase: pod.Status.Phase}
	for _, c := range pod.Status.ContainerStatuses {
		s.state, s.last = describe(c.State), describe(c.LastTerminationState)
	}
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodReady {
			s.ready = c.Status == corev1.ConditionTrue
		}
	}
	return s
}

func describe(state corev1.ContainerState) string {
	switch {
	case state.Waiting != nil:
		return state.Waiting.Reason
	case state.Terminated != nil:
		return fmt.Sprintf("%s %d", state.Terminated.Reason, state.Terminated.ExitCode)
	case state.Running != nil:
		return "running"
	}
	return ""
}

var (
	running       = seen{phase: corev1.PodRunning, state: "running", ready: true}
	stuck         = seen{phase: corev1.PodRunning, state: "running"}
	failed        = seen{phase: corev1.PodFailed, state: "Error 1"}
	completed     = seen{phase: corev1.PodSucceeded, state: "Completed 0"}
	crashLoop     = seen{phase: corev1.PodRunning, state: "CrashLoopBackOff", last: "Error 1"}
	completeLoop  = seen{phase: corev1.PodRunning, state: "CrashLoopBackOff", last: "Completed 0"}
	imagePullFail = seen{phase: corev1.PodPending, state: "ImagePullBackOff"}
)

func TestLonePodBehavesAsAnnotated(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	for behaviour, want := range map[string]seen{
		"":                 running,
		"run":              running,
		"fail":             failed,
		"stuck":            stuck,
		"crash-loop":       crashLoop,
		"complete":         completed,
		"image-pull-error": imagePullFail,
	} {
		t.Run("behaviour "+behaviour, func(t *testing.T) {
			template := podTemplate("pod-"+behaviour+"-x", behaviour)
			create(t, shared.client.CoreV1().Pods(ns).Create, &corev1.Pod{ObjectMeta: template.ObjectMeta, Spec: template.Spec})
			eventually(t, podSeenAs(ns, template.Labels["app"], want))
		})
	}
}

// Were a Deployment's pods to end, it would replace them without limit.
func TestDeploymentsPodNeverEnds(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	for behaviour, want := range map[string]seen{
		"fail":             crashLoop,
		"complete":         completeLoop,
		"stuck":            stuck,
		"crash-loop":       crashLoop,
		"image-pull-error": imagePullFail,
	} {
		t.Run("behaviour "+behaviour, func(t *testing.T) {
			create(t, shared.client.AppsV1().Deployments(ns).Create, deployment(behaviour, behaviour, 1))
			eventually(t, podSeenAs(ns, behaviour, want))
		})
	}
}

func TestBehaviourChangedOnALivingPodTakesEffect(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	template := podTemplate("pod", "stuck")
	create(t, shared.client.CoreV1().Pods(ns).Create, &corev1.Pod{ObjectMeta: template.ObjectMeta, Spec: template.Spec})
	for _, step := range []struct {
		patch string
		want  seen
	}{
		{`{"metadata":{"annotations":{"testcluster.gitops.jenkins.io/behaviour":null}}}`, running},
		{`{"metadata":{"annotations":{"testcluster.gitops.jenkins.io/behaviour":"crash-loop"}}}`, crashLoop},
		{`{"metadata":{"annotations":{"testcluster.gitops.jenkins.io/behaviour":"run"}}}`, seen{phase: corev1.PodRunning, state: "running", ready: true}},
	} {
		_, err := shared.client.CoreV1().Pods(ns).Patch(t.Context(), "pod", types.MergePatchType, []byte(step.patch), metav1.PatchOptions{})
		if err != nil {
			t.Fatal(err)
		}
		eventually(t, podSeenAs(ns, "pod", step.want))
	}
}

func podSeenAs(ns, app string, want seen) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		list, err := shared.client.CoreV1().Pods(ns).List(ctx, metav1.ListOptions{LabelSelector: "app=" + app})
		if err != nil || len(list.Items) != 1 {
			return fmt.Sprintf("there are %d pods", len(list.Items)), err
		}
		got := see(&list.Items[0])
		return unless(got == want, "the pod is seen as %+v, not %+v", got, want), nil
	}
}
