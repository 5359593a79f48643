package tests

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestServerHasTheVersionOfGoMod(t *testing.T) {
	t.Parallel()
	version, err := shared.client.Discovery().ServerVersion()
	if err != nil {
		t.Fatal(err)
	}
	if want := versionInGoMod(t); version.GitVersion != want {
		t.Errorf("version %s, want %s", version.GitVersion, want)
	}
}

func TestNodesHaveTheVersionOfGoMod(t *testing.T) {
	t.Parallel()
	nodes, err := shared.client.CoreV1().Nodes().List(t.Context(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, node := range nodes.Items {
		names = append(names, node.Name)
		if want := versionInGoMod(t); node.Status.NodeInfo.KubeletVersion != want {
			t.Errorf("%s has version %s, want %s", node.Name, node.Status.NodeInfo.KubeletVersion, want)
		}
	}
	if want := []string{"node-1", "node-2"}; !slices.Equal(names, want) {
		t.Errorf("nodes %v, want %v", names, want)
	}
}

// Who owns which field is what a drift report tells, so the names are those of a real cluster.
func TestComponentsAreNamedInManagedFields(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	create(t, shared.client.AppsV1().Deployments(ns).Create, deployment("web", "", 1))
	eventually(t, deploymentAvailable(ns, "web", 1))
	d, err := shared.client.AppsV1().Deployments(ns).Get(t.Context(), "web", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	pod := pods(t, ns)[0]
	managers := map[string]bool{}
	for _, entry := range slices.Concat(d.ManagedFields, pod.ManagedFields) {
		managers[entry.Manager] = true
	}
	for _, want := range []string{"kube-controller-manager", "kubelet"} {
		if !managers[want] {
			t.Errorf("%s is not among the managers %v", want, managers)
		}
	}
	if managers["testcluster"] {
		t.Errorf("the managers %v hold one that no real cluster has", managers)
	}
}

const widget = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {size: {type: integer, maximum: 10}}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: no-forbidden-names}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
  validations:
    - {expression: "object.metadata.name != 'forbidden'", message: this name is not allowed}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: no-forbidden-names}
spec: {policyName: no-forbidden-names, validationActions: [Deny]}
`

func TestKubectlAppliesDefinitionsAndTheirInstances(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	kubectl(t, widget, "apply", "--server-side", "-f", "-")
	kubectl(t, "", "wait", "--for=condition=Established", "--timeout=20s", "crd/widgets.example.org")
	kubectl(t, "{apiVersion: example.org/v1, kind: Widget, metadata: {name: small}, spec: {size: 3}}",
		"apply", "--server-side", "-n", ns, "-f", "-")
	if size := kubectl(t, "", "get", "widget", "small", "-n", ns, "-o", "jsonpath={.spec.size}"); size != "3" {
		t.Errorf("size %q, want 3", size)
	}
	if output, err := tryKubectl("{apiVersion: example.org/v1, kind: Widget, metadata: {name: big}, spec: {size: 11}}",
		"apply", "--server-side", "-n", ns, "-f", "-"); err == nil || !strings.Contains(output, "less than or equal to 10") {
		t.Errorf("an instance against its schema: %v %s", err, output)
	}
	// A policy is in force a moment after it was created: the API server reads policies through a watch.
	denied := func() bool {
		output, err := tryKubectl("", "create", "configmap", "forbidden", "-n", ns, "--dry-run=server")
		return err != nil && strings.Contains(output, "not allowed")
	}
	for deadline := time.Now().Add(20 * time.Second); !denied(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("an object against the admission policy was let through for 20 s")
		}
	}
}

func kubectl(t *testing.T, input string, args ...string) string {
	t.Helper()
	output, err := tryKubectl(input, args...)
	if err != nil {
		t.Fatalf("kubectl %v: %v\n%s", args, err, output)
	}
	return output
}

func tryKubectl(input string, args ...string) (string, error) {
	command := exec.Command("../bin/kubectl", args...)
	command.Env = append(os.Environ(), "KUBECONFIG="+shared.kubeconfig)
	command.Stdin = strings.NewReader(input)
	output, err := command.CombinedOutput()
	return string(output), err
}
