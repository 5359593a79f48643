// Package tests runs the built binary and looks at what a client sees.
package tests

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	binary     = "../bin/testcluster"
	startLimit = 60 * time.Second
	// stopLimit is the promise of the README.
	stopLimit = 4 * time.Second
)

// cluster is a running testcluster process.
type cluster struct {
	process    *exec.Cmd
	kubeconfig string
	config     *rest.Config
	client     kubernetes.Interface
	stderr     *bytes.Buffer
}

// shared is the cluster of all tests that need nothing special.
var shared *cluster

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "testcluster-tests-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		started := time.Now()
		if shared, err = start(filepath.Join(dir, "kubeconfig")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Printf("READY after %.1f s\n", time.Since(started).Seconds())
		code := m.Run()
		// A kill would leave its temporary directory.
		_ = shared.process.Process.Signal(syscall.SIGTERM)
		_ = shared.process.Wait()
		return code
	}())
}

// start runs the binary and returns when it says that it is ready.
func start(kubeconfig string, flags ...string) (*cluster, error) {
	c := &cluster{kubeconfig: kubeconfig, stderr: &bytes.Buffer{}}
	c.process = exec.Command(binary, append([]string{"--kubeconfig", kubeconfig}, flags...)...)
	c.process.Stderr = c.stderr
	stdout, err := c.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.process.Start(); err != nil {
		return nil, fmt.Errorf("%w: run make -C testcluster first", err)
	}
	limit := time.AfterFunc(startLimit, c.kill)
	defer limit.Stop()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		waitErr := c.process.Wait()
		return nil, fmt.Errorf("not ready: %w\n%s", errors.Join(err, waitErr), c.stderr)
	}
	go io.Copy(io.Discard, stdout)
	if c.config, err = clientcmd.BuildConfigFromFlags("", kubeconfig); err != nil {
		return nil, err
	}
	c.config.QPS = -1
	if want := fmt.Sprintf("READY %s kubeconfig=%s\n", c.config.Host, kubeconfig); line != want {
		return nil, fmt.Errorf("it says %q, not %q", line, want)
	}
	c.client, err = kubernetes.NewForConfig(c.config)
	return c, err
}

func mustStart(t *testing.T, flags ...string) *cluster {
	t.Helper()
	c, err := start(filepath.Join(t.TempDir(), "kubeconfig"), flags...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	return c
}

// stop asks for a clean end and fails the test unless it is one.
func (c *cluster) stop(t *testing.T) {
	t.Helper()
	started := time.Now()
	if err := c.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	err := c.process.Wait()
	took := time.Since(started)
	t.Logf("stopped after %.2f s", took.Seconds())
	if err != nil {
		t.Errorf("stopped with %v, want exit code 0\n%s", err, c.stderr)
	}
	if took > stopLimit {
		t.Errorf("stopped after %s, want at most %s", took, stopLimit)
	}
	if c.stderr.Len() > 0 {
		t.Errorf("stderr is not quiet:\n%s", c.stderr)
	}
}

func (c *cluster) kill() {
	_ = c.process.Process.Kill()
	_ = c.process.Wait()
}

// eventually fails the test unless the condition comes to hold; the condition's text says what is missing.
func eventually(t *testing.T, condition func(ctx context.Context) (missing string, err error)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		missing, err := condition(ctx)
		if err == nil && missing == "" {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("not within 30 s: %s %v", missing, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// versionInGoMod is the version of Kubernetes that go.mod asks for.
func versionInGoMod(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) == 2 && fields[0] == "k8s.io/kubernetes" {
			return fields[1]
		}
	}
	t.Fatal("go.mod does not require k8s.io/kubernetes")
	return ""
}
