package mongo

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/x/mongo/driver"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/auth"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// errAddress stands for what is wrong with an address: what the driver says of it
// may hold the password.
var errAddress = errors.New("address of the store cannot be read")

// cannotOpen is the failure of opening the store at at, with what to do about it.
func cannotOpen(at place, err error) error {
	var refusal *domain.Error
	if errors.As(err, &refusal) {
		return err
	}
	cause := fmt.Errorf("open store: %w", err)
	for _, e := range causes(err) {
		switch {
		case isTLS(e):
			return unopened("fout.mongo_tls", cause, at.hosts)
		case isLogin(e):
			return unopened("fout.mongo_aanmelden", cause, at.hosts)
		case isForbidden(e):
			return unopened("fout.mongo_rechten", cause, at.database, at.hosts)
		}
	}
	return unopened("fout.mongo_onbereikbaar", cause, at.hosts)
}

// causes are err and what it says of each server that was tried.
func causes(err error) []error {
	all := []error{err}
	var none topology.ServerSelectionError
	if errors.As(err, &none) {
		for _, server := range none.Desc.Servers {
			if server.LastError != nil {
				all = append(all, server.LastError)
			}
		}
	}
	return all
}

func isTLS(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		header      tls.RecordHeaderError
		alert       tls.AlertError
		unknown     x509.UnknownAuthorityError
		hostname    x509.HostnameError
		invalid     x509.CertificateInvalidError
	)
	return errors.As(err, &certificate) || errors.As(err, &header) || errors.As(err, &alert) ||
		errors.As(err, &unknown) || errors.As(err, &hostname) || errors.As(err, &invalid)
}

func isLogin(err error) bool {
	var e *auth.Error
	return errors.As(err, &e) || hasCode(err, codeAuthenticationFailed, codeAtlasAuthentication)
}

func isForbidden(err error) bool {
	var e driver.Error
	return hasCode(err, codeUnauthorized) || errors.As(err, &e) && e.Code == codeUnauthorized
}
