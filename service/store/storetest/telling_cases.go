package storetest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// tellingCases are about counting, and about the lists that jobs work through.
func tellingCases() map[string]testCase {
	return map[string]testCase{
		"nothing is counted as nothing":                           countNothing,
		"what can be filtered on is counted":                      countAll,
		"signals are counted in windows that end on the day":      windows,
		"signals are counted as a plain search counts them":       countSignals,
		"what a correction may touch comes by id, page by page":   meldingenOver,
		"what must be checked comes by the day it waits for":      teControleren,
		"what was checked waits for its next day, or for nothing": checkedWaits,
	}
}

func countNothing(t *testing.T, at Stores) {
	s := at.Open(t)
	told, err := s.Telling(t.Context())
	require.NoError(t, err)
	require.Equal(t, domain.Telling{
		PerAdvies: map[domain.Advies]int{}, PerTermijn: map[term.Status]int{}, PerStatus: map[domain.MeldingStatus]int{},
	}, told)
	signals, err := s.TelSignalen(t.Context(), aanbiederID(1), Melding(1).Dag, "")
	require.NoError(t, err)
	require.Zero(t, signals)
	over, err := s.MeldingenOver(t.Context(), aanbiederID(1), term.Date{}, Melding(1).Dag, "", 10)
	require.NoError(t, err)
	require.Empty(t, over)
	due, err := s.TeControleren(t.Context(), Melding(1).Dag, 10)
	require.NoError(t, err)
	require.Empty(t, due)
}

func countAll(t *testing.T, at Stores) {
	s, all := keptMeldingen(t, at, 21)
	for n := range 3 {
		_, err := s.Vestig(t.Context(), Aanbieder(n))
		require.NoError(t, err)
	}
	want := domain.Telling{
		Meldingen: len(all), Aanbieders: 3,
		PerAdvies: map[domain.Advies]int{}, PerTermijn: map[term.Status]int{}, PerStatus: map[domain.MeldingStatus]int{},
	}
	for _, m := range all {
		want.PerAdvies[m.Advies.Advies]++
		want.PerStatus[m.Status]++
		if stand := m.TermijnStatus(); stand != "" { // without an open term there is nothing to filter on
			want.PerTermijn[stand]++
		}
	}
	told, err := s.Telling(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, told)
}

// signalMelding is a melding about provider 1 that was received on a day.
func signalMelding(n int, dag term.Date) domain.Melding {
	m := Melding(n)
	m.AanbiederID, m.Dag, m.Advies.Ernstig = aanbiederID(1), dag, true
	return m
}

func windows(t *testing.T, at Stores) {
	dag := Melding(1).Dag
	for name, c := range map[string]struct {
		before int // days
		want   domain.SignaalTelling
	}{
		"the day itself":           {0, domain.SignaalTelling{Aantal30: 1, Aantal90: 1, Aantal365: 1, Ernstig365: 1}},
		"the first of 30 days":     {29, domain.SignaalTelling{Aantal30: 1, Aantal90: 1, Aantal365: 1, Ernstig365: 1}},
		"the day before 30":        {30, domain.SignaalTelling{Aantal90: 1, Aantal365: 1, Ernstig365: 1}},
		"the first of 90 days":     {89, domain.SignaalTelling{Aantal90: 1, Aantal365: 1, Ernstig365: 1}},
		"the day before 90":        {90, domain.SignaalTelling{Aantal365: 1, Ernstig365: 1}},
		"the first of 365 days":    {364, domain.SignaalTelling{Aantal365: 1, Ernstig365: 1}},
		"the last of the year ago": {365, domain.SignaalTelling{AantalVorigJaar: 1}},
		"the first of that year":   {729, domain.SignaalTelling{AantalVorigJaar: 1}},
		"the day before that":      {730, domain.SignaalTelling{}},
		"the day after":            {-1, domain.SignaalTelling{Later: true}},
		"the last that is later":   {-730, domain.SignaalTelling{Later: true}},
		"the day after that":       {-731, domain.SignaalTelling{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := at.Open(t)
			m := signalMelding(1, dag.AddDays(-c.before))
			keepMelding(t, s, m)
			for zonder, want := range map[string]domain.SignaalTelling{"": c.want, "een ander": c.want, m.ID: {}} {
				got, err := s.TelSignalen(t.Context(), aanbiederID(1), dag, zonder)
				require.NoError(t, err)
				require.Equal(t, want, got, zonder)
			}
		})
	}
}

// anySignals keeps meldingen about three providers over three years.
func anySignals(t *testing.T, at Stores, seed uint64) (store.Store, []domain.Melding, *rand.Rand) {
	t.Helper()
	s, all, r := at.Open(t), AnyMeldingen(seed, someMeldingen), rand.New(rand.NewPCG(seed, 1))
	for i := range all {
		all[i].Dag = Melding(1).Dag.AddDays(-r.IntN(1000))
		if i%5 == 0 {
			require.NoError(t, Bewaar(t.Context(), s, anyReplacement(r, i, all[i]), nil))
			require.NoError(t, Vervang(t.Context(), s, all[i], nil))
			all[i].Rev = 2
			continue
		}
		require.NoError(t, Bewaar(t.Context(), s, all[i], nil))
	}
	return s, all, r
}

