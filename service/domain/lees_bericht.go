package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// LeesBerichtVraag reads a question for a list of messages, as LeesMeldingVraag does.
func LeesBerichtVraag(text func(field string) string) (BerichtVraag, []Fault) {
	r := &reader{}
	q := BerichtVraag{
		Ongelezen: text("ongelezen") == "true", GewijzigdNa: r.moment("gewijzigdNa", text),
		Na: r.cursor(text, LijstBerichten, new(int64), new(string)), Aantal: r.aantal(text),
	}
	return q, r.faults
}

// AlarmFilter is a question for a list of alarms as somebody asks it: those that began
// on the days Van to Tot, both included. A zero Date was not given.
type AlarmFilter struct {
	Van, Tot term.Date
	Open     bool // only those that are open
	// GewijzigdNa is as in AlarmVraag.
	GewijzigdNa time.Time
	Na          string
	Aantal      int
}

// alarmPeriode is how many days a list of alarms spans at most, and when nobody says
// how many.
const (
	alarmPeriode       = 366
	alarmPeriodeGewoon = 365
)

// LeesAlarmFilter reads a question for a list of alarms, as LeesMeldingVraag does.
func LeesAlarmFilter(text func(field string) string) (AlarmFilter, []Fault) {
	r := &reader{}
	f := AlarmFilter{
		Van: r.dag("van", text), Tot: r.dag("tot", text), Open: text("open") == "true",
		GewijzigdNa: r.moment("gewijzigdNa", text), Aantal: r.aantal(text),
		Na: r.cursor(text, LijstAlarmen, new(int64), new(string), new(int)),
	}
	switch {
	case f.Van.IsZero() || f.Tot.IsZero():
	case f.Van.After(f.Tot):
		r.fault("van", "van_na_tot_periode", nil)
	case f.Van.DaysUntil(f.Tot) >= alarmPeriode:
		r.fault("van", "periode_te_lang", nil)
	}
	return f, r.faults
}

// Periode is the period of f on the day vandaag: up to today and a year long, unless
// f says otherwise.
func (f AlarmFilter) Periode(vandaag term.Date) (van, tot term.Date) {
	van, tot = f.Van, f.Tot
	if tot.IsZero() {
		tot = vandaag
		if last := van.AddDays(alarmPeriode - 1); !van.IsZero() && last.Before(tot) {
			tot = last
		}
	}
	if van.IsZero() {
		van = tot.AddDays(1 - alarmPeriodeGewoon)
	}
	return van, tot
}
