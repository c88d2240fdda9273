package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// leidingCases are about who leads a kind of work, and what is written under it.
func leidingCases() map[string]testCase {
	return map[string]testCase{
		"a lead that nobody has is taken":                               leadTaken,
		"a lead that another has is refused, of another name it is not": leadBusy,
		"a lead that is renewed keeps its number":                       leadRenewed,
		"a lead ends by itself, and the next has a higher number":       leadEnds,
		"a lead that is given up is free, with a higher number":         leadGivenUp,
		"who gives up what is not his any more changes nothing":         leadStaleGiveUp,
		"of many that take a lead at once one gets it":                  leadManyAtOnce,
		"of many that take a lead that ended at once one gets it":       leadManyAfterEnd,
		"a lead is there after the store is opened again":               leadReopened,
		"a melding is replaced under a lead that holds":                 replacedUnderLead,
		"nothing is kept under a lead that does not hold":               refusedUnderLead,
	}
}

// A long lead does not end in a test; a short one soon does.
const (
	longLead  = time.Hour
	shortLead = 100 * time.Millisecond
)

func take(t *testing.T, s store.Store, houder string, duur time.Duration) store.Leiding {
	t.Helper()
	l, err := s.NeemLeiding(t.Context(), "taken", houder, duur)
	require.NoError(t, err)
	return l
}

func requireBusy(t *testing.T, s store.Store, houder string) {
	t.Helper()
	_, err := s.NeemLeiding(t.Context(), "taken", houder, longLead)
	requireRefusal(t, err, domain.Conflict, "fout.leiding_bezet")
}

// takeWhenFree takes the lead as soon as it has ended, for a long time.
func takeWhenFree(t *testing.T, s store.Store, houder string) store.Leiding {
	t.Helper()
	var l store.Leiding
	require.Eventually(t, func() bool {
		var err error
		l, err = s.NeemLeiding(t.Context(), "taken", houder, longLead)
		return err == nil
	}, 10*time.Second, 10*time.Millisecond)
	return l
}

func leadTaken(t *testing.T, at Stores) {
	s := at.Open(t)
	first := take(t, s, "a", longLead)
	assert.Equal(t, "taken", first.Naam)
	assert.Equal(t, "a", first.Houder)
	assert.Positive(t, first.Nr)
	assert.Equal(t, time.UTC, first.Tot.Location())
	other, err := s.NeemLeiding(t.Context(), "ander werk", "a", 2*longLead)
	require.NoError(t, err)
	assert.InDelta(t, longLead.Seconds(), other.Tot.Sub(first.Tot).Seconds(), 30, "the end lies as far away as was asked")
}

func leadBusy(t *testing.T, at Stores) {
	s := at.Open(t)
	first := take(t, s, "a", longLead)
	requireBusy(t, s, "b")
	requireBusy(t, s, "b")
	_, err := s.NeemLeiding(t.Context(), "ander werk", "b", longLead)
	require.NoError(t, err)
	assert.Equal(t, first.Nr, take(t, s, "a", longLead).Nr, "who was refused took nothing")
}

func leadRenewed(t *testing.T, at Stores) {
	s := at.Open(t)
	first := take(t, s, "a", longLead)
	again := take(t, s, "a", 2*longLead)
	assert.Equal(t, first.Nr, again.Nr)
	assert.True(t, again.Tot.After(first.Tot.Add(longLead/2)), "it ends later")
}

func leadEnds(t *testing.T, at Stores) {
	s := at.Open(t)
	first := take(t, s, "a", shortLead)
	second := takeWhenFree(t, s, "b")
	assert.Greater(t, second.Nr, first.Nr)
	assert.False(t, second.Tot.Add(-longLead).Before(first.Tot), "not before the end of the first, by the time of the store")
	requireBusy(t, s, "a")
}

func leadGivenUp(t *testing.T, at Stores) {
	s := at.Open(t)
	first := take(t, s, "a", longLead)
	require.NoError(t, s.LaatLeiding(t.Context(), first))
	second := take(t, s, "b", longLead)
	assert.Greater(t, second.Nr, first.Nr)
	require.NoError(t, s.LaatLeiding(t.Context(), second))
	assert.Greater(t, take(t, s, "b", longLead).Nr, second.Nr, "taken anew by the same")
}

func leadStaleGiveUp(t *testing.T, at Stores) {
	s := at.Open(t)
	require.NoError(t, s.LaatLeiding(t.Context(), store.Leiding{Naam: "taken", Houder: "a", Nr: 1}), "one that never was")
	first := take(t, s, "a", longLead)
	require.NoError(t, s.LaatLeiding(t.Context(), first))
	second := take(t, s, "a", longLead)
	require.NoError(t, s.LaatLeiding(t.Context(), first), "the same holder, before")
	stranger := second
	stranger.Houder = "b"
	require.NoError(t, s.LaatLeiding(t.Context(), stranger), "not the holder")
	requireBusy(t, s, "b")
	assert.Equal(t, second.Nr, take(t, s, "a", longLead).Nr)
}

