package domain

import (
	"strconv"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// KalenderVraag asks for at most Aantal versions of the calendar, newest first, from
// version Van on; 0 from the newest on. GewijzigdNa asks for those made after that moment.
type KalenderVraag struct {
	Van, Aantal int
	GewijzigdNa time.Time
}

// LeesKalenderVraag reads a question for the versions of the calendar, as
// LeesMeldingVraag does.
func LeesKalenderVraag(text func(field string) string) (KalenderVraag, []Fault) {
	r := &reader{}
	q := KalenderVraag{Aantal: r.aantal(text), GewijzigdNa: r.moment("gewijzigdNa", text)}
	if at := text("cursor"); at != "" {
		n, err := strconv.Atoi(at)
		if err != nil || n < 1 || strconv.Itoa(n) != at {
			r.fault("cursor", "cursor", nil)
		}
		q.Van = n
	}
	return q, r.faults
}

// LeesJaar reads a year of the calendar.
func LeesJaar(field, text string) (int, []Fault) {
	n, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(n) != text || n < term.MinYear || n > term.MaxYear {
		return 0, []Fault{{Field: field, Code: "kalender_jaar", Args: []any{term.MinYear, term.MaxYear}}}
	}
	return n, nil
}
