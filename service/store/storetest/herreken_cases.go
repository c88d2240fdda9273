package storetest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// herrekenCases are about meldingen of which the terms are computed anew.
func herrekenCases() map[string]testCase {
	return map[string]testCase{
		"what is to be computed anew are open terms of an earlier calendar, by id": toRecompute,
		"a mark changes the calendar of a melding and nothing else":                marked,
		"a mark passes over what was written meanwhile, and never lowers":          markPassesOver,
		"a mark under a lead that does not hold marks nothing":                     markUnderLead,
		"a melding that was marked is replaced by who knows its calendar":          replaceMarked,
		"a replacement by an earlier calendar is refused":                          earlierCalendar,
	}
}

// metKalender are n of AnyMelding, each computed by a calendar from 0 to most.
func metKalender(seed uint64, n, most int) []domain.Melding {
	r := rand.New(rand.NewPCG(seed, 1))
	list := AnyMeldingen(seed, n)
	for i := range list {
		list[i].Kalender = r.IntN(most + 1)
	}
	return list
}

// wantedAchter is what TeHerrekenen gives, put together the simplest way.
func wantedAchter(all []domain.Melding, versie int, na string) []domain.Melding {
	var list []domain.Melding
	for _, m := range all {
		open := slices.ContainsFunc(m.Termijnen, domain.MeldingTermijn.Open)
		if open && m.Kalender < versie && m.ID > na {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b domain.Melding) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// KeepOpenTermijnen keeps meldingen in s of which no calendar is known, and gives those
// with an open term, by ID.
func KeepOpenTermijnen(t *testing.T, s store.Store, seed uint64) []domain.Melding {
	t.Helper()
	all := metKalender(seed, 40, 0)
	keepMelding(t, s, all...)
	return wantedAchter(all, 1, "")
}

// RequireAchter requires that those of list, and no others, are to be computed anew.
func RequireAchter(t *testing.T, s store.Store, list []domain.Melding, versie int) {
	t.Helper()
	requireAchter(t, s, list, versie, 9)
}

func requireAchter(t *testing.T, s store.Store, all []domain.Melding, versie, page int) {
	t.Helper()
	var got []domain.Melding
	for na := ""; ; {
		list, err := s.TeHerrekenen(t.Context(), versie, na, page)
		require.NoError(t, err)
		require.LessOrEqual(t, len(list), page)
		if got = append(got, list...); len(list) < page {
			break
		}
		na = list[len(list)-1].ID
	}
	want := wantedAchter(all, versie, "")
	require.Equal(t, want, got)
	n, err := s.TelTeHerrekenen(t.Context(), versie)
	require.NoError(t, err)
	require.Equal(t, len(want), n)
}

func toRecompute(t *testing.T, at Stores) {
	s := at.Open(t)
	all := metKalender(7, 120, 4)
	keepMelding(t, s, all...)
	for versie := range 7 {
		requireAchter(t, s, all, versie, 7)
	}
	none, err := s.TeHerrekenen(t.Context(), 9, "", 0)
	require.NoError(t, err)
	require.Empty(t, none)
	requireAchter(t, at.Reopen(t, s), all, 3, 1000)
}

func revs(list ...domain.Melding) []store.MeldingRev {
	out := make([]store.MeldingRev, 0, len(list))
	for _, m := range list {
		out = append(out, store.MeldingRev{ID: m.ID, Rev: m.Rev})
	}
	return out
}

// requireEverywhere requires that every way to a melding gives all as they are.
func requireEverywhere(t *testing.T, s store.Store, all []domain.Melding) {
	t.Helper()
	byID := map[string]domain.Melding{}
	for _, m := range all {
		requireMelding(t, s, m)
		byID[m.ID] = m
	}
	for _, v := range []domain.Volgorde{domain.OpUrgentie, domain.OpOntvangst, domain.OpWijziging} {
		page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: v, Aantal: len(all)})
		require.NoError(t, err)
		require.Len(t, page.Meldingen, len(all))
		for _, m := range page.Meldingen {
			require.Equal(t, byID[m.ID], m)
		}
	}
	due, err := s.TeControleren(t.Context(), Melding(1).Dag.AddDays(900), len(all))
	require.NoError(t, err)
	for _, m := range due {
		require.Equal(t, byID[m.ID], m)
	}
}

