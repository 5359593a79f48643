package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"strconv"
	"sync"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"google.golang.org/grpc/grpclog"
	"k8s.io/klog/v2"
)

// clusterLog receives what all components log. Without a file the last lines are held back, to be shown only when the
// cluster fails: a healthy start is quiet.
type clusterLog struct {
	io.Writer
	held *tail
	// stderr is for what this program itself has to say.
	stderr *os.File
}

func openLog(file string, verbosity int) (*clusterLog, error) {
	l := &clusterLog{stderr: os.Stderr}
	if err := l.open(file); err != nil {
		return nil, err
	}
	if err := configureKlog(verbosity); err != nil {
		return nil, err
	}
	klog.SetOutput(l)
	klog.OsExit = func(code int) {
		l.explain()
		os.Exit(code)
	}
	grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, l))
	return l, nil
}

func (l *clusterLog) open(file string) (err error) {
	if file == "-" {
		l.Writer = os.Stderr
		return nil
	}
	var diverted *os.File
	if file != "" {
		diverted, err = os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		l.Writer = diverted
	} else {
		l.held = &tail{limit: 32 << 10}
		l.Writer = l.held
		var reader *os.File
		reader, diverted, err = os.Pipe()
		go func() { _, _ = io.Copy(l.held, reader) }()
	}
	if err == nil {
		l.stderr, err = divertStderr(diverted)
	}
	return err
}

func configureKlog(verbosity int) error {
	flags := flag.NewFlagSet("klog", flag.PanicOnError)
	klog.InitFlags(flags)
	for name, value := range map[string]string{
		"logtostderr":     "false",
		"stderrthreshold": "FATAL",
		"one_output":      "true",
		"v":               strconv.Itoa(verbosity),
	} {
		if err := flags.Set(name, value); err != nil {
			return err
		}
	}
	return nil
}

// zap is the logger that etcd wants.
func (l *clusterLog) zap() *zap.Logger {
	encoder := zapcore.NewConsoleEncoder(zap.NewProductionEncoderConfig())
	return zap.New(zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(l.Writer)), zap.WarnLevel))
}

// explain shows the lines held back so far.
func (l *clusterLog) explain() {
	if l.held != nil {
		_, _ = l.stderr.Write(l.held.content())
	}
}

// tail keeps the last whole lines written to it, about limit bytes.
type tail struct {
	mutex sync.Mutex
	limit int
	lines []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.lines = append(t.lines, p...)
	if len(t.lines) > 2*t.limit {
		kept := t.lines[len(t.lines)-t.limit:]
		if i := bytes.IndexByte(kept, '\n'); i >= 0 {
			kept = kept[i+1:]
		}
		t.lines = append([]byte(nil), kept...)
	}
	return len(p), nil
}

func (t *tail) content() []byte {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return bytes.Clone(t.lines)
}
