package domain

import (
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// MeldingTermijn is a term that runs, or ran, on a melding. Einddatum and
// Aandacht (the first day on which its end is near) are those of the calendar
// that computed them; a zero Date was not given.
type MeldingTermijn struct {
	Soort term.Soort
	// Nr counts up from 1 within the melding and stays the term's; 0 where that was not
	// kept, which is its place.
	Nr int
	// Grond is what it rests on: GrondKlacht, GrondOntvangst or the ID of a Mijlpaal.
	// With Soort it names the term within its melding.
	Grond                           string
	Partij                          Partij // whom it asks something of; empty: the owner of its kind
	Start, VerlengdOp               term.Date
	NadereTermijnTot, NadereAkkoord term.Date
	VoldaanOp                       term.Date
	BeeindigdOp                     term.Date // asks for nothing since, though it was not met
	// EindBijVoldaan is the end as it stood on VoldaanOp, where what was told or agreed
	// after that day moved it; zero otherwise.
	EindBijVoldaan      term.Date
	Einddatum, Aandacht term.Date
	Status              term.Status // as last recorded
	// GemeldNadert and GemeldVerstreken are the end for which that was recorded.
	GemeldNadert, GemeldVerstreken term.Date
	// HerinnerdTot is the day up to which reminders were given, or lie behind it;
	// Herinner is the next day on which there is one, zero when there is none.
	HerinnerdTot, Herinner term.Date
}

// Open reports that the term still asks for something.
func (t MeldingTermijn) Open() bool { return t.VoldaanOp.IsZero() && t.BeeindigdOp.IsZero() }

// Berekening is the calculation of t as seen on peildatum. What was done before the
// term starts, as a report before the end of the term for reactions, is done in time.
func (t MeldingTermijn) Berekening(peildatum term.Date) term.Berekening {
	b := term.Berekening{
		Soort: t.Soort, Start: t.Start, Peildatum: peildatum, VerlengdOp: t.VerlengdOp, VoldaanOp: t.VoldaanOp,
	}
	if !t.VoldaanOp.IsZero() && t.VoldaanOp.Before(t.Start) {
		b.VoldaanOp = t.Start
	}
	if !t.NadereTermijnTot.IsZero() {
		b.NadereTermijn = &term.NadereTermijn{Tot: t.NadereTermijnTot, AkkoordOp: t.NadereAkkoord}
	}
	return b
}

// Controle is the first day on which there is something to record about the
// terms of the melding; the zero Date when there is nothing to wait for.
func (m *Melding) Controle() term.Date {
	var first term.Date
	for _, t := range m.Termijnen {
		if d := t.controle(); !d.IsZero() && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	return first
}

func (t MeldingTermijn) controle() term.Date {
	switch {
	case !t.Open() || t.GemeldVerstreken == t.Einddatum:
		return term.Date{}
	case t.GemeldNadert != t.Einddatum:
		return t.Aandacht
	}
	return t.Einddatum.AddDays(1)
}

// TermijnStatus is the status of the open term that asks most: passed before
// near before running; empty when no term is open.
func (m *Melding) TermijnStatus() term.Status {
	var worst term.Status
	for _, t := range m.Termijnen {
		switch {
		case !t.Open():
		case t.Status == term.Verstreken:
			return term.Verstreken
		case t.Status == term.Nadert || worst == "":
			worst = t.Status
		}
	}
	return worst
}

// Veeg records for every term what came to be on the day vandaag: that its end is
// near, or has passed; each once per end. It gives the kinds of term that passed,
// and false when there was nothing to record: the sweep may run twice.
func (m *Melding) Veeg(vandaag term.Date, now time.Time, door Actor) (passed []term.Soort, changed bool) {
	for i := range m.Termijnen {
		t := &m.Termijnen[i]
		if !t.Open() {
			continue
		}
		if vandaag.After(t.Einddatum) && t.GemeldVerstreken != t.Einddatum {
			t.Status, t.GemeldNadert, t.GemeldVerstreken = term.Verstreken, t.Einddatum, t.Einddatum
			m.Gebeurd(t.voorval(VoorvalVerstreken, now, door))
			passed, changed = append(passed, t.Soort), true
		} else if !vandaag.Before(t.Aandacht) && !vandaag.After(t.Einddatum) && t.GemeldNadert != t.Einddatum {
			t.Status, t.GemeldNadert = term.Nadert, t.Einddatum
			m.Gebeurd(t.voorval(VoorvalNadert, now, door))
			changed = true
		}
	}
	return passed, changed
}

func (t MeldingTermijn) voorval(soort VoorvalSoort, now time.Time, door Actor) Voorval {
	return Voorval{Soort: soort, Op: now, Door: door, Gegevens: map[string]string{
		"termijn": string(t.Soort), "start": t.Start.String(), "einddatum": t.Einddatum.String(),
	}}
}

// Verschoven counts how often the end of a term of a kind moved.
func (m *Melding) Verschoven(s term.Soort) (n int) {
	for _, v := range m.Geschiedenis {
		if v.Soort == VoorvalTermijnAf && v.Gegevens["was"] != "" && v.Gegevens["termijn"] == string(s) {
			n++
		}
	}
	return n
}

// ZetTermijnen makes nu the terms of the melding on the day vandaag, and records
// which started, changed and lapsed. What was recorded for the same end stays
// recorded. Their reminders follow calendar k. It reports false, changing nothing
// that people see, when that is how they stand.
func (m *Melding) ZetTermijnen(nu []MeldingTermijn, k *term.Kalender, vandaag term.Date, now time.Time, door Actor) (changed bool) {
	old := genummerd(m.Termijnen)
	m.Termijnen = make([]MeldingTermijn, 0, len(nu))
	last := 0
	for _, t := range old {
		last = max(last, t.Nr)
	}
	for _, t := range nu {
		t.Status = t.standOp(vandaag)
		i := slices.IndexFunc(old, t.zelfde)
		if i < 0 {
			last++
			t.Nr = last
			t.vanaf(vandaag)
			m.Gebeurd(t.voorval(VoorvalTermijn, now, door))
			changed = true
		} else {
			was := old[i]
			if was.Grond = t.Grond; was.zoGebleven(t) {
				t = was
			}
			t.GemeldNadert, t.GemeldVerstreken = was.GemeldNadert, was.GemeldVerstreken
			t.HerinnerdTot, t.Herinner, t.Nr = was.HerinnerdTot, was.Herinner, was.Nr
			if t != was {
				m.Gebeurd(t.gewijzigd(was, now, door))
				changed = true
			}
			if !was.Open() || was.HerinnerdTot.IsZero() { // it runs again, or was kept before there were reminders
				t.vanaf(vandaag)
			}
		}
		t.plan(k)
		m.Termijnen = append(m.Termijnen, t)
	}
	for _, t := range old {
		if !slices.ContainsFunc(nu, t.zelfde) {
			m.Gebeurd(t.voorval(VoorvalVervallen, now, door))
			changed = true
		}
	}
	return changed
}

// genummerd gives every term its Nr: where none was kept, its place.
func genummerd(all []MeldingTermijn) []MeldingTermijn {
	all = slices.Clone(all)
	for i := range all {
		if all[i].Nr == 0 {
			all[i].Nr = i + 1
		}
	}
	return all
}

// zelfde reports that x is the same term. One that was kept before terms had a
// ground is the one of its kind.
func (t MeldingTermijn) zelfde(x MeldingTermijn) bool {
	return t.Soort == x.Soort && (t.Grond == x.Grond || t.Grond == "" || x.Grond == "")
}

// zoGebleven reports that t asks for nothing any more and rests on the same as nu:
// then its end is the one by the calendar of then.
func (t MeldingTermijn) zoGebleven(nu MeldingTermijn) bool {
	nu.Einddatum, nu.Aandacht, nu.Status = t.Einddatum, t.Aandacht, t.Status
	nu.GemeldNadert, nu.GemeldVerstreken = t.GemeldNadert, t.GemeldVerstreken
	nu.HerinnerdTot, nu.Herinner, nu.Nr = t.HerinnerdTot, t.Herinner, t.Nr
	nu.EindBijVoldaan = t.EindBijVoldaan
	return !t.Open() && nu == t
}

// gewijzigd is the event of a change of the term was into t, with the earlier end
// where that was another.
func (t MeldingTermijn) gewijzigd(was MeldingTermijn, now time.Time, door Actor) Voorval {
	v := t.voorval(VoorvalTermijnAf, now, door)
	switch {
	case t.VoldaanOp != was.VoldaanOp && !t.VoldaanOp.IsZero():
		v.Soort, v.Gegevens["voldaanOp"] = VoorvalVoldaan, t.VoldaanOp.String()
	case t.BeeindigdOp != was.BeeindigdOp && !t.BeeindigdOp.IsZero():
		v.Soort, v.Gegevens["beeindigdOp"] = VoorvalBeeindigd, t.BeeindigdOp.String()
	}
	if was.Einddatum != t.Einddatum {
		v.Gegevens["was"] = was.Einddatum.String()
	}
	return v
}

// standOp is the status of t on the day d.
func (t MeldingTermijn) standOp(d term.Date) term.Status {
	switch {
	case !t.VoldaanOp.IsZero() && t.VoldaanOp.After(t.Einddatum):
		return term.TeLaatVoldaan
	case !t.VoldaanOp.IsZero():
		return term.Voldaan
	case d.After(t.Einddatum):
		return term.Verstreken
	case !d.Before(t.Aandacht):
		return term.Nadert
	}
	return term.Lopend
}
