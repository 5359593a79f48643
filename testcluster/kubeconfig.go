package main

import (
	"os"
	"path/filepath"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// kubeconfigFor makes a kubeconfig that holds all it needs, with a client certificate of the user. Every user here is
// in system:masters, the group that needs no RBAC rule: so the components need not wait until the roles are created.
func kubeconfigFor(authority *pki, serverURL, user string) ([]byte, error) {
	cert, key, err := authority.clientCert(user, "system:masters")
	if err != nil {
		return nil, err
	}
	config := api.NewConfig()
	config.Clusters["testcluster"] = &api.Cluster{Server: serverURL, CertificateAuthorityData: authority.caPEM()}
	config.AuthInfos[user] = &api.AuthInfo{ClientCertificateData: cert, ClientKeyData: key}
	config.Contexts["testcluster"] = &api.Context{Cluster: "testcluster", AuthInfo: user, Namespace: "default"}
	config.CurrentContext = "testcluster"
	return clientcmd.Write(*config)
}

// writeAtomically puts the whole content under the name at once, so that whoever waits for the file never reads half.
func writeAtomically(file string, content []byte) error {
	// CreateTemp makes the file with mode 0600.
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(content); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
