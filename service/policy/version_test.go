package policy_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/policies"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// patient is a limit for tests on a machine that is busy with the race detector.
func patient() policy.Limits { return policy.Limits{Evaluation: 5 * time.Second, Instances: 2} }

func smallTree(t testing.TB) policy.Tree {
	t.Helper()
	fsys, err := fixtures.KleinBeleid()
	require.NoError(t, err)
	tree, err := policy.ReadTree(fsys)
	require.NoError(t, err)
	return tree
}

func shippedTree(t testing.TB) policy.Tree {
	t.Helper()
	tree, err := policy.ReadTree(policies.FS)
	require.NoError(t, err)
	return tree
}

func load(t testing.TB, tree policy.Tree, limits policy.Limits) *policy.Version {
	t.Helper()
	artifact, faults, err := policy.Compile(t.Context(), tree)
	require.NoError(t, err)
	require.Empty(t, faults)
	v, err := policy.Load(t.Context(), artifact.Package, limits)
	require.NoError(t, err)
	t.Cleanup(v.Close)
	return v
}

// question is a complete question on which only the facts given are known.
func question(threat, violence string) domain.TriageInvoer {
	day := term.NewDate(2026, time.November, 20)
	return domain.TriageInvoer{
		Peildatum: day,
		Melding: domain.MeldingFeiten{
			Soort: "klacht", Ontvangstdatum: day, Regime: "wkkgz", Sector: "overig", Hoedanigheid: "onbekend", Anonimiteit: "geen",
			Feiten: domain.Feiten{
				Bedreiging: threat, BedreigingActueel: "nee", Schade: "geen", SchadeDoorZorg: "nee", Geweld: violence,
				DirecteMaatregelen: "nee", CalamiteitGemeld: "nee", BelangGoedeZorg: "nee", NoodzaakOndanksOuderdom: "nee",
				EerderOnderzocht: "nee", KlachtplichtGebreken: []string{},
			},
			Gebeurtenis: domain.Gebeurtenis{Van: day, Tot: day},
			Toestemming: domain.Toestemming{Inspecteur: "niet_gevraagd", Aanbieder: "niet_gevraagd"},
		},
	}
}

func TestASmallPolicyDecides(t *testing.T) {
	v := load(t, smallTree(t), patient())
	for name, c := range map[string]struct {
		threat, violence string
		want             domain.Besluit
	}{
		"violence escalates and asks for a call": {"nee", "ja", besluit(domain.Escaleren, domain.Nee, domain.Ja, "bellen")},
		"a threat is investigated":               {"mogelijk", "nee", besluit(domain.Onderzoeken, domain.Ja, domain.Nee)},
		"what is unknown stays unknown":          {"onbekend", "onbekend", besluit(domain.Registreren, domain.Onbekend, domain.Onbekend)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := v.Decide(t.Context(), policy.EncodeInput(question(c.threat, c.violence)))
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}

func besluit(a domain.Advies, threat, violence domain.Uitkomst, steps ...string) domain.Besluit {
	return domain.Besluit{
		Advies: a, Stappen: append([]string{}, steps...),
		Criteria: []domain.CriteriumUitkomst{{Code: "bedreigd", Uitkomst: threat}, {Code: "geslagen", Uitkomst: violence}},
	}
}

func TestAPolicyThatDoesNotAnswerFailsLoudly(t *testing.T) {
	variants, err := fixtures.BeleidVarianten()
	require.NoError(t, err)
	for name, variant := range variants {
		if variant.Reden == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			limits := patient()
			if variant.Reden == string(policy.Overrun) {
				limits.Evaluation = 50 * time.Millisecond
			}
			v := load(t, variant.Over(smallTree(t)), limits)
			_, err := v.Decide(t.Context(), policy.EncodeInput(question("ja", "nee")))
			require.Error(t, err)
			assert.True(t, domain.IsCode(err, domain.PolicyFailed))
			var f *policy.EvaluationError
			require.ErrorAs(t, err, &f)
			assert.Equal(t, variant.Reden, string(f.Reason), f.Detail)
		})
	}
}

func TestATreeThatCannotDecideIsRefusedWithItsFile(t *testing.T) {
	variants, err := fixtures.BeleidVarianten()
	require.NoError(t, err)
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	for name, variant := range variants {
		if variant.Gebrek == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			_, faults, err := policy.Compile(t.Context(), variant.Over(smallTree(t)))
			require.NoError(t, err)
			require.NotEmpty(t, faults)
			var told []string
			for _, f := range faults {
				told = append(told, f.Field+": "+texts.Sentence("gebrek."+f.Code, f.Args...))
			}
			assert.Contains(t, strings.Join(told, "\n"), variant.Gebrek)
			assert.NotContains(t, strings.Join(told, "\n"), "%!")
		})
	}
}

func TestAnOverrunCostsAnInstanceAndTheVersionGoesOn(t *testing.T) {
	variants, err := fixtures.BeleidVarianten()
	require.NoError(t, err)
	v := load(t, variants["rekenen zonder eind"].Over(smallTree(t)), policy.Limits{Evaluation: 30 * time.Millisecond, Instances: 2})
	require.Zero(t, v.Lost())
	for range 4 {
		_, err := v.Decide(t.Context(), policy.EncodeInput(question("ja", "nee")))
		var f *policy.EvaluationError
		require.ErrorAs(t, err, &f)
		require.Equal(t, policy.Overrun, f.Reason)
	}
	assert.EqualValues(t, 4, v.Lost())
}

