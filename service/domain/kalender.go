package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// KalenderVersie is a calendar as it was made the one to count with: its decree
// days, and the digest of the whole it makes with the rules that stand fast.
type KalenderVersie struct {
	Versie       int // counts up from 1
	Digest       string
	Besluitdagen string // as term.Kalender.Besluitdagen writes them
	Op           time.Time
	Door         Actor
	Reden        string
	// Erbij and Eraf are the days in which it differs from the version before.
	Erbij, Eraf []term.VrijeDag
	// Ladder is the digest of the ladders by which reminders are planned with it
	// (term.Kalender.Ladder); empty: it was made before that was kept.
	Ladder string
	// Verzoek is the ID of the request that it was made for; empty for none.
	Verzoek string
	// TeHerrekenen is how many meldingen had open terms to compute anew when it was
	// made.
	TeHerrekenen int
}

// GeldendeKalender is the calendar to count with, and which version it is; 0 for one
// that is in no store.
type GeldendeKalender struct {
	*term.Kalender

	Versie int
}
