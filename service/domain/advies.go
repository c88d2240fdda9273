package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Advies is what a policy recommends (contract: registreren < doorsturen <
// onderzoeken < escaleren).
type Advies string

// The four advices a policy may choose, and the fifth that no policy chooses:
// Beoordelen stands where the policy failed on a stored melding.
const (
	Registreren Advies = "registreren"
	Doorsturen  Advies = "doorsturen"
	Onderzoeken Advies = "onderzoeken"
	Escaleren   Advies = "escaleren"
	Beoordelen  Advies = "beoordelen"
)

// Adviezen lists the advices of a policy, lowest first.
func Adviezen() []Advies { return []Advies{Registreren, Doorsturen, Onderzoeken, Escaleren} }

// Rang is the place of a in Adviezen, or -1 for one that no policy may choose.
func (a Advies) Rang() int {
	for i, b := range Adviezen() {
		if a == b {
			return i
		}
	}
	return -1
}

// Uitkomst is the outcome of a criterion.
type Uitkomst string

// The three outcomes. Missing data is Onbekend, never Nee.
const (
	Ja       Uitkomst = "ja"
	Nee      Uitkomst = "nee"
	Onbekend Uitkomst = "onbekend"
)

// Besluit is what a policy answered: codes only. Criteria follows the order of
// the catalogue, Stappen too.
type Besluit struct {
	Advies   Advies
	Criteria []CriteriumUitkomst
	Stappen  []string
}

// CriteriumUitkomst is the outcome of the criterion Code.
type CriteriumUitkomst struct {
	Code     string
	Uitkomst Uitkomst
}

// Bandbreedte is the lowest and highest advice over all completions of the
// unknown askable facts, and the paths of the facts that can change the advice,
// in the order of VraagbareFeiten.
type Bandbreedte struct {
	Laagste    Advies
	Hoogste    Advies
	Ontbrekend []string
}

// Bron is where a rule stands: the law with its article, or the office's own choice.
type Bron struct {
	Titel      string
	Verwijzing string
}

// Catalogus is what a version of the policy says about itself: every criterion
// and step in its order, and the question to ask for every askable fact, by
// path. It is read from METADATA once, at load.
type Catalogus struct {
	Criteria []CriteriumTekst
	Stappen  []StapTekst
	Vragen   map[string]string
}

// CriteriumTekst is the catalogue entry of a criterion. Feiten are the input
// paths it rests on; Zinnen holds one sentence per outcome.
type CriteriumTekst struct {
	Code         string
	Soort        string
	Volgorde     int
	Titel        string
	Omschrijving string
	Bron         Bron
	Feiten       []string
	Zinnen       map[Uitkomst]string
}

// StapTekst is the catalogue entry of a step.
type StapTekst struct {
	Code        string
	Volgorde    int
	Titel       string
	Toelichting string
}

// Beleidsversie names the version of the policy that decided.
type Beleidsversie struct {
	Versie      int
	Digest      string
	GeldigVanaf time.Time
}

// GegevenAdvies is one entry of the decision log: all that is needed to repeat
// the decision. Invoer is the canonical policy input (JSON), the very bytes the
// policy saw.
type GegevenAdvies struct {
	ID             string // UUIDv7
	OpgesteldOp    time.Time
	Actor          Actor
	Peildatum      term.Date
	Invoer         []byte
	Besluit        Besluit
	Bandbreedte    *Bandbreedte
	Beleid         Beleidsversie
	KalenderDigest string
	Motor          string // engine and its version
}
