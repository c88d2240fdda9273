package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Melding is a report about care as the office keeps it: what was told, what was
// advised, which terms run, and everything that happened to it.
type Melding struct {
	ID      string // UUIDv7
	Kenmerk string // LMZ-XXXX-XXXX, to read out over the phone
	// Rev goes up with every write, Versie only with what people edit.
	Rev         int64
	Versie      int
	Client      string // id of the actor who sent it in
	OntvangenOp time.Time
	GewijzigdOp time.Time
	Status      MeldingStatus
	Opgave      Opgave
	// Dag is the day of receipt, Sector the sector that was read from Opgave.
	Dag          term.Date
	Sector       string
	AanbiederID  string // empty: no provider named
	Behandelaar  string // id of the Gebruiker who handles it; empty: nobody yet
	Advies       MeldingAdvies
	Eerdere      []MeldingAdvies // earlier advices, oldest first
	Termijnen    []MeldingTermijn
	Mijlpalen    []Mijlpaal // in the order in which they happened, those that were taken back too
	Alarmen      []Alarm    // oldest first; only the last can be open
	Geschiedenis []Voorval
	// Kalender is the version of the calendar by which Termijnen were computed last; 0
	// where that was not kept.
	Kalender int
}

// MeldingStatus is where a melding is in its life.
type MeldingStatus string

// The states of a melding.
const (
	StatusOntvangen        MeldingStatus = "ontvangen"
	StatusGeregistreerd    MeldingStatus = "geregistreerd"
	StatusVoorgelegd       MeldingStatus = "voorgelegd"
	StatusReactieGevraagd  MeldingStatus = "reactie_gevraagd"
	StatusReactieOntvangen MeldingStatus = "reactie_ontvangen"
	StatusInOnderzoek      MeldingStatus = "in_onderzoek"
	StatusAfgesloten       MeldingStatus = "afgesloten"
)

// MeldingStatussen lists every state.
func MeldingStatussen() []MeldingStatus {
	return []MeldingStatus{
		StatusOntvangen, StatusGeregistreerd, StatusVoorgelegd, StatusReactieGevraagd, StatusReactieOntvangen,
		StatusInOnderzoek, StatusAfgesloten,
	}
}

// Opgave is a melding as it was told, texts that passed the schema: Melding holds
// the facts of a triage question, the rest is of the melding alone. Empty is
// absent. Faults are what the schema found wrong, by the names of a melding's body.
type Opgave struct {
	Kanaal, Onderwerp, Omschrijving, Aard, Klantkenmerk string

	Melding   AanvraagMelding
	Redenen   map[string]string // per fact that a person set to ja, why
	Antwoord  *AntwoordOpgave   // of the complaint at the provider, what no question asks
	Aanbieder *AanbiederOpgave
	Melder    *Melder
	Faults    []Fault `json:"-"`
}

// Melder is who reports: personal data, which no policy, log, event or overview
// ever sees. Empty is absent.
type Melder struct{ Naam, EMail, Telefoon, Adres, Geboortedatum string }

// AntwoordOpgave is what is told of the answer of a provider to a complaint beside
// its dates: whether it states the judgment, the decisions and by when measures are
// carried out (Wkkgz article 17, first paragraph), each ja, nee or onbekend; and the
// end of the term that a provider of youth care named itself. Empty is absent.
type AntwoordOpgave struct{ Oordeel, Besluiten, TermijnMaatregelen, EigenTermijnTot string }

// Leeg reports that nothing is told.
func (a *AntwoordOpgave) Leeg() bool { return a == nil || *a == AntwoordOpgave{} }

// eigenTermijn is the end of the provider's own term, the zero Date without one.
func (o Opgave) eigenTermijn() term.Date {
	if o.Antwoord == nil {
		return term.Date{}
	}
	d, _ := term.ParseDate(o.Antwoord.EigenTermijnTot)
	return d
}

// Persoonlijk is what of an Opgave may say who somebody is: what is known of the
// melder, and his own words.
type Persoonlijk struct {
	Melder                  *Melder
	Onderwerp, Omschrijving string
}

// Persoonlijk gives that part of o.
func (o Opgave) Persoonlijk() Persoonlijk {
	return Persoonlijk{Melder: o.Melder, Onderwerp: o.Onderwerp, Omschrijving: o.Omschrijving}
}

