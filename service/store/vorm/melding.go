package vorm

import (
	"fmt"

	jsonv2 "github.com/go-json-experiment/json" // encoding/json/v2 of a later Go
	"github.com/go-json-experiment/json/jsontext"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// meldingRow is the document of a domain.Melding, but for what stands
// beside it (ID, Rev, Kenmerk, Client). Moments are milliseconds since 1970, dates
// the number yyyymmdd.
type meldingRow struct {
	Versie       int                  `json:"versie"`
	OntvangenOp  int64                `json:"ontvangenOp"`
	GewijzigdOp  int64                `json:"gewijzigdOp"`
	Status       domain.MeldingStatus `json:"status"`
	Opgave       domain.Opgave        `json:"opgave"` // texts only
	Dag          int64                `json:"dag"`
	Sector       string               `json:"sector"`
	Aanbieder    string               `json:"aanbieder"`
	Behandelaar  string               `json:"behandelaar,omitempty"`
	Advies       meldingAdviesRow     `json:"advies"`
	Eerdere      []meldingAdviesRow   `json:"eerdere"`
	Termijnen    []meldingTermijnRow  `json:"termijnen"`
	Mijlpalen    []mijlpaalRow        `json:"mijlpalen"`
	Alarmen      []alarmRow           `json:"alarmen"`
	Kalender     int                  `json:"kalender,omitempty"`
	Geschiedenis []meldingVoorvalRow  `json:"geschiedenis"`
}

type meldingAdviesRow struct {
	ID         string                     `json:"id"`
	Op         int64                      `json:"op"`
	Aanleiding domain.Aanleiding          `json:"aanleiding"`
	Advies     domain.Advies              `json:"advies"`
	Reden      string                     `json:"reden,omitempty"`
	Peildatum  int64                      `json:"peildatum"`
	Criteria   []domain.CriteriumUitkomst `json:"criteria"`
	Stappen    []string                   `json:"stappen"`
	Ernstig    bool                       `json:"ernstig"`
	Signalen   *domain.Signalen           `json:"signalen"`
}

type meldingTermijnRow struct {
	Nr               int           `json:"nr,omitempty"`
	Soort            term.Soort    `json:"soort"`
	Grond            string        `json:"grond,omitempty"`
	Start            int64         `json:"start"`
	VerlengdOp       int64         `json:"verlengdOp,omitempty"`
	NadereTermijnTot int64         `json:"nadereTermijnTot,omitempty"`
	NadereAkkoord    int64         `json:"nadereAkkoord,omitempty"`
	VoldaanOp        int64         `json:"voldaanOp,omitempty"`
	BeeindigdOp      int64         `json:"beeindigdOp,omitempty"`
	EindBijVoldaan   int64         `json:"eindBijVoldaan,omitempty"`
	Partij           domain.Partij `json:"partij,omitempty"`
	Einddatum        int64         `json:"einddatum"`
	Aandacht         int64         `json:"aandacht"`
	Status           term.Status   `json:"status"`
	GemeldNadert     int64         `json:"gemeldNadert,omitempty"`
	GemeldVerstreken int64         `json:"gemeldVerstreken,omitempty"`
	HerinnerdTot     int64         `json:"herinnerdTot,omitempty"`
	Herinner         int64         `json:"herinner,omitempty"`
}

type meldingVoorvalRow struct {
	Nr       int                    `json:"nr"`
	Soort    domain.VoorvalSoort    `json:"soort"`
	Op       int64                  `json:"op"`
	Door     domain.Actor           `json:"door"`
	Gegevens map[string]string      `json:"gegevens"`
	Velden   []domain.VeldWijziging `json:"velden"`
}

// EncodeMelding writes as JSON all of m but what stands beside the document: ID,
// Rev, Kenmerk and Client. What is not there is left out; a list that is there and
// empty is not.
func EncodeMelding(m *domain.Melding) (string, error) {
	row := meldingRow{
		Versie: m.Versie, OntvangenOp: m.OntvangenOp.UnixMilli(), GewijzigdOp: m.GewijzigdOp.UnixMilli(),
		Status: m.Status, Opgave: m.Opgave, Dag: DateNumber(m.Dag), Sector: m.Sector, Aanbieder: m.AanbiederID, Behandelaar: m.Behandelaar,
		Advies: meldingAdviesToRow(m.Advies), Eerdere: Each(m.Eerdere, meldingAdviesToRow),
		Termijnen: Each(m.Termijnen, termijnToRow), Mijlpalen: Each(m.Mijlpalen, mijlpaalToRow), Geschiedenis: Each(m.Geschiedenis, voorvalToRow),
		Alarmen: Each(m.Alarmen, alarmToRow), Kalender: m.Kalender,
	}
	text, err := jsonv2.Marshal(row, jsonv2.OmitZeroStructFields(true), jsonv2.Deterministic(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return "", fmt.Errorf("encode melding: %w", err)
	}
	return string(text), nil
}

// DecodeMelding reads into m what EncodeMelding wrote, and whatever else holds a melding:
// what an earlier version wrote, or somebody who mended it by hand. What it is written as
// is read without the library, in half the time.
func DecodeMelding(text []byte, m *domain.Melding) error {
	if read, ok := vlug(string(text)); ok {
		read.ID, read.Rev, read.Kenmerk, read.Client = m.ID, m.Rev, m.Kenmerk, m.Client
		*m = read
		return nil
	}
	return langzaam(text, m)
}

// langzaam is DecodeMelding of any form.
func langzaam(text []byte, m *domain.Melding) error {
	var row meldingRow
	err := jsonv2.Unmarshal(text, &row, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return fmt.Errorf("decode melding: %w", err)
	}
	m.Versie, m.OntvangenOp, m.GewijzigdOp = row.Versie, Moment(row.OntvangenOp), Moment(row.GewijzigdOp)
	m.Status, m.Opgave, m.Dag, m.Sector, m.AanbiederID = row.Status, row.Opgave, DateOf(row.Dag), row.Sector, row.Aanbieder
	m.Behandelaar, m.Mijlpalen, m.Alarmen = row.Behandelaar, Each(row.Mijlpalen, mijlpaalOf), Each(row.Alarmen, alarmOf)
	m.Kalender = row.Kalender
	m.Advies, m.Eerdere = meldingAdviesOf(row.Advies), Each(row.Eerdere, meldingAdviesOf)
	m.Termijnen, m.Geschiedenis = Each(row.Termijnen, termijnOf), Each(row.Geschiedenis, voorvalOf)
	return nil
}

func meldingAdviesToRow(a domain.MeldingAdvies) meldingAdviesRow {
	return meldingAdviesRow{
		ID: a.ID, Op: a.Op.UnixMilli(), Aanleiding: a.Aanleiding, Advies: a.Advies, Reden: a.Reden,
		Peildatum: DateNumber(a.Peildatum), Criteria: a.Criteria, Stappen: a.Stappen, Ernstig: a.Ernstig, Signalen: a.Signalen,
	}
}

func meldingAdviesOf(r meldingAdviesRow) domain.MeldingAdvies {
	return domain.MeldingAdvies{
		ID: r.ID, Op: Moment(r.Op), Aanleiding: r.Aanleiding, Advies: r.Advies, Reden: r.Reden,
		Peildatum: DateOf(r.Peildatum), Criteria: r.Criteria, Stappen: r.Stappen, Ernstig: r.Ernstig, Signalen: r.Signalen,
	}
}

func termijnToRow(t domain.MeldingTermijn) meldingTermijnRow {
	return meldingTermijnRow{
		Nr: t.Nr, EindBijVoldaan: DateNumber(t.EindBijVoldaan),
		Soort: t.Soort, Grond: t.Grond, Start: DateNumber(t.Start), VerlengdOp: DateNumber(t.VerlengdOp),
		NadereTermijnTot: DateNumber(t.NadereTermijnTot), NadereAkkoord: DateNumber(t.NadereAkkoord),
		VoldaanOp: DateNumber(t.VoldaanOp), BeeindigdOp: DateNumber(t.BeeindigdOp), Partij: t.Partij, Einddatum: DateNumber(t.Einddatum), Aandacht: DateNumber(t.Aandacht),
		Status: t.Status, GemeldNadert: DateNumber(t.GemeldNadert), GemeldVerstreken: DateNumber(t.GemeldVerstreken),
		HerinnerdTot: DateNumber(t.HerinnerdTot), Herinner: DateNumber(t.Herinner),
	}
}

func termijnOf(r meldingTermijnRow) domain.MeldingTermijn {
	return domain.MeldingTermijn{
		Nr: r.Nr, EindBijVoldaan: DateOf(r.EindBijVoldaan),
		Soort: r.Soort, Grond: r.Grond, Start: DateOf(r.Start), VerlengdOp: DateOf(r.VerlengdOp),
		NadereTermijnTot: DateOf(r.NadereTermijnTot), NadereAkkoord: DateOf(r.NadereAkkoord),
		VoldaanOp: DateOf(r.VoldaanOp), BeeindigdOp: DateOf(r.BeeindigdOp), Partij: r.Partij, Einddatum: DateOf(r.Einddatum), Aandacht: DateOf(r.Aandacht),
		Status: r.Status, GemeldNadert: DateOf(r.GemeldNadert), GemeldVerstreken: DateOf(r.GemeldVerstreken),
		HerinnerdTot: DateOf(r.HerinnerdTot), Herinner: DateOf(r.Herinner),
	}
}

func voorvalToRow(v domain.Voorval) meldingVoorvalRow {
	return meldingVoorvalRow{Nr: v.Nr, Soort: v.Soort, Op: v.Op.UnixMilli(), Door: v.Door, Gegevens: v.Gegevens, Velden: v.Velden}
}

func voorvalOf(r meldingVoorvalRow) domain.Voorval {
	return domain.Voorval{Nr: r.Nr, Soort: r.Soort, Op: Moment(r.Op), Door: r.Door, Gegevens: r.Gegevens, Velden: r.Velden}
}
