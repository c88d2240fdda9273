package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

type kalenderSetCommand struct {
	config.Store
	File  string `arg:"" name:"bestand" help:"Bestand met besluiten (JSON, zoals voor POST /v1/kalenderversies), of - voor de invoer."`
	Reden string `placeholder:"TEKST" help:"Waarom de kalender verandert. Nodig als het bestand geen reden noemt."`
	Door  string `default:"beheerder" placeholder:"NAAM" help:"Wie het doet: een naam voor het logboek, zonder persoonsgegevens."`
}

// Run makes a next version of the calendar. A service that runs on the same store takes
// it over within seconds and computes the terms anew; without one that is done here.
func (k kalenderSetCommand) Run(ctx context.Context, c console) error {
	told, err := k.read(c)
	if err != nil {
		return err
	}
	st, p, err := openWriting(ctx, k.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	kept, err := p.app.VulKalender(ctx, domain.Actor{ID: k.Door, Rol: domain.Beheer}, told, app.Eenmalig{})
	if err != nil {
		return err
	}
	if !kept.Nieuw {
		c.say("cli.kalender_zelfde", kept.Versie.Versie)
		return nil
	}
	printVersion(c, kept.Versie)
	return recompute(ctx, c, p.app)
}

// read reads the file. A reason on the command line stands before the one in it.
func (k kalenderSetCommand) read(c console) (app.KalenderOpgave, error) {
	raw, err := k.bytes(c)
	if err != nil {
		return app.KalenderOpgave{}, err
	}
	contract, err := api.LoadContract()
	if err != nil {
		return app.KalenderOpgave{}, err
	}
	told, err := contract.ReadKalender(raw)
	if err == nil && k.Reden != "" {
		told = told.Met(k.Reden)
	}
	return told, err
}

// maxKalender is the largest file, as large as the body of a request may be.
const maxKalender = 1 << 20

func (k kalenderSetCommand) bytes(c console) ([]byte, error) {
	in := c.in
	if k.File != "-" {
		f, err := os.Open(k.File)
		if err != nil {
			return nil, fmt.Errorf("open calendar: %w", err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxKalender+1))
	if err != nil {
		return nil, fmt.Errorf("read calendar: %w", err)
	}
	if len(raw) > maxKalender {
		return nil, &domain.Error{Code: domain.TooLarge, Key: "fout.te_groot", Args: []any{maxKalender >> 20}}
	}
	return raw, nil
}

// printVersion tells which days came and went.
func printVersion(c console, v domain.KalenderVersie) {
	c.say("cli.kalender_gewijzigd", v.Versie)
	for _, d := range v.Erbij {
		c.printf("  + %s  %s\n", d.Datum, d.Naam)
	}
	for _, d := range v.Eraf {
		c.printf("  - %s  %s\n", d.Datum, d.Naam)
	}
}

// recompute computes the terms that run anew, unless a service that runs does so.
func recompute(ctx context.Context, c console, a *app.App) error {
	n, err := a.TeHerrekenen(ctx)
	if err != nil {
		return err
	}
	show := newProgress(c, int64(n), c.texts.Sentence("cli.herrekenen"))
	out, done, err := schedule.RecomputeOnce(ctx, a, show.add)
	if err != nil {
		return err
	}
	if !done {
		c.say("cli.herrekenen_dienst", n)
		return nil
	}
	show.done()
	c.say("cli.herrekenen_klaar", out.Bekeken, out.Gewijzigd)
	return nil
}
