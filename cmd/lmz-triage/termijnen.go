package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// termijnenCommand shows the open terms of all meldingen.
type termijnenCommand struct {
	config.Store
	Status      string `placeholder:"STATUS" enum:",lopend,nadert,verstreken" default:"" help:"Alleen termijnen die er zo voor staan: lopend, nadert of verstreken."`
	Soort       string `placeholder:"SOORT" help:"Alleen termijnen van deze soort, bijvoorbeeld reactie_aanbieder."`
	Eigenaar    string `placeholder:"WIE" enum:",aanbieder,igj,lmz,melder,geschilleninstantie,betrokkene" default:"" help:"Alleen termijnen waarin deze partij iets moet doen: aanbieder, igj, lmz, melder, geschilleninstantie of betrokkene."`
	Aanbieder   string `placeholder:"NUMMER" help:"Alleen termijnen over de aanbieder met dit nummer."`
	Behandelaar string `placeholder:"NUMMER" help:"Alleen termijnen van meldingen die deze gebruiker behandelt."`
	Sector      string `placeholder:"SECTOR" help:"Alleen termijnen uit deze sector, bijvoorbeeld ggz."`
	Van         string `name:"einde-van" placeholder:"DATUM" help:"Alleen termijnen die op deze dag of later eindigen."`
	Tot         string `name:"einde-tot" placeholder:"DATUM" help:"Alleen termijnen die op deze dag of eerder eindigen."`
	Aantal      int    `default:"20" help:"Hoeveel termijnen u wilt zien."`
	CSV         bool   `name:"csv" xor:"vorm" help:"Geef alle termijnen als bestand voor een rekenblad."`
	JSON        bool   `xor:"vorm" help:"Antwoord als JSON, zoals de API."`
}

// filter reads the flags as the API reads its parameters.
func (t termijnenCommand) filter() domain.TermijnFilter {
	given := map[string]string{
		"status": t.Status, "soort": t.Soort, "eigenaar": t.Eigenaar, "aanbieder": t.Aanbieder, "behandelaar": t.Behandelaar,
		"sector": t.Sector, "eindeVan": t.Van, "eindeTot": t.Tot, "limit": strconv.Itoa(max(1, t.Aantal)),
	}
	return domain.LeesTermijnFilter(func(field string) string { return given[field] })
}

// Run prints the terms that end first, or all of them as a file.
func (t termijnenCommand) Run(ctx context.Context, c console) error {
	if err := checkQuery("/termijnen", map[string]string{"sector": t.Sector}); err != nil {
		return err
	}
	f := t.filter()
	if t.CSV {
		return t.file(ctx, c, f)
	}
	return toon(ctx, c, lijst[app.TermijnLijst]{
		store: t.Store, json: t.JSON, geen: "cli.geen_termijnen",
		lees:   func(a *app.App) (app.TermijnLijst, error) { return a.LijstTermijnen(ctx, starter(), f) },
		alsAPI: func(l app.TermijnLijst) any { return api.FromTermijnLijst(l) },
		aantal: func(l app.TermijnLijst) int { return len(l.Rijen) },
		toon:   func(l app.TermijnLijst) error { return printTerms(c, l) },
	})
}

// file writes all terms of f as a file.
func (t termijnenCommand) file(ctx context.Context, c console, f domain.TermijnFilter) error {
	st, p, err := openTools(ctx, t.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	return api.WriteTermijnen(c.out, c.texts, func(each func(app.TermijnRij) error) error {
		return p.app.ElkeTermijn(ctx, starter(), f, each)
	})
}

func printTerms(c console, list app.TermijnLijst) error {
	w := c.table("cli.kop_termijnen")
	for _, r := range list.Rijen {
		provider, owner := "-", "-"
		if r.Aanbieder != nil {
			provider = cmp.Or(strings.TrimSpace(r.Aanbieder.Naam+", "+r.Aanbieder.Plaats), "-")
		}
		if r.Eigenaar != "" {
			owner = c.texts.Sentence("lijst.eigenaar_" + string(r.Eigenaar))
		}
		_, _ = fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Einddatum, *r.Dagen, c.texts.Sentence("lijst.stand_"+string(r.Status)),
			r.Kenmerk, r.Titel, owner, provider, cmp.Or(r.Behandelaar, "-"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write terms: %w", err)
	}
	n := list.Totalen
	c.say("cli.termijnen_totaal", n.Aantal, n.PerStatus[term.Verstreken], n.PerStatus[term.Nadert], n.PerStatus[term.Lopend])
	if list.Volgende != "" {
		c.say("cli.meer_termijnen")
	}
	return nil
}
