package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// meldingenCommand shows the queue.
type meldingenCommand struct {
	config.Store
	Status        string `placeholder:"STATUS" help:"Alleen meldingen met deze status, bijvoorbeeld ontvangen."`
	Advies        string `placeholder:"ADVIES" help:"Alleen meldingen met dit advies, bijvoorbeeld escaleren."`
	Behandelaar   string `placeholder:"NUMMER" help:"Alleen meldingen die deze gebruiker behandelt."`
	Sector        string `placeholder:"SECTOR" help:"Alleen meldingen uit deze sector, bijvoorbeeld ggz."`
	TermijnStatus string `placeholder:"STATUS" help:"Alleen meldingen met een termijn die zo staat: lopend, nadert of verstreken."`
	Sorteer       string `default:"urgentie" enum:"urgentie,ontvangst,wijziging" help:"Volgorde: urgentie, ontvangst of wijziging."`
	Aantal        int    `default:"20" help:"Hoeveel meldingen u wilt zien."`
	JSON          bool   `help:"Antwoord als JSON, zoals de API."`
}

// Run prints a page of the queue.
func (m meldingenCommand) Run(ctx context.Context, c console) error {
	err := checkQuery("/meldingen", map[string]string{
		"status": m.Status, "advies": m.Advies, "sector": m.Sector, "termijnStatus": m.TermijnStatus,
	})
	if err != nil {
		return err
	}
	q := domain.MeldingVraag{
		Status: domain.MeldingStatus(m.Status), Advies: domain.Advies(m.Advies), Behandelaar: m.Behandelaar, Sector: m.Sector,
		TermijnStatus: term.Status(m.TermijnStatus), Volgorde: domain.Volgorde(m.Sorteer), Aantal: max(1, m.Aantal),
	}
	return toon(ctx, c, lijst[app.MeldingLijst]{
		store: m.Store, json: m.JSON, geen: "cli.geen_meldingen",
		lees:   func(a *app.App) (app.MeldingLijst, error) { return a.LijstMeldingen(ctx, starter(), q) },
		alsAPI: func(l app.MeldingLijst) any { return api.FromMeldingLijst(l) },
		aantal: func(l app.MeldingLijst) int { return len(l.Regels) },
		toon:   func(l app.MeldingLijst) error { return printQueue(c, l) },
	})
}

// json writes v for a program.
func (c console) json(v any) error {
	enc := json.NewEncoder(c.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func printQueue(c console, list app.MeldingLijst) error {
	w := c.table("cli.kop_meldingen")
	for _, r := range list.Regels {
		provider, end := "-", "-"
		if r.Aanbieder != nil {
			provider = cmp.Or(strings.TrimSpace(r.Aanbieder.Naam+", "+r.Aanbieder.Plaats), "-")
		}
		if t, ok := r.Melding.DringendsteTermijn(); ok {
			end = t.Einddatum.String() + " " + c.texts.Sentence("cli.status_"+string(t.Status))
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Melding.Kenmerk, r.Melding.Advies.Advies, r.Melding.Status,
			r.Melding.Dag, end, provider, cmp.Or(r.Melding.Opgave.Onderwerp, "-"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write queue: %w", err)
	}
	if list.Volgende != "" {
		c.say("cli.meer_meldingen")
	}
	return nil
}

// meldingCommand shows one melding.
type meldingCommand struct {
	config.Store
	Kenmerk string `arg:"" help:"Kenmerk van de melding (LMZ-XXXX-XXXX), of het nummer."`
	JSON    bool   `help:"Antwoord als JSON, zoals de API."`
}

// Run prints the melding with its advice, its questions and its terms.
func (m meldingCommand) Run(ctx context.Context, c console) error {
	st, p, err := openTools(ctx, m.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	seen, err := p.app.LeesMelding(ctx, starter(), m.Kenmerk)
	if err != nil {
		return err
	}
	if m.JSON {
		return c.json(api.FromMelding(c.texts, seen))
	}
	told := seen.Melding
	c.say("cli.melding", told.Kenmerk, string(told.Status), told.Dag, told.Opgave.Kanaal)
	for _, text := range []string{told.Opgave.Onderwerp, told.Opgave.Omschrijving} {
		if text != "" {
			c.printf("%s\n", text)
		}
	}
	if a := seen.Aanbieder; a != nil {
		c.say("cli.melding_aanbieder", a.Naam, a.Plaats)
	}
	if r := told.Opgave.Melder; !r.Leeg() {
		c.say("cli.melding_melder", strings.Join(strings.Fields(strings.Join([]string{r.Naam, r.Telefoon, r.EMail}, " ")), " "))
	}
	c.printf("\n")
	if seen.Advies == nil {
		c.say("cli.melding_beoordelen", told.Advies.Reden)
	} else if err := printAdvice(c, *seen.Advies); err != nil {
		return err
	}
	for _, t := range seen.Termijnen {
		c.printf("\n")
		printTerm(c, t)
	}
	return nil
}
