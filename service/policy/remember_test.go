package policy_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// loaded compiles and loads tree, until the end of t.
func loaded(t *testing.T, tree policy.Tree) *policy.Version {
	t.Helper()
	artifact, faults, err := policy.Compile(t.Context(), tree)
	require.NoError(t, err)
	require.Empty(t, faults)
	v, err := policy.Load(t.Context(), artifact.Package, patient())
	require.NoError(t, err)
	t.Cleanup(v.Close)
	return v
}

// requireSame requires that the bandwidth of in is the same from memory and not.
func requireSame(t *testing.T, r require.TestingT, v *policy.Version, in domain.TriageInvoer) {
	decided, err := v.Decide(t.Context(), policy.EncodeInput(in))
	require.NoError(r, err)
	want, err := v.Bandwidth(t.Context(), in)
	require.NoError(r, err)
	for range 2 { // the second time it is known
		got, err := v.BandwidthOf(t.Context(), in, decided)
		require.NoError(r, err)
		require.Equal(r, want, got)
	}
}

// drawnCase draws a question with other dates, provider and figures too.
func drawnCase(r *rapid.T) domain.TriageInvoer { return varied(r, drawnQuestion(r)) }

// varied draws another sector, day, anonymity and provider for a question.
func varied(r *rapid.T, in domain.TriageInvoer) domain.TriageInvoer {
	in.Melding.Sector = rapid.SampledFrom([]string{"ggz", "huisartsenzorg", "overig"}).Draw(r, "sector")
	in.Melding.Anonimiteit = rapid.SampledFrom([]string{"geen", "volledig"}).Draw(r, "anonymity")
	in.Melding.Ontvangstdatum = term.NewDate(2026, 11, rapid.IntRange(1, 20).Draw(r, "received"))
	if rapid.Bool().Draw(r, "provider") {
		n := rapid.IntRange(0, 14).Draw(r, "signals")
		in.Aanbieder = &domain.AanbiederFeiten{Signalen: &domain.Signalen{
			Aantal30: n / 3, Aantal90: n / 2, Aantal365: n, Ernstig365: rapid.IntRange(0, 4).Draw(r, "serious"),
			Overschrijdingskans: rapid.SampledFrom([]float64{0.2, 0.001}).Draw(r, "chance"),
		}}
	}
	return in
}

func TestARememberedBandwidthOfTheShippedPolicyIsTheComputedOne(t *testing.T) {
	v := loaded(t, shippedTree(t))
	require.True(t, v.Remembers())
	v.TrustMemory()
	questions := 0
	rapid.Check(t, func(r *rapid.T) {
		in := drawnQuestion(r)
		for range 3 {
			requireSame(t, r, v, varied(r, in))
			questions++
		}
	})
	assert.Greater(t, v.Hits(), int64(questions), "some were known before they were asked")
}

// drawnTree draws a policy in which a criterion reads the figures of the provider
// in some way, and main uses it in some way.
func drawnTree(small policy.Tree) *rapid.Generator[policy.Tree] {
	figures := []string{
		"input.aanbieder.signalen.aantal365 >= 5",
		"input.aanbieder.signalen.aantal365 >= 5\n\tinput.melding.feiten.geweld == \"ja\"",
		"input.melding.ontvangstdatum < \"2026-11-10\"",
		"object.get(input, [\"aanbieder\", \"signalen\", \"aantal365\"], 0) >= 5",
		"input.aanbieder.signalen[{\"ja\": \"aantal30\", \"nee\": \"aantal365\", \"onbekend\": \"aantal90\"}[input.melding.feiten.geweld]] >= 3",
	}
	uses := []string{
		`data.criteria.geslagen.uitkomst == "ja"`, `data.criteria.geslagen.uitkomst != "ja"`, `"geslagen" in data.verzameld.grond`, "true",
	}
	return rapid.Custom(func(r *rapid.T) policy.Tree {
		tree, at := maps.Clone(small), "criteria/geslagen/geslagen.rego"
		tree[at] = strings.Replace(tree[at], `uitkomst := "ja" if input.melding.feiten.geweld == "ja"`,
			"uitkomst := \"ja\" if {\n\t"+rapid.SampledFrom(figures).Draw(r, "figures")+"\n}", 1)
		tree[at] = strings.Replace(tree[at], `uitkomst := "nee" if input.melding.feiten.geweld == "nee"`, "", 1)
		main := drawnMain(r, "besluit := {\"advies\": advies, \"criteria\": criteria, \"stappen\": []}\n")
		tree["main/main.rego"] = strings.Replace(main, " if {\n", " if {\n\t"+rapid.SampledFrom(uses).Draw(r, "use")+"\n", 1)
		return tree
	})
}

