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
		"an IBAN with a wrong check":      {"NL92ABNA2417164300", ""},
		"a BSN":                           {"BSN 111222333 staat op de brief", "persoonsgegeven_bsn"},
		"a BSN with points":               {"1112.22.333", "persoonsgegeven_bsn"},
		"a date and a number":             {"2024-03-12 5 keer", ""},
		"nine digits that are no BSN":     {"dossier 123456789", ""},
		"nine noughts":                    {"000000000", ""},
		"a file number of ten":            {"dossier 2024001234", ""},
		"a date and an hour":              {"Gebeurd op 01-02-2024 12:30", ""},
		"a day in December and a number":  {"op 06-12-2024 12 keer gebeld", ""},
		"words that look like an account": {"kamer nl12 was vies en koud in de nacht", ""},
		"a ward and words":                {"afdeling be34 lag vol met 12 mensen", ""},
		"a number behind a room":          {"kamer 12 06-12345678", "persoonsgegeven_telefoon"},
		"a number behind a ward":          {"afdeling 3 0612345678", "persoonsgegeven_telefoon"},
		"a number behind a date":          {"d.d. 12-11-2026 0612345678", "persoonsgegeven_telefoon"},
		"a number behind a year":          {"2026 0612345678", "persoonsgegeven_telefoon"},
		"a number before another":         {"0612345678 12 keer", "persoonsgegeven_telefoon"},
		"a number with a slash":           {"06/12345678", "persoonsgegeven_telefoon"},
		"a number with a long dash":       {"06\u201312345678", "persoonsgegeven_telefoon"},
		"a number with a hard space":      {"06\u00a012345678", "persoonsgegeven_telefoon"},
		"a number on end with a word":     {"tel06-12345678", "persoonsgegeven_telefoon"},
		"a number in Arabic digits":       {"\u0660\u0666\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", "persoonsgegeven_telefoon"},
		"a number with a sign unseen":     {"06\u200b12345678", "persoonsgegeven_telefoon"},
		"a BSN on end with a word":        {"bsn111222333", "persoonsgegeven_bsn"},
		"a BSN before a letter":           {"111222333a", "persoonsgegeven_bsn"},
		"a BSN with hard spaces":          {"111\u00a0222\u00a0333", "persoonsgegeven_bsn"},
		"a BSN in other groups":           {"11 12 22 333", "persoonsgegeven_bsn"},
		"a BSN behind a number":           {"kamer 12 111222333", "persoonsgegeven_bsn"},
		"an IBAN on end with a word":      {"IBANNL91ABNA0417164300", "persoonsgegeven_iban"},
		"an e-mail address in wide signs": {"jan\uff20voorbeeld.nl", "persoonsgegeven_e_mail"},
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

// TestATelephoneNumberIsFoundBehindAnything writes a number in any usual way behind
// numbers and words of all kinds.
func TestATelephoneNumberIsFoundBehindAnything(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rest := rapid.StringMatching(`[1-9][0-9]{7}`).Draw(r, "number")
		number := rapid.SampledFrom([]string{"06", "06-", "06 ", "+316", "+31 6 ", "00316", "+31 (0)6 ", "06/"}).Draw(r, "begin") + rest
		before := rapid.SampledFrom([]string{"", "bel ", "12 ", "kamer 3: ", "01-02-2024 ", "2024-01-02 ", "tel", "€ 12,50 ", "12.30 uur "}).Draw(r, "before")
		after := rapid.SampledFrom([]string{"", ".", " graag", ", kamer 3", " 12 keer"}).Draw(r, "after")
		assert.NotEmpty(r, domain.Persoonsgegeven(before+number+after), before+number+after)
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
			assert.NotEmpty(t, domain.Persoonsgegeven("kamer x "+text), "a word before it hides nothing")
		}
	})
}
