package mongo

import (
	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// metTermijnen is what the lists of terms read of a document of cMeldingen.
type metTermijnen struct {
	ID          string    `json:"_id"`
	Kenmerk     string    `json:"kenmerk"`
	Aanbieder   string    `json:"aanbieder"`
	Behandelaar string    `json:"behandelaar"`
	Sector      string    `json:"sector"`
	Termijnen   []termijn `json:"termijnen"`
}

// termijn is a term in a document of cMeldingen, to find by. Open is Eind as long
// as it is open, and else 0. Dates are yyyymmdd.
type termijn struct {
	Nr       int           `json:"nr"`
	Soort    string        `json:"soort"` // see vorm.AardTekst
	Start    int64         `json:"start"`
	Eind     int64         `json:"eind"`
	Open     int64         `json:"open"`
	Aandacht int64         `json:"aandacht"`
	Voldaan  int64         `json:"voldaan"`
	Afloop   domain.Afloop `json:"afloop"`
}

// termijnVelden are the terms of m, to find by.
func termijnVelden(m *domain.Melding) bson.A {
	list := bson.A{}
	for _, t := range m.TermijnRegels() {
		eind := vorm.DateNumber(t.Einddatum)
		row := termijn{
			Nr: t.Nr, Soort: vorm.AardTekst(t.TermijnAard), Start: vorm.DateNumber(t.Start), Eind: eind, Aandacht: vorm.DateNumber(t.Aandacht),
			Voldaan: vorm.DateNumber(t.VoldaanOp), Afloop: t.Afloop,
		}
		if t.Afloop == "" {
			row.Open = eind
		}
		list = append(list, row)
	}
	return list
}

// regels are the terms of a document as they stand in lists.
func (d *metTermijnen) regels() []domain.TermijnRegel {
	return vorm.Each(d.Termijnen, func(t termijn) domain.TermijnRegel {
		return domain.TermijnRegel{
			MeldingID: d.ID, Kenmerk: d.Kenmerk, Nr: t.Nr, TermijnAard: vorm.AardVan(t.Soort), Start: vorm.DateOf(t.Start),
			Einddatum: vorm.DateOf(t.Eind), Aandacht: vorm.DateOf(t.Aandacht), VoldaanOp: vorm.DateOf(t.Voldaan), Afloop: t.Afloop,
			AanbiederID: d.Aanbieder, Behandelaar: d.Behandelaar, Sector: d.Sector,
		}
	})
}
