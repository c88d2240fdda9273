package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

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
	st, p, err := openChanging(ctx, k.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	kept, err := p.app.VulKalender(ctx, domain.Actor{ID: k.Door, Rol: domain.Beheer}, told, app.Eenmalig{})
	if err != nil {
		return err
	}
	if kept.Nieuw {
		printVersion(c, kept.Versie)
	} else {
		c.say("cli.kalender_zelfde", kept.Versie.Versie)
	}
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

// How often it is looked whether a service computes the terms, and how long: the lead of
// a tool or a service that was killed is over by then.
const (
	recomputePause    = 500 * time.Millisecond
	recomputePatience = schedule.LeadTime + schedule.LeadTime/10
)

// recompute computes the terms that run anew, unless a service that runs does so: then
// it ends as soon as that is seen.
func recompute(ctx context.Context, c console, a *app.App) error {
	first, err := a.TeHerrekenen(ctx)
	if err != nil || first == 0 {
		return err
	}
	show := newProgress(c, int64(first), c.texts.Sentence("cli.herrekenen"))
	for waited := time.Duration(0); ; waited += recomputePause {
		out, done, err := schedule.RecomputeOnce(ctx, a, show.add)
		if err != nil {
			return err
		}
		if done {
			show.done()
			c.say("cli.herrekenen_klaar", out.Bekeken, out.Gewijzigd)
			return nil
		}
		left, err := a.TeHerrekenen(ctx)
		if err != nil {
			return err
		}
		if left < first || waited > recomputePatience {
			c.say("cli.herrekenen_dienst", left)
			return nil
		}
		select {
		case <-time.After(recomputePause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
