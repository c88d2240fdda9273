package domain

import (
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// The grounds of a term that no Mijlpaal started.
const (
	GrondKlacht    = "klacht"
	GrondOntvangst = "ontvangst"
)

const (
	terugbellen       = term.Soort("terugbellen_lmz")
	reactieConcept    = term.Soort("reactie_conceptrapport")
	definitiefRapport = term.Soort("definitief_rapport")
	regimeWkkgz       = "wkkgz"
	regimeJeugdwet    = "jeugdwet"
)

// Klokken gives the terms of m as they follow from what was told (in is its
// reading) and from what happened since: those that run and those that were met,
// each with its ends by calendar k. Nothing about them is kept but what was recorded.
func (m *Melding) Klokken(in TriageInvoer, k *term.Kalender) []MeldingTermijn {
	l := &loop{k: k, termijnen: m.eersteTermijnen(in)}
	for _, p := range m.Mijlpalen {
		if p.Geldt() {
			l.neem(p)
		}
	}
	l.definitief()
	for i := range l.termijnen {
		l.reken(&l.termijnen[i])
	}
	return slices.DeleteFunc(l.termijnen, func(t MeldingTermijn) bool { return t.Einddatum.IsZero() })
}

// eersteTermijnen are the terms that rest on what was told: the answer of the
// provider (Wkkgz article 17; under the Jeugdwet the term the provider named), and
// calling back who wrote.
func (m *Melding) eersteTermijnen(in TriageInvoer) []MeldingTermijn {
	out := []MeldingTermijn{}
	if k := in.Melding.KlachtBijAanbieder; k != nil {
		switch {
		case in.Melding.Regime == regimeWkkgz:
			out = append(out, MeldingTermijn{
				Soort: term.ReactieAanbieder, Grond: GrondKlacht, Start: k.IngediendOp, VerlengdOp: k.VerlengdOp,
				NadereTermijnTot: k.NadereTermijnTot, NadereAkkoord: k.NadereTermijnAkkoordOp, VoldaanOp: k.AntwoordOp,
			})
		case in.Melding.Regime == regimeJeugdwet && m.Opgave.eigenTermijn() != term.Date{}:
			out = append(out, MeldingTermijn{
				Soort: term.EigenTermijn, Grond: GrondKlacht, Start: k.IngediendOp, NadereTermijnTot: m.Opgave.eigenTermijn(), VoldaanOp: k.AntwoordOp,
			})
		}
	}
	if kanaal := m.Opgave.Kanaal; kanaal == "brief" || kanaal == "webformulier" {
		out = append(out, MeldingTermijn{Soort: terugbellen, Grond: GrondOntvangst, Start: m.Dag})
	}
	return out
}

// loop is the terms of a melding while its events are gone through.
type loop struct {
	k         *term.Kalender
	termijnen []MeldingTermijn
}

// laatste is the newest term of a kind, nil when there was none.
func (l *loop) laatste(s term.Soort) *MeldingTermijn {
	for i := len(l.termijnen) - 1; i >= 0; i-- {
		if l.termijnen[i].Soort == s {
			return &l.termijnen[i]
		}
	}
	return nil
}

// neem lets p do what its kind does.
func (l *loop) neem(p Mijlpaal) {
	r := regelVan(p.Soort)
	for _, s := range r.eindigt {
		if t := l.laatste(s); t != nil && t.Open() {
			t.VoldaanOp = p.Datum
		}
	}
	for _, s := range r.vervalt {
		l.termijnen = slices.DeleteFunc(l.termijnen, func(t MeldingTermijn) bool { return t.Soort == s && t.Open() })
	}
	for _, s := range r.begint {
		l.termijnen = append(l.termijnen, MeldingTermijn{Soort: s, Grond: p.ID, Start: p.Datum})
	}
	if t := l.laatste(p.Termijn); t != nil && p.Soort == TermijnVerlengd {
		t.VerlengdOp = p.Datum
	} else if t != nil && p.Soort == NadereTermijnAfgesproken {
		t.NadereTermijnTot, t.NadereAkkoord = p.Tot, p.Datum
	}
}

// definitief starts the term of the report where its law has it: at the reaction
// to the draft, or else at the end of the term for that (UB 8.25).
func (l *loop) definitief() {
	for i := range l.termijnen {
		t := &l.termijnen[i]
		if t.Soort != definitiefRapport {
			continue
		}
		for _, c := range l.termijnen {
			if c.Soort != reactieConcept || c.Grond != t.Grond {
				continue
			}
			if t.Start = c.VoldaanOp; c.Open() {
				l.reken(&c)
				t.Start = c.Einddatum
			}
			if !t.Open() && t.VoldaanOp.Before(t.Start) { // it was there before anybody reacted
				t.Start = t.VoldaanOp
			}
		}
	}
}

// reken puts the ends by the calendar in t; none when it cannot be computed.
func (l *loop) reken(t *MeldingTermijn) {
	u, faults := t.Reken(l.k, t.Start)
	if len(faults) > 0 {
		t.Einddatum, t.Aandacht = term.Date{}, term.Date{}
		return
	}
	t.Einddatum, t.Aandacht = u.Einddatum, u.NadertVanaf
}

// Reken computes t as seen on peildatum, with its explanation. An agreement that
// under calendar k is not later than the end without it does not count, and a
// warning says so.
func (t MeldingTermijn) Reken(k *term.Kalender, peildatum term.Date) (term.Uitkomst, []term.Fault) {
	if t.Soort == term.EigenTermijn {
		return term.Opgegeven{Start: t.Start, Tot: t.NadereTermijnTot, Peildatum: peildatum, VoldaanOp: t.VoldaanOp}.Volg(), nil
	}
	b := t.Berekening(peildatum)
	u, faults := k.Bereken(b)
	if len(faults) > 0 && b.NadereTermijn != nil { // the end it is later than has moved since
		b.NadereTermijn = nil
		if u, faults = k.Bereken(b); len(faults) == 0 {
			u.Waarschuwingen = append(u.Waarschuwingen, term.Sentence{Key: "term.waarschuwing.afspraak_past_niet", Args: []any{t.NadereTermijnTot}})
		}
	}
	return u, faults
}

// OnvolledigAntwoord says what the answer of the provider lacks of what it must
// state (Wkkgz article 17, first paragraph): what was told to be not there.
func (o Opgave) OnvolledigAntwoord() []term.Sentence {
	if o.Antwoord == nil {
		return nil
	}
	var out []term.Sentence
	for _, part := range []struct{ said, key string }{
		{o.Antwoord.Oordeel, "oordeel"}, {o.Antwoord.Besluiten, "besluiten"}, {o.Antwoord.TermijnMaatregelen, "termijn"},
	} {
		if part.said == string(Nee) {
			out = append(out, term.Sentence{Key: "term.waarschuwing.antwoord_zonder_" + part.key})
		}
	}
	return out
}

// Mijlpaal is the ID of the happening that started t, empty when none did.
func (t MeldingTermijn) Mijlpaal() string {
	if t.Grond == GrondKlacht || t.Grond == GrondOntvangst {
		return ""
	}
	return t.Grond
}
