package voorbeeld_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

func today() term.Date { return term.NewDate(2026, 11, 20) }

func made(t *testing.T, n int) []domain.Opgave {
	t.Helper()
	out, err := voorbeeld.Maak(n, 1, today())
	require.NoError(t, err)
	require.Len(t, out, n)
	return out
}

func TestEveryMeldingIsRight(t *testing.T) {
	calendar, err := term.Load()
	require.NoError(t, err)
	last := term.Date{}
	for _, o := range made(t, 2000) {
		in, faults := domain.LeesMelding(o, today(), calendar)
		require.Empty(t, faults)
		require.False(t, in.Melding.Ontvangstdatum.Before(last), "oldest first")
		last = in.Melding.Ontvangstdatum
		require.LessOrEqual(t, last.DaysUntil(today()), 729)
	}
	assert.Equal(t, today(), last)
}

func TestTheSameSeedGivesTheSame(t *testing.T) {
	assert.Equal(t, made(t, 100), made(t, 100))
	other, err := voorbeeld.Maak(100, 2, today())
	require.NoError(t, err)
	assert.NotEqual(t, made(t, 100), other)
	none, err := voorbeeld.Maak(0, 1, today())
	require.NoError(t, err)
	assert.Empty(t, none)
}

func TestTheSharesAreThoseOfTheMeldpunt(t *testing.T) {
	const n = 10_000
	seen, providers, unknown := map[string]int{}, map[domain.AanbiederOpgave]int{}, map[int]int{}
	calendar, err := term.Load()
	require.NoError(t, err)
	for _, o := range made(t, n) {
		seen[o.Kanaal]++
		seen[*o.Melding.Sector]++
		seen["anoniem "+*o.Melding.Anonimiteit]++
		if o.Aanbieder != nil {
			providers[*o.Aanbieder]++
		}
		in, _ := domain.LeesMelding(o, today(), calendar)
		unknown[len(in.OnbekendeFeiten())]++
		if *o.Melding.Anonimiteit == "volledig" {
			require.Nil(t, o.Melder)
		}
	}
	share := func(what string) float64 { return float64(seen[what]) / n }
	assert.InDelta(t, 0.569, share("telefoon"), 0.02)
	assert.InDelta(t, 0.397, share("webformulier")+share("e_mail"), 0.02)
	assert.InDelta(t, 0.034, share("brief"), 0.01)
	assert.Greater(t, seen["ggz"], seen["farmacie"])
	assert.Positive(t, seen["anoniem volledig"])
	assert.Len(t, providers, voorbeeld.Aanbieders)
	many := 0
	for k, times := range unknown {
		if k >= 3 {
			many += times
		}
	}
	assert.InDelta(t, 0.30, float64(many)/n, 0.04, "three or more unknown facts")
	assert.Positive(t, unknown[7], "and some with none known")
}
