package mongo_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func TestLeadIsTakenKeptGivenUpAndLost(t *testing.T) {
	s := openTemp(t)
	first, err := s.NeemLeiding(t.Context(), "vegen", "a", time.Minute)
	require.NoError(t, err)
	require.Equal(t, int64(1), first.Nr)
	_, err = s.NeemLeiding(t.Context(), "vegen", "b", time.Minute)
	require.Equal(t, "fout.leiding_bezet", domain.AsError(err).Key)
	again, err := s.NeemLeiding(t.Context(), "vegen", "a", 2*time.Minute)
	require.NoError(t, err)
	require.Equal(t, first.Nr, again.Nr, "who leads already keeps the number")
	require.Greater(t, again.Tot.Sub(first.Tot), 59*time.Second)

	require.NoError(t, s.LaatLeiding(t.Context(), again))
	second, err := s.NeemLeiding(t.Context(), "vegen", "b", 40*time.Millisecond)
	require.NoError(t, err)
	require.Greater(t, second.Nr, again.Nr)
	require.NoError(t, s.LaatLeiding(t.Context(), again), "what is another's is left alone")
	require.Eventually(t, func() bool {
		third, err := s.NeemLeiding(t.Context(), "vegen", "c", time.Minute)
		return err == nil && third.Nr > second.Nr
	}, 10*time.Second, 5*time.Millisecond, "a lead that has run out is free")
}

func TestOfManyWhoWantTheLeadOneGetsIt(t *testing.T) {
	s := openTemp(t)
	for _, naam := range []string{"vegen", "hertellen", "bezorgen"} {
		var leads atomic.Int64
		together(16, func(i int) {
			_, err := s.NeemLeiding(t.Context(), naam, string(rune('a'+i)), time.Minute)
			if err == nil {
				leads.Add(1)
				return
			}
			assert.Equal(t, "fout.leiding_bezet", domain.AsError(err).Key, "%v", err)
		})
		require.Equal(t, int64(1), leads.Load())
	}
}
