package domain

import (
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Herrekening is what another calendar did to the open terms of a melding. Anders:
// it is another than it was. Verschoven are the kinds of terms of which people see
// other days.
type Herrekening struct {
	Anders     bool
	Verschoven []term.Soort
}

// doorKalender is why a term changed, in its event.
const doorKalender = "kalender"

// Achter reports that m has open terms that an earlier version of the calendar than
// versie computed.
func (m *Melding) Achter(versie int) bool {
	return m.Kalender < versie && slices.ContainsFunc(m.Termijnen, MeldingTermijn.Open)
}

// Herreken computes the open terms of m (in is its reading) anew by calendar k on the
// day vandaag, and records each of which a day moved. Terms that ask for nothing any
// more stay, and so does what the sweep is to record. Done twice it changes nothing.
func (m *Melding) Herreken(in TriageInvoer, k GeldendeKalender, vandaag term.Date, now time.Time, door Actor) (h Herrekening) {
	computed := m.Klokken(in, k.Kalender)
	list := slices.Clone(m.Termijnen)
	for i := range list {
		t := &list[i]
		at := slices.IndexFunc(computed, t.zelfde)
		if !t.Open() || at < 0 || !computed[at].Open() { // what cannot be computed any more keeps its end
			continue
		}
		was, nu := *t, computed[at]
		t.Grond, t.Start, t.Einddatum, t.Aandacht = nu.Grond, nu.Start, nu.Einddatum, nu.Aandacht
		if t.HerinnerdTot.IsZero() { // kept before there were reminders
			t.vanaf(vandaag)
		}
		t.plan(k.Kalender)
		if t.Einddatum != was.Einddatum || t.Start != was.Start {
			t.Status = t.standOp(vandaag)
			v := t.gewijzigd(was, now, door)
			v.Gegevens["aanleiding"] = doorKalender
			m.Gebeurd(v)
			h.Verschoven = append(h.Verschoven, t.Soort)
		}
		h.Anders = h.Anders || *t != was
	}
	m.Termijnen, m.Kalender = list, k.Versie
	return h
}
