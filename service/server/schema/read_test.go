package schema_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

func read(t *testing.T, raw string) (api.TriageInvoer, []domain.Fault, error) {
	t.Helper()
	value, _, faults, err := schema.Read[api.TriageInvoer](contract(t), "TriageInvoer", []byte(raw))
	return value, faults, err
}

func TestReadGivesTheValue(t *testing.T) {
	value, faults, err := read(t, `{"melding":{"soort":"klacht","regime":null,"gebeurtenis":{"van":"2024-03"}},"aanbieder":null}`)
	require.NoError(t, err)
	require.Empty(t, faults)
	require.Equal(t, "klacht", value.Melding.Soort)
	require.Equal(t, "2024-03", *value.Melding.Gebeurtenis.Van)
	require.Nil(t, value.Melding.Regime)
	require.Nil(t, value.Aanbieder)
}

func TestReadTakesWholeNumbersInEveryNotation(t *testing.T) {
	value, faults, err := read(t, `{"melding":{"soort":"klacht"},"aanbieder":{"signalen":
		{"aantal30":1.0,"aantal90":1e1,"aantal365":2E+1,"aantalVorigJaar":300e-1,"ernstig365":-0,"overschrijdingskans":1e-2}}}`)
	require.NoError(t, err)
	require.Empty(t, faults)
	require.Equal(t, api.Signalen{Aantal30: 1, Aantal90: 10, Aantal365: 20, AantalVorigJaar: 30, Overschrijdingskans: 0.01},
		*value.Aanbieder.Signalen)
}

func TestReadKeepsWhatIsRightBesideWhatIsWrong(t *testing.T) {
	value, faults, err := read(t, `{"peildatum":"gisteren","melding":{"soort":"klacht","ontvangstdatum":"2026-11-21",
		"feiten":{"klachtplichtGebreken":["art13","x","art15"]},"melder":{"naam":"Proefpersoon"}},
		"aanbieder":{"signalen":{"aantal30":1}}}`)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{
		"peildatum", "melding.feiten.klachtplichtGebreken[1]", "melding.melder", "aanbieder.signalen",
	}, fields(faults))
	require.Nil(t, value.Peildatum)
	require.Equal(t, "2026-11-21", *value.Melding.Ontvangstdatum)
	require.Equal(t, []string{"art13", "art15"}, *value.Melding.Feiten.KlachtplichtGebreken)
	require.Nil(t, value.Aanbieder.Signalen)
}

func TestReadNamesAKeyGivenTwiceBesideOtherFaults(t *testing.T) {
	value, faults, err := read(t, `{"peildatum":"2026-11-20","peildatum":"2026-11-21","melding":{"soort":"roddel","regime":"wkkgz"}}`)
	require.NoError(t, err)
	require.Equal(t, []string{"peildatum", "melding.soort"}, fields(faults))
	require.Nil(t, value.Peildatum)
	require.Equal(t, "wkkgz", *value.Melding.Regime)
}

func TestReadGivesUpWhenNothingIsLeft(t *testing.T) {
	for name, raw := range map[string]string{
		"no body": "", "no JSON": "{", "null": "null", "a list": "[]", "a text that is not UTF-8": "\"\xff\"",
	} {
		t.Run(name, func(t *testing.T) {
			_, faults, err := read(t, raw)
			require.Empty(t, faults)
			require.Equal(t, "", faultsOf(t, err)[0].Field)
		})
	}
}

func TestReadRefusesANumberThatOnlyLooksWhole(t *testing.T) {
	_, faults, err := read(t, `{"melding":{"soort":"klacht"},"aanbieder":{"signalen":{"aantal30":1.0000000000000000001,
		"aantal90":2,"aantal365":2,"aantalVorigJaar":0,"ernstig365":0,"overschrijdingskans":0}}}`)
	require.NoError(t, err)
	require.Equal(t, []string{"aanbieder.signalen.aantal30"}, fields(faults))
}

func TestReadHandsOnFreeObjectsAsTheyAre(t *testing.T) {
	value, tree, faults, err := schema.Read[api.ReeksInvoer](contract(t), "ReeksInvoer",
		[]byte(`{"items":[{"kenmerk":"a","invoer":{"melding":{"soort":"roddel","x":null}}}]}`))
	require.NoError(t, err)
	require.Empty(t, faults)
	require.JSONEq(t, `{"kenmerk":"a","invoer":{"melding":{"soort":"roddel","x":null}}}`, string(value.Items[0]))
	require.JSONEq(t, `{"items":[{"kenmerk":"a","invoer":{"melding":{"soort":"roddel"}}}]}`, asJSON(t, tree))
}

func TestPruneTakesOutTheFaultedNodes(t *testing.T) {
	tree := mustParse(t, `{"a":1,"b":{"c":[1,2,{"d":3,"e":4}]}}`)
	for name, c := range map[string]struct {
		fields []string
		want   string
	}{
		"nothing":                   {nil, `{"a":1,"b":{"c":[1,2,{"d":3,"e":4}]}}`},
		"a field":                   {[]string{"a"}, `{"b":{"c":[1,2,{"d":3,"e":4}]}}`},
		"an element of a list":      {[]string{"b.c[0]"}, `{"a":1,"b":{"c":[2,{"d":3,"e":4}]}}`},
		"a field in an element":     {[]string{"b.c[2].d", "a"}, `{"b":{"c":[1,2,{"e":4}]}}`},
		"an object":                 {[]string{"b", "b.c"}, `{"a":1}`},
		"a field that is not there": {[]string{"b.x", "y", "b.c[7]"}, `{"a":1,"b":{"c":[1,2,{"d":3,"e":4}]}}`},
		"everything":                {[]string{""}, `null`},
	} {
		t.Run(name, func(t *testing.T) {
			var faults []domain.Fault
			for _, f := range c.fields {
				faults = append(faults, domain.Fault{Field: f})
			}
			require.Equal(t, c.want, asJSON(t, schema.Prune(tree, faults)))
			require.JSONEq(t, `{"a":1,"b":{"c":[1,2,{"d":3,"e":4}]}}`, asJSON(t, tree), "the tree itself stays")
		})
	}
}
