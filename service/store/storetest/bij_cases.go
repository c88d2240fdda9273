package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// bijCases are about what is kept together with a melding.
func bijCases() map[string]testCase {
	return map[string]testCase{
		"a melding that is kept is given the count with itself":               givenCount,
		"notes are kept with a melding that is new":                           notesWithNew,
		"notes are kept with a replacement, and not with a refused one":       notesWithReplacement,
		"of meldingen kept at the same moment each pair has one that is told": toldOfEachOther,
	}
}

func givenCount(t *testing.T, at Stores) {
	s := at.Open(t)
	dag, vraag := Melding(1).Dag, "vraag"
	without, silent, other := signalMelding(4, dag), signalMelding(5, dag), signalMelding(6, dag)
	without.AanbiederID, other.AanbiederID = "", aanbiederID(2)
	silent.Opgave.Melding.Soort = &vraag
	slight := signalMelding(7, dag)
	slight.Advies.Ernstig = false
	for _, c := range []struct {
		name string
		m    domain.Melding
		want domain.SignaalTelling
	}{
		{"the first", signalMelding(1, dag.AddDays(-29)), domain.SignaalTelling{Aantal30: 1, Aantal90: 1, Aantal365: 1, Ernstig365: 1}},
		{"a month later", signalMelding(2, dag.AddDays(1)), domain.SignaalTelling{Aantal30: 1, Aantal90: 2, Aantal365: 2, Ernstig365: 2}},
		{"the day before that", signalMelding(3, dag), domain.SignaalTelling{Aantal30: 2, Aantal90: 2, Aantal365: 2, Ernstig365: 2, Later: true}},
		{"without a provider", without, domain.SignaalTelling{}},
		{"one that does not count", silent, domain.SignaalTelling{Aantal30: 2, Aantal90: 2, Aantal365: 2, Ernstig365: 2, Later: true}},
		{"another provider", other, domain.SignaalTelling{Aantal30: 1, Aantal90: 1, Aantal365: 1, Ernstig365: 1}},
		{"one without a ground", slight, domain.SignaalTelling{Aantal30: 3, Aantal90: 3, Aantal365: 3, Ernstig365: 2, Later: true}},
	} {
		got, err := s.BewaarMelding(t.Context(), c.m, store.Bij{})
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, got, c.name)
	}
}

// requireNotes waits until the notes are those wanted: a store may make them some
// time after the melding.
func requireNotes(t *testing.T, s store.Store, want map[string]term.Date) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		got := map[string]term.Date{}
		list, err := s.TeHertellen(t.Context(), 100)
		assert.NoError(c, err)
		for _, h := range list {
			got[h.Aanbieder] = h.Vanaf
		}
		assert.Equal(c, want, got)
	}, time.Minute, 20*time.Millisecond)
}

func notesWithNew(t *testing.T, at Stores) {
	s := at.Open(t)
	dag := Melding(1).Dag
	_, err := s.BewaarMelding(t.Context(), Melding(1), store.Bij{
		Gegeven: Entries(1, 2), Hertel: []store.Hertel{{Aanbieder: "a", Vanaf: dag}, {Aanbieder: "b", Vanaf: dag.AddDays(-3)}, {Aanbieder: "a", Vanaf: dag.AddDays(-1)}},
	})
	require.NoError(t, err)
	want := map[string]term.Date{"a": dag.AddDays(-1), "b": dag.AddDays(-3)}
	requireNotes(t, s, want)
	same := Melding(2)
	same.ID = Melding(1).ID
	_, err = s.BewaarMelding(t.Context(), same, store.Bij{Hertel: []store.Hertel{{Aanbieder: "c", Vanaf: dag}}})
	requireRefusal(t, err, domain.Conflict, "fout.melding_bestaat")
	requireNotes(t, s, want)
	requireNotes(t, at.Reopen(t, s), want)
}

func notesWithReplacement(t *testing.T, at Stores) {
	s := at.Open(t)
	m := Melding(1)
	require.NoError(t, Bewaar(t.Context(), s, m, nil))
	require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{Hertel: []store.Hertel{{Aanbieder: "a", Vanaf: m.Dag}}}))
	want := map[string]term.Date{"a": m.Dag}
	requireNotes(t, s, want)
	err := s.VervangMelding(t.Context(), m, store.Bij{Hertel: []store.Hertel{{Aanbieder: "b", Vanaf: m.Dag}}})
	requireRefusal(t, err, domain.Stale, "fout.verouderd")
	m.Rev = 2
	require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{Hertel: []store.Hertel{{Aanbieder: "c", Vanaf: m.Dag}}}))
	want["c"] = m.Dag
	requireNotes(t, s, want)
	require.NoError(t, s.Herteld(t.Context(), notes(t, s, 10)["a"]))
	delete(want, "a")
	requireNotes(t, s, want)
	requireNotes(t, at.Reopen(t, s), want)
}

// toldOfEachOther: the figures say so too: of n at once the one that is given k
// others leaves at most n-1-k that may not have been given it.
func toldOfEachOther(t *testing.T, at Stores) {
	s := at.Open(t)
	dag := Melding(1).Dag
	const callers = 20
	counts, errs := make([]domain.SignaalTelling, callers), make([]error, callers)
	together(callers, func(i int) {
		counts[i], errs[i] = s.BewaarMelding(t.Context(), signalMelding(i, dag), store.Bij{})
	})
	pairs, most := 0, 0
	for i := range callers {
		require.NoError(t, errs[i])
		pairs, most = pairs+counts[i].Aantal30-1, max(most, counts[i].Aantal30)
	}
	require.GreaterOrEqual(t, pairs, callers*(callers-1)/2)
	require.Equal(t, callers, most, "the last one sees all")
}
