package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Volgorde is an order of a list of meldingen.
type Volgorde string

// The orders: what asks most first (Melding.Urgentie), newest first, and by the
// last change, oldest first.
const (
	OpUrgentie  Volgorde = "urgentie"
	OpOntvangst Volgorde = "ontvangst"
	OpWijziging Volgorde = "wijziging"
)

// MeldingVraag asks for a page of meldingen. An empty or zero field filters
// nothing; the filters hold together.
type MeldingVraag struct {
	Status        MeldingStatus
	Advies        Advies
	AanbiederID   string
	Behandelaar   string
	Sector        string
	Van, Tot      term.Date // day of receipt, both included
	TermijnStatus term.Status
	Klantkenmerk  string
	GewijzigdNa   time.Time // changed after this moment, not at it
	Volgorde      Volgorde
	// Na is the key of the last row of the page before, as MeldingPagina gave it.
	Na     string
	Aantal int // at most this many, at least 1
}

// VeranderdNa reports that what changed at the moment op changed after na; the zero na
// is no bound. What has no moment was kept before moments were, and counts as changed:
// who follows gets it too often rather than never.
func VeranderdNa(op, na time.Time) bool { return na.IsZero() || op.IsZero() || op.After(na) }

// MeldingPagina is one page; Volgende is the key to ask the next one with, empty
// on the last.
type MeldingPagina struct {
	Meldingen []Melding
	Volgende  string
}

// AanbiederVraag asks for providers whose name or place holds the words of
// Zoek (compared as Zoekvorm), or of which Zoek is a number; empty for all. They
// come by name.
type AanbiederVraag struct {
	Zoek        string
	GewijzigdNa time.Time // as in MeldingVraag
	Na          string
	Aantal      int
}

// AanbiederPagina is one page of providers.
type AanbiederPagina struct {
	Aanbieders []Aanbieder
	Volgende   string
}

// Telling is how many meldingen there are, by what can be filtered on.
type Telling struct {
	Meldingen  int
	PerAdvies  map[Advies]int
	PerTermijn map[term.Status]int // by Melding.TermijnStatus
	PerStatus  map[MeldingStatus]int
	Aanbieders int
}
