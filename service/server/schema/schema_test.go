package schema_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// contract reads the schemas of the real contract.
func contract(t testing.TB) *schema.Schemas {
	t.Helper()
	s, err := schema.New(api.Spec())
	require.NoError(t, err)
	return s
}

// sentences gives every fault as `field: Dutch sentence`.
func sentences(t testing.TB, faults []domain.Fault) []string {
	t.Helper()
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	out := make([]string, 0, len(faults))
	for _, f := range faults {
		out = append(out, f.Field+": "+texts.Sentence("gebrek."+f.Code, f.Args...))
	}
	return out
}

func fields(faults []domain.Fault) []string {
	out := make([]string, 0, len(faults))
	for _, f := range faults {
		out = append(out, f.Field)
	}
	return out
}

func faultsOf(t testing.TB, err error) []domain.Fault {
	t.Helper()
	require.Error(t, err)
	require.True(t, domain.IsCode(err, domain.Invalid))
	return domain.AsError(err).Faults
}

func mustParse(t testing.TB, raw string) any {
	t.Helper()
	tree, err := schema.Parse([]byte(raw))
	require.NoError(t, err)
	return tree
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}
