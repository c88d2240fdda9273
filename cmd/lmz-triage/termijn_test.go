package main_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAnExtendedTermExplainsEveryDay(t *testing.T) {
	got := do(t, "", "termijn", "reactie_aanbieder", "2026-03-16", "--verlengd-op", "2026-04-20")
	require.Equal(t, 0, got.status, got.err)
	assert.Empty(t, got.err)
	assert.Contains(t, linesOf(got.out)[0], "eindigt op dinsdag 26 mei 2026", "whatever day it is")
	var days []string
	for _, found := range regexp.MustCompile(`(?m)^  (\d{4}-\d\d-\d\d)  [A-Z0-9].+\.$`).FindAllStringSubmatch(got.out, -1) {
		days = append(days, found[1])
	}
	assert.True(t, slices.IsSorted(days), "the explanation goes from the first day to the last")
	assert.Equal(t, []string{"2026-03-16", "2026-04-20", "2026-04-27", "2026-04-28", "2026-05-25", "2026-05-26"}, slices.Compact(days))
	for _, why := range []string{
		"Die dag zelf telt niet mee.", "6 weken na de start is het maandag 27 april 2026.", "Koningsdag (Algemene termijnenwet, artikel 3, eerste lid",
		"Zonder verlenging is dinsdag 28 april 2026 de laatste dag.", "10 weken na de start is het maandag 25 mei 2026.", "Tweede Pinksterdag",
	} {
		assert.Contains(t, got.out, why)
	}
}

func TestEveryFaultyDateOfATermIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"every date at once": {
			[]string{
				"reactie_aanbieder", "16-03-2026", "--peildatum", "2026-13-01", "--verlengd-op", "morgen", "--voldaan-op", "2026-02-30",
				"--nadere-termijn-tot", "1899-12-31", "--akkoord-op", "",
			},
			[]string{"start", "peildatum", "verlengdOp", "voldaanOp", "nadereTermijn.tot", "nadereTermijn.akkoordOp"},
		},
		"a kind and a date":       {[]string{"bedenktijd", "gisteren"}, []string{"soort", "start"}},
		"an end without a yes":    {[]string{"reactie_aanbieder", "2026-03-16", "--nadere-termijn-tot", "2026-07-01"}, []string{"nadereTermijn"}},
		"extended before it was":  {[]string{"reactie_aanbieder", "2026-03-16", "--verlengd-op", "2026-03-15"}, []string{"verlengdOp"}},
		"what cannot be extended": {[]string{"terugbellen_lmz", "2026-11-20", "--verlengd-op", "2026-11-21"}, []string{"verlengdOp"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, form := range [][]string{nil, {"--json"}} {
				got := do(t, "", append(append([]string{"termijn"}, c.args...), form...)...)
				assert.Equal(t, 1, got.status)
				assert.Empty(t, got.out)
				assert.ElementsMatch(t, c.want, got.faulted(), got.err)
			}
		})
	}
}

func TestATermSaysHowItStands(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want []string
		not  string
	}{
		"on its last day":      {[]string{"--peildatum", "2026-04-28"}, []string{"dinsdag 28 april 2026", "Dagen tot het einde: 0."}, "verstreken"},
		"the day after":        {[]string{"--peildatum", "2026-04-29"}, []string{"de termijn is verstreken", "Dagen tot het einde: -1."}, "loopt"},
		"answered in time":     {[]string{"--voldaan-op", "2026-04-28"}, []string{"er is op tijd aan voldaan"}, "Dagen tot"},
		"answered a day late":  {[]string{"--voldaan-op", "2026-04-29", "--peildatum", "2026-05-01"}, []string{"er is te laat aan voldaan"}, "Dagen tot"},
		"another end by a yes": {[]string{"--nadere-termijn-tot", "2026-07-01", "--akkoord-op", "2026-04-20", "--peildatum", "2026-04-20"}, []string{"eindigt op woensdag 1 juli 2026", "Een afgesproken datum verschuift niet"}, "! "},
	} {
		t.Run(name, func(t *testing.T) {
			got := do(t, "", append([]string{"termijn", "reactie_aanbieder", "2026-03-16"}, c.args...)...)
			require.Equal(t, 0, got.status, got.err)
			for _, text := range c.want {
				assert.Contains(t, got.out, text)
			}
			assert.NotContains(t, got.out, c.not)
		})
	}
	unknown := do(t, "", "termijn", "reactie_aanbieder", "2050-03-16")
	assert.Regexp(t, `(?m)^! De einddatum valt buiten de jaren \d{4} tot en met \d{4}\.`, unknown.out, "a year whose days nobody decided on")
}

func TestATermAsJSONIsThatOfTheService(t *testing.T) {
	offline := do(t, "", "termijn", "reactie_aanbieder", "2026-03-16", "--verlengd-op", "2026-04-20", "--peildatum", "2026-05-20", "--json")
	require.Equal(t, 0, offline.status, offline.err)
	d := serve(t, t.TempDir())
	_, online := d.must(t, "POST", "/v1/termijnberekeningen",
		`{"soort":"reactie_aanbieder","start":"2026-03-16","verlengdOp":"2026-04-20","peildatum":"2026-05-20"}`)
	var a map[string]any
	require.NoError(t, json.Unmarshal([]byte(offline.out), &a))
	assert.Equal(t, "2026-05-26", a["einddatum"])
	assert.JSONEq(t, online, offline.out)
}
