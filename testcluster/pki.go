package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// tenYears outlives any data directory worth keeping.
const tenYears = 10 * 365 * 24 * time.Hour

// pki is the cluster's own certificate authority, kept in a directory so that certificates and service account tokens
// given out before a restart stay good after it.
type pki struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func (p *pki) caFile() string         { return filepath.Join(p.dir, "ca.crt") }
func (p *pki) caKeyFile() string      { return filepath.Join(p.dir, "ca.key") }
func (p *pki) serverCertFile() string { return filepath.Join(p.dir, "apiserver.crt") }
func (p *pki) serverKeyFile() string  { return filepath.Join(p.dir, "apiserver.key") }

// serviceAccountKeyFile holds the key that signs service account tokens.
func (p *pki) serviceAccountKeyFile() string { return filepath.Join(p.dir, "sa.key") }

// openPKI loads the authority of the directory, or makes one.
func openPKI(dir string) (*pki, error) {
	p := &pki{dir: dir}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if _, err := os.Stat(p.serverKeyFile()); errors.Is(err, fs.ErrNotExist) {
		return p, p.create()
	}
	return p, p.load()
}

func (p *pki) create() error {
	key, err := newKey()
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "testcluster-ca"},
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
	}
	p.key, p.cert = key, template
	der, err := p.sign(template, key)
	if err != nil {
		return err
	}
	if p.cert, err = x509.ParseCertificate(der); err != nil {
		return err
	}
	if err := errors.Join(writeCert(p.caFile(), der), writeKey(p.caKeyFile(), key)); err != nil {
		return err
	}

	serviceAccountKey, err := newKey()
	if err != nil {
		return err
	}
	if err := writeKey(p.serviceAccountKeyFile(), serviceAccountKey); err != nil {
		return err
	}
	return p.createServerCert()
}

func (p *pki) createServerCert() error {
	key, err := newKey()
	if err != nil {
		return err
	}
	der, err := p.sign(&x509.Certificate{
		Subject:     pkix.Name{CommonName: "kube-apiserver"},
		DNSNames:    []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), firstServiceIP},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, key)
	if err != nil {
		return err
	}
	// The key goes last: openPKI takes it as the sign that the directory is complete.
	return errors.Join(writeCert(p.serverCertFile(), der), writeKey(p.serverKeyFile(), key))
}

func (p *pki) load() error {
	certPEM, err := os.ReadFile(p.caFile())
	if err != nil {
		return err
	}
	keyPEM, err := os.ReadFile(p.caKeyFile())
	if err != nil {
		return err
	}
	certBlock, _ := pem.Decode(certPEM)
	keyBlock, _ := pem.Decode(keyPEM)
	if certBlock == nil || keyBlock == nil {
		return fmt.Errorf("%s or %s is not PEM", p.caFile(), p.caKeyFile())
	}
	if p.cert, err = x509.ParseCertificate(certBlock.Bytes); err != nil {
		return fmt.Errorf("%s: %w", p.caFile(), err)
	}
	if p.key, err = x509.ParseECPrivateKey(keyBlock.Bytes); err != nil {
		return fmt.Errorf("%s: %w", p.caKeyFile(), err)
	}
	return nil
}

// clientCert signs a certificate for a user and the groups it belongs to; both results are PEM.
func (p *pki) clientCert(user string, groups ...string) (certPEM, keyPEM []byte, err error) {
	key, err := newKey()
	if err != nil {
		return nil, nil, err
	}
	der, err := p.sign(&x509.Certificate{
		Subject:     pkix.Name{CommonName: user, Organization: groups},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}, key)
	if err != nil {
		return nil, nil, err
	}
	keyPEM, err = encodeKey(key)
	return encodeCert(der), keyPEM, err
}

func (p *pki) caPEM() []byte { return encodeCert(p.cert.Raw) }

func (p *pki) sign(template *x509.Certificate, key *ecdsa.PrivateKey) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template.SerialNumber = serial
	// An hour of slack, for clocks that are set back.
	template.NotBefore = time.Now().Add(-time.Hour)
	template.NotAfter = time.Now().Add(tenYears)
	return x509.CreateCertificate(rand.Reader, template, p.cert, key.Public(), p.key)
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

func encodeCert(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func encodeKey(key *ecdsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalECPrivateKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), err
}

func writeCert(file string, der []byte) error { return os.WriteFile(file, encodeCert(der), 0o644) }

func writeKey(file string, key *ecdsa.PrivateKey) error {
	content, err := encodeKey(key)
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o600)
}
