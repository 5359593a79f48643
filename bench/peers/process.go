package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// usage is what a step took: of the contender and, meanwhile, of the API server.
type usage struct {
	Seconds          float64 `json:"seconds"`
	ClientCPUSeconds float64 `json:"clientCpuSeconds"`
	ClientPeakMB     float64 `json:"clientPeakMB"`
	ServerCPUSeconds float64 `json:"serverCpuSeconds"`
	ServerPeakMB     float64 `json:"serverPeakMB"`
}

// server is the process of the cluster, whose use of the machine is read from the kernel.
type server struct{ pid int }

// watch begins to measure; what it returns ends it.
func (s server) watch() func(*usage) {
	// Where the kernel does not let the peak be reset, it is that of all before too.
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", s.pid), []byte("5"), 0o200)
	cpu := cpuSeconds(s.pid)
	start := time.Now()
	return func(u *usage) {
		u.Seconds = time.Since(start).Seconds()
		u.ServerCPUSeconds = cpuSeconds(s.pid) - cpu
		u.ServerPeakMB = peakMB(s.pid)
	}
}

// once runs a process to its end.
func once(s server, exits []int, environment []string, command ...string) (usage, string, error) {
	process := exec.Command(command[0], command[1:]...)
	process.Env = append(os.Environ(), environment...)
	var out, failure bytes.Buffer
	process.Stdout, process.Stderr = &out, &failure
	var u usage
	end := s.watch()
	err := process.Run()
	end(&u)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return u, "", err
	}
	if code := process.ProcessState.ExitCode(); !slices.Contains(exits, code) {
		return u, "", fmt.Errorf("%s ended with %d: %s", strings.Join(command, " "), code, tail(failure.String()+out.String()))
	}
	spent := process.ProcessState.SysUsage().(*syscall.Rusage)
	u.ClientCPUSeconds = (process.ProcessState.UserTime() + process.ProcessState.SystemTime()).Seconds()
	u.ClientPeakMB = float64(spent.Maxrss) / 1024
	return u, out.String(), nil
}

// conversation is with a process that stays and answers a line with a line.
type conversation struct {
	server  server
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	failure *bytes.Buffer
	begun   func(*usage)
}

func begin(s server, environment []string, command ...string) (*conversation, error) {
	process := exec.Command(command[0], command[1:]...)
	process.Env = append(os.Environ(), environment...)
	in, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c := &conversation{server: s, process: process, in: in, out: bufio.NewReader(out), failure: &bytes.Buffer{}}
	process.Stderr = c.failure
	c.begun = s.watch()
	return c, process.Start()
}

// first is the answer to the first question, with all that it took since the process began.
func (c *conversation) first(question string) (int, usage, error) {
	var u usage
	count, err := c.say(question)
	c.begun(&u)
	u.ClientCPUSeconds, u.ClientPeakMB = cpuSeconds(c.process.Process.Pid), peakMB(c.process.Process.Pid)
	return count, u, err
}

func (c *conversation) ask(question string) (int, usage, error) {
	var u usage
	cpu := cpuSeconds(c.process.Process.Pid)
	end := c.server.watch()
	count, err := c.say(question)
	end(&u)
	u.ClientCPUSeconds = cpuSeconds(c.process.Process.Pid) - cpu
	u.ClientPeakMB = peakMB(c.process.Process.Pid)
	return count, u, err
}

func (c *conversation) say(question string) (int, error) {
	if _, err := fmt.Fprintln(c.in, question); err != nil {
		return 0, err
	}
	line, err := c.out.ReadString('\n')
	if err != nil {
		_ = c.process.Wait()
		return 0, fmt.Errorf("%s of %s: %w: %s", question, c.process.Path, err, tail(c.failure.String()))
	}
	return strconv.Atoi(strings.Fields(line)[0])
}

func (c *conversation) end() {
	_ = c.in.Close()
	stopped := time.AfterFunc(10*time.Second, func() { _ = c.process.Process.Kill() })
	_ = c.process.Wait()
	stopped.Stop()
}

func cpuSeconds(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	// The kernel counts in hundredths for whoever reads it, whatever its own clock is.
	return (user + system) / 100
}

func peakMB(pid int) float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(text)) {
		if rest, found := strings.CutPrefix(line, "VmHWM:"); found {
			kilobytes, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kilobytes / 1024
		}
	}
	return 0
}

func tail(text string) string {
	return text[max(0, len(text)-2000):]
}
