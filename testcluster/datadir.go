package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const temporaryPrefix = "testcluster-data-"

// dataDir holds the state of one cluster.
type dataDir struct {
	path      string
	temporary bool
	lock      *os.File
}

// openDataDir opens the directory for this process alone; without a name it makes one that close removes.
func openDataDir(path string) (*dataDir, error) {
	temporary := path == ""
	var err error
	if temporary {
		removeAbandoned()
		path, err = os.MkdirTemp("", temporaryPrefix)
	} else if path, err = filepath.Abs(path); err == nil {
		err = os.MkdirAll(path, 0o700)
	}
	if err != nil {
		return nil, err
	}
	// etcd would wait for its lock without end and without a word.
	lock, err := lockDir(path)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, fmt.Errorf("%s is in use by another testcluster: stop that one, or give another --data", path)
	}
	return &dataDir{path: path, temporary: temporary, lock: lock}, err
}

func lockDir(path string) (*os.File, error) {
	lock, err := os.OpenFile(filepath.Join(path, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		lock.Close()
		return nil, err
	}
	return lock, nil
}

// removeAbandoned removes the temporary directories of processes that were killed: 100 MB each.
func removeAbandoned() {
	abandoned, _ := filepath.Glob(filepath.Join(os.TempDir(), temporaryPrefix+"*"))
	for _, dir := range abandoned {
		// A young one may belong to a process that has yet to lock it.
		if info, err := os.Stat(dir); err != nil || time.Since(info.ModTime()) < time.Minute {
			continue
		}
		if lock, err := lockDir(dir); err == nil {
			os.RemoveAll(dir)
			lock.Close()
		}
	}
}

func (d *dataDir) close() {
	if d.temporary {
		os.RemoveAll(d.path)
	}
	d.lock.Close()
}
