package domain

import (
	"cmp"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// LeesAanvraag reads a question: it fills every default of the contract, reads
// dates and periods, holds the fields against each other, and computes what a
// policy must not. All faults are named at once, those of the schema included,
// in the order of their fields; a rule about a field that is at fault already is
// silent. The question is whole only when there is no fault. vandaag is the day
// when no peildatum is given.
func LeesAanvraag(a Aanvraag, vandaag term.Date, k *term.Kalender) (TriageInvoer, []Fault) {
	return (&reader{calendar: k}).aanvraag(a, vandaag)
}

func (r *reader) aanvraag(a Aanvraag, vandaag term.Date) (TriageInvoer, []Fault) {
	r.faults, r.unread = slices.Clone(a.Faults), a.Faults
	t := TriageInvoer{Peildatum: r.date("peildatum", a.Peildatum)}
	if a.Peildatum == nil {
		t.Peildatum = vandaag
	}
	t.Melding = r.melding(a.Melding, t.Peildatum)
	if k := t.Melding.KlachtBijAanbieder; k != nil {
		t.Afgeleid.Reactietermijn = r.klacht(*k, t.Melding.Regime, t.Peildatum)
	}
	t.Aanbieder = r.aanbieder(a.Aanbieder)
	t = t.MetGebeurtenis(t.Melding.Gebeurtenis)
	SortFaults(r.faults)
	return t, r.faults
}

// SortFaults puts faults in the order of their fields.
func SortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Code, b.Code))
	})
}

// reader reads the fields of a question and gathers faults. unread are the fields
// whose value is not known: refused by the schema, no date, or out of range.
type reader struct {
	faults   []Fault
	unread   []Fault
	received string // the field that says when it was received
	calendar *term.Kalender
	bewaard  bool // what is read was taken in before
}

// fault notes a fault on field, unless one of the fields the rule reads could not
// be read: then it may not be a fault at all. A field that is at fault for
// another reason was read.
func (r *reader) fault(field, code string, args []any, reads ...string) {
	if Unreadable(r.unread, append(reads, field)...) {
		return
	}
	r.faults = append(r.faults, Fault{Field: field, Code: code, Args: args})
}

// misread notes that field could not be read.
func (r *reader) misread(field, code string, args ...any) {
	r.fault(field, code, args)
	r.unread = append(r.unread, Fault{Field: field})
}

// date reads a civil date; the zero Date when it is absent or at fault.
func (r *reader) date(field string, text *string) term.Date {
	if text == nil {
		return term.Date{}
	}
	d, err := term.ParseDate(*text)
	if err != nil {
		r.misread(field, "datum")
	}
	return d
}

// or is text, or its default when it is absent.
func or(text *string, absent string) string {
	if text == nil {
		return absent
	}
	return *text
}

func (r *reader) melding(a AanvraagMelding, peildatum term.Date) MeldingFeiten {
	const at = "melding.ontvangstdatum"
	r.received = at
	if a.Soort == nil {
		r.misread("melding.soort", "verplicht")
	}
	m := MeldingFeiten{
		Soort: or(a.Soort, ""), Ontvangstdatum: r.date(at, a.Ontvangstdatum),
		Regime: or(a.Regime, "wkkgz"), Sector: or(a.Sector, "overig"),
		Hoedanigheid: or(a.Hoedanigheid, "onbekend"), Anonimiteit: or(a.Anonimiteit, "geen"),
		Feiten: feiten(a.Feiten),
		Toestemming: Toestemming{
			Inspecteur: or(a.Toestemming.Inspecteur, "niet_gevraagd"),
			Aanbieder:  or(a.Toestemming.Aanbieder, "niet_gevraagd"),
		},
	}
	if a.Ontvangstdatum == nil {
		m.Ontvangstdatum, r.received = peildatum, "peildatum"
	}
	if m.Ontvangstdatum.After(peildatum) {
		r.fault(at, "na_peildatum", nil, "peildatum")
	}
	if a.Gebeurtenis != nil {
		m.Gebeurtenis = r.gebeurtenis(*a.Gebeurtenis, m.Ontvangstdatum)
	}
	m.KlachtBijAanbieder = r.klachtDatums(a.KlachtBijAanbieder)
	return m
}

func feiten(a AanvraagFeiten) Feiten {
	unknown, no := string(Onbekend), string(Nee)
	return Feiten{
		Bedreiging: or(a.Bedreiging, unknown), BedreigingActueel: or(a.BedreigingActueel, unknown),
		Schade: or(a.Schade, unknown), SchadeDoorZorg: or(a.SchadeDoorZorg, unknown), Geweld: or(a.Geweld, unknown),
		DirecteMaatregelen: or(a.DirecteMaatregelen, unknown), CalamiteitGemeld: or(a.CalamiteitGemeld, unknown),
		BelangGoedeZorg: or(a.BelangGoedeZorg, no), NoodzaakOndanksOuderdom: or(a.NoodzaakOndanksOuderdom, no),
		EerderOnderzocht: or(a.EerderOnderzocht, no), AndereProcedure: or(a.AndereProcedure, ""),
		KlachtplichtGebreken: slices.Compact(slices.Sorted(slices.Values(a.KlachtplichtGebreken))),
	}
}
