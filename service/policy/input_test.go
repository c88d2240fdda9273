package policy_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures/orakel"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

func TestTheFactsOfAQuestionAreThoseInItsInput(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "in")
		if rapid.Bool().Draw(r, "named") {
			in.Aanbieder = &domain.AanbiederFeiten{ID: rapid.StringN(1, 20, -1).Draw(r, "id"), Signalen: &domain.Signalen{
				Aantal365: rapid.IntRange(0, 1<<53-1).Draw(r, "count"), Overschrijdingskans: rapid.Float64Range(0, 1).Draw(r, "chance"),
			}}
		}
		raw := policy.EncodeInput(in)
		require.True(r, json.Valid(raw))
		read, err := policy.ReadFacts(raw)
		require.NoError(r, err)
		assert.Equal(r, read, policy.FactsOf(in))
		assert.Equal(r, raw, policy.EncodeInput(in), "the same question is the same bytes")
	})
}
