package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// period is the days that a date, a month or a year covers.
type period struct{ first, last term.Date }

// readPeriod reads YYYY-MM-DD, YYYY-MM or YYYY; false when it is none of these,
// or out of the years that can be read.
func readPeriod(text string) (period, bool) {
	switch len(text) {
	case len("2024-03-15"):
		d, err := term.ParseDate(text)
		return period{d, d}, err == nil
	case len("2024-03"):
		d, err := term.ParseDate(text + "-01")
		return period{d, d.AddMonths(1).AddDays(-1)}, err == nil
	case len("2024"):
		d, err := term.ParseDate(text + "-01-01")
		return period{d, term.NewDate(d.Year(), time.December, 31)}, err == nil
	}
	return period{}, false
}

// gebeurtenis reads when it happened. Van given as a month or a year is its first
// day; tot is its last, cut off at the day of receipt. A van on its own says
// nothing of the end.
func (r *reader) gebeurtenis(a AanvraagGebeurtenis, received term.Date) Gebeurtenis {
	const (
		at  = "melding.gebeurtenis"
		van = at + ".van"
		tot = at + ".tot"
	)
	first, last := r.period(van, a.Van, received).first, r.period(tot, a.Tot, received).last
	if !last.IsZero() && first.After(last) {
		r.fault(at, "van_na_tot", nil, van, tot)
	}
	if last.After(received) {
		last = received
	}
	return Gebeurtenis{Van: first, Tot: last, Voortdurend: a.Voortdurend != nil && *a.Voortdurend}
}

// period reads one end of the event; one that begins after the day of receipt is
// at fault.
func (r *reader) period(field string, text *string, received term.Date) period {
	if text == nil {
		return period{}
	}
	p, ok := readPeriod(*text)
	if !ok {
		r.misread(field, "periode")
		return period{}
	}
	if p.first.After(received) {
		r.fault(field, "na_ontvangst", nil, r.received)
	}
	return p
}
