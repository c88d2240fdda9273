package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// parallelCases are about many callers at once.
func parallelCases() map[string]testCase {
	return map[string]testCase{
		"what many callers keep at once is all kept":                parallelWriters,
		"of many callers with one id exactly one keeps it":          oneWinner,
		"a failing call harms no other in the same moment":          failingNeighbours,
		"a call is seen whole or not at all while it is being kept": seenWhole,
		"parallel activations get versions without a gap":           parallelActivations,
		"a package kept by many callers at once is no error":        parallelPackages,
	}
}

// together runs do for 0..n-1 at once and waits for all.
func together(n int, do func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { do(i) })
	}
	group.Wait()
}

func parallelWriters(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers, each = 32, 20
	together(callers, func(i int) {
		for n := range each {
			assert.NoError(t, s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{Entry(i*each + n)}))
			_, err := s.Advies(t.Context(), Entry(i*each+n).ID)
			assert.NoError(t, err, "a caller reads what it has just kept")
		}
	})
	requireKept(t, s, Entries(0, callers*each-1)...)
}

func oneWinner(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers = 16
	errs := make([]error, callers)
	together(callers, func(i int) {
		mine := Entry(i)
		mine.ID = "dezelfde"
		errs[i] = s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{mine, Entry(1000 + i)})
	})
	winners := 0
	for i, err := range errs {
		want := Entry(i)
		want.ID = "dezelfde"
		if err == nil {
			winners++
			requireKept(t, s, want, Entry(1000+i))
			continue
		}
		RequireFailure(t, err, domain.Conflict)
		requireAbsent(t, s, Entry(1000+i))
	}
	require.Equal(t, 1, winners)
}

func failingNeighbours(t *testing.T, at Stores) {
	s := at.Open(t)
	keep(t, s, Entry(0))
	const callers, rounds = 24, 8
	together(callers, func(i int) {
		for n := range rounds {
			first := 1 + 10*(i*rounds+n)
			entries := Entries(first, first+i%5)
			if i%2 == 1 {
				err := s.BewaarAdviezen(t.Context(), append(entries, Entry(0)))
				assert.True(t, domain.IsCode(err, domain.Conflict), "%v", err)
				continue
			}
			assert.NoError(t, s.BewaarAdviezen(t.Context(), entries))
		}
	})
	for i := range callers {
		for n := range rounds {
			first := 1 + 10*(i*rounds+n)
			entries := Entries(first, first+i%5)
			if i%2 == 1 {
				requireAbsent(t, s, entries...)
				continue
			}
			requireKept(t, s, entries...)
		}
	}
}

func seenWhole(t *testing.T, at Stores) {
	s := at.Open(t)
	const calls, each = 40, 25
	together(2, func(i int) {
		for call := range calls {
			entries := Entries(call*each, call*each+each-1)
			if i == 0 {
				assert.NoError(t, s.BewaarAdviezen(t.Context(), entries))
				continue
			}
			_, err := s.Advies(t.Context(), entries[each-1].ID)
			if err != nil {
				assert.True(t, domain.IsCode(err, domain.NotFound), "%v", err)
				continue
			}
			_, err = s.Advies(t.Context(), entries[0].ID)
			assert.NoError(t, err, "the last of a call is there and the first is not")
		}
	})
}

func parallelActivations(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers, each = 16, 5
	for i := range callers {
		require.NoError(t, s.BewaarPakket(t.Context(), Package(fmt.Sprint("d", i))))
	}
	given := make([][]domain.Activering, callers)
	together(callers, func(i int) {
		for range each {
			_, missing := s.Activeer(t.Context(), Activation("er niet"))
			assert.True(t, domain.IsCode(missing, domain.NotFound), "%v", missing)
			a, err := s.Activeer(t.Context(), Activation(fmt.Sprint("d", i)))
			assert.NoError(t, err)
			given[i] = append(given[i], a)
		}
	})
	all, err := s.Activeringen(t.Context())
	require.NoError(t, err)
	require.Len(t, all, callers*each)
	for n, a := range all {
		require.Equal(t, n+1, a.Versie)
	}
	for _, mine := range given {
		for n, a := range mine {
			require.Equal(t, a, all[a.Versie-1], "the version that was answered is the one that was kept")
			require.True(t, n == 0 || mine[n-1].Versie < a.Versie)
		}
	}
}

func parallelPackages(t *testing.T, at Stores) {
	s := at.Open(t)
	var errs [16]error
	together(len(errs), func(i int) { errs[i] = s.BewaarPakket(t.Context(), Package("a")) })
	require.NoError(t, errors.Join(errs[:]...))
	p, err := s.Pakket(t.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, Package("a"), p)
}
