package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// stiptheidCommand shows how punctual providers answer complaints.
type stiptheidCommand struct {
	config.Store
	Aanbieder string `arg:"" optional:"" help:"Nummer van één aanbieder. Zonder dit: alle aanbieders."`
	Van       string `name:"einde-van" placeholder:"DATUM" help:"Alleen termijnen die op deze dag of later eindigden."`
	Tot       string `name:"einde-tot" placeholder:"DATUM" help:"Alleen termijnen die op deze dag of eerder eindigden."`
}

// Run prints the figures of every provider, page by page, or of one.
func (s stiptheidCommand) Run(ctx context.Context, c console) error {
	given := map[string]string{"eindeVan": s.Van, "eindeTot": s.Tot}
	q, faults := domain.LeesStiptheidVraag(func(field string) string { return given[field] })
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	st, p, err := openTools(ctx, s.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	w := c.table("cli.kop_stiptheid")
	if s.Aanbieder != "" {
		one, err := p.app.Stiptheid(ctx, starter(), s.Aanbieder, q)
		if err != nil {
			return err
		}
		printPunctuality(w, c.texts, one)
		return w.Flush()
	}
	for {
		list, err := p.app.LijstStiptheid(ctx, starter(), q)
		if err != nil {
			return err
		}
		for _, one := range list.Aanbieders {
			printPunctuality(w, c.texts, one)
		}
		if q.Na = list.Volgende; q.Na == "" {
			return w.Flush()
		}
	}
}

// printPunctuality writes a line for a provider and one for each of its sectors.
func printPunctuality(w *tabwriter.Writer, t domain.Texts, s app.StiptheidAanbieder) {
	line := func(sector string, c app.StiptheidCijfers) {
		cells := []string{strings.Trim(s.Aanbieder.Naam+", "+s.Aanbieder.Plaats, ", "), sector}
		for _, g := range []domain.Getal{c.OpTijd, c.Verlengd, c.TeLaat, c.Nooit, c.Totaal} {
			cells = append(cells, api.Getal(t, g))
		}
		_, _ = fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	line(t.Sentence("cli.alle_sectoren"), s.Cijfers)
	for _, one := range s.Sectoren {
		line(one.Sector, one.Cijfers)
	}
}
