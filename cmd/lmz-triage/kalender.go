package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// kalenderCommand shows the calendar and adds decree days to it.
type kalenderCommand struct {
	Toon kalenderToonCommand `cmd:"" default:"withargs" help:"Toon de dagen van een jaar die niet meetellen."`
	Set  kalenderSetCommand  `cmd:"" help:"Voeg besluitdagen toe aan de kalender, of trek ze in."`
}

type kalenderToonCommand struct {
	config.Store
	Jaar string `arg:"" optional:"" help:"Het jaar, zoals 2027. Zonder jaar: dit jaar."`
	JSON bool   `help:"Antwoord als JSON, zoals de API."`
}

// Run prints a year as a table: each day that is skipped but Saturdays and Sundays.
func (k kalenderToonCommand) Run(ctx context.Context, c console) error {
	zone, err := clock.Amsterdam()
	if err != nil {
		return fmt.Errorf("load time zone: %w", err)
	}
	if k.Jaar == "" {
		k.Jaar = strconv.Itoa(term.DateIn(clock.System{}.Now(), zone).Year())
	}
	year, faults := domain.LeesJaar("jaar", k.Jaar)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	st, err := openExisting(ctx, k.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	p, err := loadParts(st, noMeter{}, toolLimits())
	if err != nil {
		return err
	}
	defer p.policies.Close()
	if err := p.kalenders.Bekijk(ctx); err != nil {
		return err
	}
	out := p.app.LeesKalender(ctx, starter(), year)
	if k.JSON {
		return c.json(api.FromKalenderjaar(c.texts, out))
	}
	return printYear(c, out)
}

func printYear(c console, y app.Kalenderjaar) error {
	w := c.table("cli.kop_kalender")
	for _, d := range y.Dagen {
		if d.Soort == term.DagWeekend {
			continue
		}
		day, _, _ := strings.Cut(domain.LongDate(d.Datum), " ")
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", d.Datum, day, d.Kort, d.Bron.Titel)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	c.say("cli.kalender_weekend")
	if y.Versie > 0 {
		c.say("cli.kalender_versie", y.Versie, y.Van, y.Tot)
	}
	for _, s := range y.Waarschuwingen {
		c.printf("\n! %s\n", c.texts.Sentence(s.Key, s.Args...))
	}
	return nil
}
