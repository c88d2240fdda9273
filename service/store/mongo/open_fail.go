package mongo

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/auth"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// andersMost is how long a server gets to show that it speaks TLS, or that it does
// not.
const andersMost = 300 * time.Millisecond

// refused is the failure of opening the store at at with o: what is wrong, and what to
// do. A server that hangs up at once is asked whether it speaks TLS where the address
// does not say so, or the other way round.
func (at place) refused(ctx context.Context, err error, o *options.ClientOptions) error {
	told := at.waarom("open store", err)
	if told.Key != "fout.mongo_onbereikbaar" || !slices.ContainsFunc(causes(err), hangtOp) {
		return told
	}
	switch {
	case !spreektAnders(ctx, o):
		return unopened("fout.mongo_verbroken", told.Cause, at.hosts)
	case o.TLSConfig != nil:
		return unopened("fout.mongo_tls_niet", told.Cause, at.hosts)
	}
	return unopened("fout.mongo_tls_nodig", told.Cause, at.hosts)
}

// waarom is why the store at at cannot be reached or used.
func (at place) waarom(verb string, err error) *domain.Error {
	var refusal *domain.Error
	if errors.As(err, &refusal) {
		return refusal
	}
	cause := fmt.Errorf("%s: %w", verb, err)
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
	if !noServer(err) && (mongo.IsTimeout(err) || errors.Is(err, context.DeadlineExceeded)) {
		return unopened("fout.mongo_traag", cause, at.hosts)
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

// hangtOp reports that a server took the line and then broke it off, before it was
// asked to let anybody in.
func hangtOp(err error) bool {
	var (
		conn topology.ConnectionError
		line *net.OpError
		late net.Error
		in   *auth.Error
	)
	if errors.As(err, &in) || errors.As(err, &late) && late.Timeout() {
		return false
	}
	if errors.As(err, &line) {
		return line.Op != "dial"
	}
	return errors.As(err, &conn) || errors.Is(err, io.EOF)
}

// spreektAnders reports that a server of o answers with TLS where o has none, or
// without where it has.
func spreektAnders(ctx context.Context, o *options.ClientOptions) bool {
	ctx, cancel := context.WithTimeout(ctx, andersMost)
	defer cancel()
	other := options.Client().SetHosts(o.Hosts[:1]).SetDirect(true).SetServerSelectionTimeout(andersMost)
	if o.TLSConfig == nil {
		other.SetTLSConfig(&tls.Config{InsecureSkipVerify: true}) // nothing is said over it
	}
	client, err := mongo.Connect(other)
	if err != nil {
		return false
	}
	defer func() { _ = client.Disconnect(ctx) }() // nothing was kept over it
	return client.Database("admin").RunCommand(ctx, bson.D{e("isMaster", 1)}).Err() == nil
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

// isLogin reports that the server knows no such user or password; that logging in
// failed for another reason may pass.
func isLogin(err error) bool {
	return hasDriverCode(err, codeAuthenticationFailed, codeUserNotFound, codeAtlasAuthentication)
}

func isForbidden(err error) bool { return hasDriverCode(err, codeUnauthorized) }

// hasDriverCode is hasCode, also of what failed while a connection was made.
func hasDriverCode(err error, codes ...int) bool {
	var e driver.Error
	return hasCode(err, codes...) || errors.As(err, &e) && slices.Contains(codes, int(e.Code))
}
