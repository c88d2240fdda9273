package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/kopie"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

// copyCommand copies everything from one store to another.
type copyCommand struct {
	From string `required:"" placeholder:"URI" help:"Waar de gegevens nu staan: sqlite:PAD of mongodb://…. De bron wordt niet gewijzigd."`
	To   string `required:"" placeholder:"URI" help:"Waar ze heen gaan: sqlite:PAD of mongodb://…. Leeg, of met het begin van deze kopie."`
}

// Run copies, and compares both stores in the end. One that was broken off goes on
// when it is run again.
func (k copyCommand) Run(ctx context.Context, c console) error {
	from, closeFrom, err := openSource(ctx, c, config.Store{Store: k.From})
	if err != nil {
		return err
	}
	defer closeFrom()
	to, closeTo, err := openTarget(ctx, c, config.Store{Store: k.To}, config.Store{Store: k.From})
	if err != nil {
		return err
	}
	defer closeTo()
	total, err := from.Stukken(ctx)
	if err != nil {
		return err
	}
	show := newProgress(c, total, config.Store{Store: k.To}.Shown())
	parts, err := kopie.Kopieer(ctx, from, to, show.add)
	if err != nil {
		return err
	}
	show.done()
	for _, p := range parts {
		c.say("cli.kopie_deel", p.Soort, p.Aantal, p.Digest)
	}
	c.say("cli.kopie_klaar")
	return nil
}

// openSource opens a store to be copied from. Of a file it opens a copy: opening a
// file may change it. A service must not be running on it.
func openSource(ctx context.Context, c console, s config.Store) (store.Kopie, func(), error) {
	if s.Mongo() {
		st, err := mongo.OpenSource(ctx, s.Store)
		if err != nil {
			return nil, nil, err
		}
		return st, func() { _ = st.Close() }, nil
	}
	path, err := s.Path()
	if err != nil {
		return nil, nil, &domain.Error{Code: domain.Invalid, Key: "fout.opslag_adres", Args: []any{s.Shown()}, Cause: err}
	}
	if _, err := os.Stat(path); err != nil {
		return nil, nil, fmt.Errorf("look at source: %w", err)
	}
	unlock, err := lockFile(c, path)
	if err != nil {
		return nil, nil, err
	}
	dir := copyOf(path)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("make folder: %w", err), unlock())
	}
	end := func() { _ = errors.Join(os.RemoveAll(dir), unlock()) }
	st, err := openCopy(ctx, path, filepath.Join(dir, "bron.db"))
	if err != nil {
		end()
		return nil, nil, err
	}
	return st, func() {
		_ = st.Close()
		end()
	}, nil
}

// openCopy opens a copy at to of the file path, which must hold a store. What is wrong
// with it is said of the file itself.
func openCopy(ctx context.Context, path, to string) (*sqlite.Store, error) {
	for _, part := range []string{"", "-wal"} {
		err := copyFile(path+part, to+part)
		if err != nil && (part == "" || !errors.Is(err, os.ErrNotExist)) {
			return nil, fmt.Errorf("copy source: %w", err)
		}
	}
	err := sqlite.Filled(ctx, to)
	if err == nil {
		var st *sqlite.Store
		if st, err = sqlite.Open(ctx, to); err == nil {
			return st, nil
		}
	}
	var refused *domain.Error
	if errors.As(err, &refused) && len(refused.Args) > 0 {
		own := *refused
		own.Args = slices.Clone(own.Args)
		own.Args[0] = path
		return nil, &own
	}
	return nil, err
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// openTarget opens a store to be copied to, which is another than the source.
func openTarget(ctx context.Context, c console, s, source config.Store) (store.Kopie, func(), error) {
	if s.Store == source.Store {
		return nil, nil, &domain.Error{Code: domain.Invalid, Key: "fout.kopie_zelfde"}
	}
	if s.Mongo() {
		st, err := prepareMongo(ctx, mongo.New(s.Store))
		if err != nil {
			return nil, nil, err
		}
		return st, func() { _ = st.Close() }, nil
	}
	path, err := filePath(s)
	if err != nil {
		return nil, nil, err
	}
	unlock, err := lockFile(c, path)
	if err != nil {
		return nil, nil, err
	}
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, nil, errors.Join(err, unlock())
	}
	return st, func() {
		_ = st.Close()
		_ = unlock()
	}, nil
}
