package vorm

import (
	"encoding/json"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// catalogusRow is a domain.Catalogus as it is kept: what stands in a file does
// not change when a name in the code does.
type catalogusRow struct {
	Criteria []criteriumRow    `json:"criteria"`
	Stappen  []stapRow         `json:"stappen"`
	Vragen   map[string]string `json:"vragen"`
}

type criteriumRow struct {
	Code         string                     `json:"code"`
	Soort        string                     `json:"soort"`
	Volgorde     int                        `json:"volgorde"`
	Titel        string                     `json:"titel"`
	Omschrijving string                     `json:"omschrijving"`
	Bron         bronRow                    `json:"bron"`
	Feiten       []string                   `json:"feiten"`
	Zinnen       map[domain.Uitkomst]string `json:"zinnen"`
}

type bronRow struct {
	Titel      string `json:"titel"`
	Verwijzing string `json:"verwijzing"`
}

type stapRow struct {
	Code        string `json:"code"`
	Volgorde    int    `json:"volgorde"`
	Titel       string `json:"titel"`
	Toelichting string `json:"toelichting"`
}

// EncodeCatalogus writes c as JSON.
func EncodeCatalogus(c domain.Catalogus) (string, error) {
	text, err := json.Marshal(catalogusRow{
		Criteria: Each(c.Criteria, func(k domain.CriteriumTekst) criteriumRow {
			return criteriumRow{k.Code, k.Soort, k.Volgorde, k.Titel, k.Omschrijving, bronRow(k.Bron), k.Feiten, k.Zinnen}
		}),
		Stappen: Each(c.Stappen, func(s domain.StapTekst) stapRow { return stapRow(s) }),
		Vragen:  c.Vragen,
	})
	if err != nil {
		return "", fmt.Errorf("encode catalogue: %w", err)
	}
	return string(text), nil
}

// DecodeCatalogus reads what EncodeCatalogus wrote.
func DecodeCatalogus(text []byte) (domain.Catalogus, error) {
	var row catalogusRow
	if err := json.Unmarshal(text, &row); err != nil {
		return domain.Catalogus{}, fmt.Errorf("decode catalogue: %w", err)
	}
	return domain.Catalogus{
		Criteria: Each(row.Criteria, func(k criteriumRow) domain.CriteriumTekst {
			return domain.CriteriumTekst{
				Code: k.Code, Soort: k.Soort, Volgorde: k.Volgorde, Titel: k.Titel, Omschrijving: k.Omschrijving,
				Bron: domain.Bron(k.Bron), Feiten: k.Feiten, Zinnen: k.Zinnen,
			}
		}),
		Stappen: Each(row.Stappen, func(s stapRow) domain.StapTekst { return domain.StapTekst(s) }),
		Vragen:  row.Vragen,
	}, nil
}
