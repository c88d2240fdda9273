package vorm

import (
	"encoding/json"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Bericht is a message as a store of documents keeps it. Event is whether it has no
// Gebruiker. Moments that did not happen, and dates that there are not, are 0.
type Bericht struct {
	ID        string              `json:"_id"`
	Soort     domain.BerichtSoort `json:"soort"`
	Gebruiker string              `json:"gebruiker"`
	Event     bool                `json:"event"`
	Namens    string              `json:"namens,omitempty"`
	Melding   string              `json:"melding"`
	Kenmerk   string              `json:"kenmerk"`
	Termijn   term.Soort          `json:"termijn,omitempty"`
	Partij    domain.Partij       `json:"partij,omitempty"`
	Grond     string              `json:"grond,omitempty"`
	Einddatum int64               `json:"einddatum,omitempty"`
	Dagen     int                 `json:"dagen,omitempty"`
	Advies    domain.Advies       `json:"advies,omitempty"`
	Ronde     int                 `json:"ronde,omitempty"`
	Aantal    int                 `json:"aantal,omitempty"`
	Sinds     int64               `json:"sinds,omitempty"`
	Beleid    int                 `json:"beleid,omitempty"`
	Over      string              `json:"over,omitempty"`
	Op        int64               `json:"op"`

	BerichtStand `json:",inline"` // a word that encoding/json does not need
}

// BerichtStand is what changes of a message.
type BerichtStand struct {
	Gelezen   int64            `json:"gelezen"`
	Stand     domain.PostStand `json:"stand"`
	Pogingen  int              `json:"pogingen"`
	Volgende  int64            `json:"volgende"`
	Verzonden int64            `json:"verzonden"`
}

// NewBericht gives b as it is kept.
func NewBericht(b domain.Bericht) Bericht {
	return Bericht{
		ID: b.ID, Soort: b.Soort, Gebruiker: b.Gebruiker, Event: b.Gebruiker == "", Namens: b.Namens, Melding: b.MeldingID,
		Kenmerk: b.Kenmerk, Termijn: b.Termijn, Partij: b.Partij, Grond: b.Grond, Einddatum: DateNumber(b.Einddatum), Dagen: b.Dagen,
		Advies: b.Advies, Ronde: b.Ronde, Aantal: b.Aantal, Sinds: Milli(b.Sinds), Beleid: b.Beleid, Over: b.Over, Op: b.Op.UnixMilli(), BerichtStand: NewBerichtStand(b),
	}
}

// NewBerichtStand gives what changes of b as it is kept.
func NewBerichtStand(b domain.Bericht) BerichtStand {
	return BerichtStand{
		Gelezen: Milli(b.GelezenOp), Stand: b.Post.Stand, Pogingen: b.Post.Pogingen, Volgende: Milli(b.Post.Volgende), Verzonden: Milli(b.Post.VerzondenOp),
	}
}

// Domain gives the message that r was made of.
func (r Bericht) Domain() domain.Bericht {
	return domain.Bericht{
		ID: r.ID, Soort: r.Soort, Gebruiker: r.Gebruiker, Namens: r.Namens, MeldingID: r.Melding, Kenmerk: r.Kenmerk,
		Termijn: r.Termijn, Partij: r.Partij, Grond: r.Grond, Einddatum: DateOf(r.Einddatum), Dagen: r.Dagen,
		Advies: r.Advies, Ronde: r.Ronde, Aantal: r.Aantal, Sinds: MomentOf(r.Sinds), Beleid: r.Beleid, Over: r.Over, Op: Moment(r.Op), GelezenOp: MomentOf(r.Gelezen),
		Post: domain.Post{Stand: r.Stand, Pogingen: r.Pogingen, Volgende: MomentOf(r.Volgende), VerzondenOp: MomentOf(r.Verzonden)},
	}
}

// EncodeBericht writes as JSON all of b but what changes of it.
func EncodeBericht(b domain.Bericht) (string, error) {
	row := NewBericht(b)
	row.BerichtStand = BerichtStand{}
	text, err := json.Marshal(row)
	if err != nil {
		return "", fmt.Errorf("encode message: %w", err)
	}
	return string(text), nil
}

// DecodeBericht reads what EncodeBericht wrote, with what changes of it.
func DecodeBericht(text []byte, stand BerichtStand) (domain.Bericht, error) {
	var row Bericht
	if err := json.Unmarshal(text, &row); err != nil {
		return domain.Bericht{}, fmt.Errorf("decode message: %w", err)
	}
	row.BerichtStand = stand
	return row.Domain(), nil
}

// BerichtPagina is the page of the first n of rows, which hold more than n when
// there is a next one.
func BerichtPagina(rows []domain.Bericht, n int) (domain.BerichtPagina, error) {
	if len(rows) <= n {
		return domain.BerichtPagina{Berichten: rows}, nil
	}
	last := rows[n-1]
	next, err := domain.EncodeCursor(domain.LijstBerichten, last.Op.UnixMilli(), last.ID)
	if err != nil {
		return domain.BerichtPagina{}, err
	}
	return domain.BerichtPagina{Berichten: rows[:n:n], Volgende: next}, nil
}

// AlarmPagina is the page of the first n of rows, as BerichtPagina.
func AlarmPagina(rows []domain.AlarmRegel, n int) (domain.AlarmPagina, error) {
	if len(rows) <= n {
		return domain.AlarmPagina{Alarmen: rows}, nil
	}
	last := rows[n-1]
	next, err := domain.EncodeCursor(domain.LijstAlarmen, last.Sinds.UnixMilli(), last.MeldingID, last.Nr)
	if err != nil {
		return domain.AlarmPagina{}, err
	}
	return domain.AlarmPagina{Alarmen: rows[:n:n], Volgende: next}, nil
}
