package term_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestTheShippedDataIsTheDataInTheFolder(t *testing.T) {
	read, err := term.LoadFrom(shippedData(t))
	require.NoError(t, err)
	assert.Equal(t, calendar(t).Digest(), read.Digest())
	assert.Regexp(t, "^[0-9a-f]{64}$", read.Digest())
}

func TestDigestChangesWithWhatCountsAndNotWithTheLayout(t *testing.T) {
	shipped := calendar(t).Digest()
	tests := map[string]struct {
		file, old, text string
		same            bool
	}{
		"a space":           {file: "soorten.json", old: `"aantal": 6`, text: `"aantal":   6`, same: true},
		"a length":          {file: "soorten.json", old: `"aantal": 6`, text: `"aantal": 5`},
		"a source":          {file: "soorten.json", old: "Wkkgz, artikel 17", text: "Wkkgz, artikel 18"},
		"a holiday":         {file: "feestdagen.json", old: `"pasen": -2`, text: `"pasen": -3`},
		"a decree day":      {file: "besluitdagen.json", old: "2028-05-26", text: "2028-05-29"},
		"the years known":   {file: "besluitdagen.json", old: `"tot": 2028`, text: `"tot": 2029`},
		"the law's state":   {file: "soorten.json", old: `"stand": "2026-01-01"`, text: `"stand": "2026-07-01"`},
		"the name of a day": {file: "feestdagen.json", old: `"naam": "zondag"`, text: `"naam": "rustdag"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			k, err := term.LoadFrom(changed(t, shippedData(t), test.file, test.old, test.text))
			require.NoError(t, err)
			assert.Equal(t, test.same, k.Digest() == shipped)
		})
	}
}

func TestDataThatCannotBeRightIsRefused(t *testing.T) {
	tests := map[string]struct{ file, old, text, want string }{
		"no JSON":                      {"soorten.json", `{`, `[`, "decode soorten.json"},
		"a second value":               {"besluitdagen.json", `  ]` + "\n}", `  ]` + "\n} {}", "more than one value"},
		"a field nobody knows":         {"soorten.json", `"titel"`, `"title"`, "unknown field"},
		"a kind twice":                 {"soorten.json", `"aanvullen_melding"`, `"reactie_aanbieder"`, "listed twice"},
		"a kind without a code":        {"soorten.json", `"aanvullen_melding"`, `""`, "name, source or state"},
		"a kind without a source":      {"soorten.json", `"Wkkgz, artikel 17"`, `" "`, "name, source or state"},
		"no state of the law":          {"soorten.json", `"2026-01-01"`, `"ooit"`, "name, source or state"},
		"no length":                    {"soorten.json", `"aantal": 6`, `"aantal": 0`, "length is not"},
		"a length without end":         {"soorten.json", `"aantal": 5`, `"aantal": 367`, "length is not"},
		"another unit":                 {"soorten.json", `"eenheid": "weken"`, `"eenheid": "dagen"`, "length is not"},
		"an extension in months":       {"soorten.json", `{"aantal": 4, "eenheid": "weken"},` + "\n" + `      "nadere`, `{"aantal": 4, "eenheid": "maanden"},` + "\n" + `      "nadere`, "not in the unit"},
		"a negative extension":         {"soorten.json", `{"aantal": 4, "eenheid": "weken"},` + "\n" + `      "nadere`, `{"aantal": -4, "eenheid": "weken"},` + "\n" + `      "nadere`, "not in the unit"},
		"thirteen weeks under the act": {"soorten.json", `"aantal": 6`, `"aantal": 9`, "does not apply"},
		"months under the act":         {"soorten.json", `"algemeneTermijnenwet": false`, `"algemeneTermijnenwet": true`, "does not apply"},
		"nearing in the past":          {"soorten.json", `"nadertDagen": 7`, `"nadertDagen": -1`, "negative"},
		"an owner nobody knows":        {"soorten.json", `"eigenaar": "aanbieder"`, `"eigenaar": "niemand"`, "eigenaar"},
		"30 February":                  {"feestdagen.json", `"maand": 1, "dag": 1`, `"maand": 2, "dag": 30`, "a holiday is either"},
		"29 February":                  {"feestdagen.json", `"maand": 1, "dag": 1`, `"maand": 2, "dag": 29`, "a holiday is either"},
		"a holiday with two rules":     {"feestdagen.json", `"pasen": -2`, `"pasen": -2, "dag": 1`, "a holiday is either"},
		"a holiday without a rule":     {"feestdagen.json", `"maand": 1, "dag": 1`, `"maand": 0`, "a holiday is either"},
		"a holiday without a name":     {"feestdagen.json", `"Nieuwjaarsdag"`, `""`, "name, source or state"},
		"feast days without a state":   {"feestdagen.json", `"2010-10-10"`, `""`, "name, source or state"},
		"an eighth day of the week":    {"feestdagen.json", `"weekdag": 6`, `"weekdag": 7`, "weekdag"},
		"a weekend without a name":     {"feestdagen.json", `"zaterdag"`, `""`, "name, source or state"},
		"a decree day that is no day":  {"besluitdagen.json", "2028-05-26", "2028-02-30", "not a day that exists"},
		"a decree day out of range":    {"besluitdagen.json", "2028-05-26", "2029-05-25", "not in the known years"},
		"a decree day twice":           {"besluitdagen.json", "2028-05-26", "2028-04-28", "listed twice"},
		"a decree day without a name":  {"besluitdagen.json", "gelijkgestelde dag na Hemelvaartsdag", "", "name, source or state"},
		"a decree without a source":    {"besluitdagen.json", `"koninklijk besluit voor 2023 tot en met 2025"`, `""`, "name, source or state"},
		"decrees without a state":      {"besluitdagen.json", `"2025-10-04"`, `""`, "name, source or state"},
		"years that run back":          {"besluitdagen.json", `"tot": 2028`, `"tot": 2023`, "not a range"},
		"years nobody supports":        {"besluitdagen.json", `"van": 2024`, `"van": 1800`, "not a range"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			k, err := term.LoadFrom(changed(t, shippedData(t), test.file, test.old, test.text))
			require.ErrorContains(t, err, test.want)
			assert.Nil(t, k)
		})
	}
}

func TestEmptyListsAreRefused(t *testing.T) {
	tests := map[string]struct{ file, text string }{
		"no kinds":    {"soorten.json", `{"stand": "2026-01-01", "soorten": []}`},
		"no holidays": {"feestdagen.json", `{"stand": "2026-01-01", "feestdagen": [], "weekend": []}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			data := shippedData(t)
			data[test.file] = &fstest.MapFile{Data: []byte(test.text)}
			_, err := term.LoadFrom(data)
			require.ErrorContains(t, err, "nothing is listed")
		})
	}
}

func TestEveryMissingFileIsNamed(t *testing.T) {
	_, err := term.LoadFrom(fstest.MapFS{})
	for _, name := range []string{"soorten.json", "feestdagen.json", "besluitdagen.json"} {
		require.ErrorContains(t, err, name)
	}
}

func TestANewerDecreeMovesAnEnd(t *testing.T) {
	data := changed(t, shippedData(t), "besluitdagen.json", `"tot": 2028`, `"tot": 2029`)
	data = changed(t, data, "besluitdagen.json", "2028-05-26", "2029-05-11")
	k, err := term.LoadFrom(data)
	require.NoError(t, err)
	start := term.NewDate(2029, 3, 30)
	u, faults := k.Bereken(term.Berekening{Soort: "reactie_aanbieder", Start: start, Peildatum: start})
	require.Empty(t, faults)
	assert.Equal(t, "2029-05-11", u.RuweEinddatum.String())
	assert.Equal(t, "2029-05-14", u.Einddatum.String())
	assert.Empty(t, u.Waarschuwingen, "2029 is known to this calendar")
}
