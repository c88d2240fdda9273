package posttest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Authority makes an authority, and a certificate of it for this machine. It also
// gives the authority as it stands in a file.
func Authority(t testing.TB) (cert *tls.Certificate, roots *x509.CertPool, file []byte) {
	t.Helper()
	authority := sjabloon("proefinstantie")
	authority.IsCA, authority.KeyUsage, authority.BasicConstraintsValid = true, x509.KeyUsageCertSign, true
	signer := sleutel(t)
	root, err := x509.CreateCertificate(rand.Reader, authority, authority, signer.Public(), signer)
	require.NoError(t, err)
	mine := sjabloon("localhost")
	mine.DNSNames, mine.IPAddresses = []string{"localhost"}, []net.IP{net.IPv4(127, 0, 0, 1)}
	mine.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	key := sleutel(t)
	raw, err := x509.CreateCertificate(rand.Reader, mine, authority, key.Public(), signer)
	require.NoError(t, err)
	file = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root})
	roots = x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(file))
	return &tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, roots, file
}

func sleutel(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return key
}

func sjabloon(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}
