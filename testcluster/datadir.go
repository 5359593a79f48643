package main

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// dataDir holds the state of one cluster.
type dataDir struct {
	path      string
	temporary bool
	lock      *os.File
}

// openDataDir opens the directory for this process alone; without a name it makes one that close removes.
func openDataDir(path string) (*dataDir, error) {
	if path == "" {
		temporary, err := os.MkdirTemp("", "testcluster-data-")
		return &dataDir{path: temporary, temporary: true}, err
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	// etcd would wait for its lock without end and without a word.
	lock, err := os.OpenFile(filepath.Join(path, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		lock.Close()
		return nil, fmt.Errorf("%s is in use by another testcluster: stop that one, or give another --data", path)
	}
	return &dataDir{path: path, lock: lock}, nil
}

func (d *dataDir) close() {
	if d.temporary {
		os.RemoveAll(d.path)
		return
	}
	d.lock.Close()
}
