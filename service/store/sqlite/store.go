package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

var _ store.Store = (*Store)(nil)

// Store is the store in one SQLite file.
type Store struct {
	writer *writer
	reader *reader
	ended  func() error
}

// Option changes how a store is opened.
type Option func(*settings)

type settings struct {
	busy    time.Duration
	readers int
	few     int

	existing, asIs bool
}

// WithBusyTimeout sets how long a call waits for another process that is
// writing, before it is Unavailable; 5 seconds when not given.
func WithBusyTimeout(d time.Duration) Option { return func(s *settings) { s.busy = d } }

// AsItIs has a file of an older form refused: whoever opens it does not change what a
// service that is running may rely on.
func AsItIs() Option { return func(s *settings) { s.asIs = true } }

// Existing is AsItIs that makes no store where there is none.
func Existing() Option { return func(s *settings) { s.asIs, s.existing = true, true } }

// Open opens the store in the file path, making it when there is none (its
// folder must be there). A file that is not ours, is damaged or has a newer form
// is refused with a domain.Error of code Unavailable that names the file and
// what to do, and is left as it was, byte for byte. ctx is for the opening only.
func Open(ctx context.Context, path string, opts ...Option) (*Store, error) {
	o := settings{busy: 5 * time.Second, readers: max(4, runtime.GOMAXPROCS(0)), few: fewRows}
	for _, set := range opts {
		set(&o)
	}
	full, err := resolve(path)
	if err != nil {
		return nil, unopened("fout.opslag_geen_toegang", path, err)
	}
	todo, err := steps(migrations)
	if err != nil {
		return nil, err
	}
	if _, err := inspect(ctx, full, o, len(todo)); err != nil {
		return nil, err
	}
	s, err := open(ctx, full, o, todo)
	return s, cannotOpen(full, err)
}

// Filled refuses a file path that does not hold a store: one that Open refuses, and
// one that Open would make a store of. It changes nothing.
func Filled(ctx context.Context, path string) error {
	full, err := resolve(path)
	if err != nil {
		return unopened("fout.opslag_geen_toegang", path, err)
	}
	todo, err := steps(migrations)
	if err != nil {
		return err
	}
	form, err := inspect(ctx, full, settings{busy: 5 * time.Second}, len(todo))
	if err == nil && form == 0 {
		return unopened("fout.kopie_geen_bestand", full, errors.New("file without a store"))
	}
	return err
}

// open starts the store on a file that was inspected.
func open(ctx context.Context, path string, o settings, todo []string) (*Store, error) {
	at, err := newPlace(path)
	if err != nil {
		return nil, fmt.Errorf("make file: %w", err)
	}
	pool, err := sql.Open("sqlite", dsn(path, o.busy, forWriting))
	if err != nil {
		return nil, fmt.Errorf("open for writing: %w", err)
	}
	w := &writer{pool: pool, steps: todo, queue: newQueue(), place: at, done: make(chan struct{})}
	if err := w.ready(ctx); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	r, err := newReader(ctx, at, dsn(path, o.busy, forReading), o)
	if err != nil {
		return nil, errors.Join(err, w.reset(), pool.Close())
	}
	s := &Store{writer: w, reader: r}
	s.ended = sync.OnceValue(s.end)
	go w.run()
	return s, nil
}

// Close implements store.Store.
func (s *Store) Close() error {
	s.writer.queue.close()
	return s.ended()
}

func (s *Store) end() error {
	<-s.writer.done
	return fail("close store", errors.Join(s.reader.close(), s.writer.reset(), s.writer.pool.Close()))
}

// Ping implements store.Store. It writes one small row to the disk.
func (s *Store) Ping(ctx context.Context) error {
	err := s.submit(ctx, 0, func(l *link) error {
		_, err := l.hartslag.ExecContext(context.Background())
		return err
	})
	if err != nil {
		return fail("ping: write", err)
	}
	var beat int64
	return fail("ping: read", s.reader.one(ctx, s.reader.hartslag, nil, &beat))
}

// Stats gives the counts of what this Store has written.
func (s *Store) Stats() Stats {
	return Stats{Commits: s.writer.commits.Load(), Rows: s.writer.rows.Load()}
}

// submit has the writer carry out do and waits until that is durable, or until
// ctx ends.
func (s *Store) submit(ctx context.Context, rows int, do func(*link) error) error {
	return s.send(ctx, &call{ctx: ctx, rows: rows, do: do, done: make(chan error, 1)})
}

func (s *Store) send(ctx context.Context, c *call) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !s.writer.queue.add(c) {
		return errClosed
	}
	select {
	case err := <-c.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// notFound is the refusal of asking for what is not there.
func notFound(key string, args ...any) error {
	return &domain.Error{Code: domain.NotFound, Key: key, Args: args}
}
