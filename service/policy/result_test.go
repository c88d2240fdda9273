package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// FuzzReadDecision: whatever an engine answers, it is a whole decision of the
// catalogue or a failure, never something in between.
func FuzzReadDecision(f *testing.F) {
	c := domain.Catalogus{
		Criteria: []domain.CriteriumTekst{{Code: "a"}, {Code: "b"}}, Stappen: []domain.StapTekst{{Code: "s"}, {Code: "t"}},
	}
	for _, seed := range []string{
		`[{"result":{"advies":"escaleren","criteria":{"a":"ja","b":"nee"},"stappen":["t","s"]}}]`,
		`[]`, `[{}]`, `[{"result":null}]`, `[{"result":{"advies":"escaleren"}}]`, `{`, ``,
		`[{"result":{"advies":"escaleren","criteria":{"a":"ja","b":"nee"},"stappen":["s","s"]}}]`,
		`[{"result":{"advies":"beoordelen","criteria":{"a":"ja","b":"nee","c":"ja"},"stappen":[]}}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := policy.ReadDecision(raw, c)
		if err != nil {
			require.True(t, domain.IsCode(err, domain.PolicyFailed))
			return
		}
		require.GreaterOrEqual(t, got.Advies.Rang(), 0)
		require.Len(t, got.Criteria, len(c.Criteria))
		for i, u := range got.Criteria {
			require.Equal(t, c.Criteria[i].Code, u.Code)
			require.Contains(t, []domain.Uitkomst{domain.Ja, domain.Nee, domain.Onbekend}, u.Uitkomst)
		}
		require.LessOrEqual(t, len(got.Stappen), len(c.Stappen))
	})
}
