package policy_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures/orakel"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

func TestBothEnginesAnswerAsTheContractSays(t *testing.T) {
	v := load(t, shippedTree(t), patient())
	rapid.Check(t, func(r *rapid.T) {
		for range 10 {
			in := orakel.Invoer().Draw(r, "input")
			input := policy.EncodeInput(in)
			want := orakel.Besluit(in, orakel.Standaard())
			wasm, err := v.Decide(t.Context(), input)
			require.NoError(r, err)
			require.Equal(r, want, wasm, "wasm on %s", input)
			interpreted, err := v.Reference().Decide(t.Context(), input)
			require.NoError(r, err)
			require.Equal(r, want, interpreted, "interpreter on %s", input)
		}
	})
}

func TestTheBandwidthOfTheShippedPolicyIsExact(t *testing.T) {
	v := load(t, shippedTree(t), patient())
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "input")
		got, err := v.Bandwidth(t.Context(), in)
		require.NoError(r, err)
		assert.Equal(r, orakel.Bandbreedte(in, orakel.Standaard()), got, string(policy.EncodeInput(in)))
	})
}

func TestMakingAFactKnownStaysInsideTheBandwidth(t *testing.T) {
	v := load(t, shippedTree(t), patient())
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "input")
		unknown := in.OnbekendeFeiten()
		if len(unknown) == 0 {
			return
		}
		wide, err := v.Bandwidth(t.Context(), in)
		require.NoError(r, err)
		known := rapid.SampledFrom(ways(in, rapid.SampledFrom(unknown).Draw(r, "fact"))).Draw(r, "known")
		narrow, err := v.Bandwidth(t.Context(), known)
		require.NoError(r, err)
		assert.GreaterOrEqual(r, narrow.Laagste.Rang(), wide.Laagste.Rang())
		assert.LessOrEqual(r, narrow.Hoogste.Rang(), wide.Hoogste.Rang())
	})
}

func TestTheGeneratorReachesEverything(t *testing.T) {
	seen := map[string]int{}
	gen := orakel.Invoer()
	for seed := range 3000 {
		in := gen.Example(seed)
		b := orakel.Besluit(in, orakel.Standaard())
		seen["advies "+string(b.Advies)]++
		for _, c := range b.Criteria {
			seen[fmt.Sprintf("%s %s", c.Code, c.Uitkomst)]++
		}
		for _, s := range b.Stappen {
			seen["stap "+s]++
		}
		countSides(seen, in)
	}
	v := load(t, shippedTree(t), patient())
	for _, a := range domain.Adviezen() {
		assert.Positive(t, seen["advies "+string(a)], a)
	}
	alwaysKnown := map[string]bool{"belang_goede_zorg": true, "klachtplicht_gebrek": true, "eerder_onderzocht": true, "andere_procedure": true}
	for _, c := range v.Catalogue().Criteria {
		assert.Positive(t, seen[c.Code+" ja"], c.Code)
		assert.Positive(t, seen[c.Code+" nee"], c.Code)
		if !alwaysKnown[c.Code] {
			assert.Positive(t, seen[c.Code+" onbekend"], c.Code)
		}
	}
	for _, s := range v.Catalogue().Stappen {
		assert.Positive(t, seen["stap "+s.Code], s.Code)
	}
	for _, side := range []string{"365 under", "365 on", "ernstig under", "ernstig on", "90 under", "90 on", "kans under", "kans on", "two years", "two years and a day"} {
		assert.Positive(t, seen[side], side)
	}
}

// countSides notes on which side of a threshold an input lies, next to it.
func countSides(seen map[string]int, in domain.TriageInvoer) {
	if in.Aanbieder != nil && in.Aanbieder.Signalen != nil {
		s := in.Aanbieder.Signalen
		for name, hit := range map[string]bool{
			"365 under": s.Aantal365 == 9, "365 on": s.Aantal365 == 10, "ernstig under": s.Ernstig365 == 2, "ernstig on": s.Ernstig365 == 3,
			"90 under": s.Aantal90 == 3, "90 on": s.Aantal90 == 4, "kans under": s.Overschrijdingskans == 0.0099, "kans on": s.Overschrijdingskans == 0.01,
		} {
			if hit {
				seen[name]++
			}
		}
	}
	if end := in.Melding.Gebeurtenis.Einde(); !end.IsZero() {
		switch end.AddYears(2).DaysUntil(in.Melding.Ontvangstdatum) {
		case 0:
			seen["two years"]++
		case 1:
			seen["two years and a day"]++
		}
	}
}

func TestATwelfthCriterionIsOneFolder(t *testing.T) {
	tree := shippedTree(t)
	tree["criteria/melder_is_zorgverlener/melder_is_zorgverlener.rego"] = `# METADATA
# title: Melder is zorgverlener
# description: De melder werkt in de zorg.
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037173
#     description: Eigen keuze van het meldpunt
# custom:
#   code: melder_is_zorgverlener
#   soort: grond
#   volgorde: 120
#   feiten: [melding.hoedanigheid]
#   zinnen:
#     ja: De melder is zorgverlener.
#     nee: De melder is geen zorgverlener.
#     onbekend: We weten niet wie de melder is.
package criteria.melder_is_zorgverlener

default uitkomst := "nee"

uitkomst := "ja" if input.melding.hoedanigheid == "zorgverlener"

uitkomst := "onbekend" if input.melding.hoedanigheid == "onbekend"
`
	report, err := policy.Check(t.Context(), tree)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	tests, err := policy.Test(t.Context(), tree)
	require.NoError(t, err)
	assert.Empty(t, tests.Failed, "the tests of the others stand")
	v := load(t, tree, patient())
	in := question("nee", "nee")
	in.Melding.Hoedanigheid = "zorgverlener"
	got, err := v.Decide(t.Context(), policy.EncodeInput(in))
	require.NoError(t, err)
	require.Len(t, got.Criteria, 12)
	assert.Equal(t, domain.CriteriumUitkomst{Code: "melder_is_zorgverlener", Uitkomst: domain.Ja}, got.Criteria[11])
	assert.Equal(t, domain.Onderzoeken, got.Advies, "a criterion of kind grond takes part without main naming it")
}

func TestARetiredCriterionIsLeftOut(t *testing.T) {
	tree := shippedTree(t)
	const path = "criteria/belang_goede_zorg/belang_goede_zorg.rego"
	tree[path] = "# METADATA\n# title: Weg\n# description: Vervallen.\n# custom:\n#   code: belang_goede_zorg\n#   deprecated: true\npackage criteria.belang_goede_zorg\n\nuitkomst := \"ja\"\n"
	v := load(t, tree, patient())
	got, err := v.Decide(t.Context(), policy.EncodeInput(question("nee", "nee")))
	require.NoError(t, err)
	assert.Len(t, got.Criteria, 10)
	assert.Equal(t, domain.Registreren, got.Advies)
}
