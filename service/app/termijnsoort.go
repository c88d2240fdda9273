package app

import "zorgmeldingen.nl/lmz-triage/service/term"

// TermijnTitel names a kind of term for people; a kind that is not known by its
// code.
func (a *App) TermijnTitel(soort term.Soort) string { return a.kalender().Titel(soort) }
