package main

import (
	"context"
	"fmt"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// plaatselijk is how a moment in the Netherlands is written on the command line.
const plaatselijk = "2006-01-02T15:04"

// dienstenCommand shows who is on duty for alarms.
type dienstenCommand struct {
	config.Store
	Van       string `placeholder:"TIJDSTIP" help:"Alleen diensten die hierna eindigen, bijvoorbeeld 2026-11-20T17:00 (Nederlandse tijd). Zonder dit: vanaf nu."`
	Tot       string `placeholder:"TIJDSTIP" help:"Alleen diensten die hiervoor beginnen. Zonder dit: een maand."`
	Gebruiker string `placeholder:"NUMMER" help:"Alleen diensten van deze gebruiker."`
	JSON      bool   `help:"Antwoord als JSON, zoals de API."`
}

// Run prints the turns, by their begin.
func (d dienstenCommand) Run(ctx context.Context, c console) error {
	zone, err := clock.Amsterdam()
	if err != nil {
		return fmt.Errorf("load time zone: %w", err)
	}
	given := map[string]string{"van": moment(d.Van, zone), "tot": moment(d.Tot, zone), "gebruiker": d.Gebruiker}
	q, faults := domain.LeesDienstVraag(func(field string) string { return given[field] })
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	q.Aantal = everyone
	return toon(ctx, c, lijst[app.DienstLijst]{
		store: d.Store, json: d.JSON, geen: "cli.geen_diensten",
		lees:   func(a *app.App) (app.DienstLijst, error) { return a.LijstDiensten(ctx, starter(), q) },
		alsAPI: func(l app.DienstLijst) any { return api.FromDienstLijst(l) },
		aantal: func(l app.DienstLijst) int { return len(l.Diensten) },
		toon: func(l app.DienstLijst) error {
			w := c.table("cli.kop_diensten")
			for _, one := range l.Diensten {
				_, _ = fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\n", minute(one.Van, zone), minute(one.Tot, zone), one.Volgorde, one.Gebruiker, one.ID)
			}
			return w.Flush()
		},
	})
}

// moment is a moment as the API takes it; one in Dutch time, without a zone, is
// turned, and what is no moment is left for the reader of the question.
func moment(text string, zone *time.Location) string {
	at, err := time.ParseInLocation(plaatselijk, text, zone)
	if err != nil {
		return text
	}
	return at.UTC().Format(time.RFC3339)
}

// dienstCommand groups what a team leader does with the rota.
type dienstCommand struct {
	Zet dienstZetCommand `cmd:"" help:"Zet een dienst in het rooster."`
	Weg dienstWegCommand `cmd:"" help:"Haal een dienst uit het rooster."`
}

type dienstZetCommand struct {
	config.Store
	Gebruiker string `arg:"" help:"Nummer van de gebruiker die dienst heeft."`
	Van       string `arg:"" help:"Wanneer de dienst begint, bijvoorbeeld 2026-11-20T17:00 (Nederlandse tijd)."`
	Tot       string `arg:"" help:"Wanneer de dienst eindigt."`
	Volgorde  int    `default:"1" help:"Wie van degenen die tegelijk dienst hebben, het eerst een alarm krijgt: de laagste."`
	JSON      bool   `help:"Antwoord als JSON, zoals de API."`
}

// Run adds the turn.
func (d dienstZetCommand) Run(ctx context.Context, c console) error {
	zone, err := clock.Amsterdam()
	if err != nil {
		return fmt.Errorf("load time zone: %w", err)
	}
	van, tot := moment(d.Van, zone), moment(d.Tot, zone)
	told := domain.DienstOpgave{Gebruiker: &d.Gebruiker, Van: &van, Tot: &tot, Volgorde: &d.Volgorde}
	st, p, err := openTools(ctx, d.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	kept, err := p.app.ZetDienst(ctx, starter(), told, app.Eenmalig{})
	if err != nil {
		return err
	}
	if d.JSON {
		return c.json(api.FromDienst(kept))
	}
	c.say("cli.dienst_gezet", kept.Gebruiker, minute(kept.Van, zone), minute(kept.Tot, zone), kept.ID)
	return nil
}

type dienstWegCommand struct {
	config.Store
	Dienst string `arg:"" help:"Nummer van de dienst, zoals diensten het toont."`
}

// Run takes the turn away.
func (d dienstWegCommand) Run(ctx context.Context, c console) error {
	st, p, err := openTools(ctx, d.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	if err := p.app.HaalDienstWeg(ctx, starter(), d.Dienst); err != nil {
		return err
	}
	c.say("cli.dienst_weg")
	return nil
}
