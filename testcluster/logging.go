package main

import (
	"bytes"
	"flag"
	"fmt"
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
	io.Closer
	held *tail
}

func openLog(file string, verbosity int) (*clusterLog, error) {
	l := &clusterLog{Closer: io.NopCloser(nil)}
	switch file {
	case "":
		l.held = &tail{limit: 64 << 10}
		l.Writer = l.held
	case "-":
		l.Writer = os.Stderr
	default:
		f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			return nil, err
		}
		l.Writer, l.Closer = f, f
	}

	flags := flag.NewFlagSet("klog", flag.PanicOnError)
	klog.InitFlags(flags)
	for name, value := range map[string]string{
		"logtostderr":     "false",
		"stderrthreshold": "FATAL",
		"one_output":      "true",
		"v":               strconv.Itoa(verbosity),
	} {
		if err := flags.Set(name, value); err != nil {
			return nil, err
		}
	}
	klog.SetOutput(l)
	grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, l))
	return l, nil
}

// zap is the logger that etcd wants.
func (l *clusterLog) zap() *zap.Logger {
	encoder := zapcore.NewConsoleEncoder(zap.NewProductionEncoderConfig())
	return zap.New(zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(l.Writer)), zap.WarnLevel))
}

// explain prints the log lines held back so far.
func (l *clusterLog) explain(w io.Writer) {
	if l.held != nil {
		fmt.Fprintf(w, "%s", l.held.content())
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
