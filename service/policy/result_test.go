package policy_test

import (
	"encoding/json"
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
		requireScannedAsRead(t, raw)
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

// requireScannedAsRead: what is read the fast way is what encoding/json reads.
func requireScannedAsRead(t *testing.T, raw []byte) {
	t.Helper()
	advice, criteria, steps, ok := policy.ScanAnswer(raw)
	if !ok {
		return
	}
	var want []struct {
		Result struct {
			Advies   string
			Criteria map[string]string
			Stappen  []string
		}
	}
	require.NoError(t, json.Unmarshal(raw, &want))
	require.Len(t, want, 1)
	require.Equal(t, want[0].Result.Advies, advice)
	require.Equal(t, want[0].Result.Criteria, criteria)
	require.Equal(t, want[0].Result.Stappen, steps)
}

func TestWhatTheModuleWritesIsReadTheFastWay(t *testing.T) {
	v := load(t, shippedTree(t), patient())
	for _, facts := range [][2]string{{"ja", "ja"}, {"nee", "nee"}, {"onbekend", "onbekend"}} {
		raw, err := v.EvaluateJSON(t.Context(), policy.EncodeInput(question(facts[0], facts[1])), nil)
		require.NoError(t, err)
		_, criteria, _, ok := policy.ScanAnswer(raw)
		require.True(t, ok, string(raw))
		require.Len(t, criteria, 11)
		requireScannedAsRead(t, raw)
	}
	for _, raw := range []string{
		`[{"result":{"advies":"a","criteria":{"c":"ja","c":"nee"},"stappen":[]}}]`,
		`[{"result":{"advies":"a\u0041","criteria":{},"stappen":[]}}]`,
		`[{"result":{"advies":"a","criteria":{},"stappen":[]}}] `,
		`[{"result":{"advies":"a","criteria":{},"stappen":[`,
	} {
		_, _, _, ok := policy.ScanAnswer([]byte(raw))
		require.False(t, ok, raw)
	}
}
