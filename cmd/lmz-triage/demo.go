package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// demoMeldingen is how many meldingen a demonstration has.
const demoMeldingen = 600

// demoSeed is the seed of every demonstration, so that all look alike.
const demoSeed = 2018

// The rota of a demonstration goes so many days ahead, and is looked at at this pace.
const (
	rotaDays = 14
	rotaPace = time.Hour
)

// demonstration is a service that is filled with made-up things. filled is told when
// that is done.
type demonstration struct {
	app    *app.App
	zone   *time.Location
	log    *slog.Logger
	filled func()
}

// run gives the demonstration its people, its rota and its meldingen, and keeps the
// rota filled until ctx ends.
func (d demonstration) run(ctx context.Context, c console) {
	if d.fill(ctx, demoPeople) && d.fill(ctx, demoRota) && d.fill(ctx, demoQueue) {
		d.filled()
		c.say("cli.demo_gevuld", demoMeldingen)
	}
	tick := time.NewTicker(rotaPace)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			d.fill(ctx, demoRota)
		}
	}
}

// fill reports that do was done. A failure is logged: the service goes on.
func (d demonstration) fill(ctx context.Context, do func(context.Context, *app.App, *time.Location) error) bool {
	err := do(ctx, d.app, d.zone)
	if err != nil && ctx.Err() == nil {
		d.log.ErrorContext(ctx, "fill demonstration", "error", err.Error())
	}
	return err == nil
}

// demoPeople adds the people who are not there yet; one is away from that day on.
func demoPeople(ctx context.Context, a *app.App, zone *time.Location) error {
	away, told := voorbeeld.Afwezig(term.DateIn(clock.System{}.Now(), zone))
	for _, o := range voorbeeld.Mensen() { // who stands in comes before who is away
		_, err := a.VoegGebruikerToe(ctx, starter(), o, app.Eenmalig{})
		if domain.IsCode(err, domain.Conflict) {
			continue
		}
		if err == nil && *o.ID == away {
			_, err = a.ZetAfwezigheid(ctx, starter(), away, app.Voorwaarde{Elke: true}, told)
		}
		if err != nil {
			return fmt.Errorf("add %s: %w", *o.ID, err)
		}
	}
	return nil
}

// demoRota adds the turns of today and the days to come that are not there yet. One
// that somebody took away comes back: it is a demonstration.
func demoRota(ctx context.Context, a *app.App, zone *time.Location) error {
	today := term.DateIn(clock.System{}.Now(), zone)
	for _, o := range voorbeeld.Rooster(today.AddDays(-1), rotaDays, zone) {
		key := fmt.Sprintf("voorbeeld-%s-%s-%s", *o.Gebruiker, *o.Van, *o.Tot)
		_, err := a.ZetDienst(ctx, starter(), o, app.Eenmalig{Sleutel: key, Digest: digest(key)})
		if err != nil && !domain.IsCode(err, domain.Invalid) { // somebody made one of them inactive
			return fmt.Errorf("add turn: %w", err)
		}
	}
	return nil
}

// demoQueue receives the meldingen of a demonstration, unless it has as many,
// and assigns some of them.
func demoQueue(ctx context.Context, a *app.App, _ *time.Location) error {
	count, err := a.Telling(ctx, starter())
	if err == nil && count.Meldingen < demoMeldingen {
		err = seed(ctx, a, demoMeldingen, demoSeed, func(taken) {})
	}
	for i := 0; i < demoMeldingen && err == nil; i++ {
		if who := voorbeeld.Behandelaar(i); who != "" {
			err = assign(ctx, a, idOf(server.DemoActor(), seedKey(demoSeed, demoMeldingen, i)), who)
		}
	}
	return err
}

// assign has somebody handle a melding that was never assigned.
func assign(ctx context.Context, a *app.App, id, who string) error {
	leader := domain.Actor{ID: "demo-teamleider", Rol: domain.Teamleider}
	events, err := a.Geschiedenis(ctx, leader, id, time.Time{})
	if domain.IsCode(err, domain.NotFound) || slices.ContainsFunc(events, func(v domain.Voorval) bool { return v.Soort == domain.VoorvalToegewezen }) {
		return nil
	}
	if err == nil {
		_, err = a.WijsToe(ctx, leader, id, app.Voorwaarde{Elke: true}, domain.ToewijzingOpgave{Behandelaar: &who})
	}
	if domain.IsCode(err, domain.Invalid) { // somebody made him inactive
		return nil
	}
	return err
}
