package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

// openStore opens the store of s, beside a service that may be using it.
func openStore(ctx context.Context, s config.Store) (store.Store, error) {
	if s.Mongo() {
		return asStore(mongo.Open(ctx, s.Store))
	}
	path, err := filePath(s)
	if err != nil {
		return nil, err
	}
	return asStore(sqlite.Open(ctx, path))
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
}

// soleHolder is that name on a file. One process serves from it at a time, which
// its lock sees to: the next need not wait for the end of the lead of one that was
// killed.
const soleHolder = "dienst"

// openForServing opens the store of s: a file as the only serving process on it, a
// database together with others. For a database that is not there it waits, and
// has each failure told.
func openForServing(ctx context.Context, s config.Store, log *slog.Logger, waits func(error)) (served, error) {
	if s.Mongo() {
		st, err := awaitMongo(ctx, s.Store, log, waits)
		if err != nil {
			return served{}, err
		}
		return served{st, rand.Text(), func() { _ = st.Close() }}, nil
	}
	path, err := filePath(s)
	if err != nil {
		return served{}, err
	}
	unlock, err := sqlite.LockForServing(path)
	if err != nil {
		return served{}, err
	}
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		_ = unlock()
		return served{}, err
	}
	return served{st, soleHolder, func() {
		_ = st.Close()
		_ = unlock()
	}}, nil
}

// The pauses between two looks at a database that is not there.
const (
	firstPause = 250 * time.Millisecond
	mostPause  = 5 * time.Second
)

// awaitMongo opens a database, once it is there. What only somebody can mend is an
// error at once.
func awaitMongo(ctx context.Context, uri string, log *slog.Logger, waits func(error)) (*mongo.Store, error) {
	for pause := firstPause; ; pause = min(2*pause, mostPause) {
		st, err := mongo.Open(ctx, uri)
		if err == nil || domain.AsError(err).Key != "fout.mongo_onbereikbaar" {
			return st, err
		}
		waits(err)
		log.Warn("database is not there yet", "error", err.Error(), "next", pause.String())
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, err
		}
	}
}
