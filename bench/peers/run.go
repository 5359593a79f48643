package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// sample is one measurement.
type sample struct {
	Contender string `json:"contender"`
	Step      string `json:"step"`
	Objects   int    `json:"objects"`
	Round     int    `json:"round"`
	usage
}

// round is one contender's turn with so many objects.
type round struct {
	settings
	contender string
	number    int
	namespace string
	folder    string
	objects   []*unstructured.Unstructured
	cluster   *api
	server    server
	samples   *[]sample
}

type settings struct {
	kubeconfig, self, gitops, kubectl, testcluster, javaHome, classes, document, results string
	sizes                                                                                []int
	rounds                                                                               int
	// without are the names of contenders that do not take part.
	without []string
}

func (r *round) record(step string, u usage) {
	if r.number > 0 {
		*r.samples = append(*r.samples, sample{r.contender, step, len(r.objects), r.number, u})
	}
}

func (r *round) once(step string, exits []int, environment []string, command ...string) error {
	u, _, err := once(r.server, exits, environment, command...)
	if err == nil {
		r.record(step, u)
	}
	return err
}

func (r *round) ask(c *conversation, step, question string, expected int) error {
	count, err := r.askAny(c, step, question)
	if err == nil && count != expected {
		err = fmt.Errorf("%s: %d differences instead of %d", step, count, expected)
	}
	return err
}

func (r *round) askAny(c *conversation, step, question string) (int, error) {
	count, u, err := c.ask(question)
	if err == nil {
		r.record(step, u)
	}
	return count, err
}

func (r *round) check() error {
	return r.cluster.check(r.objects, r.namespace)
}

func (r *round) drift() (int, error) {
	return r.cluster.drift(r.objects)
}

func run(arguments []string) error {
	s, err := parse(arguments)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "gitops-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	s.kubeconfig = filepath.Join(folder, "kubeconfig")
	process, err := start(s)
	if err != nil {
		return err
	}
	defer func() {
		_ = process.Process.Signal(syscall.SIGTERM)
		_ = process.Wait()
	}()
	cluster, err := connect(s.kubeconfig)
	if err != nil {
		return err
	}
	if err := customResources(cluster); err != nil {
		return err
	}
	var samples []sample
	one := round{settings: s, cluster: cluster, server: server{process.Process.Pid}, samples: &samples}
	if err := all(one, folder); err != nil {
		return err
	}
	return write(s, samples)
}

// all goes through the rounds, in each with another contender first; round 0 warms the cluster up and is not counted.
func all(one round, folder string) error {
	for number := 0; number <= one.rounds; number++ {
		sizes := one.sizes
		if number == 0 {
			sizes = sizes[:1]
		}
		for _, size := range sizes {
			list := slices.DeleteFunc(contenders(), func(c contender) bool { return slices.Contains(one.without, c.name) })
			for i := range list {
				c := list[(i+number)%len(list)]
				r := one
				r.number, r.contender = number, c.name
				r.namespace = fmt.Sprintf("bench-%d-%d-%d", number, size, i)
				r.folder = filepath.Join(folder, r.namespace)
				begun := time.Now()
				if err := turn(&r, c, size); err != nil {
					return fmt.Errorf("%s, %d objects, round %d: %w", c.name, size, number, err)
				}
				fmt.Printf("round %d, %d objects: %s took %.1f s\n", number, size, c.name, time.Since(begun).Seconds())
			}
		}
	}
	return nil
}

func turn(r *round, c contender, size int) (err error) {
	if err := writeData(r.folder, r.namespace, size); err != nil {
		return err
	}
	defer os.RemoveAll(r.folder)
	if r.objects, err = readObjects(r.folder); err != nil {
		return err
	}
	namespace := `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"` + r.namespace + `"}}`
	if _, err := r.cluster.expect(http.MethodPost, "/api/v1/namespaces", "application/json", []byte(namespace)); err != nil {
		return err
	}
	return errors.Join(c.do(r), remove(r.cluster, r.namespace))
}

// remove ends when the namespace is gone, so that the next contender finds a quiet cluster.
func remove(cluster *api, namespace string) error {
	path := "/api/v1/namespaces/" + namespace
	if _, err := cluster.expect(http.MethodDelete, path, "", nil); err != nil {
		return err
	}
	for begun := time.Now(); time.Since(begun) < 20*time.Minute; time.Sleep(200 * time.Millisecond) {
		if _, status, err := cluster.send(http.MethodGet, path, "", nil); err != nil || status == http.StatusNotFound {
			return err
		}
	}
	return fmt.Errorf("%s is not gone after 20 minutes", namespace)
}

func customResources(cluster *api) error {
	path := "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
	if _, err := cluster.expect(http.MethodPost, path, "application/yaml", []byte(customKind)); err != nil {
		return err
	}
	for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(100 * time.Millisecond) {
		_, status, err := cluster.send(http.MethodGet, fmt.Sprintf(paths["Widget"], "default"), "", nil)
		if err != nil || status == http.StatusOK {
			// Its OpenAPI comes a little later.
			time.Sleep(3 * time.Second)
			return err
		}
	}
	return errors.New("the custom resources are not served after a minute")
}

func start(s settings) (*exec.Cmd, error) {
	process := exec.Command(s.testcluster, "--kubeconfig", s.kubeconfig, "--exit-with-parent", "--nodes=1")
	process.Stderr = os.Stderr
	out, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "READY") {
		return nil, fmt.Errorf("the cluster did not start: %s %w", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return process, nil
}

func parse(arguments []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	sizes := flags.String("sizes", "100,1000,5000", "how many objects, several with commas between")
	flags.IntVar(&s.rounds, "rounds", 3, "how often each contender has its turn")
	flags.StringVar(&s.gitops, "gitops", "bin/gitops", "")
	flags.StringVar(&s.kubectl, "kubectl", "testcluster/bin/kubectl", "")
	flags.StringVar(&s.testcluster, "testcluster", "testcluster/bin/testcluster", "")
	flags.StringVar(&s.classes, "classes", "", "class path of Warm and of the engine")
	flags.StringVar(&s.document, "document", "docs/performance.md", "")
	flags.StringVar(&s.results, "results", "bench/results", "folder of the raw samples")
	flags.Func("without", "a `contender` that does not take part; can be given several times", func(name string) error {
		if name != "" && !slices.ContainsFunc(contenders(), func(c contender) bool { return c.name == name }) {
			return fmt.Errorf("there is no such contender: %s", name)
		}
		s.without = append(s.without, name)
		return nil
	})
	if err := flags.Parse(arguments); err != nil {
		return s, err
	}
	s.javaHome = os.Getenv("JAVA_HOME")
	for _, text := range strings.Split(*sizes, ",") {
		size, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || size < 1 {
			return s, fmt.Errorf("--sizes takes numbers of objects, such as 100,1000, not %q", text)
		}
		s.sizes = append(s.sizes, size)
	}
	if s.rounds < 1 {
		return s, errors.New("--rounds takes 1 or more")
	}
	var err error
	if s.self, err = os.Executable(); err != nil {
		return s, err
	}
	for _, path := range []*string{&s.gitops, &s.kubectl, &s.testcluster} {
		if *path, err = filepath.Abs(*path); err != nil {
			return s, err
		}
	}
	return s, nil
}

func writeJSON(file string, content any) error {
	text, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}
