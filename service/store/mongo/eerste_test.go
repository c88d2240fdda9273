package mongo_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// telt gives a replacement of revision rev that has these words take the place of
// those before.
func telt(s store.Store, t *testing.T, words string, rev int64) func() error {
	return func() error {
		m := storetest.Telling(storetest.Melding(1), words)
		first := m
		m.Rev = rev
		return s.VervangMelding(t.Context(), m, store.Bij{Eerste: &first})
	}
}

// requireWordsAgree requires that the first melding has no other words than the
// melding has.
func requireWordsAgree(t *testing.T, s store.Store, about ...any) string {
	t.Helper()
	now, err := s.Melding(t.Context(), storetest.Melding(1).ID)
	require.NoError(t, err)
	first, err := s.EersteMelding(t.Context(), storetest.Melding(1).ID)
	require.NoError(t, err, about...)
	require.Equal(t, now.Opgave.Omschrijving, first.Opgave.Omschrijving, about...)
	return now.Opgave.Omschrijving
}

// requireGone requires that these words stand nowhere any more.
func requireGone(t *testing.T, s atAddress, words ...string) {
	t.Helper()
	for _, name := range []string{"meldingen", "eerste_meldingen"} {
		found, err := plain(t, s.address).Collection(name).Find(t.Context(), bson.D{})
		require.NoError(t, err)
		var all []struct {
			Doc string `bson:"doc"`
		}
		require.NoError(t, found.All(t.Context(), &all))
		for _, d := range all {
			for _, w := range words {
				require.False(t, strings.Contains(d.Doc, w), "%q stands in %s", w, name)
			}
		}
	}
}

// A correction stands still at each of its commands, while another is made.
func TestWordsOfARefusedCorrectionAreNeverGivenHoweverSlowItIs(t *testing.T) {
	for rev := int64(1); rev <= 2; rev++ { // of a melding that was never replaced, and of one that was
		for n := int64(1); ; n++ {
			address := server.Database(t)
			slow, quick := openSlow(t, address), heir(t, address)
			require.NoError(t, storetest.Bewaar(t.Context(), quick, storetest.Telling(storetest.Melding(1), "eerst"), nil))
			if rev == 2 {
				require.NoError(t, telt(quick, t, "daarna", 1)())
			}
			stood, slowErr, quickErr := slow.during(n, telt(slow, t, "traag", rev), telt(quick, t, "snel", rev))
			if !stood {
				require.Greater(t, n, int64(3))
				break
			}
			words := requireWordsAgree(t, quick, fmt.Sprint("command ", n))
			if slowErr == nil { // it was done by then, or the quick one could not
				storetest.RequireFailure(t, quickErr, domain.Stale)
				require.Equal(t, "traag", words)
			} else {
				storetest.RequireFailure(t, slowErr, domain.Stale)
				require.Equal(t, "snel", words)
			}
			require.NoError(t, telt(quick, t, "tot slot", rev+1)())
			require.Equal(t, "tot slot", requireWordsAgree(t, quick))
			requireGone(t, quick, `"eerst"`, `"daarna"`, `"traag"`, `"snel"`)
		}
	}
}

// A correction that takes nothing away knows what was first, which is taken away
// meanwhile.
func TestWordsThatWereTakenBackDoNotComeBackFromASlowCorrection(t *testing.T) {
	for n := int64(1); ; n++ {
		address := server.Database(t)
		slow, quick := openSlow(t, address), heir(t, address)
		m := storetest.Telling(storetest.Melding(1), "eerst")
		require.NoError(t, storetest.Bewaar(t.Context(), quick, m, nil))
		m.Sector = "ggz"
		stood, _, _ := slow.during(n, func() error { return storetest.Vervang(t.Context(), slow, m, nil) }, telt(quick, t, "zonder", 1))
		if !stood {
			require.Greater(t, n, int64(2))
			return
		}
		requireWordsAgree(t, quick, fmt.Sprint("command ", n))
		now, err := quick.Melding(t.Context(), m.ID)
		require.NoError(t, err)
		require.NoError(t, telt(quick, t, "tot slot", now.Rev)())
		requireGone(t, quick, `"eerst"`, `"zonder"`)
	}
}

func TestWordsAreTakenBackOrNotWhereverACorrectionStops(t *testing.T) {
	for rev := int64(1); rev <= 2; rev++ {
		for n := int64(1); ; n++ {
			address := server.Database(t)
			first, left := mortal(t, address)
			require.NoError(t, storetest.Bewaar(t.Context(), first, storetest.Telling(storetest.Melding(1), "eerst"), nil))
			if rev == 2 {
				require.NoError(t, telt(first, t, "daarna", 1)())
			}
			left.Store(n)
			stopped := telt(first, t, "nieuw", rev)()
			require.NoError(t, first.Close())
			second := heir(t, address)
			words := requireWordsAgree(t, second, fmt.Sprint("stop ", n))
			if stopped == nil {
				require.Equal(t, "nieuw", words)
			} else {
				storetest.RequireFailure(t, stopped, domain.Unavailable)
			}
			now, err := second.Melding(t.Context(), storetest.Melding(1).ID)
			require.NoError(t, err)
			now.Sector = "ggz" // whoever writes next makes it whole
			require.NoError(t, storetest.Vervang(t.Context(), second, now, nil))
			requireWordsAgree(t, second)
			if words == "nieuw" {
				requireGone(t, second, `"eerst"`, `"daarna"`)
			}
			require.NoError(t, telt(second, t, "tot slot", now.Rev+1)())
			requireGone(t, second, `"eerst"`, `"daarna"`, `"nieuw"`)
			if left.Load() > 0 {
				require.NoError(t, stopped)
				require.Greater(t, n, int64(5), "it stopped between all writes")
				break
			}
		}
	}
}
