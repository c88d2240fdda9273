package vorm

import (
	"encoding/json"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// kalenderRow is the document of a domain.KalenderVersie, but for its number.
type kalenderRow struct {
	Digest       string       `json:"digest"`
	Besluitdagen string       `json:"besluitdagen"`
	Op           int64        `json:"op"`
	Door         domain.Actor `json:"door"`
	Reden        string       `json:"reden"`
	Erbij        []vrijeDag   `json:"erbij"`
	Eraf         []vrijeDag   `json:"eraf"`
	Ladder       string       `json:"ladder,omitempty"`
	Verzoek      string       `json:"verzoek,omitempty"`
	TeHerrekenen int          `json:"teHerrekenen"`
}

type vrijeDag struct {
	Datum int64  `json:"datum"`
	Naam  string `json:"naam"`
}

func vrijeDagToRow(d term.VrijeDag) vrijeDag { return vrijeDag{DateNumber(d.Datum), d.Naam} }

func vrijeDagOf(r vrijeDag) term.VrijeDag { return term.VrijeDag{Datum: DateOf(r.Datum), Naam: r.Naam} }

// EncodeKalender writes as JSON all of k but its number.
func EncodeKalender(k domain.KalenderVersie) (string, error) {
	text, err := json.Marshal(kalenderRow{
		Digest: k.Digest, Besluitdagen: k.Besluitdagen, Op: k.Op.UnixMilli(), Door: k.Door, Reden: k.Reden,
		Erbij: Each(k.Erbij, vrijeDagToRow), Eraf: Each(k.Eraf, vrijeDagToRow), Ladder: k.Ladder, Verzoek: k.Verzoek, TeHerrekenen: k.TeHerrekenen,
	})
	if err != nil {
		return "", fmt.Errorf("encode calendar: %w", err)
	}
	return string(text), nil
}

// DecodeKalender reads version versie, as EncodeKalender wrote it.
func DecodeKalender(versie int, text []byte) (domain.KalenderVersie, error) {
	var r kalenderRow
	if err := json.Unmarshal(text, &r); err != nil {
		return domain.KalenderVersie{}, fmt.Errorf("decode calendar: %w", err)
	}
	return domain.KalenderVersie{
		Versie: versie, Digest: r.Digest, Besluitdagen: r.Besluitdagen, Op: Moment(r.Op), Door: r.Door, Reden: r.Reden,
		Erbij: Each(r.Erbij, vrijeDagOf), Eraf: Each(r.Eraf, vrijeDagOf), Ladder: r.Ladder, Verzoek: r.Verzoek, TeHerrekenen: r.TeHerrekenen,
	}, nil
}
