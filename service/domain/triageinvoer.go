package domain

import "zorgmeldingen.nl/lmz-triage/service/term"

// TriageInvoer is one triage question, read and complete: every default is
// filled in, periods are dates, and the facts that need a calendar or a store
// are there. It holds no personal data. A zero Date is a date that is not known.
type TriageInvoer struct {
	Peildatum term.Date
	Melding   MeldingFeiten
	Aanbieder *AanbiederFeiten // nil: no provider named
	Afgeleid  Afgeleid
}

// MeldingFeiten are the facts of a melding that a policy may see.
type MeldingFeiten struct {
	Soort              string
	Ontvangstdatum     term.Date
	Regime             string
	Sector             string
	Hoedanigheid       string
	Anonimiteit        string
	Gebeurtenis        Gebeurtenis
	Feiten             Feiten
	Toestemming        Toestemming
	KlachtBijAanbieder *KlachtBijAanbieder // nil: no complaint at the provider
}

// Gebeurtenis is when it happened. Voortdurend: it goes on.
type Gebeurtenis struct {
	Van, Tot    term.Date
	Voortdurend bool
}

// Onbekend reports that nothing says when it happened: no date, and not going on.
func (g Gebeurtenis) Onbekend() bool { return g.Van.IsZero() && g.Tot.IsZero() && !g.Voortdurend }

// Einde is the last known day of what happened: tot, else van.
func (g Gebeurtenis) Einde() term.Date {
	if g.Tot.IsZero() {
		return g.Van
	}
	return g.Tot
}

// Feiten are the facts asked of the melder, and those set by a person.
type Feiten struct {
	Bedreiging              string
	BedreigingActueel       string
	Schade                  string
	SchadeDoorZorg          string
	Geweld                  string
	DirecteMaatregelen      string
	CalamiteitGemeld        string
	BelangGoedeZorg         string
	NoodzaakOndanksOuderdom string
	EerderOnderzocht        string
	AndereProcedure         string // empty: none
	KlachtplichtGebreken    []string
}

// Toestemming is the state of the melder's consent per purpose.
type Toestemming struct{ Inspecteur, Aanbieder string }

// KlachtBijAanbieder is the complaint in writing at the provider, which starts
// the term of Wkkgz article 17.
type KlachtBijAanbieder struct {
	IngediendOp            term.Date
	VerlengdOp             term.Date
	NadereTermijnTot       term.Date
	NadereTermijnAkkoordOp term.Date
	AntwoordOp             term.Date
	AntwoordVoldoende      string
}

// AanbiederFeiten is what is known of the provider. Signalen nil: unknown.
type AanbiederFeiten struct {
	ID       string
	Signalen *Signalen
}

// Signalen are the counts of a provider up to and including the day of receipt;
// Overschrijdingskans is P(X >= Aantal90), 0..1.
type Signalen struct {
	Aantal30, Aantal90, Aantal365, AantalVorigJaar, Ernstig365 int
	Overschrijdingskans                                        float64
}

// Afgeleid is what the service computes, because a policy has no calendar.
type Afgeleid struct {
	// Reactietermijn is there for a complaint at the provider under the Wkkgz.
	Reactietermijn *Reactietermijn
	// JarenVerstreken is the largest n for which the end of the event plus n
	// calendar years lies before the day of receipt (29 February plus a year
	// without one is 1 March); nil without a date of the event.
	JarenVerstreken *int
}

// Reactietermijn is the provider's term to answer (Wkkgz article 17).
type Reactietermijn struct {
	Einddatum  term.Date
	Verstreken bool
}

// VraagbaarFeit is a fact that can be asked of the melder, with the values it
// can turn out to have. For melding.gebeurtenis the values are the two days of
// GebeurtenisGevallen and Waarden is nil.
type VraagbaarFeit struct {
	Veld    string
	Waarden []string
}

// VeldGebeurtenis is the path of the askable fact that is no plain text.
const VeldGebeurtenis = "melding.gebeurtenis"

// VraagbareFeiten lists the askable facts in the order in which they are asked.
func VraagbareFeiten() []VraagbaarFeit {
	return []VraagbaarFeit{
		{"melding.feiten.bedreiging", []string{"ja", "mogelijk", "nee"}},
		{"melding.feiten.bedreigingActueel", []string{"ja", "nee"}},
		{"melding.feiten.directeMaatregelen", []string{"ja", "nee"}},
		{VeldGebeurtenis, nil},
		{"melding.feiten.geweld", []string{"ja", "nee"}},
		{"melding.feiten.schade", []string{"geen", "licht", "ernstig_lichamelijk", "ernstig_psychisch", "overleden"}},
		{"melding.feiten.schadeDoorZorg", []string{"ja", "mogelijk", "nee"}},
	}
}
