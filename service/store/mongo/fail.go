package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

var errClosed = errors.New("store is closed")

// fail gives err as callers see it: a refusal (Conflict, NotFound, Stale) as it
// is, everything else as Unavailable with the verb that failed. No error stays none.
func fail(verb string, err error) error {
	var refusal *domain.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		return err
	}
	return &domain.Error{Code: domain.Unavailable, Key: keyOf(err), Cause: fmt.Errorf("%s: %w", verb, err)}
}

// keyOf names the sentence for a failure while the store is in use. None of them
// tells where the server is: a caller far away may read it.
func keyOf(err error) string {
	switch {
	case errors.Is(err, errClosed), errors.Is(err, mongo.ErrClientDisconnected):
		return "fout.opslag_gesloten"
	case hasCode(err, codeOutOfDiskSpace):
		return "fout.opslag_vol"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded) && !noServer(err):
		return "fout.opslag_afgebroken"
	}
	return "fout.opslag_niet_beschikbaar"
}

// noServer reports that none was found in the time there was for it.
func noServer(err error) bool {
	var none topology.ServerSelectionError
	return errors.As(err, &none)
}

// What servers call their errors.
const (
	codeAuthenticationFailed = 18
	codeUserNotFound         = 11
	codeUnauthorized         = 13
	codeNamespaceNotFound    = 26
	codeIndexOptionsConflict = 85
	codeIndexKeySpecsClash   = 86
	codeDuplicateKey         = 11000
	codeOutOfDiskSpace       = 14031
	codeAtlasAuthentication  = 8000
)

// hasCode reports whether the server gave err with one of these codes.
func hasCode(err error, codes ...int) bool {
	var e mongo.ServerError
	if !errors.As(err, &e) {
		return false
	}
	for _, c := range codes {
		if e.HasErrorCode(c) {
			return true
		}
	}
	return false
}

// notFound is the refusal of asking for what is not there.
func notFound(key string, args ...any) error {
	return &domain.Error{Code: domain.NotFound, Key: key, Args: args}
}