// race has n holders take the lead at the same moment and gives what they got.
func race(t *testing.T, s store.Store, n int) (got []store.Leiding) {
	t.Helper()
	var (
		lock    sync.Mutex
		refused []error
		all     sync.WaitGroup
	)
	begin := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-begin
			l, err := s.NeemLeiding(t.Context(), "taken", fmt.Sprintf("dienst %d", i), longLead)
			lock.Lock()
			defer lock.Unlock()
			if err != nil {
				refused = append(refused, err)
				return
			}
			got = append(got, l)
		})
	}
	close(begin)
	all.Wait()
	for _, err := range refused {
		requireRefusal(t, err, domain.Conflict, "fout.leiding_bezet")
	}
	return got
}

func leadManyAtOnce(t *testing.T, at Stores) {
	require.Len(t, race(t, at.Open(t), 24), 1)
}

func leadManyAfterEnd(t *testing.T, at Stores) {
	s := at.Open(t)
	first := take(t, s, "a", shortLead)
	require.NoError(t, s.LaatLeiding(t.Context(), takeWhenFree(t, s, "b")))
	got := race(t, s, 24)
	require.Len(t, got, 1)
	assert.Greater(t, got[0].Nr, first.Nr+1)
}

func leadReopened(t *testing.T, at Stores) {
	s := at.Open(t)
	first := take(t, s, "a", longLead)
	s = at.Reopen(t, s)
	requireBusy(t, s, "b")
	require.NoError(t, s.LaatLeiding(t.Context(), first))
	second := take(t, s, "b", longLead)
	assert.Greater(t, second.Nr, first.Nr)
	require.NoError(t, s.LaatLeiding(t.Context(), second))
	s = at.Reopen(t, s)
	assert.Greater(t, take(t, s, "a", longLead).Nr, second.Nr, "a number is never given again")
}

func replacedUnderLead(t *testing.T, at Stores) {
	s := at.Open(t)
	m := Melding(1)
	_, err := s.BewaarMelding(t.Context(), m, store.Bij{})
	require.NoError(t, err)
	l := take(t, s, "a", longLead)
	m.Rev = 1
	m.GewijzigdOp = m.GewijzigdOp.Add(time.Minute)
	require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{Gegeven: Entries(1, 1), Leiding: &l}))
	take(t, s, "a", longLead)
	m.Rev = 2
	require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{Leiding: &l}), "the lead was renewed since")
	got, err := s.Melding(t.Context(), m.ID)
	require.NoError(t, err)
	m.Rev = 3
	require.Equal(t, m, got)
	requireKept(t, s, Entries(1, 1)...)
}

// refusedUnderLead tries a lead in every way in which it may not hold.
func refusedUnderLead(t *testing.T, at Stores) {
	for name, lose := range map[string]func(t *testing.T, s store.Store) store.Leiding{
		"it never was": func(*testing.T, store.Store) store.Leiding {
			return store.Leiding{Naam: "taken", Houder: "a", Nr: 1}
		},
		"it has ended and nobody took it": func(t *testing.T, s store.Store) store.Leiding {
			l, err := s.NeemLeiding(t.Context(), "taken", "a", time.Millisecond)
			require.NoError(t, err)
			time.Sleep(shortLead) // the store's own time must pass; there is nothing to ask it
			return l
		},
		"another took it since": func(t *testing.T, s store.Store) store.Leiding {
			l := take(t, s, "a", shortLead)
			takeWhenFree(t, s, "b")
			return l
		},
		"it was given up": func(t *testing.T, s store.Store) store.Leiding {
			l := take(t, s, "a", longLead)
			require.NoError(t, s.LaatLeiding(t.Context(), l))
			return l
		},
		"it was given up and taken anew": func(t *testing.T, s store.Store) store.Leiding {
			l := take(t, s, "a", longLead)
			require.NoError(t, s.LaatLeiding(t.Context(), l))
			take(t, s, "a", longLead)
			return l
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := at.Open(t)
			m := Melding(1)
			_, err := s.BewaarMelding(t.Context(), m, store.Bij{})
			require.NoError(t, err)
			m.Rev = 1
			l := lose(t, s)
			late := m
			late.GewijzigdOp = m.GewijzigdOp.Add(time.Hour)
			err = s.VervangMelding(t.Context(), late, store.Bij{
				Gegeven: Entries(1, 2), Hertel: []store.Hertel{{Aanbieder: "a", Vanaf: m.Dag}}, Leiding: &l,
			})
			requireRefusal(t, err, domain.Stale, "fout.leiding_voorbij")
			got, err := s.Melding(t.Context(), m.ID)
			require.NoError(t, err)
			require.Equal(t, m, got)
			notes, err := s.TeHertellen(t.Context(), 10)
			require.NoError(t, err)
			require.Empty(t, notes)
			require.NoError(t, s.VervangMelding(t.Context(), late, store.Bij{}), "who needs no lead may")
		})
	}
}
