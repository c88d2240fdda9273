package domain

import (
	"cmp"
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Gebruiker is a person of the office: who handles meldingen, is on duty and is
// told of terms. ID is that of the Actor the person is when signed in.
type Gebruiker struct {
	ID       string
	Versie   int // counts up from 1 with every change
	Naam     string
	EMail    string // empty: reminders stay in the product
	Rollen   []Rol
	Team     string
	Inactief bool // left the office: handles nothing and is told nothing
	// Afwezig are the days on which a stand-in takes over.
	Afwezig []Afwezigheid
	// GewijzigdOp is when the person last changed; the zero Time: not known.
	GewijzigdOp time.Time
	// Agenda is the SHA-256 in hex of the secret in the address of the person's
	// calendar feed; empty: there is none.
	Agenda string
}

// Afwezigheid is a period of whole days, Van to Tot included, in which Vervanger
// stands in. Vervanger is the id of another Gebruiker; empty: nobody does.
type Afwezigheid struct {
	Van, Tot  term.Date
	Vervanger string
}

// Dienst is a turn on duty for alarms, from Van until Tot. Of those on duty at the
// same moment the one with the lowest Volgorde is told first.
type Dienst struct {
	ID        string // UUIDv7
	Gebruiker string
	Van, Tot  time.Time
	Volgorde  int
	// GezetOp is when the turn was told; the zero Time: not known.
	GezetOp time.Time
}

// Vergelijk orders turns by Van, then Volgorde, then ID.
func (d Dienst) Vergelijk(other Dienst) int {
	return cmp.Or(d.Van.Compare(other.Van), cmp.Compare(d.Volgorde, other.Volgorde), cmp.Compare(d.ID, other.ID))
}

// Op reports that the turn is on at the moment now.
func (d Dienst) Op(now time.Time) bool { return !now.Before(d.Van) && now.Before(d.Tot) }

// Heeft reports that g has one of these roles.
func (g Gebruiker) Heeft(rollen ...Rol) bool {
	return slices.ContainsFunc(rollen, func(r Rol) bool { return slices.Contains(g.Rollen, r) })
}

// Omvat reports that dag lies in the absence.
func (a Afwezigheid) Omvat(dag term.Date) bool { return !dag.Before(a.Van) && !dag.After(a.Tot) }
