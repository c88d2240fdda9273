package api_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestTheFileThatIsShippedCanBeSentAgain(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	shipped, err := term.LeesBesluiten(k.Besluitdagen())
	require.NoError(t, err)
	list := []map[string]any{}
	for _, b := range shipped.Besluiten {
		days := []map[string]any{}
		for _, d := range b.Dagen {
			days = append(days, map[string]any{"datum": d.Datum, "naam": d.Naam})
		}
		list = append(list, map[string]any{
			"besluit": b.Besluit, "bron": map[string]any{"titel": b.Bron.Titel, "verwijzing": b.Bron.Verwijzing}, "dagen": days,
		})
	}
	raw, err := json.Marshal(map[string]any{
		"stand": shipped.Stand, "jaren": map[string]any{"van": shipped.Jaren.Van, "tot": shipped.Jaren.Tot}, "besluiten": list, "reden": "Nog eens.",
	})
	require.NoError(t, err)
	told, err := contract(t).ReadKalender(raw)
	require.NoError(t, err)
	require.Empty(t, told.Faults)
	same, faults := k.Vul(told.Aanvulling)
	require.Empty(t, faults)
	assert.Equal(t, k.Digest(), same.Digest())
}

func TestAnElementThatCannotBeReadMovesNoOther(t *testing.T) {
	told, err := contract(t).ReadKalender([]byte(`{"vervallen":[3,{"datum":"2026-12-03","reden":"x"}],"reden":"x","jaren":{"van":2024,"tot":2030}}`))
	require.NoError(t, err)
	assert.Len(t, told.Faults, 1)
	assert.Equal(t, "vervallen[0]", told.Faults[0].Field)
	assert.Empty(t, told.Aanvulling.Vervallen)
	assert.Equal(t, &term.Jaren{Van: 2024, Tot: 2030}, told.Aanvulling.Jaren)
}

// FuzzKalender reads any body or file. What is accepted makes a calendar that is kept
// and read again as it is; what is refused is refused with a field and a sentence.
func FuzzKalender(f *testing.F) {
	for _, seed := range []string{
		`{"reden":"x"}`, `{"reden":"x","jaren":{"van":2024,"tot":2031},"stand":"2028-06-01"}`, `{"vervallen":[{"datum":"2028-05-26","reden":"x"}],"reden":"x"}`,
		`{"besluiten":[{"besluit":"b","bron":{"titel":"k.b., Staatscourant 2026, 1","verwijzing":"https://x"},"dagen":[{"datum":"2026-12-03","naam":"n"}]}],"reden":"x"}`,
		`{"besluiten":[7,{"dagen":[{}]}],"vervallen":null}`, `[]`, `{"reden":"x","reden":"y"}`, "\xff", `{"jaren":{"van":1e3,"tot":20290}}`,
	} {
		f.Add([]byte(seed))
	}
	k, err := term.Load()
	require.NoError(f, err)
	texts, err := domain.LoadTexts()
	require.NoError(f, err)
	c := contract(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		told, err := c.ReadKalender(raw)
		if err != nil {
			require.True(t, domain.IsCode(err, domain.Invalid), "%v", err)
			return
		}
		next, faults := k.Vul(told.Aanvulling)
		for _, fault := range faults {
			require.NotEmpty(t, fault.Field)
			said := texts.Sentence("gebrek."+fault.Code, fault.Args...)
			require.NotContains(t, said, "%!")
			require.NotEqual(t, "gebrek."+fault.Code, said)
		}
		if next == nil {
			require.NotEmpty(t, faults)
			return
		}
		again, err := k.MetBesluitdagen(next.Besluitdagen())
		require.NoError(t, err)
		require.Equal(t, next.Digest(), again.Digest())
		van, tot := k.Jaren()
		nu, later := next.Jaren()
		require.LessOrEqual(t, nu, van)
		require.GreaterOrEqual(t, later, tot)
	})
}

// BenchmarkUitleg computes one date and says how it came about, in sentences.
func BenchmarkUitleg(b *testing.B) {
	k, err := term.Load()
	require.NoError(b, err)
	texts, err := domain.LoadTexts()
	require.NoError(b, err)
	start := term.NewDate(2026, 3, 16)
	for name, q := range map[string]term.Berekening{
		"6+4 en afspraak": {
			Soort: term.ReactieAanbieder, Start: start, Peildatum: start, VerlengdOp: start.AddDays(43),
			NadereTermijn: &term.NadereTermijn{Tot: start.AddDays(100), AkkoordOp: start.AddDays(60)},
		},
		"werkdagen over Kerst": {Soort: "terugbellen_lmz", Start: term.NewDate(2024, 12, 23), Peildatum: start},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				u, faults := k.Bereken(q)
				if len(faults) > 0 {
					b.Fatal(faults)
				}
				_ = api.FromUitkomst(texts, u)
			}
		})
	}
}
