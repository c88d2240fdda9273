package vorm_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// requireVlug requires that m is read without the library from what is written of it, and
// that the library reads the same.
func requireVlug(t *testing.T, m domain.Melding) {
	t.Helper()
	m.ID, m.Rev, m.Kenmerk, m.Client = "", 0, "", ""
	text, err := vorm.EncodeMelding(&m)
	require.NoError(t, err)
	got, ok := vorm.Vlug(text)
	require.True(t, ok, "a field of a melding is not among those of vlug, or not in its place: %s", text)
	require.Equal(t, m, got)
	got, err = vorm.Langzaam(text)
	require.NoError(t, err)
	require.Equal(t, m, got)
}

func TestWhatIsWrittenIsReadWithoutTheLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		requireVlug(t, storetest.AnyMelding(r, n))
	}
	for name, text := range storetest.OddStrings() {
		t.Run(name, func(t *testing.T) {
			for each := range 3 {
				requireVlug(t, storetest.FullMelding("x", each, func(int) string { return text }))
			}
		})
	}
	var m domain.Melding
	text, err := vorm.EncodeMelding(&m)
	require.NoError(t, err)
	got, ok := vorm.Vlug(text)
	require.True(t, ok)
	want, err := vorm.Langzaam(text)
	require.NoError(t, err)
	require.Equal(t, want, got, "of nothing as well")
}

func TestEveryOtherTextIsLeftToTheLibrary(t *testing.T) {
	m := storetest.Melding(1)
	whole, err := vorm.EncodeMelding(&m)
	require.NoError(t, err)
	_, ok := vorm.Vlug(whole)
	require.True(t, ok)
	golden, err := os.ReadFile("testdata/melding.json")
	require.NoError(t, err)
	instead := func(old, other string) string { return strings.Replace(whole, old, other, 1) }
	for name, text := range map[string]string{
		"an earlier form":                  string(golden),
		"nothing":                          "",
		"a text that was cut off":          whole[:len(whole)/2],
		"more behind it":                   whole + "{}",
		"space":                            instead(`"versie":`, `"versie": `),
		"space behind it":                  whole + "\n",
		"a field that nobody knows":        instead(`"versie":`, `"later":1,"versie":`),
		"fields in another order":          `{"sector":"ggz","dag":20261120}`,
		"a field that is there twice":      `{"sector":"ggz","sector":"jeugd"}`,
		"nothing for a text":               `{"sector":null}`,
		"a part for a whole number":        `{"versie":1.5}`,
		"a number that begins with a zero": `{"versie":01}`,
		"a zero below zero":                `{"versie":-0}`,
		"a number of too many digits":      `{"versie":1234567890123456789}`,
		"a sign alone":                     `{"versie":-}`,
		"no number":                        `{"versie":}`,
		"a text for a number":              `{"versie":"1"}`,
		"a number for a text":              `{"sector":1}`,
		"a field without its comma":        `{"versie":1"sector":"ggz"}`,
		"a comma at the end":               `{"versie":1,}`,
		"a comma at the begin":             `{,"versie":1}`,
		"a list that begins with a comma":  `{"advies":{"stappen":[,"a"]}}`,
		"a list that ends with a comma":    `{"advies":{"stappen":["a",]}}`,
		"a list that does not end":         `{"advies":{"stappen":["a"`,
		"a control character":              "{\"sector\":\"g\x01gz\"}",
		"bytes that are no letters":        "{\"sector\":\"g\xffgz\"}",
		"half of a letter":                 `{"sector":"\ud83d"}`,
		"an escape that there is not":      `{"sector":"\x"}`,
		"a text that does not end":         `{"sector":"ggz`,
		"a text that ends in an escape":    `{"sector":"ggz\"}`,
		"no text":                          `{"sector":ggz"}`,
		"a choice that is none":            instead(`"ernstig":true`, `"ernstig":t`),
		"a number that no float can hold":  `{"advies":{"signalen":{"Overschrijdingskans":1e999}}}`,
		"a number in another notation":     `{"advies":{"signalen":{"Overschrijdingskans":.5}}}`,
		"texts with a comma at the end":    `{"opgave":{"Redenen":{"a":"b",}}}`,
		"texts with a comma at the begin":  `{"opgave":{"Redenen":{,"a":"b"}}}`,
		"texts that do not end":            `{"opgave":{"Redenen":{"a":"b"`,
		"a pair of three":                  `{"mijlpalen":[{"voorvallen":[1,2,3]}]}`,
		"a pair of one":                    `{"mijlpalen":[{"voorvallen":[1]}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			require.NotEqual(t, whole, text)
			_, ok := vorm.Vlug(text)
			require.False(t, ok)
		})
	}
}

// requireAsLibrary requires that text is read as the library would, or left to it.
func requireAsLibrary(t *testing.T, text string) {
	t.Helper()
	got, ok := vorm.Vlug(text)
	if !ok {
		return
	}
	want, err := vorm.Langzaam(text)
	require.NoError(t, err, text)
	require.Equal(t, want, got, text)
}

func TestADamagedTextIsReadAsTheLibraryWouldOrLeftToIt(t *testing.T) {
	m := storetest.FullMelding("x", 1, func(int) string { return "a\"\u00e9" })
	whole, err := vorm.EncodeMelding(&m)
	require.NoError(t, err)
	for n := range whole {
		requireAsLibrary(t, whole[:n])
		requireAsLibrary(t, whole[:n]+whole[n+1:])
		for _, other := range []string{`"`, `\`, ",", "0", ".", "}", "]", " ", "\x01", "\xff"} {
			requireAsLibrary(t, whole[:n]+other+whole[n+1:])
			requireAsLibrary(t, whole[:n]+other+whole[n:])
		}
	}
}

// FuzzMeldingIsReadAsTheLibraryWould looks for a text that is read without the library as
// something else, or that the library would refuse.
func FuzzMeldingIsReadAsTheLibraryWould(f *testing.F) {
	for _, m := range []domain.Melding{
		storetest.Melding(1), {}, storetest.FullMelding("x", 1, func(int) string { return "a\"\\\u00e9\u2028\x00\x7f" }),
	} {
		text, err := vorm.EncodeMelding(&m)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add(`{"versie":-12,"opgave":{"Redenen":{"a":"b","a":"\u00e9"}},"advies":{"ernstig":false,"signalen":{"Overschrijdingskans":-1E-07}}}`)
	f.Fuzz(requireAsLibrary)
}
