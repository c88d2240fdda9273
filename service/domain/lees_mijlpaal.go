package domain

import (
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// langGeleden is how many years before the receipt of a melding a day may lie that
// a term starts on. The office's own choice, against slips of the pen.
const langGeleden = 20

// langsteAfspraak is how many years after the start an end that people agreed on
// may lie. The office's own choice, against slips of the pen.
const langsteAfspraak = 2

// MijlpaalOpgave is a happening as it was told, texts that passed the schema. A day
// that is absent is today.
type MijlpaalOpgave struct {
	Soort                       string
	Datum, Termijn, Tot, Partij *string
	Faults                      []Fault
}

// LeesMijlpaal reads a happening that is told on the day vandaag. Whether it fits
// the melding is for PastMijlpaal.
func LeesMijlpaal(o MijlpaalOpgave, vandaag term.Date) (Mijlpaal, []Fault) {
	r := &reader{faults: slices.Clone(o.Faults), unread: o.Faults}
	if o.Soort == "" {
		r.misread("soort", "verplicht")
	}
	p := Mijlpaal{
		Soort: MijlpaalSoort(o.Soort), Datum: r.date("datum", o.Datum), Termijn: term.Soort(or(o.Termijn, "")), Tot: r.date("tot", o.Tot),
		Partij: Partij(or(o.Partij, "")),
	}
	if o.Datum == nil {
		p.Datum = vandaag
	}
	if p.Datum.After(vandaag) {
		r.fault("datum", "datum_toekomst", nil)
	}
	if r.readable("soort") {
		r.mijlpaalVelden(o, p)
	}
	SortFaults(r.faults)
	return p, r.faults
}

// Onmogelijk names what is wrong with telling p of a melding (in is its reading) for the
// first time: nobody can ask a melder whom nobody knows to complete what he told (UB 8.16),
// send him a report of a conversation (UB 8.22), or call him back. What is kept already
// stays, since he may have become anonymous after it.
func (p Mijlpaal) Onmogelijk(in TriageInvoer) []Fault {
	switch {
	case in.Melding.Anonimiteit != volledigAnoniem:
		return nil
	case p.Soort == AanvullingGevraagd:
		return []Fault{{Field: "soort", Code: "mijlpaal_anoniem"}}
	case p.Soort == MelderTeruggebeld:
		return []Fault{{Field: "soort", Code: "mijlpaal_anoniem_bellen"}}
	case p.Soort == GespreksverslagVerstuurd && p.Partij == partijMelder:
		return []Fault{{Field: "partij", Code: "mijlpaal_anoniem_verslag"}}
	default:
		return nil
	}
}

// readable reports that no fault was found in field.
func (r *reader) readable(field string) bool { return !Unreadable(r.unread, field) }

// mijlpaalVelden holds the fields that not every kind has against its kind.
func (r *reader) mijlpaalVelden(o MijlpaalOpgave, p Mijlpaal) {
	about := p.Soort == TermijnVerlengd || p.Soort == NadereTermijnAfgesproken
	switch {
	case !about && o.Termijn != nil:
		r.fault("termijn", "mijlpaal_past_niet", nil, "soort")
	case about && o.Termijn == nil:
		r.fault("termijn", "verplicht", nil)
	case p.Termijn == term.ReactieAanbieder || p.Termijn == term.EigenTermijn:
		r.fault("termijn", "mijlpaal_via_klacht", nil)
	}
	r.partij(o, p)
	switch agreed := p.Soort == NadereTermijnAfgesproken; {
	case !agreed && o.Tot != nil:
		r.fault("tot", "mijlpaal_past_niet", nil, "soort")
	case agreed && o.Tot == nil:
		r.fault("tot", "verplicht", nil)
	}
}

// partij holds the party against the kind: only what is of one party names it.
func (r *reader) partij(o MijlpaalOpgave, p Mijlpaal) {
	switch of := perPartij(p.Soort); {
	case !of && o.Partij != nil:
		r.fault("partij", "mijlpaal_past_niet", nil, "soort")
	case of && o.Partij == nil:
		r.fault("partij", "verplicht", nil)
	}
}
