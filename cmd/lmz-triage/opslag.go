package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

// openStore opens the store of s, beside a service that may be using it, and makes one
// where there is none. It brings none to another form: the service does.
func openStore(ctx context.Context, s config.Store) (store.Store, error) {
	if s.Mongo() {
		return asStore(prepareMongo(ctx, mongo.New(s.Store).AsItIs(false)))
	}
	path, err := filePath(s)
	if err != nil {
		return nil, err
	}
	return asStore(sqlite.Open(ctx, path, sqlite.AsItIs()))
}

// openExisting is openStore that makes none.
func openExisting(ctx context.Context, s config.Store) (store.Store, error) {
	if s.Mongo() {
		return asStore(prepareMongo(ctx, mongo.New(s.Store).AsItIs(true)))
	}
	path, err := s.Path()
	if err != nil {
		return nil, &domain.Error{Code: domain.Invalid, Key: "fout.opslag_adres", Args: []any{s.Shown()}, Cause: err}
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return nil, &domain.Error{Code: domain.NotFound, Key: "fout.geen_opslag", Args: []any{filepath.Dir(path)}}
	}
	return asStore(sqlite.Open(ctx, path, sqlite.Existing()))
}

// prepareMongo opens a database, and tells what takes long.
func prepareMongo(ctx context.Context, st *mongo.Store) (*mongo.Store, error) {
	texts, err := domain.LoadTexts()
	if err != nil {
		return nil, err
	}
	w := waiting{c: console{out: os.Stderr, texts: texts}}
	if err := st.Prepare(ctx, w.doing); err != nil {
		_ = st.Close() // it has no connection
		return nil, err
	}
	return st, nil
}

// asStore makes of a store that could not be opened no store at all.
func asStore[S store.Store](st S, err error) (store.Store, error) {
	if err != nil {
		return nil, err
	}
	return st, nil
}

// filePath is the file of s; the folder for it is made when it is missing.
func filePath(s config.Store) (string, error) {
	path, err := s.Path()
	if err != nil {
		return "", &domain.Error{Code: domain.Invalid, Key: "fout.opslag_adres", Args: []any{s.Shown()}, Cause: err}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("make data folder: %w", err)
	}
	return path, nil
}

// served is a store that a service serves from. houder names the service in the
// lead of the jobs.
type served struct {
	store.Store
	houder  string
	release func()

	// prepare has a store that may not be there yet be used; nil for one that can be.
	prepare func(ctx context.Context, tell func(*domain.Error)) error
	// geduld is how long one request waits for it; nil where it says so itself.
	geduld func() time.Duration
}

// soleHolder is that name on a file. One process serves from it at a time, which
// its lock sees to: the next need not wait for the end of the lead of one that was
// killed.
const soleHolder = "dienst"

// openForServing opens the store of s: a file as the only serving process on it, a
// database, which need not be there yet, together with others.
func openForServing(ctx context.Context, c console, s config.Store) (served, error) {
	if s.Mongo() {
		st := mongo.New(s.Store)
		return served{
			Store: st, houder: rand.Text(), release: func() { _ = st.Close() }, prepare: st.Prepare, geduld: st.Geduld,
		}, nil
	}
	path, err := filePath(s)
	if err != nil {
		return served{}, err
	}
	unlock, err := lockFile(c, path)
	if err != nil {
		return served{}, err
	}
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		_ = unlock()
		return served{}, err
	}
	return served{Store: st, houder: soleHolder, release: func() {
		_ = st.Close()
		_ = unlock()
	}}, nil
}

// lockFile makes this process the only one that serves or copies the file path. Who
// has the lock knows that no other copies: what a copy that was killed left beside
// the file is taken away, and told.
func lockFile(c console, path string) (unlock func() error, err error) {
	unlock, err = sqlite.LockForServing(path)
	if err != nil {
		return nil, err
	}
	left := copyOf(path)
	if _, err := os.Stat(left); err == nil {
		if err := os.RemoveAll(left); err != nil {
			return nil, errors.Join(fmt.Errorf("take away what a copy left: %w", err), unlock())
		}
		c.say("cli.kopie_opgeruimd", left)
	}
	return unlock, nil
}

// copyOf is where a copy keeps its own of the file path: beside it, so that it is as
// private.
func copyOf(path string) string { return path + ".kopie" }
