package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
)

// reader is the pool of connections that read, with its statements prepared.
type reader struct {
	pool   *sql.DB
	place  place
	closed atomic.Bool

	advies, pakket, actief, activeringen, hartslag *sql.Stmt
}

func newReader(ctx context.Context, at place, source string, connections int) (*reader, error) {
	pool, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, fmt.Errorf("open for reading: %w", err)
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	r := &reader{pool: pool, place: at}
	for query, to := range map[string]**sql.Stmt{
		selectAdvies: &r.advies, selectPakket: &r.pakket, selectActief: &r.actief,
		selectActiveringen: &r.activeringen, selectHartslag: &r.hartslag,
	} {
		if *to, err = pool.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // closed with the pool
			return nil, errors.Join(fmt.Errorf("prepare read: %w", err), pool.Close())
		}
	}
	return r, nil
}

// one asks for one row; sql.ErrNoRows when there is none.
func (r *reader) one(ctx context.Context, query *sql.Stmt, args []any, into ...any) error {
	if err := r.place.checkFile(); err != nil {
		return err
	}
	return r.explain(query.QueryRowContext(ctx, args...).Scan(into...))
}

// all asks for every row, handing each to scan.
func (r *reader) all(ctx context.Context, query *sql.Stmt, scan func(*sql.Rows) error) (err error) {
	if err := r.place.checkFile(); err != nil {
		return err
	}
	rows, err := query.QueryContext(ctx)
	if err != nil {
		return r.explain(err)
	}
	defer func() { err = r.explain(errors.Join(err, rows.Close())) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// explain tells a failure after close from every other.
func (r *reader) explain(err error) error {
	if err != nil && r.closed.Load() {
		return fmt.Errorf("%w: %w", errClosed, err)
	}
	return err
}

func (r *reader) close() error {
	r.closed.Store(true)
	return r.pool.Close()
}
