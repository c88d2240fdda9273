package app

import "zorgmeldingen.nl/lmz-triage/service/term"

// TermijnTitel names a kind of term for people; a kind that the calendar does not
// have by its code.
func (a *App) TermijnTitel(soort term.Soort) string {
	for _, g := range a.calendar.Soorten() {
		if g.Soort == soort {
			return g.Titel
		}
	}
	return string(soort)
}
