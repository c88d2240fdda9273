package domain

import (
	"strconv"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// PaginaLengte is how many rows a page has when nobody says how many.
const PaginaLengte = 50

// LeesMeldingVraag reads a question for a list of meldingen. text gives the value
// of a field by its name, a value that passed the schema, or empty when it is
// absent. All faults are named at once.
func LeesMeldingVraag(text func(field string) string) (MeldingVraag, []Fault) {
	r := &reader{}
	q := MeldingVraag{
		Status: MeldingStatus(text("status")), Advies: Advies(text("advies")), AanbiederID: text("aanbieder"),
		Behandelaar: text("behandelaar"), Sector: text("sector"), Van: r.dag("ontvangenVan", text), Tot: r.dag("ontvangenTot", text),
		TermijnStatus: term.Status(text("termijnStatus")), Klantkenmerk: text("klantkenmerk"),
		GewijzigdNa: r.moment("gewijzigdNa", text), Volgorde: Volgorde(text("sorteer")),
		Aantal: r.aantal(text),
	}
	order := q.Volgorde
	if order == "" {
		order = OpUrgentie
	}
	q.Na = r.cursor(text, string(order), new(MeldingPlaats).Delen(order)...)
	if !q.Van.IsZero() && !q.Tot.IsZero() && q.Van.After(q.Tot) {
		r.fault("ontvangenVan", "van_na_tot_periode", nil)
	}
	return q, r.faults
}

// LeesAanbiederVraag reads a question for a list of providers, as LeesMeldingVraag does.
func LeesAanbiederVraag(text func(field string) string) (AanbiederVraag, []Fault) {
	r := &reader{}
	q := AanbiederVraag{Zoek: text("zoek"), GewijzigdNa: r.moment("gewijzigdNa", text), Aantal: r.aantal(text)}
	q.Na = r.cursor(text, LijstAanbieders, new(string), new(string))
	return q, r.faults
}

// LeesDag reads one day as LeesMeldingVraag does; the zero Date when it is absent.
func LeesDag(field string, text func(field string) string) (term.Date, []Fault) {
	r := &reader{}
	d := r.dag(field, text)
	return d, r.faults
}

// LeesGewijzigdNa reads the moment after which something changed, as LeesMeldingVraag
// does; the zero Time when it is absent.
func LeesGewijzigdNa(text func(field string) string) (time.Time, []Fault) {
	r := &reader{}
	at := r.moment("gewijzigdNa", text)
	return at, r.faults
}

func (r *reader) dag(field string, text func(string) string) term.Date {
	day := text(field)
	if day == "" {
		return term.Date{}
	}
	return r.date(field, &day)
}

func (r *reader) moment(field string, text func(string) string) time.Time {
	if text(field) == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339Nano, text(field))
	if err != nil {
		r.misread(field, "moment")
	}
	return at.UTC()
}

// aantal reads how many rows a page has.
func (r *reader) aantal(text func(string) string) int {
	const field = "limit"
	if text(field) == "" {
		return PaginaLengte
	}
	n, err := strconv.Atoi(text(field))
	if err != nil {
		r.misread(field, "type_geheel_getal")
	}
	return n
}
