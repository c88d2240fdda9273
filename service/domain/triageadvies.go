package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// TriageAdvies is an advice as it is given to a user: the codes of the policy
// with the sentences and the law of its catalogue beside them.
type TriageAdvies struct {
	ID          string
	OpgesteldOp time.Time
	Peildatum   term.Date
	Advies      Advies
	Criteria    []Criterium
	Stappen     []Stap
	Bandbreedte *AdviesBandbreedte // nil when it was not asked for
	Ontbrekend  []Vraag
	Beleid      Beleidsversie
}

// Criterium is one criterion with its outcome, explained.
type Criterium struct {
	Code, Soort        string
	Uitkomst           Uitkomst
	Titel, Toelichting string
	Bron               Bron
	Feiten             []FeitWaarde
}

// FeitWaarde is a fact a criterion rests on: the input path, and what the
// policy saw there as JSON would give it (nil when it is not known).
type FeitWaarde struct {
	Veld   string
	Waarde any
}

// Stap is a step somebody should take.
type Stap struct{ Code, Titel, Toelichting string }

// AdviesBandbreedte is the lowest and highest advice that is still possible.
type AdviesBandbreedte struct{ Laagste, Hoogste Advies }

// Vraag is a fact that can change the advice, with the question to ask.
type Vraag struct{ Veld, Vraag string }
