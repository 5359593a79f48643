package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

const dryRunFloor = "floor: dry runs, applies"

// The steps, as the tables name them.
const (
	firstSync = "first sync"
	coldCheck = "in sync, from a cold start"
	warmCheck = "in sync, warm"
	syncAgain = "synced again, nothing changed"
	detectOne = "one object changed by hand: until reported"
	detection = "1 % changed by hand: until reported"
	repairing = "1 % repaired"
)

var steps = []string{firstSync, coldCheck, warmCheck, syncAgain, detectOne, detection, repairing}

// contender does all steps of a round, in its own namespace, with what round gives it.
type contender struct {
	name string
	do   func(*round) error
}

// contenders are all that take part, gitops first.
func contenders() []contender {
	return []contender{
		{"gitops", gitops},
		{"kubectl", kubectl},
		{"gitops-engine", func(r *round) error { return argo(r) }},
		{"gitops-engine, validating", func(r *round) error { return argo(r, "--validate") }},
		{"floor: applies", func(r *round) error { return floor(r) }},
		{dryRunFloor, func(r *round) error { return floor(r, "--dry-run-first") }},
	}
}

func gitops(r *round) error {
	home := filepath.Join(r.folder, "..", "home-"+r.namespace)
	environment := []string{"HOME=" + home, "XDG_STATE_HOME=", "XDG_CACHE_HOME=", "XDG_CONFIG_HOME=", "JAVA_HOME=" + r.javaHome}
	command := func(name string, more ...string) []string {
		return append([]string{
			r.gitops, name, "--source", r.folder, "--name", "bench", "--namespace", r.namespace, "--kubeconfig", r.kubeconfig,
		}, more...)
	}
	if err := r.once(firstSync, []int{0}, environment, command("sync", "--no-wait")...); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return err
	}
	if err := r.once(coldCheck, []int{0}, environment, command("diff")...); err != nil {
		return err
	}
	warm, err := begin(r.server, environment,
		filepath.Join(r.javaHome, "bin/java"), "-cp", r.classes, "Warm", r.kubeconfig, r.folder, "bench", r.namespace)
	if err != nil {
		return err
	}
	defer warm.end()
	// It connects and reads all once, as a controller does when it starts.
	if _, _, err := warm.first("check"); err != nil {
		return err
	}
	return stay(r, warm)
}

// warmUp is how often a process that stays is asked before it counts: it has been running for long where it matters.
const warmUp = 5

// stay does the steps of a process that stays.
func stay(r *round, c *conversation) error {
	for range warmUp {
		if _, _, err := c.ask("check"); err != nil {
			return err
		}
	}
	if err := r.ask(c, warmCheck, "check", 0); err != nil {
		return err
	}
	if _, err := r.askAny(c, syncAgain, "sync"); err != nil {
		return err
	}
	if err := r.cluster.driftOf(r.objects[:1]); err != nil {
		return err
	}
	if err := detect(r, c, detectOne, 1); err != nil {
		return err
	}
	changed, err := r.drift()
	if err != nil {
		return err
	}
	if err := detect(r, c, detection, changed); err != nil {
		return err
	}
	if _, err := r.askAny(c, repairing, "sync"); err != nil {
		return err
	}
	return r.check()
}

// detect asks until all changes are reported: what watches the cluster hears of them a little later.
func detect(r *round, c *conversation, step string, changed int) error {
	end := r.server.watch()
	var all usage
	for begun := time.Now(); time.Since(begun) < time.Minute; {
		count, u, err := c.ask("check")
		if err != nil {
			return err
		}
		all.ClientCPUSeconds += u.ClientCPUSeconds
		all.ClientPeakMB = u.ClientPeakMB
		if count == changed {
			end(&all)
			r.record(step, all)
			return nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return fmt.Errorf("%d changes were not reported within a minute", changed)
}

func kubectl(r *round) error {
	command := func(name string, more ...string) []string {
		return append([]string{r.kubectl, "--kubeconfig", r.kubeconfig, name, "--server-side", "-f", r.folder}, more...)
	}
	if err := r.once(firstSync, []int{0}, nil, command("apply")...); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return err
	}
	if err := r.once(coldCheck, []int{0}, nil, command("diff")...); err != nil {
		return err
	}
	if err := r.once(syncAgain, []int{0}, nil, command("apply")...); err != nil {
		return err
	}
	changed, err := r.drift()
	if err != nil {
		return err
	}
	u, out, err := once(r.server, []int{1}, nil, command("diff", "--force-conflicts")...)
	if err != nil {
		return err
	}
	if found := strings.Count("\n"+out, "\ndiff "); found != changed {
		return fmt.Errorf("kubectl diff reports %d changes instead of %d", found, changed)
	}
	r.record(detection, u)
	if err := r.once(repairing, []int{0}, nil, command("apply", "--force-conflicts")...); err != nil {
		return err
	}
	return r.check()
}

func argo(r *round, more ...string) error {
	command := append([]string{
		r.self, "engine", "--kubeconfig", r.kubeconfig, "--folder", r.folder, "--namespace", r.namespace,
	}, more...)
	stays, err := begin(r.server, nil, command...)
	if err != nil {
		return err
	}
	defer stays.end()
	_, u, err := stays.first("sync")
	if err != nil {
		return err
	}
	r.record(firstSync, u)
	if err := r.check(); err != nil {
		return err
	}
	cold, err := begin(r.server, nil, command...)
	if err != nil {
		return err
	}
	count, u, err := cold.first("check")
	cold.end()
	if err == nil && count != 0 {
		err = fmt.Errorf("gitops-engine finds %d differences where there are none", count)
	}
	if err != nil {
		return err
	}
	r.record(coldCheck, u)
	return stay(r, stays)
}

func floor(r *round, more ...string) error {
	command := append([]string{r.self, "floor", "--kubeconfig", r.kubeconfig, "--folder", r.folder}, more...)
	if err := r.once(firstSync, []int{0}, nil, command...); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return err
	}
	return r.once(syncAgain, []int{0}, nil, command...)
}
