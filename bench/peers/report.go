package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// results is the file of the raw samples.
type results struct {
	Date     string            `json:"date"`
	Machine  string            `json:"machine"`
	Versions map[string]string `json:"versions"`
	Rounds   int               `json:"rounds"`
	Samples  []sample          `json:"samples"`
}

func write(s settings, samples []sample) error {
	now := time.Now().UTC()
	r := results{now.Format(time.RFC3339), machine(), versions(s), s.rounds, samples}
	raw := filepath.Join(s.results, "peers-"+now.Format("20060102-150405")+".json")
	if err := writeJSON(raw, r); err != nil {
		return err
	}
	images := filepath.Join(filepath.Dir(s.document), "images")
	if err := os.MkdirAll(images, 0o755); err != nil {
		return err
	}
	text, err := filepath.Rel(filepath.Dir(s.document), raw)
	if err != nil {
		return err
	}
	document := r.document(s, text)
	for i, step := range steps {
		plot := plot(step, r.lines(step, s.sizes))
		if err := os.WriteFile(filepath.Join(images, fmt.Sprintf("performance-%d.svg", i+1)), []byte(plot), 0o644); err != nil {
			return err
		}
	}
	if err := os.WriteFile(s.document, []byte(document), 0o644); err != nil {
		return err
	}
	fmt.Println("Wrote", s.document, "and", raw)
	return nil
}

// of gives the numbers of a contender's step in the order of size.
func (r results) of(contender, step string, objects int, number func(usage) float64) []float64 {
	var numbers []float64
	for _, s := range r.Samples {
		if s.Contender == contender && s.Step == step && s.Objects == objects {
			numbers = append(numbers, number(s.usage))
		}
	}
	slices.Sort(numbers)
	return numbers
}

func seconds(u usage) float64    { return u.Seconds }
func clientCPU(u usage) float64  { return u.ClientCPUSeconds }
func clientPeak(u usage) float64 { return u.ClientPeakMB }
func serverCPU(u usage) float64  { return u.ServerCPUSeconds }
func serverPeak(u usage) float64 { return u.ServerPeakMB }

func median(sorted []float64) float64 {
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

func (r results) lines(step string, sizes []int) map[string][]point {
	lines := map[string][]point{}
	for _, c := range contenders() {
		for _, size := range sizes {
			if numbers := r.of(c.name, step, size, seconds); len(numbers) > 0 {
				lines[c.name] = append(lines[c.name], point{float64(size), median(numbers)})
			}
		}
	}
	return lines
}

func (r results) document(s settings, raw string) string {
	var text strings.Builder
	fmt.Fprintf(&text, `# Performance

Written by `+"`make bench`"+` on %s; the [raw samples](%s) are beside it. How it is measured is told in [bench/README.md](../bench/README.md).

%s

| | |
|---|---|
`, r.Date[:10], raw, r.Machine)
	for _, name := range []string{"gitops", "Java", "kubectl", "gitops-engine", "Kubernetes"} {
		fmt.Fprintf(&text, "| %s | %s |\n", name, r.Versions[name])
	}
	fmt.Fprintf(&text, `
Medians of %d rounds, in which all took turns on one cluster; in parentheses the least and the most. At the end of each sync the cluster was held against
the files object by object. The floors send the same requests and do nothing else. The ratios are those of gitops
to the best peer, and to the floor of dry runs and applies; below 1 gitops takes less.

`, r.Rounds)
	for i, step := range steps {
		fmt.Fprintf(&text, "![%s: seconds by objects](images/performance-%d.svg)\n", step, i+1)
	}
	for _, size := range s.sizes {
		fmt.Fprintf(&text, "\n## %d objects\n\n", size)
		r.table(&text, "seconds", size, seconds, "%.2f")
		text.WriteString("\nMemory and CPU. A process that stays has its peak since its start.\n\n")
		r.table(&text, "peak memory, MB", size, clientPeak, "%.0f")
		text.WriteString("\n")
		r.table(&text, "CPU, seconds", size, clientCPU, "%.2f")
		text.WriteString("\n")
		r.table(&text, "API server and etcd: CPU, seconds", size, serverCPU, "%.2f")
		text.WriteString("\n")
		r.table(&text, "API server and etcd: peak memory, MB", size, serverPeak, "%.0f")
	}
	return text.String()
}

func (r results) table(text *strings.Builder, title string, size int, number func(usage) float64, format string) {
	head, rule := "| "+title+" |", "|---|"
	for _, c := range contenders() {
		head += " " + c.name + " |"
		rule += "---|"
	}
	fmt.Fprintf(text, "%s to the best peer | to the floor |\n%s---|---|\n", head, rule)
	for _, step := range steps {
		fmt.Fprintf(text, "| %s |", step)
		best, ours, least := 0.0, 0.0, 0.0
		for _, c := range contenders() {
			numbers := r.of(c.name, step, size, number)
			if len(numbers) == 0 {
				text.WriteString(" – |")
				continue
			}
			middle := median(numbers)
			switch {
			case c.name == "gitops":
				ours = middle
			case c.name == dryRunFloor:
				least = middle
			case !strings.HasPrefix(c.name, "floor") && (best == 0 || middle < best):
				best = middle
			}
			fmt.Fprintf(text, " "+format+" ("+format+"–"+format+") |", middle, numbers[0], numbers[len(numbers)-1])
		}
		fmt.Fprintf(text, " %s | %s |\n", ratio(ours, best), ratio(ours, least))
	}
}

func ratio(ours, theirs float64) string {
	if ours == 0 || theirs == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", ours/theirs)
}

func versions(s settings) map[string]string {
	found := map[string]string{
		"gitops":  output(s.gitops, "--version"),
		"Java":    output(filepath.Join(s.javaHome, "bin/java"), "--version"),
		"kubectl": output(s.kubectl, "version", "--client"),
	}
	// The cluster and kubectl are built from one version of Kubernetes.
	found["Kubernetes"] = strings.TrimPrefix(found["kubectl"], "Client Version: ")
	if info, known := debug.ReadBuildInfo(); known {
		for _, module := range info.Deps {
			if strings.HasSuffix(module.Path, "/gitops-engine") {
				found["gitops-engine"] = module.Version + ", validation off and on, QPS 1000, burst 2000, 20 at once, " + runtime.Version()
			}
		}
	}
	return found
}

// output is the first line of what a command says.
func output(command ...string) string {
	text, err := exec.Command(command[0], command[1:]...).Output()
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return first
}

func machine() string {
	model := "unknown processor"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	memory := 0
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		_, _ = fmt.Sscanf(string(text), "MemTotal: %d kB", &memory)
	}
	return fmt.Sprintf("%d cores (%s), %d GB of memory, %s.", runtime.NumCPU(), model, (memory+1<<19)>>20, runtime.GOOS)
}
