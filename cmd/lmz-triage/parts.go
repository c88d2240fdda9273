package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	"zorgmeldingen.nl/lmz-triage/policies"
	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// parts is what the server and the tools share.
type parts struct {
	app       *app.App
	kalenders *app.Kalenders
	policies  *app.Policies
}

// loadParts puts the use cases together on st.
func loadParts(st store.Store, m app.Meter, limits policy.Limits, opts ...app.Option) (parts, error) {
	calendar, err := term.Load()
	if err != nil {
		return parts{}, err
	}
	zone, err := clock.Amsterdam()
	if err != nil {
		return parts{}, fmt.Errorf("load time zone: %w", err)
	}
	p, k := app.NewPolicies(st, limits), app.NewKalenders(st, calendar)
	return parts{app: app.New(clock.System{}, zone, st, k, p, m, opts...), kalenders: k, policies: p}, nil
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

// opener opens the store of a tool.
type opener func(context.Context, config.Store) (store.Store, error)

// openTools opens the store of s, which must be there, for a tool that looks, beside a
// service that may be running, with the version of the policy that is active and the
// calendar that counts.
func openTools(ctx context.Context, s config.Store) (store.Store, parts, error) {
	return openWith(ctx, s, openExisting, func(ctx context.Context, k *app.Kalenders) error { return k.Bekijk(ctx) })
}

// openChanging is openTools for a tool that changes the calendar.
func openChanging(ctx context.Context, s config.Store) (store.Store, parts, error) {
	return openWith(ctx, s, openExisting, beginKalender)
}

// openFilling is openTools for a tool that takes in: where there is no store it makes
// one, with the shipped policy and calendar.
func openFilling(ctx context.Context, s config.Store) (store.Store, parts, error) {
	return openWith(ctx, s, openStore, beginKalender)
}

// beginKalender makes the calendar of the store the one that counts.
func beginKalender(ctx context.Context, k *app.Kalenders) error {
	texts, err := domain.LoadTexts()
	if err != nil {
		return err
	}
	return k.Begin(ctx, clock.System{}, starter(), app.Redenen{
		Eerste: texts.Sentence("cli.reden_eerste_start"), Regels: texts.Sentence("cli.reden_nieuwe_regels"),
		Ladder: texts.Sentence("cli.reden_nieuwe_ladder"), Onbekend: texts.Sentence("cli.reden_ladder_onbekend"),
	})
}

func openWith(ctx context.Context, s config.Store, open opener, kalender func(context.Context, *app.Kalenders) error) (store.Store, parts, error) {
	st, err := open(ctx, s)
	if err != nil {
		return nil, parts{}, err
	}
	p, err := loadParts(st, noMeter{}, policy.DefaultLimits(runtime.GOMAXPROCS(0)))
	if err == nil {
		err = kalender(ctx, p.kalenders)
	}
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
func useActive(ctx context.Context, st store.Store, p *app.Policies) error {
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
	if err := app.ActivateAfter(ctx, st, clock.System{}, starter(), tree, texts.Sentence("cli.reden_eerste_start"), 0); err != nil {
		return err
	}
	_, err = p.Follow(ctx)
	return err
}

// noMeter counts nothing: a tool gives its figures to nobody.
type noMeter struct{}

func (noMeter) Advised(domain.Advies) {}
func (noMeter) Failed(policy.Reason)  {}
func (noMeter) Reminded(int, int)     {}
func (noMeter) Alarmed(bool, bool)    {}
