package vorm

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
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
	refused := domain.InvalidInput([]domain.Fault{{Field: "cursor", Code: "cursor"}})
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
		if json.Unmarshal(parts[1+i], to) != nil {
			return refused
		}
	}
	return nil
}