// countPlainly counts as contract section 3 says it.
func countPlainly(all []domain.Melding, aanbieder string, dag term.Date, zonder string) (t domain.SignaalTelling) {
	for _, m := range all {
		if m.AanbiederID != aanbieder || !m.Telt() || m.ID == zonder {
			continue
		}
		ago := m.Dag.DaysUntil(dag)
		for _, window := range []struct {
			from, days int
			to         *int
		}{{0, 30, &t.Aantal30}, {0, 90, &t.Aantal90}, {0, 365, &t.Aantal365}, {365, 365, &t.AantalVorigJaar}} {
			if window.from <= ago && ago < window.from+window.days {
				*window.to++
			}
		}
		if 0 <= ago && ago < 365 && m.Advies.Ernstig {
			t.Ernstig365++
		}
		t.Later = t.Later || -730 <= ago && ago < 0
	}
	return t
}

func countSignals(t *testing.T, at Stores) {
	s, all, r := anySignals(t, at, 23)
	for range 300 {
		aanbieder, dag, zonder := pick(r, aanbiederID(1), aanbiederID(2), aanbiederID(3), "weg"), pick(r, all...).Dag.AddDays(r.IntN(400)), ""
		if r.IntN(2) == 0 {
			zonder = pick(r, all...).ID
		}
		got, err := s.TelSignalen(t.Context(), aanbieder, dag, zonder)
		require.NoError(t, err)
		require.Equal(t, countPlainly(all, aanbieder, dag, zonder), got)
	}
}

func meldingenOver(t *testing.T, at Stores) {
	s, all, r := anySignals(t, at, 25)
	for range 40 {
		aanbieder, van := pick(r, aanbiederID(1), aanbiederID(2)), pick(r, all...).Dag
		tot := van.AddDays(r.IntN(400) - 5)
		var want, got []domain.Melding
		for _, m := range all {
			if m.AanbiederID == aanbieder && !m.Dag.Before(van) && !m.Dag.After(tot) {
				want = append(want, m)
			}
		}
		slices.SortFunc(want, func(a, b domain.Melding) int { return strings.Compare(a.ID, b.ID) })
		n := 1 + r.IntN(20)
		for na := ""; ; na = got[len(got)-1].ID {
			page, err := s.MeldingenOver(t.Context(), aanbieder, van, tot, na, n)
			require.NoError(t, err)
			if got = append(got, page...); len(page) < n {
				break
			}
		}
		require.Equal(t, want, got)
	}
}

func teControleren(t *testing.T, at Stores) {
	s, all := keptMeldingen(t, at, 27)
	var waits []domain.Melding
	for _, m := range all {
		if !m.Controle().IsZero() {
			waits = append(waits, m)
		}
	}
	slices.SortFunc(waits, func(a, b domain.Melding) int { return a.Controle().Compare(b.Controle()) })
	for _, dag := range []term.Date{
		waits[0].Controle().AddDays(-1), waits[0].Controle(), waits[len(waits)/2].Controle(), waits[len(waits)-1].Controle(),
	} {
		due := slices.IndexFunc(waits, func(m domain.Melding) bool { return m.Controle().After(dag) })
		if due < 0 {
			due = len(waits)
		}
		for _, n := range []int{1, 10, due, len(all)} {
			got, err := s.TeControleren(t.Context(), dag, n)
			require.NoError(t, err)
			require.Len(t, got, min(n, due))
			for i, m := range got {
				require.Equal(t, waits[i].Controle(), m.Controle(), "those that wait longest first")
				require.Contains(t, all, m)
			}
		}
	}
}

func checkedWaits(t *testing.T, at Stores) {
	s := at.Open(t)
	m := Melding(1)
	keepMelding(t, s, m, Melding(2))
	first := m.Controle()
	door := domain.Actor{ID: "veeg", Rol: domain.Systeem}
	for range 2 {
		day := m.Controle()
		due, err := s.TeControleren(t.Context(), day, 10)
		require.NoError(t, err)
		require.Contains(t, due, m)
		_, changed := m.Veeg(day, m.GewijzigdOp, door)
		require.True(t, changed)
		require.NoError(t, Vervang(t.Context(), s, m, nil))
		m.Rev++
		due, err = s.TeControleren(t.Context(), day, 10)
		require.NoError(t, err)
		require.NotContains(t, ids(due), m.ID)
	}
	require.True(t, m.Controle().IsZero())
	due, err := s.TeControleren(t.Context(), first, 10)
	require.NoError(t, err)
	require.Equal(t, []string{Melding(2).ID}, ids(due))
}
