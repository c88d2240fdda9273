package term_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// questions draws a question without faults: an extension and an agreement only
// where the kind has one.
func questions(k *term.Kalender) *rapid.Generator[term.Berekening] {
	return rapid.Custom(func(t *rapid.T) term.Berekening {
		g := rapid.SampledFrom(k.Soorten()).Draw(t, "kind")
		b := term.Berekening{Soort: g.Soort, Start: starts().Draw(t, "start")}
		later := func(name string, days int) term.Date {
			return b.Start.AddDays(rapid.IntRange(0, days).Draw(t, name))
		}
		b.Peildatum = b.Start.AddDays(rapid.IntRange(-30, 400).Draw(t, "peildatum"))
		if g.Verlengbaar() && rapid.Bool().Draw(t, "extended") {
			b.VerlengdOp = later("verlengdOp", 300)
		}
		if rapid.Bool().Draw(t, "met") {
			b.VoldaanOp = later("voldaanOp", 400)
		}
		if g.NadereTermijn && rapid.Bool().Draw(t, "agreed") {
			tot := b.Start.AddDays(rapid.IntRange(90, 400).Draw(t, "tot"))
			b.NadereTermijn = &term.NadereTermijn{
				Tot: tot, AkkoordOp: tot.AddDays(-rapid.IntRange(0, 90).Draw(t, "akkoordOp")),
			}
		}
		return b
	})
}

// starts draws a start, half of them in the years with decree days.
func starts() *rapid.Generator[term.Date] {
	known := term.NewDate(2023, 10, 1)
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) term.Date { return known.AddDays(rapid.IntRange(0, 1950).Draw(t, "known")) }),
		dates().Filter(func(d term.Date) bool { return d.Year() > term.MinYear && d.Year() < term.MaxYear-1 }),
	)
}

func TestPropertiesOfEveryAnswer(t *testing.T) {
	k := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		b := questions(k).Draw(t, "question")
		u, faults := k.Bereken(b)
		require.Empty(t, faults)
		again, _ := k.Bereken(b)
		assert.Equal(t, u, again, "the same question has the same answer")
		assert.True(t, u.Einddatum.After(b.Start))
		assert.False(t, u.Einddatum.Before(u.RuweEinddatum), "an end never moves back")
		assert.Equal(t, b.VerlengdOp.IsZero(), u.Verlenging == nil)
		assertMoves(t, k, b, u)
		assertExplained(t, k, b, u)
		assertStatus(t, k, b, u)
	})
}

type check interface {
	require.TestingT
	Helper()
}

func kind(k *term.Kalender, s term.Soort) term.SoortGegevens {
	for _, g := range k.Soorten() {
		if g.Soort == s {
			return g
		}
	}
	return term.SoortGegevens{}
}

// assertMoves checks that only the act moves an end, and never too far.
func assertMoves(t check, k *term.Kalender, b term.Berekening, u term.Uitkomst) {
	t.Helper()
	g := kind(k, b.Soort)
	if b.NadereTermijn != nil {
		assert.Equal(t, b.NadereTermijn.Tot, u.RuweEinddatum)
		assert.Equal(t, b.NadereTermijn.Tot, u.Einddatum)
		return
	}
	_, skipped := k.OvergeslagenDag(u.Einddatum)
	if g.AlgemeneTermijnenwet || g.Lengte.Eenheid == term.Werkdagen {
		assert.False(t, skipped, "no end on a skipped day")
	}
	if !g.AlgemeneTermijnenwet {
		assert.Equal(t, u.RuweEinddatum, u.Einddatum)
	}
	for d := u.RuweEinddatum; d.Before(u.Einddatum); d = d.AddDays(1) {
		_, skipped := k.OvergeslagenDag(d)
		assert.True(t, skipped, "an end moves over skipped days only")
	}
	if g.Lengte.Eenheid == term.Weken {
		assert.Equal(t, b.Start.Weekday(), u.RuweEinddatum.Weekday())
	}
}

// assertExplained checks that the explanation runs from the start to the end and
// names each day that was passed over.
func assertExplained(t check, k *term.Kalender, b term.Berekening, u term.Uitkomst) {
	t.Helper()
	told := map[term.Date]string{}
	for i, s := range u.Verklaring {
		assert.NotEmpty(t, s.Reden.Key)
		if i > 0 {
			assert.False(t, s.Datum.Before(u.Verklaring[i-1].Datum), "in order of date")
		}
		if s.Reden.Key == "term.stap.vrije_dag" || s.Reden.Key == "term.stap.geen_werkdag" {
			assert.Empty(t, told[s.Datum], "told once")
			told[s.Datum], _ = s.Reden.Args[1].(string)
		}
	}
	assert.Equal(t, b.Start, u.Verklaring[0].Datum)
	assert.Equal(t, u.Einddatum, u.Verklaring[len(u.Verklaring)-1].Datum)
	passed := u.RuweEinddatum
	if kind(k, b.Soort).Lengte.Eenheid == term.Werkdagen {
		passed = b.Start.AddDays(1)
	}
	for d := passed; d.Before(u.Einddatum); d = d.AddDays(1) {
		if naam, skipped := k.OvergeslagenDag(d); skipped {
			assert.Equal(t, naam, told[d], "%s is named", d)
		}
	}
}

