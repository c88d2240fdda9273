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
}
