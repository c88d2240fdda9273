package main_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// inputs gives what a policy sees of every triage case.
func inputs(t testing.TB, cases map[string]fixtures.TriageGeval) map[string]any {
	t.Helper()
	contract, err := api.LoadContract()
	require.NoError(t, err)
	calendar, err := term.Load()
	require.NoError(t, err)
	out := map[string]any{}
	for name, c := range cases {
		body, err := c.Body()
		require.NoError(t, err)
		asked, err := contract.ReadAanvraag(body)
		require.NoError(t, err, name)
		in, faults := domain.LeesAanvraag(asked, term.NewDate(2026, 11, 20), calendar)
		require.Empty(t, faults, name)
		var input any
		require.NoError(t, json.Unmarshal(policy.EncodeInput(in), &input))
		out[name] = input
	}
	return out
}

func TestAnExportedPolicyDecidesTheSameInOPA(t *testing.T) {
	to := filepath.Join(t.TempDir(), "uit", "beleid")
	got := do(t, "", "policy", "export", to)
	require.Equal(t, 0, got.status, got.err)
	assert.Contains(t, got.out, fmt.Sprintf("%d bestanden geschreven in %s.", len(texts(t, to)), to))
	assert.Contains(t, got.out, "data.main.besluit")
	besluit, err := rego.New(rego.Query("data.main.besluit.advies"), rego.Load([]string{to}, nil)).PrepareForEval(t.Context())
	require.NoError(t, err)
	cases, err := fixtures.TriageGevallen()
	require.NoError(t, err)
	for name, input := range inputs(t, cases) {
		result, err := besluit.Eval(t.Context(), rego.EvalInput(input))
		require.NoError(t, err)
		require.Len(t, result, 1, name)
		assert.Equal(t, cases[name].Advies, result[0].Expressions[0].Value, name)
	}
}

func TestABrokenPolicyIsNotExported(t *testing.T) {
	to := filepath.Join(t.TempDir(), "uit")
	got := do(t, "", "policy", "export", to, small(t, "een regel die niet te lezen is"))
	assert.Equal(t, 1, got.status)
	assert.Contains(t, got.faulted(), "main/main.rego", got.err)
	assert.NoDirExists(t, to)
}