func assertStatus(t check, k *term.Kalender, b term.Berekening, u term.Uitkomst) {
	t.Helper()
	if !b.VoldaanOp.IsZero() {
		assert.Nil(t, u.DagenResterend)
		assert.Equal(t, b.VoldaanOp.After(u.Einddatum), u.Status == term.TeLaatVoldaan)
		assert.Equal(t, !b.VoldaanOp.After(u.Einddatum), u.Status == term.Voldaan)
		return
	}
	require.NotNil(t, u.DagenResterend)
	left := *u.DagenResterend
	assert.Equal(t, u.Einddatum, b.Peildatum.AddDays(left))
	near := kind(k, b.Soort).NadertDagen
	assert.Equal(t, left < 0, u.Status == term.Verstreken)
	assert.Equal(t, left >= 0 && left <= near, u.Status == term.Nadert)
	assert.Equal(t, left > near, u.Status == term.Lopend)
}

func TestALaterStartNeverEndsEarlier(t *testing.T) {
	k := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom(k.Soorten()).Draw(t, "kind")
		start := starts().Draw(t, "start")
		early, faults := k.Bereken(term.Berekening{Soort: g.Soort, Start: start, Peildatum: start})
		require.Empty(t, faults)
		start = start.AddDays(rapid.IntRange(1, 40).Draw(t, "later"))
		late, faults := k.Bereken(term.Berekening{Soort: g.Soort, Start: start, Peildatum: start})
		require.Empty(t, faults)
		assert.False(t, late.RuweEinddatum.Before(early.RuweEinddatum))
		assert.False(t, late.Einddatum.Before(early.Einddatum))
	})
}

func TestAValidExtensionIsCountedInOnePiece(t *testing.T) {
	k := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		start := starts().Draw(t, "start")
		b := term.Berekening{Soort: term.ReactieAanbieder, Start: start, Peildatum: start}
		plain, _ := k.Bereken(b)
		b.VerlengdOp = plain.Einddatum.AddDays(-rapid.IntRange(0, 42).Draw(t, "before the end"))
		u, faults := k.Bereken(b)
		require.Empty(t, faults)
		assert.True(t, u.Verlenging.Geldig)
		assert.Equal(t, start.AddDays(70), u.RuweEinddatum, "ten weeks from the start")

		b.VerlengdOp = plain.Einddatum.AddDays(rapid.IntRange(1, 100).Draw(t, "after the end"))
		u, faults = k.Bereken(b)
		require.Empty(t, faults)
		assert.False(t, u.Verlenging.Geldig)
		assert.Equal(t, plain.Einddatum, u.Einddatum, "the end stays")
	})
}

func FuzzBereken(f *testing.F) {
	f.Add("reactie_aanbieder", 46000, 46010, 46020, 46100, 46020, 46030)
	f.Add("onderzoek_aanbieder", 46000, 46010, 0, 46200, 46300, 0)
	f.Add("kennisverzameling", 46000, 0, 46100, 0, 0, 46000)
	f.Add("terugbellen_lmz", 109571, 109571, 0, 0, 0, 0)
	f.Add("", -1, 200000, 1<<40, -(1 << 40), 3, 1)
	k := calendar(f)
	first := term.NewDate(term.MinYear, 1, 1)
	on := func(n int) term.Date { // zero: not given
		if n == 0 {
			return term.Date{}
		}
		return first.AddDays(n % 10_000_000)
	}
	f.Fuzz(func(t *testing.T, soort string, start, asked, extended, tot, agreed, met int) {
		b := term.Berekening{
			Soort: term.Soort(soort), Start: on(start), Peildatum: on(asked), VerlengdOp: on(extended), VoldaanOp: on(met),
		}
		if tot != 0 || agreed != 0 {
			b.NadereTermijn = &term.NadereTermijn{Tot: on(tot), AkkoordOp: on(agreed)}
		}
		u, faults := k.Bereken(b)
		if len(faults) > 0 {
			assert.Equal(t, term.Uitkomst{}, u)
			return
		}
		assertMoves(t, k, b, u)
		assertExplained(t, k, b, u)
		assertStatus(t, k, b, u)
	})
}

// BenchmarkBereken computes one date with its explanation, of the terms that have most
// to tell: extended and agreed on, moved over free days, and in working days over
// Christmas.
func BenchmarkBereken(b *testing.B) {
	k, start := calendar(b), term.NewDate(2026, 3, 16)
	for name, ask := range map[string]term.Berekening{
		"verlengd": {Soort: term.ReactieAanbieder, Start: start, Peildatum: start.AddDays(43), VerlengdOp: start.AddDays(43)},
		"verlengd en afgesproken": {
			Soort: term.ReactieAanbieder, Start: start, Peildatum: start, VerlengdOp: start.AddDays(43), VoldaanOp: start.AddDays(90),
			NadereTermijn: &term.NadereTermijn{Tot: start.AddDays(100), AkkoordOp: start.AddDays(60)},
		},
		"maanden":              {Soort: "kennisverzameling", Start: start, Peildatum: start, VerlengdOp: start.AddDays(43)},
		"werkdagen over Kerst": {Soort: "terugbellen_lmz", Start: term.NewDate(2024, 12, 23), Peildatum: start},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, faults := k.Bereken(ask); len(faults) > 0 {
					b.Fatal(faults)
				}
			}
		})
	}
}
