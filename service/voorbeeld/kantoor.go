package voorbeeld

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// The people of a demonstration by their ids, which are those of the demo tokens;
// Collega has none.
const (
	medewerker  = "demo-medewerker"
	teamleider  = "demo-teamleider"
	inspecteur  = "demo-inspecteur"
	beleid      = "demo-beleid"
	beleidTwee  = "demo-beleid-2"
	beheer      = "demo-beheer"
	collega     = "demo-collega"
	teamMelding = "meldpunt"
	teamBeleid  = "beleid"
)

// Mensen makes up the people of an office: somebody for every role, and a colleague.
func Mensen() []domain.GebruikerOpgave {
	person := func(id, name, mail, team string, roles ...domain.Rol) domain.GebruikerOpgave {
		mail += "@example.nl"
		o := domain.GebruikerOpgave{ID: &id, Naam: &name, EMail: &mail, Team: &team}
		for _, r := range roles {
			o.Rollen = append(o.Rollen, string(r))
		}
		return o
	}
	return []domain.GebruikerOpgave{
		person(medewerker, "Noor Zilvermeer", "n.zilvermeer", teamMelding, domain.Medewerker),
		person(collega, "Joris van Rietzoom", "j.vanrietzoom", teamMelding, domain.Medewerker),
		person(teamleider, "Hanna Okkerwei", "h.okkerwei", teamMelding, domain.Teamleider, domain.Medewerker),
		person(inspecteur, "Sami el Waterland", "s.elwaterland", "inspectie", domain.Inspecteur),
		person(beleid, "Fleur Kompaan", "f.kompaan", teamBeleid, domain.Beleid),
		person(beleidTwee, "Teun Lindehof", "t.lindehof", teamBeleid, domain.Beleid),
		person(beheer, "Ilse Bakenvoort", "i.bakenvoort", "beheer", domain.Beheer),
	}
}

// Afwezig is that the colleague is away for a week from vandaag on, and for whom the
// first stands in.
func Afwezig(vandaag term.Date) (id string, o domain.AfwezighedenOpgave) {
	from, upTo, by := vandaag.String(), vandaag.AddDays(6).String(), medewerker
	return collega, domain.AfwezighedenOpgave{Perioden: []domain.AfwezigheidOpgave{{Van: &from, Tot: &upTo, Vervanger: &by}}}
}

// The hours at which turns begin, and the office with them.
const (
	dagBegin   = 8
	nachtBegin = 20
)

// Rooster makes up the turns of so many days from the day dag on, so that somebody
// is on duty at every moment: by day one, by night another, and behind both the team
// leader. zone is that of the office.
func Rooster(dag term.Date, days int, zone *time.Location) []domain.DienstOpgave {
	var out []domain.DienstOpgave
	at := func(d term.Date, hour int) *string {
		text := time.Date(d.Year(), d.Month(), d.Day(), hour, 0, 0, 0, zone).UTC().Format(time.RFC3339)
		return &text
	}
	turn := func(who string, van, tot *string, order int) {
		out = append(out, domain.DienstOpgave{Gebruiker: &who, Van: van, Tot: tot, Volgorde: &order})
	}
	for i := range days {
		d := dag.AddDays(i)
		morning, evening, next := at(d, dagBegin), at(d, nachtBegin), at(d.AddDays(1), dagBegin)
		turn(medewerker, morning, evening, 1)
		turn(inspecteur, evening, next, 1)
		turn(teamleider, morning, next, 2)
	}
	return out
}

// Behandelaar is who handles made-up melding i; empty for most.
func Behandelaar(i int) string {
	switch i % 6 {
	case 0:
		return medewerker
	case 2:
		return collega
	case 4:
		return inspecteur
	}
	return ""
}
