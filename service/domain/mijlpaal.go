package domain

import (
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Mijlpaal is a dated happening that is nobody's judgment: it starts or ends the
// term that rests on it.
type Mijlpaal struct {
	ID    string
	Soort MijlpaalSoort
	Datum term.Date
	// Termijn is the kind of term that an extension or an agreement is about, Tot the
	// end that was agreed; empty and zero otherwise.
	Termijn term.Soort
	Tot     term.Date
	// Partij is who got the minutes of his hearing, and answers them; empty otherwise.
	Partij Partij
	// Op and Door are when and by whom it was recorded; Voorvallen the numbers of the
	// first and the last event of that write.
	Op         time.Time
	Door       Actor
	Voorvallen [2]int
	// Verzoek is the SHA-256 in hex of the request that recorded it under a key of
	// its sender; empty without a key.
	Verzoek string
	// Ingetrokken is when it was taken back; the zero Time when it stands.
	Ingetrokken time.Time
}

// Partij is somebody who is heard in an investigation (UB 8.22), by his part in it.
type Partij string

const partijMelder Partij = "melder"

// Partijen lists every part.
func Partijen() []Partij {
	return []Partij{"aanbieder", partijMelder, "client", "vertegenwoordiger", "ander"}
}

// MijlpaalSoort is what happened.
type MijlpaalSoort string

// The kinds of Mijlpaal.
const (
	AanvullingGevraagd       MijlpaalSoort = "aanvulling_gevraagd"
	AanvullingOntvangen      MijlpaalSoort = "aanvulling_ontvangen"
	InBehandelingGenomen     MijlpaalSoort = "in_behandeling_genomen"
	BesluitGeenOnderzoek     MijlpaalSoort = "besluit_geen_onderzoek"
	RapportGevraagd          MijlpaalSoort = "rapport_gevraagd"
	ReactieOntvangen         MijlpaalSoort = "reactie_ontvangen"
	OnderzoekGeopend         MijlpaalSoort = "onderzoek_geopend"
	KennisVerzameld          MijlpaalSoort = "kennis_verzameld"
	GespreksverslagVerstuurd MijlpaalSoort = "gespreksverslag_verstuurd"
	ReactieVerslagOntvangen  MijlpaalSoort = "reactie_gespreksverslag_ontvangen"
	ConceptVerstuurd         MijlpaalSoort = "concept_verstuurd"
	ReactieConceptOntvangen  MijlpaalSoort = "reactie_concept_ontvangen"
	RapportVastgesteld       MijlpaalSoort = "rapport_vastgesteld"
	OnderzoekGesloten        MijlpaalSoort = "onderzoek_gesloten"
	OordeelKlachtencommissie MijlpaalSoort = "oordeel_klachtencommissie"
	ReactieOordeelOntvangen  MijlpaalSoort = "reactie_oordeel_ontvangen"
	GeschilVoorgelegd        MijlpaalSoort = "geschil_voorgelegd"
	UitspraakOntvangen       MijlpaalSoort = "uitspraak_ontvangen"
	MelderTeruggebeld        MijlpaalSoort = "melder_teruggebeld"
	TermijnVerlengd          MijlpaalSoort = "termijn_verlengd"
	NadereTermijnAfgesproken MijlpaalSoort = "nadere_termijn_afgesproken"
)

// mijlpaalRegel is what a kind of Mijlpaal does: begint and eindigt are the terms it
// starts and meets, vervalt those that ask for nothing any more after it. Voor: it
// may lie before the day of receipt. Alleen: it has no sense without the term it
// ends. Regime: the one under which it can happen, empty for any.
type mijlpaalRegel struct {
	soort                    MijlpaalSoort
	begint, eindigt, vervalt []term.Soort
	voor, alleen             bool
	regime                   string
}

// mijlpaalRegels is the table of what starts and ends which term, with the articles
// of the Uitvoeringsbesluit Wkkgz (UB), the Wkkgz and the Jeugdwet it rests on.
func mijlpaalRegels() []mijlpaalRegel {
	const (
		aanvullen, besluit, rapport   = term.Soort("aanvullen_melding"), term.Soort("besluit_onderzoek"), term.Soort("onderzoek_aanbieder")
		kennis, verslag               = term.Soort("kennisverzameling"), term.Soort("reactie_gespreksverslag")
		concept, definitief           = term.Soort("reactie_conceptrapport"), term.Soort("definitief_rapport")
		oordeel, uitspraak, terugbell = term.Soort("reactie_oordeel_jeugd"), term.Soort("uitspraak_geschilleninstantie"), term.Soort("terugbellen_lmz")
	)
	of := func(s ...term.Soort) []term.Soort { return s }
	return []mijlpaalRegel{
		{soort: AanvullingGevraagd, begint: of(aanvullen)}, // UB 8.16
		{soort: AanvullingOntvangen, eindigt: of(aanvullen), alleen: true},
		{soort: InBehandelingGenomen, begint: of(besluit)}, // UB 8.18
		{soort: BesluitGeenOnderzoek, eindigt: of(besluit)},
		{soort: RapportGevraagd, begint: of(rapport)}, // UB 8.21
		{soort: ReactieOntvangen, eindigt: of(rapport)},
		{soort: OnderzoekGeopend, begint: of(kennis), eindigt: of(besluit)}, // UB 8.18, 8.21
		{soort: KennisVerzameld, eindigt: of(kennis), alleen: true},
		{soort: GespreksverslagVerstuurd, begint: of(verslag)}, // UB 8.22
		{soort: ReactieVerslagOntvangen, eindigt: of(verslag), alleen: true},
		{soort: ConceptVerstuurd, begint: of(concept, definitief), eindigt: of(kennis), vervalt: of(concept, definitief)}, // UB 8.24, 8.25
		{soort: ReactieConceptOntvangen, eindigt: of(concept), alleen: true},
		{soort: RapportVastgesteld, eindigt: of(definitief), vervalt: of(concept)},
		{soort: OnderzoekGesloten, eindigt: of(kennis), vervalt: of(besluit, rapport, verslag, concept, definitief)},
		{soort: OordeelKlachtencommissie, begint: of(oordeel), voor: true, regime: regimeJeugdwet}, // Jeugdwet 4.2.1
		{soort: ReactieOordeelOntvangen, eindigt: of(oordeel), voor: true, alleen: true},
		{soort: GeschilVoorgelegd, begint: of(uitspraak), voor: true, regime: regimeWkkgz}, // Wkkgz 22
		{soort: UitspraakOntvangen, eindigt: of(uitspraak), voor: true, alleen: true},
		{soort: MelderTeruggebeld, eindigt: of(terugbell), alleen: true}, // the office's own norm
		{soort: TermijnVerlengd},
		{soort: NadereTermijnAfgesproken},
	}
}

// MijlpaalSoorten lists every kind.
func MijlpaalSoorten() []MijlpaalSoort {
	var out []MijlpaalSoort
	for _, r := range mijlpaalRegels() {
		out = append(out, r.soort)
	}
	return out
}

// perPartij reports that a happening is about one party.
func perPartij(s MijlpaalSoort) bool {
	return s == GespreksverslagVerstuurd || s == ReactieVerslagOntvangen
}

// regelVan gives what a kind does; nothing when there is no such kind.
func regelVan(s MijlpaalSoort) mijlpaalRegel {
	all := mijlpaalRegels()
	if i := slices.IndexFunc(all, func(r mijlpaalRegel) bool { return r.soort == s }); i >= 0 {
		return all[i]
	}
	return mijlpaalRegel{}
}

// Geldt reports that the happening was not taken back.
func (p Mijlpaal) Geldt() bool { return p.Ingetrokken.IsZero() }
