package domain

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// The names of lists as they stand in a cursor; a list of meldingen has that of its
// order.
const (
	LijstAanbieders = "aanbieders"
	LijstAlarmen    = "alarmen"
	LijstBerichten  = "berichten"
	LijstStiptheid  = "stiptheid"
	LijstTermijnen  = "termijnen"
)

// EncodeCursor writes the key of the last row of a page of the list of this name
// so that it can stand in an address.
func EncodeCursor(list string, key ...any) (string, error) {
	text, err := json.Marshal(append([]any{list}, key...))
	if err != nil {
		return "", fmt.Errorf("encode cursor: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(text), nil
}

// DecodeCursor reads the key of a page of the list of this name into key, which
// holds pointers. One of another list, or that is none, is Invalid.
func DecodeCursor(cursor, list string, key ...any) error {
	refused := InvalidInput([]Fault{{Field: "cursor", Code: "cursor"}})
	text, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil {
		return refused
	}
	var parts []json.RawMessage
	var name string
	if json.Unmarshal(text, &parts) != nil || len(parts) != 1+len(key) || json.Unmarshal(parts[0], &name) != nil || name != list {
		return refused
	}
	for i, to := range key {
		if string(parts[1+i]) == "null" || json.Unmarshal(parts[1+i], to) != nil {
			return refused
		}
	}
	return nil
}

// cursor gives the cursor of a page of the list of this name, whose key has the types
// that the pointers of key have.
func (r *reader) cursor(text func(field string) string, list string, key ...any) string {
	at := text("cursor")
	if at != "" && DecodeCursor(at, list, key...) != nil {
		r.misread("cursor", "cursor")
	}
	return at
}

// MeldingPlaats is where a melding stands in the lists: the day it was received as the
// number yyyymmdd, moments in milliseconds since 1970.
type MeldingPlaats struct {
	ID, Urgentie              string
	Dag, Ontvangen, Gewijzigd int64
}

// Delen are the parts of the key of p in the order v, as pointers.
func (p *MeldingPlaats) Delen(v Volgorde) []any {
	switch v {
	case OpOntvangst:
		return []any{&p.Dag, &p.Ontvangen, &p.ID}
	case OpWijziging:
		return []any{&p.Gewijzigd, &p.ID}
	case OpUrgentie:
	}
	return []any{&p.Urgentie}
}
