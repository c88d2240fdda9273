package vorm

import (
	"encoding/json"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// EncodeCriteria writes outcomes as JSON: a list of pairs, or null.
func EncodeCriteria(outcomes []domain.CriteriumUitkomst) string {
	if outcomes == nil {
		return "null"
	}
	text := make([]byte, 0, 48*len(outcomes)+2)
	text = append(text, '[')
	for i, c := range outcomes {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '[')
		text = appendText(text, c.Code)
		text = append(text, ',')
		text = appendText(text, string(c.Uitkomst))
		text = append(text, ']')
	}
	return string(append(text, ']'))
}

// EncodeList writes list as JSON: a list of texts, or null.
func EncodeList(list []string) string {
	if list == nil {
		return "null"
	}
	text := make([]byte, 0, 32*len(list)+2)
	text = append(text, '[')
	for i, s := range list {
		if i > 0 {
			text = append(text, ',')
		}
		text = appendText(text, s)
	}
	return string(append(text, ']'))
}

// appendText appends s as a JSON text. A code, which is what s nearly always is,
// needs no more than its quotes.
func appendText(to []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			escaped, err := json.Marshal(s)
			if err != nil { // every text has a JSON form
				escaped = []byte(`""`)
			}
			return append(to, escaped...)
		}
	}
	to = append(to, '"')
	to = append(to, s...)
	return append(to, '"')
}

// DecodeCriteria reads what EncodeCriteria wrote.
func DecodeCriteria(text []byte) ([]domain.CriteriumUitkomst, error) {
	var pairs [][2]string
	if err := json.Unmarshal(text, &pairs); err != nil {
		return nil, fmt.Errorf("decode outcomes: %w", err)
	}
	if pairs == nil {
		return nil, nil
	}
	outcomes := make([]domain.CriteriumUitkomst, len(pairs))
	for i, p := range pairs {
		outcomes[i] = domain.CriteriumUitkomst{Code: p[0], Uitkomst: domain.Uitkomst(p[1])}
	}
	return outcomes, nil
}

// DecodeList reads into into what EncodeList wrote.
func DecodeList(text []byte, into *[]string) error {
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("decode list: %w", err)
	}
	return nil
}