func TestAVersionThatIsClosedSaysSo(t *testing.T) {
	v := load(t, smallTree(t), patient())
	v.Close()
	require.Eventually(t, func() bool {
		_, err := v.Decide(t.Context(), policy.EncodeInput(question("ja", "nee")))
		return errors.Is(err, policy.ErrClosed)
	}, 5*time.Second, time.Millisecond)
}

func TestAWaitForAnInstanceEndsWithItsContext(t *testing.T) {
	v := load(t, smallTree(t), patient())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		if _, err := v.Decide(ctx, policy.EncodeInput(question("ja", "nee"))); err != nil {
			assert.ErrorIs(t, err, context.Canceled)
			return
		}
	}
}

func TestADigestIsOfTheSourcesAlone(t *testing.T) {
	a, b := smallTree(t), smallTree(t)
	assert.Equal(t, a.Digest(), b.Digest())
	b["main/main.rego"] += "\n"
	assert.NotEqual(t, a.Digest(), b.Digest())

	encoded, err := a.Encode()
	require.NoError(t, err)
	back, err := policy.DecodeTree(encoded)
	require.NoError(t, err)
	assert.Equal(t, a.Digest(), back.Digest())
}

func TestTheSameInputIsTheSameBytes(t *testing.T) {
	in := question("ja", "onbekend")
	in.Aanbieder = &domain.AanbiederFeiten{ID: `een "vreemd" id €`, Signalen: &domain.Signalen{Overschrijdingskans: 1e-300}}
	assert.Equal(t, policy.EncodeInput(in), policy.EncodeInput(in))
	var decoded map[string]any
	require.NoError(t, json.Unmarshal(policy.EncodeInput(in), &decoded))
	facts, err := policy.ReadFacts(policy.EncodeInput(in))
	require.NoError(t, err)
	assert.Equal(t, `een "vreemd" id €`, facts.At("aanbieder.id"))
	assert.Equal(t, json.Number("1e-300"), facts.At("aanbieder.signalen.overschrijdingskans"))
	assert.Nil(t, facts.At("melding.feiten.bestaatNiet"))
	assert.Nil(t, facts.At("melding.soort.dieper"))
}

func TestAnImportedAdviceIsNotTakenForTheRule(t *testing.T) {
	tree := smallTree(t)
	tree["lib/a/a.rego"] = "package lib.a\n\nadvies := \"escaleren\"\n"
	tree["main/main.rego"] = "package main\n\nimport data.lib.a.advies\n\ndefault advies := \"registreren\"\n\ncriteria := data.verzameld.uitkomsten\n\nbesluit := {\"advies\": advies, \"criteria\": criteria, \"stappen\": []}\n"
	_, faults, err := policy.Compile(t.Context(), tree)
	require.NoError(t, err)
	if len(faults) > 0 {
		return // refused is as good
	}
	v := load(t, tree, patient())
	in := question("onbekend", "onbekend")
	got, err := v.Decide(t.Context(), policy.EncodeInput(in))
	require.NoError(t, err)
	b, err := v.Bandwidth(t.Context(), in)
	require.NoError(t, err)
	assert.Equal(t, domain.Bandbreedte{Laagste: got.Advies, Hoogste: got.Advies, Ontbrekend: []string{}}, b)
}

func TestAFunctionOutsideTheModuleIsNotAskedForMoreThanItsBounds(t *testing.T) {
	for name, c := range map[string]struct {
		condition string
		fails     bool
	}{
		"a small width":             {`count(sprintf("%9d %% %s", [1, "x"])) > 5`, false},
		"a huge width":              {`count(sprintf("%999999999d", [1])) > 5`, true},
		"a huge precision":          {`count(sprintf("%.99999f", [1])) > 5`, true},
		"a width from an argument":  {`count(sprintf("%*d", [999999999, 1])) > 5`, true},
		"a text that doubles along": {`regex.match("a*b", concat("", [x | some x in split(replace(replace(replace(replace("aaaaaaaaaaaaaaaa", "a", "aaaaaaaaaaaaaaaa"), "a", "aaaaaaaaaaaaaaaa"), "a", "aaaaaaaaaaaaaaaa"), "a", "aaaaaaaaaaaaaaaa"), "b")]))`, true},
	} {
		t.Run(name, func(t *testing.T) {
			tree := smallTree(t)
			tree["main/main.rego"] = strings.Replace(tree["main/main.rego"], `data.criteria.geslagen.uitkomst == "ja"`, c.condition, 1)
			_, err := load(t, tree, policy.Limits{Evaluation: 500 * time.Millisecond, Instances: 1}).Decide(t.Context(), policy.EncodeInput(question("nee", "nee")))
			assert.Equal(t, c.fails, domain.IsCode(err, domain.PolicyFailed), "%v", err)
			assert.Equal(t, c.fails, err != nil, "%v", err)
		})
	}
}
