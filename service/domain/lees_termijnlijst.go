package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// TermijnFilter is a question for a list of terms as somebody asks it. Status and
// Eigenaar are empty for all; Afloop, which needs a provider, asks for answers of
// that provider in place of open terms. Faults are what was wrong with it as it was
// asked.
type TermijnFilter struct {
	Status                           term.Status
	Soort                            term.Soort
	Eigenaar                         term.Eigenaar
	AanbiederID, Behandelaar, Sector string
	Van, Tot                         term.Date
	Afloop                           Afloop
	GewijzigdNa                      time.Time // of the melding, as in MeldingVraag
	Na                               string
	Aantal                           int
	Faults                           []Fault
}

// LeesTermijnFilter reads a question for a list of terms, as LeesMeldingVraag does.
func LeesTermijnFilter(text func(field string) string) TermijnFilter {
	r := &reader{}
	f := TermijnFilter{
		Status: term.Status(text("status")), Soort: term.Soort(text("soort")), Eigenaar: term.Eigenaar(text("eigenaar")),
		AanbiederID: text("aanbieder"), Behandelaar: text("behandelaar"), Sector: text("sector"),
		Afloop: Afloop(text("afloop")), GewijzigdNa: r.moment("gewijzigdNa", text), Aantal: r.aantal(text),
		Na: r.cursor(text, LijstTermijnen, new(int64), new(string), new(int)),
	}
	f.Van, f.Tot = r.einde(text)
	if f.Afloop != "" && f.AanbiederID == "" {
		r.fault("aanbieder", "afloop_aanbieder", nil)
	}
	for _, beside := range []string{"status", "soort", "eigenaar"} {
		if f.Afloop != "" && text(beside) != "" {
			r.fault(beside, "afloop_naast", nil)
		}
	}
	f.Faults = r.faults
	return f
}

// LeesStiptheidVraag reads a question for the figures of providers, as
// LeesMeldingVraag does.
func LeesStiptheidVraag(text func(field string) string) (StiptheidVraag, []Fault) {
	r := &reader{}
	q := StiptheidVraag{Na: r.cursor(text, LijstStiptheid, new(string)), Aantal: r.aantal(text)}
	q.Van, q.Tot = r.einde(text)
	return q, r.faults
}

// einde reads the days between which a term must end.
func (r *reader) einde(text func(string) string) (van, tot term.Date) {
	van, tot = r.dag("eindeVan", text), r.dag("eindeTot", text)
	if !van.IsZero() && !tot.IsZero() && van.After(tot) {
		r.fault("eindeVan", "van_na_tot_periode", nil)
	}
	return van, tot
}