func marked(t *testing.T, at Stores) {
	s := at.Open(t)
	all := metKalender(8, 60, 2)
	keepMelding(t, s, all...)
	first := slices.Clone(all)
	require.NoError(t, s.MerkHerrekend(t.Context(), revs(all[:40]...), 3, nil))
	for i := range 40 {
		all[i].Kalender = 3
	}
	requireEverywhere(t, s, all)
	requireAchter(t, s, all, 3, 9)
	requireAchter(t, s, all, 4, 9)
	s = at.Reopen(t, s)
	requireEverywhere(t, s, all)
	for _, m := range first {
		got, err := s.EersteMelding(t.Context(), m.ID)
		require.NoError(t, err)
		require.Equal(t, m, got, "what was first kept stays")
	}
	require.NoError(t, s.MerkHerrekend(t.Context(), nil, 9, nil))
	requireEverywhere(t, s, all)
}

func markPassesOver(t *testing.T, at Stores) {
	s := at.Open(t)
	all := metKalender(9, 10, 0)
	keepMelding(t, s, all...)
	asked := append(revs(all...), store.MeldingRev{ID: "er is er geen", Rev: 1})
	other := all[3]
	other.Versie++
	require.NoError(t, s.VervangMelding(t.Context(), other, store.Bij{}))
	other.Rev = 2
	all[3] = other
	require.NoError(t, s.MerkHerrekend(t.Context(), asked, 5, nil))
	for i := range all {
		if i != 3 {
			all[i].Kalender = 5
		}
	}
	requireEverywhere(t, s, all)
	require.NoError(t, s.MerkHerrekend(t.Context(), revs(all...), 4, nil), "an earlier one came late")
	all[3].Kalender = 4
	requireEverywhere(t, s, all)
	requireAchter(t, s, all, 6, 4)
}

func markUnderLead(t *testing.T, at Stores) {
	s := at.Open(t)
	all := metKalender(10, 6, 0)
	keepMelding(t, s, all...)
	l := take(t, s, "a", longLead)
	require.NoError(t, s.MerkHerrekend(t.Context(), revs(all[:3]...), 1, &l))
	for i := range 3 {
		all[i].Kalender = 1
	}
	requireEverywhere(t, s, all)
	require.NoError(t, s.LaatLeiding(t.Context(), l))
	requireRefusal(t, s.MerkHerrekend(t.Context(), revs(all...), 2, &l), domain.Stale, "fout.leiding_voorbij")
	next := take(t, s, "b", longLead)
	requireRefusal(t, s.MerkHerrekend(t.Context(), revs(all...), 2, &l), domain.Stale, "fout.leiding_voorbij")
	requireEverywhere(t, s, all)
	require.NoError(t, s.MerkHerrekend(t.Context(), revs(all...), 2, &next))
	for i := range all {
		all[i].Kalender = 2
	}
	requireEverywhere(t, s, all)
}

func replaceMarked(t *testing.T, at Stores) {
	s := at.Open(t)
	m := Melding(1)
	m.Kalender = 1
	keepMelding(t, s, m)
	require.NoError(t, s.MerkHerrekend(t.Context(), revs(m), 3, nil))
	stale := m // read before the mark
	requireRefusal(t, s.VervangMelding(t.Context(), stale, store.Bij{Gegeven: Entries(1, 2)}), domain.Stale, "fout.kalender_verouderd")
	requireAbsent(t, s, Entries(1, 2)...)
	read, err := s.Melding(t.Context(), m.ID)
	require.NoError(t, err)
	read.Versie++
	require.NoError(t, s.VervangMelding(t.Context(), read, store.Bij{}))
	read.Rev = 2
	requireMelding(t, s, read)
	first, err := s.EersteMelding(t.Context(), m.ID)
	require.NoError(t, err)
	require.Equal(t, m, first)
	read.Kalender = 7
	require.NoError(t, s.VervangMelding(t.Context(), read, store.Bij{}))
	read.Rev = 3
	requireMelding(t, s, read)
}

func earlierCalendar(t *testing.T, at Stores) {
	s := at.Open(t)
	m := Melding(1)
	m.Kalender = 2
	keepMelding(t, s, m)
	other := changedMelding("ggz")
	for _, kalender := range []int{0, 1} {
		other.Kalender = kalender
		err := s.VervangMelding(t.Context(), other, store.Bij{
			Gegeven: Entries(1, 2), Hertel: []store.Hertel{{Aanbieder: "a", Vanaf: m.Dag}},
		})
		requireRefusal(t, err, domain.Stale, "fout.kalender_verouderd")
	}
	requireMelding(t, s, m)
	requireAbsent(t, s, Entries(1, 2)...)
	require.Empty(t, notes(t, s, 10))
	other.Kalender = 2
	require.NoError(t, s.VervangMelding(t.Context(), other, store.Bij{Gegeven: Entries(1, 2)}))
	other.Rev = 2
	requireMelding(t, s, other)
}
