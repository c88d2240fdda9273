package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// wachtrijFile is the file of a Wachtrij in its folder.
const wachtrijFile = "wachtrij.db"

// Wachtrij keeps entries of the decision log in a file, in the order in which
// they came, until they are taken out. It is no decision log: that never forgets.
type Wachtrij struct {
	store  *Store
	unlock func() error
}

// OpenWachtrij opens the Wachtrij in the folder dir, making both when they are not
// there. No other process can have it until Close, or the end of this one: a
// second gets a domain.Error of code Conflict.
func OpenWachtrij(ctx context.Context, dir string) (*Wachtrij, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unopened("fout.opslag_geen_toegang", dir, err)
	}
	path := filepath.Join(dir, wachtrijFile)
	unlock, err := LockForServing(path)
	if err != nil {
		if domain.IsCode(err, domain.Conflict) {
			err = &domain.Error{Code: domain.Conflict, Key: "fout.spool_in_gebruik", Args: []any{dir}, Cause: err}
		}
		return nil, err
	}
	s, err := Open(ctx, path)
	if err != nil {
		_ = unlock()
		return nil, err
	}
	return &Wachtrij{store: s, unlock: unlock}, nil
}

// BewaarAdviezen keeps all of given behind what is there, or none. It returns after
// they are durable. An id that is there is a Conflict.
func (w *Wachtrij) BewaarAdviezen(ctx context.Context, given []domain.GegevenAdvies) error {
	return w.store.BewaarAdviezen(ctx, given)
}

// Advies gives an entry that waits. NotFound when there is none.
func (w *Wachtrij) Advies(ctx context.Context, id string) (domain.GegevenAdvies, error) {
	return w.store.Advies(ctx, id)
}

// Oudste gives at most n entries behind place na, oldest first, and the place of the
// last; 0 is before all.
func (w *Wachtrij) Oudste(ctx context.Context, na int64, n int) (list []domain.GegevenAdvies, last int64, err error) {
	r := w.store.reader
	err = r.all(ctx, nil, r.wachtend, []any{na, n}, func(rows *sql.Rows) error {
		g, err := scanAdvies(func(into ...any) error { return rows.Scan(append([]any{&last}, into...)...) })
		list = append(list, g)
		return err
	})
	return list, last, fail("read waiting advices", err)
}

// Haal takes the entries with these ids out, all or none. One that is not there is
// no error.
func (w *Wachtrij) Haal(ctx context.Context, ids []string) error {
	return fail("take waiting advices out", w.store.submit(ctx, len(ids), func(l *link) error {
		for _, id := range ids {
			if _, err := l.terug.ExecContext(context.Background(), id); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Aantal counts the entries that wait.
func (w *Wachtrij) Aantal(ctx context.Context) (int64, error) {
	var n int64
	err := w.store.reader.one(ctx, w.store.reader.aantalWachtend, nil, &n)
	return n, fail("count waiting advices", err)
}

// Close finishes the writes under way and lets the folder go. A second does nothing.
func (w *Wachtrij) Close() error {
	err := w.store.Close()
	if e := w.unlock(); !errors.Is(e, os.ErrClosed) {
		err = errors.Join(err, e)
	}
	return err
}
