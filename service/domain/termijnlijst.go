package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Afloop is how a term ended; empty as long as it is open.
type Afloop string

// The ways in which a term ends. A term that was met within an extension that
// counts, or within a further term that was agreed, is OpTijdNaVerlenging. Nooit is
// a term that passed and is open still: it depends on the day it is seen.
const (
	OpTijd             Afloop = "op_tijd"
	OpTijdNaVerlenging Afloop = "verlengd"
	TeLaat             Afloop = "te_laat"
	Nooit              Afloop = "nooit"
)

// Afloop is how t ended; empty when it is open. One that asks for nothing any more,
// and was not met, had passed. What was told or agreed after it was met makes it no
// more timely.
func (t MeldingTermijn) Afloop() Afloop {
	switch {
	case t.Open():
		return ""
	case t.VoldaanOp.IsZero():
		return Nooit
	case t.VoldaanOp.After(t.Einddatum), !t.EindBijVoldaan.IsZero() && t.VoldaanOp.After(t.EindBijVoldaan):
		return TeLaat
	case t.verlengd():
		return OpTijdNaVerlenging
	}
	return OpTijd
}

// verlengd reports that the end of t is later than it was at first. An extension
// counts when it was told on or before the end so far; one that came after it
// leaves the end where it was. Of one that was met, what came after that is left out.
func (t MeldingTermijn) verlengd() bool {
	u := t.bijVoldaan()
	return !u.NadereTermijnTot.IsZero() || !u.VerlengdOp.IsZero() && !u.VerlengdOp.After(t.Einddatum)
}

// bijVoldaan is t without the extension and the agreement that came after it was met.
func (t MeldingTermijn) bijVoldaan() MeldingTermijn {
	if t.VoldaanOp.IsZero() {
		return t
	}
	if t.VerlengdOp.After(t.VoldaanOp) {
		t.VerlengdOp = term.Date{}
	}
	if t.NadereAkkoord.After(t.VoldaanOp) {
		t.NadereTermijnTot, t.NadereAkkoord = term.Date{}, term.Date{}
	}
	return t
}

// TermijnAard is of what kind a term is, and of whom.
type TermijnAard struct {
	Soort  term.Soort
	Partij Partij
}

// Eigenaar is who must do what terms of this kind are about.
func (a TermijnAard) Eigenaar(k *term.Kalender) term.Eigenaar {
	return MeldingTermijn{Soort: a.Soort, Partij: a.Partij}.Eigenaar(k)
}

// TermijnAarden lists all that terms of a melding can be by the kinds of k.
func TermijnAarden(k *term.Kalender) []TermijnAard {
	var all []TermijnAard
	for _, g := range k.Soorten() {
		all = append(all, TermijnAard{Soort: g.Soort})
		if g.Soort == reactieVerslag {
			for _, p := range Partijen() {
				all = append(all, TermijnAard{g.Soort, p})
			}
		}
	}
	return append(all, TermijnAard{Soort: term.EigenTermijn})
}

// reactieVerslag is the one kind of term that somebody has by his part.
const reactieVerslag = term.Soort("reactie_gespreksverslag")

// TermijnRegel is a term of a melding in a list. Nr is its number there.
type TermijnRegel struct {
	MeldingID, Kenmerk string
	Nr                 int
	TermijnAard
	Start, Einddatum, Aandacht       term.Date
	VoldaanOp                        term.Date // zero: it is open
	Afloop                           Afloop
	AanbiederID, Behandelaar, Sector string
}

// TermijnRegels are the terms of m as they stand in lists.
func (m *Melding) TermijnRegels() []TermijnRegel {
	list := make([]TermijnRegel, 0, len(m.Termijnen))
	for _, t := range genummerd(m.Termijnen) {
		list = append(list, TermijnRegel{
			MeldingID: m.ID, Kenmerk: m.Kenmerk, Nr: t.Nr, TermijnAard: TermijnAard{t.Soort, t.Partij}, Start: t.Start, Einddatum: t.Einddatum,
			Aandacht: t.Aandacht, VoldaanOp: t.VoldaanOp, Afloop: t.Afloop(),
			AanbiederID: m.AanbiederID, Behandelaar: m.Behandelaar, Sector: m.Sector,
		})
	}
	return list
}

// Status is how the term stands on a day.
func (r TermijnRegel) Status(op term.Date) term.Status {
	return MeldingTermijn{VoldaanOp: r.VoldaanOp, Einddatum: r.Einddatum, Aandacht: r.Aandacht}.standOp(op)
}

// TermijnVraag asks for a page of terms by end, then melding, then Nr. An empty or
// zero field filters nothing; the filters hold together.
type TermijnVraag struct {
	Aarden                           []TermijnAard // one of these
	AanbiederID, Behandelaar, Sector string
	Van, Tot                         term.Date // Einddatum, both included
	// AandachtVan and AandachtTot bound the first day on which the end is near,
	// both included.
	AandachtVan, AandachtTot term.Date
	// Afloop asks for the terms of kind ReactieAanbieder of the provider, which must
	// be given, that ended like this; empty for those that are open.
	Afloop Afloop
	// GewijzigdNa asks for the terms of meldingen that changed after this moment.
	GewijzigdNa time.Time
	// Tel asks for TermijnPagina.Aantallen, of a list without Afloop.
	Tel    bool
	Na     string
	Aantal int // at most this many, at least 1
}

// TermijnPagina is one page; Volgende is the key to ask the next one with, empty
// on the last. Aantallen counts the terms of all pages, those that are alike together
// or in parts, in no order.
type TermijnPagina struct {
	Regels    []TermijnRegel
	Aantallen []TermijnAantal
	Volgende  string
}

// TermijnAantal is how many open terms of a kind have this end, and come near on
// this day.
type TermijnAantal struct {
	TermijnAard
	Einddatum, Aandacht term.Date
	Aantal              int
}

// Status is how these terms stand on a day.
func (a TermijnAantal) Status(op term.Date) term.Status {
	return TermijnRegel{Einddatum: a.Einddatum, Aandacht: a.Aandacht}.Status(op)
}
