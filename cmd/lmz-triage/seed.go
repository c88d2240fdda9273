package main

import (
	"context"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// seedCommand fills a store with made-up meldingen.
type seedCommand struct {
	config.Store
	Meldingen int    `default:"600" help:"Hoeveel meldingen er bij komen. Nog een keer hetzelfde aantal met hetzelfde startgetal voegt niets toe."`
	Zaad      uint64 `default:"2018" help:"Startgetal: hetzelfde getal geeft dezelfde meldingen."`
}

// Run makes the meldingen up and receives them. Run again after it was broken off, with
// the same numbers, it adds what is missing.
func (s seedCommand) Run(ctx context.Context, c console) error {
	st, p, err := openFilling(ctx, s.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	show := newProgress(c, int64(s.Meldingen), c.texts.Sentence("cli.voorbeelden"))
	var total tally
	err = seed(ctx, p.app, s.Meldingen, s.Zaad, func(out taken) {
		total.add(out)
		show.add(1)
	})
	if err != nil {
		return err
	}
	show.done()
	if err := schedule.SweepOnce(ctx, p.app); err != nil {
		return err
	}
	c.say("cli.voorbeelden_klaar", total.added, total.there)
	return nil
}

// seedKey is the key of made-up melding i of n.
func seedKey(zaad uint64, n, i int) string { return fmt.Sprintf("voorbeeld-%d-%d-%d", zaad, n, i) }

// seed receives n made-up meldingen, each once however often it is called.
func seed(ctx context.Context, a *app.App, n int, zaad uint64, each func(taken)) error {
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
			case jobs <- intake{line: i + 1, key: seedKey(zaad, n, i), told: o}:
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
		each(out)
	})
	if err != nil {
		return err
	}
	return refused
}
