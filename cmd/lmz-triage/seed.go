package main

import (
	"context"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// demoMeldingen is how many meldingen a demonstration has.
const demoMeldingen = 600

// demoSeed is the seed of every demonstration, so that all look alike.
const demoSeed = 2018

// seedCommand fills a store with made-up meldingen.
type seedCommand struct {
	config.Store
	Meldingen int    `default:"600" help:"Hoeveel meldingen er in de opslag moeten staan."`
	Zaad      uint64 `default:"2018" help:"Startgetal: hetzelfde getal geeft dezelfde meldingen."`
}

// Run makes the meldingen up and receives them. Run again it adds what is missing.
func (s seedCommand) Run(ctx context.Context, c console) error {
	st, p, err := openWriting(ctx, s.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	show := newProgress(c, int64(s.Meldingen), c.texts.Sentence("cli.voorbeelden"))
	if err := seed(ctx, p.app, s.Meldingen, s.Zaad, func() { show.add(1) }); err != nil {
		return err
	}
	show.done()
	if err := schedule.SweepOnce(ctx, p.app); err != nil {
		return err
	}
	c.say("cli.voorbeelden_klaar", s.Meldingen)
	return nil
}

// seed receives n made-up meldingen, each once however often it is called.
func seed(ctx context.Context, a *app.App, n int, zaad uint64, each func()) error {
	zone, err := clock.Amsterdam()
	if err != nil {
		return fmt.Errorf("load time zone: %w", err)
	}
	made, err := voorbeeld.Maak(n, zaad, term.DateIn(clock.System{}.Now(), zone))
	if err != nil {
		return err
	}
	jobs := make(chan intake)
	go func() {
		defer close(jobs)
		for i, o := range made {
			select {
			case jobs <- intake{line: i + 1, key: fmt.Sprintf("voorbeeld-%d-%d-%d", zaad, n, i), told: o}:
			case <-ctx.Done():
				return
			}
		}
	}()
	var refused error
	err = takeIn(ctx, a, server.DemoActor(), jobs, func(out taken) {
		if out.err != nil {
			refused = fmt.Errorf("melding %d: %w", out.line, out.err)
		}
		each()
	})
	if err != nil {
		return err
	}
	return refused
}

// seedDemo gives a demonstration its meldingen, unless it has as many.
func seedDemo(ctx context.Context, a *app.App) error {
	count, err := a.Telling(ctx, domain.Actor{ID: starter().ID, Rol: domain.Beheer})
	if err != nil || count.Meldingen >= demoMeldingen {
		return err
	}
	return seed(ctx, a, demoMeldingen, demoSeed, func() {})
}
