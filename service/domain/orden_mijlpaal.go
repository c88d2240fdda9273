package domain

import (
	"cmp"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// orden puts happenings in their order: by day, and within a day so that each fits
// what came before it, of those that do the first by rang. So the order in which they
// were recorded does not matter. It reports false when there is no such order.
func (m *Melding) orden(all []Mijlpaal, in TriageInvoer, k *term.Kalender) ([]Mijlpaal, bool) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Mijlpaal) int { return a.Datum.Compare(b.Datum) })
	out, l := make([]Mijlpaal, 0, len(all)), m.begin(in, k)
	o := ordening{m: m, in: in, tries: mostTries}
	for low := 0; low < len(all); {
		high := low
		for high < len(all) && all[high].Datum == all[low].Datum {
			high++
		}
		day, gone := dagVan(all[low:high])
		ordered, after, ok := o.dag(day, l)
		if !ok {
			return nil, false
		}
		out, l, low = append(append(out, ordered...), gone...), after, high
	}
	return out, true
}

// dagVan splits the happenings of a day in those that stand, by rang, and those that
// were taken back.
func dagVan(all []Mijlpaal) (day, gone []Mijlpaal) {
	for _, p := range all {
		if p.Geldt() {
			day = append(day, p)
		} else {
			gone = append(gone, p)
		}
	}
	slices.SortStableFunc(day, func(a, b Mijlpaal) int {
		return cmp.Or(cmp.Compare(a.rang(), b.rang()), cmp.Compare(a.Termijn, b.Termijn), cmp.Compare(a.Partij, b.Partij), a.Tot.Compare(b.Tot))
	})
	return day, gone
}

// mostTries bounds how often a happening is held against others to order them: a day
// has few, and orders that fit are found at once.
const mostTries = 2000

// ordening orders the happenings of m.
type ordening struct {
	m     *Melding
	in    TriageInvoer
	tries int // that are left
}

// dag orders what happened on a day after l: the first that fits, and then the rest;
// another one where the rest cannot be ordered after it. It gives what has become of
// l.
func (o *ordening) dag(day []Mijlpaal, l *loop) ([]Mijlpaal, *loop, bool) {
	if len(day) == 0 {
		return nil, l, true
	}
	for i, p := range day {
		if o.tries--; o.tries < 0 {
			return nil, nil, false
		}
		if len(o.m.fouten(l, p, o.in)) > 0 {
			continue
		}
		next := &loop{k: l.k, termijnen: slices.Clone(l.termijnen)}
		next.neem(p)
		rest, after, ok := o.dag(slices.Delete(slices.Clone(day), i, i+1), next)
		if ok {
			return append([]Mijlpaal{p}, rest...), after, true
		}
	}
	return nil, nil, false
}

// rang is the place of a happening among those of its day, as the work goes: what
// starts a term, what changes one, what ends one and starts another, what meets one,
// and the end of it all; of each in the order of the table.
func (p Mijlpaal) rang() int {
	rules := mijlpaalRegels()
	i := slices.IndexFunc(rules, func(r mijlpaalRegel) bool { return r.soort == p.Soort })
	group := 3
	switch r := regelVan(p.Soort); {
	case p.Soort == OnderzoekGesloten:
		group = 4
	case len(r.begint) > 0 && len(r.eindigt) == 0:
		group = 0
	case p.Termijn != "":
		group = 1
	case len(r.begint) > 0:
		group = 2
	}
	return group*len(rules) + i
}
