package term

import "slices"

// Soort is the code of a kind of term, as data/soorten.json lists them.
type Soort string

// ReactieAanbieder is the provider's term to answer a complaint (Wkkgz, article
// 17): the one kind a triage question needs by name.
const ReactieAanbieder Soort = "reactie_aanbieder"

// Eenheid is what the length of a term is counted in.
type Eenheid string

// The units. A working day is a day that is no Saturday, Sunday, holiday or day
// equated with one.
const (
	Weken     Eenheid = "weken"
	Maanden   Eenheid = "maanden"
	Werkdagen Eenheid = "werkdagen"
)

// Duur is a length in whole units.
type Duur struct {
	Aantal  int
	Eenheid Eenheid
}

// plus is the length of d and e in one piece; both are in the same unit.
func (d Duur) plus(e Duur) Duur { return Duur{d.Aantal + e.Aantal, d.Eenheid} }

// Bron is where a rule stands: the law with its article, or the office's own
// choice, and an address where it can be read.
type Bron struct{ Titel, Verwijzing string }

// Eigenaar is who must do what a term is about.
type Eigenaar string

// The owners of terms.
const (
	VanAanbieder           Eigenaar = "aanbieder"
	VanIGJ                 Eigenaar = "igj"
	VanLMZ                 Eigenaar = "lmz"
	VanMelder              Eigenaar = "melder"
	VanGeschilleninstantie Eigenaar = "geschilleninstantie"
	VanBetrokkene          Eigenaar = "betrokkene"
)

// Eigenaren lists every owner.
func Eigenaren() []Eigenaar {
	return []Eigenaar{VanAanbieder, VanIGJ, VanLMZ, VanMelder, VanGeschilleninstantie, VanBetrokkene}
}

// SoortGegevens is what the calendar knows of a kind of term.
type SoortGegevens struct {
	Soort    Soort
	Eigenaar Eigenaar
	Titel    string
	Lengte   Duur
	// Verlenging is the one extension; its zero value means that there is none.
	Verlenging Duur
	// NadereTermijn: a later end can be agreed.
	NadereTermijn bool
	// AlgemeneTermijnenwet: an end on a Saturday, a Sunday or a holiday moves
	// (articles 1, 4 and 5 of that act).
	AlgemeneTermijnenwet bool
	// Regime is the one whose law gives the term: wkkgz or jeugdwet; empty for none.
	Regime string
	// EigenNorm: no act gives the term, it is the office's own.
	EigenNorm bool
	// NadertDagen is the number of days left, or less, at which the end nears.
	NadertDagen int
	Bron        Bron
}

// Verlengbaar reports that the term can be extended once.
func (g SoortGegevens) Verlengbaar() bool { return g.Verlenging.Aantal > 0 }

// telt reports that holidays decide where the term ends.
func (g SoortGegevens) telt() bool {
	return g.AlgemeneTermijnenwet || g.Lengte.Eenheid == Werkdagen
}

// Soorten lists every kind of term, in the order of the data.
func (k *Kalender) Soorten() []SoortGegevens { return slices.Clone(k.soorten) }

// Eigenaar is the owner of the terms of a kind; empty when the kind is not known.
func (k *Kalender) Eigenaar(s Soort) Eigenaar {
	if g := k.soort(s); g != nil {
		return g.Eigenaar
	}
	if s == EigenTermijn {
		return VanAanbieder
	}
	return ""
}

// Regime is the one whose law gives the terms of a kind; empty when there is none.
func (k *Kalender) Regime(s Soort) string {
	if g := k.soort(s); g != nil {
		return g.Regime
	}
	return ""
}

// Titel names a kind of term for people; one that is not known by its code.
func (k *Kalender) Titel(s Soort) string {
	if g := k.soort(s); g != nil {
		return g.Titel
	}
	if s == EigenTermijn {
		return titelEigenTermijn
	}
	return string(s)
}

// soort gives the kind with code s, nil when there is none.
func (k *Kalender) soort(s Soort) *SoortGegevens {
	for i := range k.soorten {
		if k.soorten[i].Soort == s {
			return &k.soorten[i]
		}
	}
	return nil
}
