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
// reading) and from what happened since: those that run, those that were met, and
// those that had passed when they ended, each with its ends by calendar k. What asks
// for nothing any more has those of the calendar of then.
func (m *Melding) Klokken(in TriageInvoer, k *term.Kalender) []MeldingTermijn {
	l := m.begin(in, k)
	for _, p := range m.Mijlpalen {
		if p.Geldt() {
			l.neem(p)
		}
	}
	l.definitief()
	for i := range l.termijnen {
		l.reken(&l.termijnen[i])
	}
	return slices.DeleteFunc(l.termijnen, MeldingTermijn.vervallen)
}

// vervallen reports that t ended before it had passed, so that nothing is left to
// say of it, or that it cannot be computed.
func (t MeldingTermijn) vervallen() bool {
	return t.Einddatum.IsZero() || !t.BeeindigdOp.IsZero() && !t.BeeindigdOp.After(t.Einddatum)
}

// begin gives the terms that rest on what was told: the answer of the provider
// (Wkkgz article 17; under the Jeugdwet the term the provider named), and calling
// back who wrote, when he can be called.
func (m *Melding) begin(in TriageInvoer, k *term.Kalender) *loop {
	l := &loop{k: k, bewaard: m.Termijnen, termijnen: []MeldingTermijn{}}
	if c := in.Melding.KlachtBijAanbieder; c != nil {
		switch {
		case in.Melding.Regime == regimeWkkgz:
			l.termijnen = append(l.termijnen, c.termijn())
		case in.Melding.Regime == regimeJeugdwet && m.Opgave.eigenTermijn() != term.Date{}:
			l.termijnen = append(l.termijnen, MeldingTermijn{
				Soort: term.EigenTermijn, Grond: GrondKlacht, Start: c.IngediendOp, NadereTermijnTot: m.Opgave.eigenTermijn(), VoldaanOp: c.AntwoordOp,
			})
		}
	}
	if kanaal := m.Opgave.Kanaal; (kanaal == "brief" || kanaal == "webformulier") && in.Melding.Anonimiteit != volledigAnoniem {
		l.termijnen = append(l.termijnen, MeldingTermijn{Soort: terugbellen, Grond: GrondOntvangst, Start: m.Dag})
	}
	return l
}

// termijn is the term of Wkkgz article 17 of a complaint.
func (c KlachtBijAanbieder) termijn() MeldingTermijn {
	return MeldingTermijn{
		Soort: term.ReactieAanbieder, Grond: GrondKlacht, Start: c.IngediendOp, VerlengdOp: c.VerlengdOp,
		NadereTermijnTot: c.NadereTermijnTot, NadereAkkoord: c.NadereTermijnAkkoordOp, VoldaanOp: c.AntwoordOp,
	}
}

// loop is the terms of a melding while its happenings are gone through.
type loop struct {
	k         *term.Kalender
	bewaard   []MeldingTermijn // as they are kept
	termijnen []MeldingTermijn
}

// laatste is the newest term of a kind and a party, nil when there was none.
func (l *loop) laatste(s term.Soort, van Partij) *MeldingTermijn {
	for i := len(l.termijnen) - 1; i >= 0; i-- {
		if t := &l.termijnen[i]; t.Soort == s && t.Partij == van {
			return t
		}
	}
	return nil
}

// neem lets p do what its kind does.
func (l *loop) neem(p Mijlpaal) {
	r := regelVan(p.Soort)
	for _, s := range r.eindigt {
		if t := l.laatste(s, p.Partij); t != nil && t.Open() {
			t.VoldaanOp = p.Datum
		}
	}
	for i := range l.termijnen {
		if t := &l.termijnen[i]; t.Open() && slices.Contains(r.vervalt, t.Soort) {
			t.BeeindigdOp = p.Datum
		}
	}
	for _, s := range r.begint {
		l.termijnen = append(l.termijnen, MeldingTermijn{Soort: s, Grond: p.ID, Partij: p.Partij, Start: p.Datum})
	}
	if t := l.laatste(p.Termijn, ""); t != nil && p.Soort == TermijnVerlengd {
		t.VerlengdOp = p.Datum
	} else if t != nil && p.Soort == NadereTermijnAfgesproken {
		t.NadereTermijnTot, t.NadereAkkoord = p.Tot, p.Datum
	}
}

// definitief starts the term of the report where its law has it: at the end of the
// term for reactions to the draft, whenever those came (UB 8.25, first paragraph).
func (l *loop) definitief() {
	for i := range l.termijnen {
		t := &l.termijnen[i]
		if t.Soort != definitiefRapport {
			continue
		}
		for _, c := range l.termijnen {
			if c.Soort == reactieConcept && c.Grond == t.Grond {
				l.reken(&c)
				t.Start = c.Einddatum
			}
		}
	}
}

// reken puts the ends by the calendar in t, or those that are kept of it when it asks
// for nothing any more; none when it cannot be computed.
func (l *loop) reken(t *MeldingTermijn) {
	if i := slices.IndexFunc(l.bewaard, t.zelfde); i >= 0 && l.bewaard[i].zoGebleven(*t) {
		t.Einddatum, t.Aandacht = l.bewaard[i].Einddatum, l.bewaard[i].Aandacht
		return
	}
	u, faults := t.Reken(l.k, t.Start)
	if len(faults) > 0 {
		t.Einddatum, t.Aandacht = term.Date{}, term.Date{}
		return
	}
	t.Einddatum, t.Aandacht = u.Einddatum, u.NadertVanaf
	if then := t.bijVoldaan(); then != *t {
		if u, faults := then.Reken(l.k, t.Start); len(faults) == 0 && u.Einddatum != t.Einddatum {
			t.EindBijVoldaan = u.Einddatum
		}
	}
}
