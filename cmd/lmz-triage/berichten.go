package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// berichtenCommand shows the messages to a user.
type berichtenCommand struct {
	config.Store
	Gebruiker string `arg:"" help:"Nummer van de gebruiker van wie u de berichten wilt zien."`
	Ongelezen bool   `help:"Alleen berichten die nog niet zijn gelezen."`
	Aantal    int    `default:"20" help:"Hoeveel berichten u wilt zien."`
	JSON      bool   `help:"Antwoord als JSON, zoals de API."`
}

// berichtLijst is a page of messages, and how a kind of term is called in them.
type berichtLijst struct {
	domain.BerichtPagina
	titel func(term.Soort) string
}

// Run prints the newest messages. It marks none as read.
func (b berichtenCommand) Run(ctx context.Context, c console) error {
	zone, err := clock.Amsterdam()
	if err != nil {
		return fmt.Errorf("load time zone: %w", err)
	}
	q := domain.BerichtVraag{Ongelezen: b.Ongelezen, Aantal: max(1, b.Aantal)}
	return toon(ctx, c, lijst[berichtLijst]{
		store: b.Store, json: b.JSON, geen: "cli.geen_berichten",
		lees: func(a *app.App) (berichtLijst, error) {
			page, err := a.Berichten(ctx, domain.Actor{ID: b.Gebruiker}, q)
			return berichtLijst{page, a.TermijnTitel}, err
		},
		alsAPI: func(l berichtLijst) any { return api.FromBerichten(c.texts, l.titel, l.BerichtPagina) },
		aantal: func(l berichtLijst) int { return len(l.Berichten) },
		toon: func(l berichtLijst) error {
			w := c.table("cli.kop_berichten")
			for _, one := range l.Berichten {
				_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", minute(one.Op, zone), minute(one.GelezenOp, zone), one.Post.Stand,
					api.BerichtTekst(c.texts, l.titel, one))
			}
			if err := w.Flush(); err != nil {
				return fmt.Errorf("write messages: %w", err)
			}
			c.say("cli.berichten_ongelezen", l.Ongelezen)
			return c.more(l.Volgende)
		},
	})
}

// alarmenCommand shows alarms, and how long it took until somebody took them on.
type alarmenCommand struct {
	config.Store
	Van    string `placeholder:"DATUM" help:"Alleen alarmen die op deze dag of later begonnen."`
	Tot    string `placeholder:"DATUM" help:"Alleen alarmen die op deze dag of eerder begonnen."`
	Open   bool   `help:"Alleen alarmen die nog niemand heeft aangenomen."`
	Aantal int    `default:"20" help:"Hoeveel alarmen u wilt zien."`
	JSON   bool   `help:"Antwoord als JSON, zoals de API."`
}

// Run prints the newest alarms of a period with its figures.
func (a alarmenCommand) Run(ctx context.Context, c console) error {
	given := map[string]string{"van": a.Van, "tot": a.Tot, "open": strconv.FormatBool(a.Open), "limit": strconv.Itoa(max(1, a.Aantal))}
	f, faults := domain.LeesAlarmFilter(func(field string) string { return given[field] })
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	zone, err := clock.Amsterdam()
	if err != nil {
		return fmt.Errorf("load time zone: %w", err)
	}
	return toon(ctx, c, lijst[app.AlarmLijst]{
		store: a.Store, json: a.JSON,
		lees:   func(service *app.App) (app.AlarmLijst, error) { return service.LijstAlarmen(ctx, starter(), f) },
		alsAPI: func(l app.AlarmLijst) any { return api.FromAlarmLijst(l) },
		toon:   func(l app.AlarmLijst) error { return printAlarms(c, zone, l) },
	})
}

func printAlarms(c console, zone *time.Location, list app.AlarmLijst) error {
	w := c.table("cli.kop_alarmen")
	for _, r := range list.Regels {
		door := r.Door
		if door == "" {
			door = "-"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", r.Kenmerk, r.Advies, minute(r.Sinds, zone), r.Rondes, minute(r.AangenomenOp, zone), door)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write alarms: %w", err)
	}
	n := list.Cijfers
	c.say("cli.alarmen_cijfers", list.Van, list.Tot, n.Aantal, n.Open, n.Nooit, n.TeLaat)
	if n.Aangenomen > 0 {
		c.say("cli.alarmen_minuten", n.Mediaan, n.P90)
	}
	return c.more(list.Volgende)
}
