package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"zorgmeldingen.nl/lmz-triage/policies"
	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// parts is what the server and the tools share.
type parts struct {
	app      *app.App
	calendar *term.Kalender
	policies *app.Policies
}

// loadParts puts the use cases together on st.
func loadParts(st store.Store, m app.Meter, limits policy.Limits) (parts, error) {
	calendar, err := term.Load()
	if err != nil {
		return parts{}, err
	}
	zone, err := clock.Amsterdam()
	if err != nil {
		return parts{}, fmt.Errorf("load time zone: %w", err)
	}
	p := app.NewPolicies(st, limits)
	return parts{app: app.New(clock.System{}, zone, st, calendar, p, m), calendar: calendar, policies: p}, nil
}

// readTree reads the tree in dir, or the shipped one when dir is empty.
func readTree(dir string) (policy.Tree, error) {
	var source fs.FS = policies.FS
	if dir != "" {
		source = os.DirFS(dir)
	}
	tree, err := policy.ReadTree(source)
	if err != nil {
		return nil, &domain.Error{Code: domain.Invalid, Key: "fout.beleid_map", Args: []any{dir}, Cause: err}
	}
	return tree, nil
}

// openStore opens the store of s; the folder for it is made when it is missing.
func openStore(ctx context.Context, s config.Store) (*sqlite.Store, error) {
	path, err := s.Path()
	if err != nil {
		return nil, &domain.Error{Code: domain.Invalid, Key: "fout.opslag_adres", Args: []any{s.Store}, Cause: err}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	return sqlite.Open(ctx, path)
}

// openForServing opens the store of s as the only serving process on it. The
// function it gives closes it again.
func openForServing(ctx context.Context, s config.Store) (*sqlite.Store, func(), error) {
	path, err := s.Path()
	if err != nil {
		return nil, nil, &domain.Error{Code: domain.Invalid, Key: "fout.opslag_adres", Args: []any{s.Store}, Cause: err}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, fmt.Errorf("make data folder: %w", err)
	}
	unlock, err := sqlite.LockForServing(path)
	if err != nil {
		return nil, nil, err
	}
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		_ = unlock()
		return nil, nil, err
	}
	return st, func() {
		_ = st.Close()
		_ = unlock()
	}, nil
}

// openTools opens the store of s for a tool, beside a service that may be running,
// with the version of the policy that is active; an empty store takes the shipped
// one.
func openTools(ctx context.Context, s config.Store) (*sqlite.Store, parts, error) {
	st, err := openStore(ctx, s)
	if err != nil {
		return nil, parts{}, err
	}
	p, err := loadParts(st, noMeter{}, policy.DefaultLimits(runtime.GOMAXPROCS(0)))
	if err == nil {
		err = useActive(ctx, st, p.policies)
	}
	if err != nil {
		_ = st.Close()
		return nil, parts{}, err
	}
	return st, p, nil
}

// useActive loads the version that is active, the shipped one in an empty store.
func useActive(ctx context.Context, st *sqlite.Store, p *app.Policies) error {
	_, err := p.Follow(ctx)
	if !domain.IsCode(err, domain.NotFound) {
		return err
	}
	tree, err := readTree("")
	if err != nil {
		return err
	}
	texts, err := domain.LoadTexts()
	if err != nil {
		return err
	}
	if _, err := app.Activate(ctx, st, clock.System{}, starter(), tree, texts.Sentence("cli.reden_eerste_start")); err != nil {
		return err
	}
	_, err = p.Follow(ctx)
	return err
}

// noMeter counts nothing: a tool gives its figures to nobody.
type noMeter struct{}

func (noMeter) Advised(domain.Advies) {}
func (noMeter) Failed(policy.Reason)  {}
