package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// sleutelCases are about keys that make a request count once.
func sleutelCases() map[string]testCase {
	return map[string]testCase{
		"the first under a key is kept, and given to all after it": firstKeyWins,
		"of many at the same moment one is the first":              oneKeyWins,
		"a key that is released is another's": func(t *testing.T, at Stores) {
			s := at.Open(t)
			require.NoError(t, s.GeefVrij(t.Context(), Key("a", 1)), "of none")
			_, err := s.LegVast(t.Context(), Key("a", 1))
			require.NoError(t, err)
			require.NoError(t, s.GeefVrij(t.Context(), Key("a", 2)), "of another request")
			got, err := s.LegVast(t.Context(), Key("a", 3))
			require.NoError(t, err)
			require.Equal(t, Key("a", 1), got)
			require.NoError(t, s.GeefVrij(t.Context(), Key("a", 1)))
			got, err = s.LegVast(t.Context(), Key("a", 3))
			require.NoError(t, err)
			require.Equal(t, Key("a", 3), got)
		},
		"a key outlives the process": func(t *testing.T, at Stores) {
			s := at.Open(t)
			first, err := s.LegVast(t.Context(), Key("a", 1))
			require.NoError(t, err)
			again, err := at.Reopen(t, s).LegVast(t.Context(), Key("a", 2))
			require.NoError(t, err)
			require.Equal(t, first, again)
		},
	}
}

// Key is a key with the contents number n.
func Key(name string, n int) domain.Sleutel {
	return domain.Sleutel{
		Naam: name, Digest: fmt.Sprintf("digest-%d", n), ID: fmt.Sprintf("id-%d", n),
		Moment: time.Date(2026, time.November, 20, 10, 0, n, 0, time.UTC),
	}
}

func firstKeyWins(t *testing.T, at Stores) {
	s := at.Open(t)
	for n := range 3 {
		got, err := s.LegVast(t.Context(), Key("a", n))
		require.NoError(t, err)
		require.Equal(t, Key("a", 0), got)
	}
	other, err := s.LegVast(t.Context(), Key("b", 7))
	require.NoError(t, err)
	require.Equal(t, Key("b", 7), other, "another key is another request")
}

func oneKeyWins(t *testing.T, at Stores) {
	s := at.Open(t)
	got := make([]domain.Sleutel, 32)
	errs := make([]error, len(got))
	var all sync.WaitGroup
	for n := range got {
		all.Go(func() { got[n], errs[n] = s.LegVast(t.Context(), Key("a", n)) })
	}
	all.Wait()
	for n := range got {
		require.NoError(t, errs[n])
		require.Equal(t, got[0], got[n])
	}
}
