package domain_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func TestPersonalDataInASubjectIsFound(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":                         {"Wachttijd bij de huisarts", ""},
		"empty":                           {"", ""},
		"a year and a number of people":   {"In 2024 waren 12 cliënten betrokken", ""},
		"a date":                          {"Gebeurd op 12-03-2024", ""},
		"a date and a time":               {"Op 2024-03-12 om 10:30 uur", ""},
		"an amount":                       {"Rekening van 1.250,00 euro", ""},
		"an e-mail address":               {"Mail naar j.jansen@voorbeeld.nl graag", "persoonsgegeven_e_mail"},
		"a mobile number":                 {"Bel 06-12345678", "persoonsgegeven_telefoon"},
		"a mobile number in pairs":        {"Bel 06 12 34 56 78", "persoonsgegeven_telefoon"},
		"a number with a country":         {"Bel +31 6 12345678", "persoonsgegeven_telefoon"},
		"a number with two noughts":       {"Bel 0031612345678", "persoonsgegeven_telefoon"},
		"a number with the area in hooks": {"Bel (070) 123 45 67", "persoonsgegeven_telefoon"},
		"an IBAN":                         {"Betaald op NL91ABNA0417164300", "persoonsgegeven_iban"},
		"an IBAN in groups":               {"op nl91 abna 0417 1643 00 betaald", "persoonsgegeven_iban"},
		"a Belgian IBAN":                  {"BE68539007547034", "persoonsgegeven_iban"},
		"an IBAN with a wrong check":      {"NL92ABNA0417164300", ""},
		"a BSN":                           {"BSN 111222333 staat op de brief", "persoonsgegeven_bsn"},
		"a BSN with points":               {"1112.22.333", "persoonsgegeven_bsn"},
		"a date and a number":             {"2024-03-12 5 keer", ""},
		"nine digits that are no BSN":     {"dossier 123456789", ""},
		"nine noughts":                    {"000000000", ""},
		"a file number of ten":            {"dossier 2024001234", ""},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, domain.Persoonsgegeven(c.text)) })
	}
}

func TestTheElfproefIsHeldForEveryNumber(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := strconv.Itoa(rapid.IntRange(100_000_000, 999_999_999).Draw(r, "number"))
		sum := 0
		for i, weight := range []int{9, 8, 7, 6, 5, 4, 3, 2, -1} {
			sum += weight * int(n[i]-'0')
		}
		assert.Equal(r, sum%11 == 0, domain.IsBSN(n))
		assert.False(r, domain.IsBSN(n+"0"))
		assert.False(r, domain.IsBSN(n[:8]))
	})
}

func FuzzPersoonsgegeven(f *testing.F) {
	f.Add("NL91 ABNA 0417 1643 00")
	f.Add("+31 (0)6 12 34 56 78")
	f.Fuzz(func(t *testing.T, text string) {
		found := domain.Persoonsgegeven(text)
		assert.Equal(t, found, domain.Persoonsgegeven(text))
		if found != "" {
			assert.NotEmpty(t, domain.Persoonsgegeven(text+" ."), "a word behind it hides nothing")
		}
	})
}
