package domain

import (
	"slices"
	"strconv"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Herinnering is what is told of an open term of a melding: that so many days
// before or after its end (Dagen, negative before) are reached. Aan are those for
// whom it and the steps that it makes up for are meant.
type Herinnering struct {
	Termijn MeldingTermijn
	Dagen   int
	Aan     []term.Ontvanger
}

// plan looks up on which day there is a next reminder to give of t.
func (t *MeldingTermijn) plan(k *term.Kalender) {
	t.Herinner = term.Date{}
	if !t.Open() || t.Einddatum.IsZero() {
		return
	}
	for _, h := range k.Herinneringen(t.Soort, t.Einddatum) {
		if h.Dag.After(t.HerinnerdTot) && (t.Herinner.IsZero() || h.Dag.Before(t.Herinner)) {
			t.Herinner = h.Dag
		}
	}
}

// vanaf has reminders begin on the day vandaag: what came before it, or before the
// term began, is seen by who records it.
func (t *MeldingTermijn) vanaf(vandaag term.Date) {
	for _, d := range []term.Date{t.Start, vandaag.AddDays(-1)} {
		if d.After(t.HerinnerdTot) {
			t.HerinnerdTot = d
		}
	}
}

// Herinnering is the first day on which there is a reminder to give of the melding;
// the zero Date when there is none.
func (m *Melding) Herinnering() term.Date {
	var first term.Date
	for _, t := range m.Termijnen {
		if t.Open() && !t.Herinner.IsZero() && (first.IsZero() || t.Herinner.Before(first)) {
			first = t.Herinner
		}
	}
	return first
}

// Herinner gives the reminders that are due on the day vandaag, one per term,
// whatever number of steps was missed, and records them. Nothing when there is none:
// it may be called twice.
func (m *Melding) Herinner(k *term.Kalender, vandaag term.Date, now time.Time, door Actor) []Herinnering {
	var out []Herinnering
	for i := range m.Termijnen {
		t := &m.Termijnen[i]
		if !t.Open() || t.Herinner.IsZero() || t.Herinner.After(vandaag) {
			continue
		}
		due := Herinnering{Termijn: *t}
		for _, h := range k.Herinneringen(t.Soort, t.Einddatum) {
			if h.Dag.After(t.HerinnerdTot) && !h.Dag.After(vandaag) {
				due.Dagen = h.Dagen
				due.Aan = append(due.Aan, h.Aan...)
			}
		}
		t.HerinnerdTot = vandaag
		t.plan(k)
		if len(due.Aan) == 0 { // the calendar changed since it was planned
			continue
		}
		slices.Sort(due.Aan)
		due.Aan = slices.Compact(due.Aan)
		v := t.voorval(VoorvalHerinnering, now, door)
		v.Gegevens["dagen"] = strconv.Itoa(due.Dagen)
		m.Gebeurd(v)
		out = append(out, due)
	}
	return out
}