func TestARememberedBandwidthOfAPolicyNobodyHasSeenIsTheComputedOne(t *testing.T) {
	trees, cases := drawnTree(smallTree(t)), rapid.Custom(drawnCase)
	hits := int64(0)
	for n := range 30 {
		v := loaded(t, trees.Example(n))
		v.TrustMemory()
		for k := range 12 {
			requireSame(t, t, v, cases.Example(100*n+k))
		}
		hits += v.Hits()
		v.Close()
	}
	assert.Positive(t, hits)
}

func TestAPolicyOfWhichItCannotBeToldWhatTheAdviceReadsRemembersNothing(t *testing.T) {
	for name, c := range map[string]struct {
		condition string // of the first advice of the small policy
		want      bool
	}{
		"facts by their names":            {`input.melding.feiten.geweld == "ja"`, true},
		"an outcome":                      {`data.criteria.geslagen.uitkomst == "ja"`, true},
		"outcomes by a code":              {`data.criteria[input.melding.sector].uitkomst == "ja"`, false},
		"the figures themselves":          {"input.aanbieder.signalen.aantal30 > 3", false},
		"another rule of a criterion":     {"data.criteria.geslagen._aantal > 3", false},
		"a helper that reads the figures": {"_hulp(3)", false},
		"the whole input":                 {"count(input) > 1", false},
		"the whole input, walked":         {`some [_, "ja"] in [walk_ | some walk_ in [[1, x] | some x in input]]`, false},
		"an input of its own":             {`data.criteria.bedreigd.uitkomst == "ja" with input as {}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			tree := maps.Clone(smallTree(t))
			tree["main/main.rego"] = strings.Replace(tree["main/main.rego"], `data.criteria.geslagen.uitkomst == "ja"`, c.condition, 1) +
				"\n_hulp(n) if input.aanbieder.signalen.aantal90 > n\n"
			tree["criteria/geslagen/geslagen.rego"] += "\n_aantal := input.aanbieder.signalen.aantal365\n\nuitkomst := \"nee\" if _aantal == 0\n"
			assert.Equal(t, c.want, loaded(t, tree).Remembers())
		})
	}
}

func TestOutcomesThatMainMakesUpAreNotRelied(t *testing.T) {
	tree := maps.Clone(smallTree(t))
	tree["main/main.rego"] = strings.Replace(tree["main/main.rego"], "criteria := data.verzameld.uitkomsten",
		`criteria := {"geslagen": "nee", "bedreigd": "nee"}`, 1)
	assert.False(t, loaded(t, tree).Remembers())
}

func TestTheFirstRememberedBandwidthsAreComputedAllTheSame(t *testing.T) {
	v := loaded(t, shippedTree(t))
	rapid.Check(t, func(r *rapid.T) { requireSame(t, r, v, drawnQuestion(r)) })
	assert.True(t, v.MemoryHolds())
}

func TestFiguresThatMeetAnUnknownFactAreComputedEveryTime(t *testing.T) {
	tree := maps.Clone(smallTree(t))
	tree["criteria/geslagen/geslagen.rego"] = strings.Replace(tree["criteria/geslagen/geslagen.rego"],
		`uitkomst := "ja" if input.melding.feiten.geweld == "ja"`,
		"uitkomst := \"ja\" if {\n\tinput.melding.feiten.geweld == \"ja\"\n\tinput.aanbieder.signalen.aantal365 >= 5\n}", 1)
	v := loaded(t, tree)
	require.True(t, v.Remembers())
	v.TrustMemory()
	for _, n := range []int{9, 0, 9} { // the outcome is onbekend each time
		in := question("nee", "onbekend")
		in.Aanbieder = &domain.AanbiederFeiten{Signalen: &domain.Signalen{Aantal365: n}}
		requireSame(t, t, v, in)
	}
}
