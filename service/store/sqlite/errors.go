package sqlite

import (
	"context"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

var (
	errClosed = errors.New("store is closed")
	errMoved  = errors.New("another file stands where the store was opened")
)

// fail gives err as callers see it: a refusal (Conflict, NotFound) as it is,
// everything else as Unavailable with the verb that failed. No error stays none.
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

// keyOf names the sentence for a failure while the store is in use. None of
// them tells where the file is: a caller far away may read it.
func keyOf(err error) string {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "fout.opslag_afgebroken"
	case errors.Is(err, errClosed):
		return "fout.opslag_gesloten"
	case hasCode(err, codes.SQLITE_FULL):
		return "fout.opslag_vol"
	case hasCode(err, codes.SQLITE_BUSY), hasCode(err, codes.SQLITE_LOCKED):
		return "fout.opslag_bezet"
	}
	return "fout.opslag_niet_beschikbaar"
}

// hasCode reports whether SQLite gave err with this primary result code.
func hasCode(err error, code int) bool {
	var e *driver.Error
	return errors.As(err, &e) && e.Code()&0xff == code
}

// unopened is the failure of opening path: key says what is wrong with it and
// what to do.
func unopened(key, path string, cause error, more ...any) error {
	return &domain.Error{Code: domain.Unavailable, Key: key, Args: append([]any{path}, more...), Cause: cause}
}

// cannotOpen is the failure of opening path that SQLite or the system gave.
func cannotOpen(path string, err error) error {
	var e *domain.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return err
	case hasCode(err, codes.SQLITE_NOTADB):
		return unopened("fout.opslag_vreemd_bestand", path, err)
	case hasCode(err, codes.SQLITE_CORRUPT):
		return unopened("fout.opslag_beschadigd", path, err)
	case keyOf(err) == "fout.opslag_niet_beschikbaar":
		return unopened("fout.opslag_geen_toegang", path, err)
	}
	return fail("open store", err)
}
