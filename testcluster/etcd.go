package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// maxSocketPath is below what a Unix socket's address holds (104 bytes on macOS, 108 on Linux).
const maxSocketPath = 90

// etcd is the store of the API server, reached over a Unix socket that only this user can open.
type etcd struct {
	server    *embed.Etcd
	socketDir string
}

func startEtcd(dataDir string, logs *clusterLog) (*etcd, error) {
	socketDir, err := newSocketDir(dataDir)
	if err != nil {
		return nil, err
	}
	e := &etcd{socketDir: socketDir}
	if e.server, err = embed.StartEtcd(etcdConfig(dataDir, e, logs)); err != nil {
		os.RemoveAll(socketDir)
		return nil, fmt.Errorf("starting etcd on %s: %w", dataDir, err)
	}
	select {
	case <-e.server.Server.ReadyNotify():
		return e, nil
	case err := <-e.server.Err():
		e.stop()
		return nil, fmt.Errorf("starting etcd on %s: %w", dataDir, err)
	case <-time.After(30 * time.Second):
		e.stop()
		return nil, errors.New("etcd was not ready within 30 s")
	}
}

func etcdConfig(dataDir string, e *etcd, logs *clusterLog) *embed.Config {
	client := url.URL{Scheme: "unix", Path: filepath.Join(e.socketDir, "client.sock")}
	// Nobody calls these: the client is told the socket, and there are no peers. Being fixed, they stay true in a data
	// directory that is opened again.
	advertised := url.URL{Scheme: "http", Host: "127.0.0.1:0"}

	config := embed.NewConfig()
	config.Name = "testcluster"
	config.Dir = dataDir
	config.ListenClientUrls = []url.URL{client}
	config.ListenPeerUrls = nil
	config.AdvertiseClientUrls = []url.URL{advertised}
	config.AdvertisePeerUrls = []url.URL{advertised}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	config.ZapLoggerBuilder = embed.NewZapLoggerBuilder(logs.zap())
	// Nobody competes in the election of a lone member, so it need not be given a second to do so.
	config.TickMs, config.ElectionMs = 20, 100
	// What is written survives the end of this process, however it ends; only a crash of the machine can lose it.
	config.UnsafeNoFsync = true
	config.QuotaBackendBytes = 8 << 30
	return config
}

func (e *etcd) url() string { return "unix://" + filepath.Join(e.socketDir, "client.sock") }

// stop writes out what the store holds. The listeners are left to the end of the process: closing them waits seconds for
// clients that keep their connections.
func (e *etcd) stop() {
	e.server.Server.Stop()
	os.RemoveAll(e.socketDir)
}

// newSocketDir makes a directory with a path short enough for a socket: beside the data where that is.
func newSocketDir(dataDir string) (string, error) {
	dir := filepath.Join(filepath.Dir(dataDir), "socket")
	if len(dir) > maxSocketPath-len("/client.sock") {
		return os.MkdirTemp("/tmp", "testcluster-socket-")
	}
	// That of a process that was killed; the data directory is locked, so nobody uses it.
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.Mkdir(dir, 0o700)
}
