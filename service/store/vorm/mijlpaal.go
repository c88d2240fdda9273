package vorm

import (
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

type mijlpaalRow struct {
	ID          string               `json:"id"`
	Soort       domain.MijlpaalSoort `json:"soort"`
	Datum       int64                `json:"datum"`
	Termijn     term.Soort           `json:"termijn,omitempty"`
	Tot         int64                `json:"tot,omitempty"`
	Partij      domain.Partij        `json:"partij,omitempty"`
	Op          int64                `json:"op"`
	Door        domain.Actor         `json:"door"`
	Voorvallen  [2]int               `json:"voorvallen"`
	Verzoek     string               `json:"verzoek,omitempty"`
	Ingetrokken int64                `json:"ingetrokken,omitempty"`
}

func mijlpaalToRow(p domain.Mijlpaal) mijlpaalRow {
	r := mijlpaalRow{
		ID: p.ID, Soort: p.Soort, Datum: DateNumber(p.Datum), Termijn: p.Termijn, Tot: DateNumber(p.Tot), Partij: p.Partij,
		Op: p.Op.UnixMilli(), Door: p.Door, Voorvallen: p.Voorvallen, Verzoek: p.Verzoek,
	}
	if !p.Geldt() {
		r.Ingetrokken = p.Ingetrokken.UnixMilli()
	}
	return r
}

func mijlpaalOf(r mijlpaalRow) domain.Mijlpaal {
	p := domain.Mijlpaal{
		ID: r.ID, Soort: r.Soort, Datum: DateOf(r.Datum), Termijn: r.Termijn, Tot: DateOf(r.Tot), Partij: r.Partij,
		Op: Moment(r.Op), Door: r.Door, Voorvallen: r.Voorvallen, Verzoek: r.Verzoek,
	}
	if r.Ingetrokken != 0 {
		p.Ingetrokken = Moment(r.Ingetrokken)
	}
	return p
}
