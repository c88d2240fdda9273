package main

import (
	"context"
	"encoding/json"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// termijnCommand computes a term without a service.
type termijnCommand struct {
	Soort     string  `arg:"" help:"Soort termijn, bijvoorbeeld reactie_aanbieder."`
	Start     string  `arg:"" help:"Dag waarop de termijn begint (JJJJ-MM-DD); die dag telt niet mee."`
	Peildatum *string `placeholder:"DATUM" help:"Dag waarop u kijkt. Zonder deze: vandaag."`
	Verlengd  *string `name:"verlengd-op" placeholder:"DATUM" help:"Dag waarop de termijn is verlengd."`
	Tot       *string `name:"nadere-termijn-tot" placeholder:"DATUM" help:"Afgesproken einde, samen met --akkoord-op."`
	Akkoord   *string `name:"akkoord-op" placeholder:"DATUM" help:"Dag waarop de klager akkoord ging."`
	Voldaan   *string `name:"voldaan-op" placeholder:"DATUM" help:"Dag waarop aan de termijn is voldaan."`
	JSON      bool    `help:"Antwoord als JSON, zoals de API."`
}

// Run prints the end of the term and how it came about.
func (t termijnCommand) Run(ctx context.Context, c console) error {
	p, err := loadParts(nil, noMeter{}, toolLimits())
	if err != nil {
		return err
	}
	q := app.TermijnVraag{
		Soort: &t.Soort, Start: &t.Start, Peildatum: t.Peildatum, VerlengdOp: t.Verlengd, VoldaanOp: t.Voldaan,
	}
	if t.Tot != nil || t.Akkoord != nil {
		q.NadereTermijn = &app.NadereTermijnVraag{Tot: t.Tot, AkkoordOp: t.Akkoord}
	}
	out, err := p.app.BerekenTermijn(ctx, starter(), q)
	if err != nil {
		return err
	}
	if t.JSON {
		enc := json.NewEncoder(c.out)
		enc.SetIndent("", "  ")
		return enc.Encode(api.FromUitkomst(c.texts, out))
	}
	printTerm(c, out)
	return nil
}

// printTerm writes a calculation for people.
func printTerm(c console, u term.Uitkomst) {
	c.say("cli.termijn", u.Titel, u.Einddatum, c.texts.Sentence("cli.status_"+string(u.Status)))
	if u.DagenResterend != nil {
		c.say("cli.dagen", *u.DagenResterend)
	}
	if u.Verlenging != nil {
		c.say(u.Verlenging.Reden.Key, u.Verlenging.Reden.Args...)
	}
	c.printf("\n%s\n", c.texts.Sentence("cli.hoe"))
	for _, s := range u.Verklaring {
		c.printf("  %s  %s\n", s.Datum, c.texts.Sentence(s.Reden.Key, s.Reden.Args...))
	}
	for _, w := range u.Waarschuwingen {
		c.printf("\n! %s\n", c.texts.Sentence(w.Key, w.Args...))
	}
	c.printf("\n%s (%s)\n", u.Bron.Titel, u.Bron.Verwijzing)
}
