package app

import (
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// MeldingBeeld is a melding as a user sees it. Advies is nil where the policy
// failed: then a person must look.
type MeldingBeeld struct {
	Melding   domain.Melding
	Aanbieder *domain.Aanbieder // nil when none is named
	Advies    *domain.TriageAdvies
	Termijnen []term.Uitkomst // of Melding.Termijnen, in their order, as seen today
}

// MeldingRegel is a melding in a list: no free text, nothing of the melder.
type MeldingRegel struct {
	Melding   domain.Melding
	Aanbieder *domain.Aanbieder
}

// MeldingLijst is one page; Volgende is the cursor of the next, empty on the last.
type MeldingLijst struct {
	Regels   []MeldingRegel
	Volgende string
}

// AanbiederSignalen are the figures of a provider as seen from a day.
type AanbiederSignalen struct {
	Aanbieder domain.Aanbieder
	Dag       term.Date
	Signalen  domain.Signalen
}

// Voorwaarde is which versions of a melding somebody may have looked at when he
// changes it: one of Versies, or any.
type Voorwaarde struct {
	Elke    bool
	Versies []int
}

// VeegUitslag is what a sweep did.
type VeegUitslag struct {
	Meldingen   int // looked at
	Genaderd    int // terms whose end came near
	Verstreken  int // terms that passed
	Heradviezen int // advices that changed
	Herteld     int // providers whose figures were looked at again
}
