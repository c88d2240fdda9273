package domain

import (
	"fmt"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// AfwezigheidOpgave is a period of absence as it was told.
type AfwezigheidOpgave struct{ Van, Tot, Vervanger *string }

// AfwezighedenOpgave is all periods of a user, texts that passed the schema. Faults
// are what the schema found wrong; a period that is no period at all is among them
// and not in Perioden.
type AfwezighedenOpgave struct {
	Perioden []AfwezigheidOpgave
	Faults   []Fault
}

// langsteAfwezigheid is how many years an absence lasts, and begins after today, at
// most. The office's own choice, against slips of the pen.
const langsteAfwezigheid = 2

// LeesAfwezigheid reads the absences of the user wie, who is one of k, told on the
// day vandaag. All faults are named at once. Nobody stands in who left, and nobody
// for whom the user, or who stands in for him, stands in on the same day.
func LeesAfwezigheid(o AfwezighedenOpgave, wie string, vandaag term.Date, k Kantoor) ([]Afwezigheid, []Fault) {
	r := &reader{faults: slices.Clone(o.Faults), unread: o.Faults}
	places := plaatsen("afwezig", len(o.Perioden), o.Faults)
	out := make([]Afwezigheid, 0, len(o.Perioden))
	for i, told := range o.Perioden {
		at := places[i]
		a := r.afwezigheid(at, told, wie, vandaag, k)
		for j, earlier := range out {
			if a.samen(earlier) {
				r.fault(at+".van", "afwezig_overlapt", []any{earlier.Van, earlier.Tot}, at+".tot", places[j]+".van", places[j]+".tot")
				break
			}
		}
		out = append(out, a)
	}
	if len(r.faults) == 0 {
		r.rondes(places, out, wie, vandaag, k)
	}
	SortFaults(r.faults)
	return out, r.faults
}

// samen reports that a and b have a day in common. A period that is not known, or
// runs backwards, has none.
func (a Afwezigheid) samen(b Afwezigheid) bool {
	whole := !a.Van.IsZero() && !b.Van.IsZero() && !a.Tot.Before(a.Van) && !b.Tot.Before(b.Van)
	return whole && !a.Van.After(b.Tot) && !b.Van.After(a.Tot)
}

// plaatsen are the paths of n elements of a list that are left when those were
// taken out that faults name.
func plaatsen(field string, n int, faults []Fault) []string {
	out := make([]string, 0, n)
	for i := 0; len(out) < n; i++ {
		at := fmt.Sprintf("%s[%d]", field, i)
		if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Field == at }) {
			out = append(out, at)
		}
	}
	return out
}

func (r *reader) afwezigheid(at string, o AfwezigheidOpgave, wie string, vandaag term.Date, k Kantoor) Afwezigheid {
	a := Afwezigheid{Van: r.dagVan(at+".van", o.Van), Tot: r.dagVan(at+".tot", o.Tot), Vervanger: or(o.Vervanger, "")}
	switch {
	case a.Van.IsZero():
	case a.Van.After(vandaag.AddMonths(12 * langsteAfwezigheid)):
		r.fault(at+".van", "afwezig_te_ver", []any{langsteAfwezigheid})
	case a.Tot.IsZero():
	case a.Van.After(a.Tot):
		r.fault(at+".van", "van_na_tot_periode", nil)
	case a.Tot.After(a.Van.AddMonths(12 * langsteAfwezigheid)):
		r.fault(at+".tot", "afwezig_te_lang", []any{langsteAfwezigheid})
	}
	switch at += ".vervanger"; {
	case o.Vervanger == nil, !a.Tot.IsZero() && a.Tot.Before(vandaag): // whoever stood in then may have left since
	case a.Vervanger == wie:
		r.fault(at, "vervanger_zelf", nil)
	default:
		r.actief(at, a.Vervanger, k)
	}
	return a
}

// dagVan is date for a day that must be given.
func (r *reader) dagVan(field string, text *string) term.Date {
	if text == nil {
		r.misread(field, "verplicht")
	}
	return r.date(field, text)
}

// actief refuses a user who is not there, or left.
func (r *reader) actief(field, id string, k Kantoor) {
	switch g, known := k.Gebruiker(id); {
	case !known:
		r.fault(field, "gebruiker_onbekend", nil)
	case g.Inactief:
		r.fault(field, "gebruiker_inactief", nil)
	}
}

// rondes refuses stand-ins by whom it would come back to the user on some day from
// vandaag on.
func (r *reader) rondes(places []string, list []Afwezigheid, wie string, vandaag term.Date, k Kantoor) {
	k = k.metAfwezig(wie, list)
	for i, a := range list {
		day := a.Van
		if day.Before(vandaag) {
			day = vandaag
		}
		for ; a.Vervanger != "" && !day.After(a.Tot); day = day.AddDays(1) {
			if k.rond(wie, day) {
				r.fault(places[i]+".vervanger", "vervanger_rond", []any{day})
				break
			}
		}
	}
}