// ZetPersoonlijk makes p that part of o.
func (o *Opgave) ZetPersoonlijk(p Persoonlijk) {
	o.Melder, o.Onderwerp, o.Omschrijving = p.Melder, p.Onderwerp, p.Omschrijving
}

// Leeg reports that nothing is known of the melder.
func (m *Melder) Leeg() bool { return m == nil || *m == Melder{} }

// MeldingAdvies is an advice on a stored melding. ID is empty for Beoordelen:
// then the policy failed, and Reden is the kind of failure.
type MeldingAdvies struct {
	ID         string
	Op         time.Time
	Aanleiding Aanleiding
	Advies     Advies
	Reden      string
	Peildatum  term.Date
	Criteria   []CriteriumUitkomst
	Stappen    []string
	Ernstig    bool      // some criterion of kind grond is ja
	Signalen   *Signalen // the figures it saw; nil without a provider
}

// Aanleiding is why a melding was evaluated.
type Aanleiding string

// The occasions of an evaluation.
const (
	BijOntvangst Aanleiding = "ontvangst"
	BijWijziging Aanleiding = "wijziging"
	BijTermijn   Aanleiding = "termijn"
	BijSignalen  Aanleiding = "signalen"
	BijBeleid    Aanleiding = "beleid"
	BijKalender  Aanleiding = "kalender"
)

// Telt reports whether the melding counts as a signal about its provider: every
// kind but a question (contract section 3).
func (m *Melding) Telt() bool {
	return m.AanbiederID != "" && or(m.Opgave.Melding.Soort, "") != "vraag"
}

// replace puts advice a in the place of the current one, which is kept. A policy
// that failed does not say whether there is a ground: what was last said of that
// stays, or its provider would lose a serious signal.
func (m *Melding) replace(a MeldingAdvies) {
	if a.ID == "" {
		a.Ernstig = m.Advies.Ernstig
	}
	if !m.Advies.Op.IsZero() {
		m.Eerdere = append(m.Eerdere, m.Advies)
	}
	m.Advies = a
}

// Adviseer makes a the advice of the melding and records it, and what it does to the
// alarm.
func (m *Melding) Adviseer(a MeldingAdvies, door Actor) {
	m.AdviseerStil(a, door)
	m.volgAlarm(door)
}

// AdviseerStil is Adviseer for a melding that is taken in long after it was received:
// nobody is alarmed.
func (m *Melding) AdviseerStil(a MeldingAdvies, door Actor) {
	m.replace(a)
	what := map[string]string{"advies": string(a.Advies), "aanleiding": string(a.Aanleiding)}
	if a.ID != "" {
		what["id"] = a.ID
	}
	if a.Reden != "" {
		what["reden"] = a.Reden
	}
	m.Gebeurd(Voorval{Soort: VoorvalAdvies, Op: a.Op, Door: door, Gegevens: what})
}

// EersteToestemmingen records the consent that a new melding came with.
func (m *Melding) EersteToestemmingen(now time.Time, door Actor) {
	for _, t := range []struct {
		doel   string
		status *string
	}{
		{"inspecteur", m.Opgave.Melding.Toestemming.Inspecteur}, {"aanbieder", m.Opgave.Melding.Toestemming.Aanbieder},
	} {
		if s := or(t.status, "niet_gevraagd"); s != "niet_gevraagd" {
			m.Gebeurd(Voorval{Soort: VoorvalToestemming, Op: now, Door: door, Gegevens: map[string]string{
				"doel": t.doel, "status": s, "kanaal": m.Opgave.Kanaal,
			}})
		}
	}
}

// WijsToe makes somebody the one who handles m, or nobody when aan is empty. It
// reports false, changing nothing, when that is so already.
func (m *Melding) WijsToe(aan string, now time.Time, door Actor) bool {
	if m.Behandelaar == aan {
		return false
	}
	what := map[string]string{}
	for name, id := range map[string]string{"aan": aan, "was": m.Behandelaar} {
		if id != "" {
			what[name] = id
		}
	}
	m.Behandelaar, m.Versie, m.GewijzigdOp = aan, m.Versie+1, now
	m.Gebeurd(Voorval{Soort: VoorvalToegewezen, Op: now, Door: door, Gegevens: what})
	return true
}
