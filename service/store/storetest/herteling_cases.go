package storetest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// hertelingCases are about notes to count again.
func hertelingCases() map[string]testCase {
	return map[string]testCase{
		"without a note there is nothing to count again": func(t *testing.T, at Stores) {
			require.Empty(t, notes(t, at.Open(t), 10))
		},
		"the earliest day that is noted stays":                     earliestStays,
		"a note is taken away, unless it was made anew":            takenAway,
		"a note made after one was taken away is another":          noteAfterNote,
		"no more notes are given than asked for, and each in turn": notesInTurn,
		"notes made by many at once are all there":                 parallelNotes,
		"a note outlives the process": func(t *testing.T, at Stores) {
			s := at.Open(t)
			require.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: "a", Vanaf: Melding(1).Dag}))
			before := notes(t, s, 10)
			require.Len(t, before, 1)
			require.Equal(t, before, notes(t, at.Reopen(t, s), 10))
		},
	}
}

// notes gives at most n notes, by provider.
func notes(t *testing.T, s store.Store, n int) map[string]store.Herteling {
	t.Helper()
	list, err := s.TeHertellen(t.Context(), n)
	require.NoError(t, err)
	found := map[string]store.Herteling{}
	for _, h := range list {
		found[h.Aanbieder] = h
	}
	require.Len(t, found, len(list), "one note per provider")
	return found
}

func earliestStays(t *testing.T, at Stores) {
	s := at.Open(t)
	dag := Melding(1).Dag
	nr := int64(0)
	for _, c := range []struct{ noted, want term.Date }{
		{dag, dag}, {dag.AddDays(1), dag}, {dag.AddDays(-3), dag.AddDays(-3)}, {dag, dag.AddDays(-3)}, {dag.AddDays(-40), dag.AddDays(-40)},
	} {
		require.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: "a", Vanaf: c.noted}))
		h := notes(t, s, 10)["a"]
		require.Equal(t, c.want, h.Vanaf)
		require.Greater(t, h.Nr, nr)
		nr = h.Nr
	}
}

func takenAway(t *testing.T, at Stores) {
	s := at.Open(t)
	dag := Melding(1).Dag
	require.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: "a", Vanaf: dag}))
	require.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: "b", Vanaf: dag}))
	before := notes(t, s, 10)
	require.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: "a", Vanaf: dag}))
	for range 2 { // the second time there is nothing left to do
		require.NoError(t, s.Herteld(t.Context(), before["a"]))
		require.NoError(t, s.Herteld(t.Context(), before["b"]))
		after := notes(t, s, 10)
		require.Len(t, after, 1)
		require.Equal(t, dag, after["a"].Vanaf)
	}
	require.NoError(t, s.Herteld(t.Context(), notes(t, s, 10)["a"]))
	require.Empty(t, notes(t, s, 10))
}

func noteAfterNote(t *testing.T, at Stores) {
	s := at.Open(t)
	dag := Melding(1).Dag
	var old []store.Herteling
	for n := range 4 {
		require.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: "a", Vanaf: dag.AddDays(n)}))
		for _, h := range old { // somebody slow, with a note of before
			require.NoError(t, s.Herteld(t.Context(), h))
		}
		h := notes(t, s, 10)["a"]
		require.Equal(t, dag.AddDays(n), h.Vanaf, "the day of the note before is gone with it")
		require.NoError(t, s.Herteld(t.Context(), h))
		require.Empty(t, notes(t, s, 10))
		old = append(old, h)
	}
}

func notesInTurn(t *testing.T, at Stores) {
	s := at.Open(t)
	for n := range 10 {
		require.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: fmt.Sprint("aanbieder ", n), Vanaf: Melding(1).Dag}))
	}
	seen := map[string]bool{}
	for range 4 {
		some := notes(t, s, 3)
		require.LessOrEqual(t, len(some), 3)
		for _, h := range some {
			require.False(t, seen[h.Aanbieder])
			seen[h.Aanbieder] = true
			require.NoError(t, s.Herteld(t.Context(), h))
		}
	}
	require.Len(t, seen, 10)
}

func parallelNotes(t *testing.T, at Stores) {
	s := at.Open(t)
	dag := Melding(1).Dag
	together(16, func(i int) {
		for n := range 4 {
			assert.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: fmt.Sprint("aanbieder ", n), Vanaf: dag.AddDays(-i)}))
		}
	})
	found := notes(t, s, 100)
	require.Len(t, found, 4)
	for _, h := range found {
		require.Equal(t, dag.AddDays(-15), h.Vanaf)
	}
}
