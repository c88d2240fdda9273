package storetest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// eersteCases are about what EersteMelding gives, which holds words of the melder.
func eersteCases() map[string]testCase {
	return map[string]testCase{
		"a refused replacement leaves the first melding":                          refusedLeavesFirst,
		"of replacements at the same moment the one that is kept gives the first": firstOfTheOneKept,
	}
}

// Telling is m with these words of the melder.
func Telling(m domain.Melding, words string) domain.Melding {
	m.Opgave.Omschrijving = words
	return m
}

func refusedLeavesFirst(t *testing.T, at Stores) {
	s := at.Open(t)
	keepMelding(t, s, Melding(1), Melding(2))
	for round := range 2 { // of one that was never replaced, and of one that was
		first, err := s.EersteMelding(t.Context(), Melding(1).ID)
		require.NoError(t, err)
		refused := Telling(Melding(1), fmt.Sprint("geweigerd ", round))
		bij := store.Bij{Eerste: &refused, Gegeven: Entries(1, 1)}
		late := refused
		late.Rev = 9
		requireRefusal(t, s.VervangMelding(t.Context(), late, bij), domain.Stale, "fout.verouderd")
		taken := refused
		taken.Rev, taken.Opgave.Klantkenmerk = int64(round+1), Melding(2).Opgave.Klantkenmerk
		requireRefusal(t, s.VervangMelding(t.Context(), taken, bij), domain.Conflict, "fout.klantkenmerk_bezet", Melding(2).Kenmerk)
		got, err := s.EersteMelding(t.Context(), Melding(1).ID)
		require.NoError(t, err)
		require.Equal(t, first, got)

		kept := Telling(Melding(1), fmt.Sprint("bewaard ", round))
		m := kept
		m.Rev = int64(round + 1)
		require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{Eerste: &kept}))
		got, err = s.EersteMelding(t.Context(), Melding(1).ID)
		require.NoError(t, err)
		require.Equal(t, kept, got)
	}
}

func firstOfTheOneKept(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers, rounds = 6, 8
	keepMelding(t, s, Melding(1))
	for rev := range int64(rounds) {
		stop, readers := make(chan struct{}), sync.WaitGroup{}
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				_, err := s.EersteMelding(t.Context(), Melding(1).ID)
				assert.NoError(t, err, "it can be read at any moment")
			}
		})
		together(callers, func(i int) {
			m := Telling(Melding(1), fmt.Sprint(rev, " van ", i))
			m.Rev = rev + 1
			first := m
			first.Rev = 1
			if err := s.VervangMelding(t.Context(), m, store.Bij{Eerste: &first}); err != nil {
				assert.True(t, domain.IsCode(err, domain.Stale), "%v", err)
			}
		})
		close(stop)
		readers.Wait()
		now, err := s.Melding(t.Context(), Melding(1).ID)
		require.NoError(t, err)
		first, err := s.EersteMelding(t.Context(), Melding(1).ID)
		require.NoError(t, err)
		require.Equal(t, rev+2, now.Rev)
		require.Equal(t, now.Opgave.Omschrijving, first.Opgave.Omschrijving)
	}
}
