package domain

import "zorgmeldingen.nl/lmz-triage/service/term"

// Stiptheid counts how the terms of kind ReactieAanbieder of a provider ended, in
// one sector.
type Stiptheid struct {
	AanbiederID, Sector             string
	OpTijd, Verlengd, TeLaat, Nooit int
}

// Tel adds one term that ended like this.
func (s *Stiptheid) Tel(a Afloop, n int) {
	switch a {
	case OpTijd:
		s.OpTijd += n
	case OpTijdNaVerlenging:
		s.Verlengd += n
	case TeLaat:
		s.TeLaat += n
	case Nooit:
		s.Nooit += n
	}
}

// StiptheidVraag asks for a page of providers of which there is something to
// count, by ID; of one provider when AanbiederID is given. Counted are the terms
// with an end from Van to Tot that were answered, or that passed before Vandaag.
type StiptheidVraag struct {
	AanbiederID string
	Van, Tot    term.Date // both included; zero: no bound
	Vandaag     term.Date
	Na          string
	Aantal      int // at most this many providers, at least 1
}

// StiptheidPagina is one page: the figures of a provider stand together, by
// sector. Volgende is the key to ask the next one with, empty on the last.
type StiptheidPagina struct {
	Cijfers  []Stiptheid
	Volgende string
}

// leastShown is the lowest number of cases that is shown as a number: fewer may
// lead to persons.
const leastShown = 5

// Getal is a number of cases as it may be shown.
type Getal struct {
	// Aantal is the number itself, or of a sum the least it can be by what is shown.
	Aantal int
	// Klein: there are 1 to 4 cases, and Aantal is not given.
	Klein bool
	// Minstens: Aantal is a lower bound, since one of the numbers that it adds up is
	// Klein. It says nothing that cannot be seen in those.
	Minstens bool
}

// NewGetal is n as it may be shown.
func NewGetal(n int) Getal {
	if n > 0 && n < leastShown {
		return Getal{Klein: true}
	}
	return Getal{Aantal: n}
}

// Som is the sum of numbers as it may be shown beside them: nobody can find out by
// it what one of them is that is Klein. A sum of which all but one are 0 is that one.
func Som(numbers ...Getal) Getal {
	var sum Getal
	seen := 0
	for _, g := range numbers {
		if g == (Getal{}) {
			continue
		}
		if seen++; seen == 1 {
			sum = g
			continue
		}
		sum = sum.plus(g)
	}
	return sum
}

func (g Getal) plus(o Getal) Getal {
	least := func(g Getal) int {
		if g.Klein {
			return 1
		}
		return g.Aantal
	}
	return Getal{Aantal: least(g) + least(o), Minstens: g.Klein || o.Klein || g.Minstens || o.Minstens}
}
