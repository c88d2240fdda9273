package policy_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// handbook gives the pieces of Rego in the handbook for policy officers.
func handbook(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../policies/README.md")
	require.NoError(t, err)
	var out []string
	for _, m := range regexp.MustCompile("(?s)```rego\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		piece := strings.ReplaceAll("\n"+m[1], "\n   ", "\n")
		out = append(out, strings.TrimSpace(piece)+"\n")
	}
	return out
}

func TestTheExampleOfTheHandbookWorksAsItStandsThere(t *testing.T) {
	pieces := handbook(t)
	require.Len(t, pieces, 2)
	tree := shippedTree(t)
	const folder = "criteria/melding_van_binnenuit/melding_van_binnenuit"
	tree[folder+".rego"], tree[folder+"_test.rego"] = pieces[0], pieces[1]

	report, err := policy.Check(t.Context(), tree)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	tests, err := policy.Test(t.Context(), tree)
	require.NoError(t, err)
	assert.Empty(t, tests.Failed)
	formatted, err := policy.Format(tree)
	require.NoError(t, err)
	assert.NotContains(t, formatted, folder+".rego", "it stands there in the fixed form")
	assert.NotContains(t, formatted, folder+"_test.rego")

	in := question("nee", "nee")
	in.Melding.Hoedanigheid, in.Melding.Anonimiteit = "zorgverlener", "volledig"
	got, err := load(t, tree, patient()).Decide(t.Context(), policy.EncodeInput(in))
	require.NoError(t, err)
	assert.Contains(t, got.Criteria, domain.CriteriumUitkomst{Code: "melding_van_binnenuit", Uitkomst: domain.Ja})
}

func TestTheHandbookNamesEveryCriterion(t *testing.T) {
	text, err := os.ReadFile("../../policies/README.md")
	require.NoError(t, err)
	for _, c := range load(t, shippedTree(t), patient()).Catalogue().Criteria {
		assert.Contains(t, string(text), "| `"+c.Code+"` | "+c.Soort+" |")
	}
}

func TestAFormNeverChangesWhatAPolicySays(t *testing.T) {
	tree := shippedTree(t)
	const odd = "package main\n\na := \"x\" if input.x == \"ja\"\nelse := \"y\" if input.y == \"ja\"\n"
	tree["main/los.rego"] = odd
	changed, err := policy.Format(tree)
	require.NoError(t, err)
	assert.Empty(t, changed, "a rule that the formatter writes out wrongly stays as it is")
	tree["main/los.rego"] = "package main\na   :=   1\n"
	changed, err = policy.Format(tree)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"main/los.rego": "package main\n\na := 1\n"}, changed)
}
