package vorm

import (
	"encoding/json"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// gebruikerRow is the document of a domain.Gebruiker, but for what stands beside
// it (ID, Versie, Agenda).
type gebruikerRow struct {
	Naam     string       `json:"naam"`
	EMail    string       `json:"eMail"`
	Rollen   []domain.Rol `json:"rollen"`
	Team     string       `json:"team"`
	Inactief bool         `json:"inactief,omitempty"`
	Afwezig  []afwezigRow `json:"afwezig"`

	GewijzigdOp int64 `json:"gewijzigdOp,omitempty"`
}

type afwezigRow struct {
	Van       int64  `json:"van"`
	Tot       int64  `json:"tot"`
	Vervanger string `json:"vervanger,omitempty"`
}

// EncodeGebruiker writes as JSON all of g but what stands beside the document: ID,
// Versie and Agenda.
func EncodeGebruiker(g *domain.Gebruiker) (string, error) {
	text, err := json.Marshal(gebruikerRow{
		Naam: g.Naam, EMail: g.EMail, Rollen: g.Rollen, Team: g.Team, Inactief: g.Inactief, GewijzigdOp: Milli(g.GewijzigdOp),
		Afwezig: Each(g.Afwezig, func(a domain.Afwezigheid) afwezigRow {
			return afwezigRow{DateNumber(a.Van), DateNumber(a.Tot), a.Vervanger}
		}),
	})
	if err != nil {
		return "", fmt.Errorf("encode user: %w", err)
	}
	return string(text), nil
}

// DecodeGebruiker reads into g what EncodeGebruiker wrote.
func DecodeGebruiker(text []byte, g *domain.Gebruiker) error {
	var row gebruikerRow
	if err := json.Unmarshal(text, &row); err != nil {
		return fmt.Errorf("decode user: %w", err)
	}
	g.Naam, g.EMail, g.Rollen, g.Team, g.Inactief = row.Naam, row.EMail, row.Rollen, row.Team, row.Inactief
	g.GewijzigdOp = MomentOf(row.GewijzigdOp)
	g.Afwezig = Each(row.Afwezig, func(a afwezigRow) domain.Afwezigheid {
		return domain.Afwezigheid{Van: DateOf(a.Van), Tot: DateOf(a.Tot), Vervanger: a.Vervanger}
	})
	return nil
}
