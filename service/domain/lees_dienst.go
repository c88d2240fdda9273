package domain

import (
	"slices"
	"strconv"
	"time"
)

// DienstOpgave is a turn on duty as it was told, texts that passed the schema.
// Faults are what the schema found wrong.
type DienstOpgave struct {
	Gebruiker, Van, Tot *string
	Volgorde            *int // 1 when it is absent
	Faults              []Fault
}

// The bounds of a turn: how many days it lasts, and how many years from today it
// begins, at most. The office's own choice, against slips of the pen.
const (
	langsteDienst = 31
	versteDienst  = 2
)

// laatsteVolgorde is the highest number in a line.
const laatsteVolgorde = 99

// LeesDienst reads a turn, told at the moment now, of somebody of k. It has no ID
// yet. All faults are named at once.
func LeesDienst(o DienstOpgave, now time.Time, k Kantoor) (Dienst, []Fault) {
	r := &reader{faults: slices.Clone(o.Faults), unread: o.Faults}
	d := Dienst{Gebruiker: or(o.Gebruiker, ""), Van: r.tijdstip("van", o.Van), Tot: r.tijdstip("tot", o.Tot), Volgorde: 1}
	if o.Volgorde != nil {
		d.Volgorde = *o.Volgorde
	}
	switch {
	case d.Van.IsZero():
	case d.Van.Before(now.AddDate(-versteDienst, 0, 0)), d.Van.After(now.AddDate(versteDienst, 0, 0)):
		r.fault("van", "dienst_te_ver", []any{versteDienst})
	case d.Tot.IsZero():
	case !d.Van.Before(d.Tot):
		r.fault("van", "van_na_tot", nil)
	case d.Tot.After(d.Van.AddDate(0, 0, langsteDienst)):
		r.fault("tot", "dienst_te_lang", []any{langsteDienst})
	}
	if o.Gebruiker == nil {
		r.misread("gebruiker", "verplicht")
	} else {
		r.actief("gebruiker", d.Gebruiker, k)
	}
	if d.Volgorde < 1 {
		r.fault("volgorde", "te_klein", []any{"1"})
	}
	if d.Volgorde > laatsteVolgorde {
		r.fault("volgorde", "te_groot", []any{strconv.Itoa(laatsteVolgorde)})
	}
	SortFaults(r.faults)
	return d, r.faults
}

// tijdstip reads a moment that must be given, to the millisecond.
func (r *reader) tijdstip(field string, text *string) time.Time {
	if or(text, "") == "" {
		r.misread(field, "verplicht")
		return time.Time{}
	}
	return r.moment(field, func(string) string { return *text }).Truncate(time.Millisecond)
}

// ToewijzingOpgave is who shall handle a melding, as it was told.
type ToewijzingOpgave struct {
	Behandelaar *string
	Faults      []Fault
}

// LeesToewijzing reads who shall handle a melding: somebody of k who did not leave.
func LeesToewijzing(o ToewijzingOpgave, k Kantoor) (string, []Fault) {
	const field = "behandelaar"
	r := &reader{faults: slices.Clone(o.Faults), unread: o.Faults}
	if o.Behandelaar == nil {
		r.misread(field, "verplicht")
	} else {
		r.actief(field, *o.Behandelaar, k)
	}
	return or(o.Behandelaar, ""), r.faults
}
