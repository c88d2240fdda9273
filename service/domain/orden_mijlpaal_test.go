package domain_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestWhatHappensOnOneDayIsPutInOrder(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	for name, c := range map[string]struct {
		before []string
		day    []string
		want   []string
	}{
		"the report, and the end of it all": {
			[]string{"concept_verstuurd 2026-02-02"},
			[]string{"rapport_vastgesteld 2026-06-20", "onderzoek_gesloten 2026-06-20"},
			[]string{"reactie_conceptrapport 2026-02-02 2026-03-02 op:2026-06-20", "definitief_rapport 2026-03-02 2026-03-30 2026-06-20"},
		},
		"the reaction, and the end of it all": {
			[]string{"rapport_gevraagd 2026-02-02"},
			[]string{"reactie_ontvangen 2026-05-20", "onderzoek_gesloten 2026-05-20"},
			[]string{"onderzoek_aanbieder 2026-02-02 2026-03-30 2026-05-20"},
		},
		"opened and closed": {
			nil,
			[]string{"onderzoek_geopend 2026-05-20", "onderzoek_gesloten 2026-05-20"},
			[]string{"kennisverzameling 2026-05-20 2026-09-20 2026-05-20"},
		},
		"the draft and the report": {
			nil,
			[]string{"concept_verstuurd 2026-02-02", "rapport_vastgesteld 2026-02-02"},
			[]string{"definitief_rapport 2026-03-02 2026-03-30 2026-02-02"},
		},
	} {
		for _, day := range [][]string{c.day, {c.day[1], c.day[0]}} {
			t.Run(name+", "+day[0]+" first", func(t *testing.T) {
				at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-01-05"}, term.NewDate(2026, 11, 20))
				for _, what := range append(slices.Clone(c.before), day...) {
					require.Empty(t, at.happens(what), what)
				}
				assert.Equal(t, c.want, at.terms())
			})
		}
	}
}

func TestACorrectionThatSaysTheSameChangesNothing(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		at := anything(r, k)
		for range rapid.IntRange(1, 20).Draw(r, "keren") {
			at.happens(happening(r))
		}
		before, events := slices.Clone(at.m.Mijlpalen), len(at.m.Geschiedenis)
		for i := range before {
			require.Empty(r, at.m.VerzetMijlpaal(i, before[i], at.in, k, at.today, time.Time{}, someone()))
			require.Equal(r, before, at.m.Mijlpalen)
			require.Len(r, at.m.Geschiedenis, events)
		}
	})
}

func TestTheHistoryNamesWhatACorrectionChanged(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, term.NewDate(2026, 9, 1))
	require.Empty(t, at.happens("rapport_gevraagd 2026-03-02"))
	require.Empty(t, at.happens("nadere_termijn_afgesproken 2026-03-03 onderzoek_aanbieder 2026-06-01"))
	nu := at.m.Mijlpalen[1]
	nu.Tot = term.NewDate(2026, 7, 1)
	require.Empty(t, at.m.VerzetMijlpaal(1, nu, at.in, k, at.today, time.Time{}, someone()))
	i := slices.IndexFunc(at.m.Geschiedenis, func(v domain.Voorval) bool { return v.Soort == domain.VoorvalMijlpaalAf })
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, []domain.VeldWijziging{{Veld: "tot", Van: "2026-06-01", Naar: "2026-07-01"}}, at.m.Geschiedenis[i].Velden)
	assert.NotContains(t, at.m.Geschiedenis[i].Gegevens, "was", "the day is the same")
	assert.Equal(t, "2026-06-01", at.m.Mijlpalen[1].ZoalsVastgelegd(at.m.Geschiedenis).Tot.String())
}

func TestManyOnOneDayAreRefusedInTime(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, term.NewDate(2026, 9, 1))
	for range 40 {
		require.Empty(t, at.happens("rapport_vastgesteld 2026-03-10"))
	}
	assert.NotEmpty(t, at.happens("aanvulling_ontvangen 2026-03-10"))
}
