package tests

import (
	"bufio"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

func TestStateOutlivesTheProcess(t *testing.T) {
	data := t.TempDir()
	configMap := func(name string) *corev1.ConfigMap { return &corev1.ConfigMap{ObjectMeta: named(name)} }

	first := mustStart(t, "--data", data)
	create(t, first.client.CoreV1().ConfigMaps("default").Create, configMap("before-stop"))
	create(t, first.client.AppsV1().Deployments("default").Create, deployment("web", "", 1))
	eventually(t, deploymentAvailableIn(first, "default", "web", 1))
	first.stop(t)

	second := mustStart(t, "--data", data)
	_, err := second.client.AppsV1().Deployments("default").
		Patch(t.Context(), "web", types.MergePatchType, []byte(`{"spec":{"replicas":2}}`), metav1.PatchOptions{})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, deploymentAvailableIn(second, "default", "web", 2))
	if output, code := runBinary(t, "--data", data); code != 1 || !strings.Contains(output, "in use by another testcluster") {
		t.Errorf("a second one on the same directory: exit code %d, %s", code, output)
	}
	create(t, second.client.CoreV1().ConfigMaps("default").Create, configMap("before-kill"))
	second.kill()

	third := mustStart(t, "--data", data)
	for _, name := range []string{"before-stop", "before-kill"} {
		if _, err := third.client.CoreV1().ConfigMaps("default").Get(t.Context(), name, metav1.GetOptions{}); err != nil {
			t.Errorf("after a restart: %v", err)
		}
	}
	third.stop(t)
}

func TestBareAPIServerTakesPodsThatNobodyRuns(t *testing.T) {
	bare := mustStart(t, "--controllers=false", "--scheduler=false", "--kubelet=false")
	template := podTemplate("pod", "")
	create(t, bare.client.CoreV1().Pods("default").Create, &corev1.Pod{ObjectMeta: template.ObjectMeta, Spec: template.Spec})
	nodes, err := bare.client.CoreV1().Nodes().List(t.Context(), metav1.ListOptions{})
	if err != nil || len(nodes.Items) > 0 {
		t.Errorf("nodes %v, %v, want none", nodes.Items, err)
	}
	bare.stop(t)
}

func TestExitsWithItsParent(t *testing.T) {
	shell := exec.Command("sh", "-c", binary+" --exit-with-parent --kubeconfig "+filepath.Join(t.TempDir(), "kubeconfig")+" & echo $!; wait")
	stdout, err := shell.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	lines.Scan()
	child, err := strconv.Atoi(lines.Text())
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Kill(child, syscall.SIGKILL)
	if lines.Scan(); !strings.HasPrefix(lines.Text(), "READY ") {
		t.Fatalf("it says %q", lines.Text())
	}

	if err := shell.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	started := time.Now()
	// The pipe is at its end when the last process that holds it is gone.
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for lines.Scan() {
		}
	}()
	select {
	case <-ended:
		t.Logf("stopped %.2f s after its parent", time.Since(started).Seconds())
	case <-time.After(stopLimit + time.Second):
		t.Error("it outlives its parent")
	}
	_ = shell.Wait()
}

func TestBadFlagsAreExplained(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		flags []string
		want  string
	}{
		{[]string{"--colour"}, "flag provided but not defined: -colour"},
		{[]string{"--port=web"}, `invalid value "web" for flag -port`},
		{[]string{"--port=70000"}, "--port 70000 is not a port"},
		{[]string{"--scheduler", "false"}, "--scheduler=false"},
		{[]string{"--controllers=deployments"}, `there is no controller "deployments"; known are `},
		{[]string{"--nodes=0"}, "--kubelet=false"},
		{[]string{"--pod-delay=-1s"}, "--pod-delay -1s is negative"},
		{[]string{"run"}, `unexpected argument "run"`},
	} {
		output, code := runBinary(t, c.flags...)
		if code != 2 || !strings.Contains(output, c.want) {
			t.Errorf("%v: exit code %d, want 2 and %q:\n%s", c.flags, code, c.want, output)
		}
	}
}

func TestTakenPortIsExplained(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	output, code := runBinary(t, "--port", port)
	if code != 1 || !strings.Contains(output, "address already in use") {
		t.Errorf("exit code %d, want 1:\n%s", code, output)
	}
}

func TestListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	sockets := socketsOf(t, shared.process.Process.Pid)
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		content, err := os.ReadFile(table)
		if err != nil {
			t.Skipf("no %s to read the listeners from", table)
		}
		for line := range strings.Lines(string(content)) {
			// The columns are sl, local_address, rem_address, st (0A listens), …, and the inode as the tenth.
			fields := strings.Fields(line)
			if len(fields) < 10 || fields[3] != "0A" || !sockets[fields[9]] {
				continue
			}
			if address := fields[1]; !strings.HasPrefix(address, "0100007F:") {
				t.Errorf("it listens on %s of %s, not on 127.0.0.1", address, table)
			}
		}
	}
}

// socketsOf are the inodes of the process's sockets.
func socketsOf(t *testing.T, pid int) map[string]bool {
	t.Helper()
	descriptors, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/fd/*")
	inodes := map[string]bool{}
	for _, descriptor := range descriptors {
		if target, err := os.Readlink(descriptor); err == nil && strings.HasPrefix(target, "socket:[") {
			inodes[strings.TrimSuffix(strings.TrimPrefix(target, "socket:["), "]")] = true
		}
	}
	return inodes
}

// runBinary runs it to its end and returns its stderr and exit code.
func runBinary(t *testing.T, flags ...string) (stderr string, code int) {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), binary, flags...).CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return string(output), exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(output), 0
}
