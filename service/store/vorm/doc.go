// Package vorm holds the form in which the stores keep documents. It is the same
// in every store, and does not change when a name in the domain does: what an
// earlier version kept must be read by every later one.
package vorm

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Moment is the moment ms milliseconds after 1970 in UTC.
func Moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// DateNumber writes a date as the number yyyymmdd; 0 is no date.
func DateNumber(d term.Date) int64 {
	return int64(d.Year())*10000 + int64(d.Month())*100 + int64(d.Day())
}

// DateOf is the date that DateNumber wrote as n.
func DateOf(n int64) term.Date {
	if n == 0 {
		return term.Date{}
	}
	return term.NewDate(int(n/10000), time.Month(n/100%100), int(n%100))
}

// Each turns every element of list; nil stays nil.
func Each[From, To any](list []From, turn func(From) To) []To {
	if list == nil {
		return nil
	}
	turned := make([]To, len(list))
	for i, v := range list {
		turned[i] = turn(v)
	}
	return turned
}
