package mongo_test

import (
	"context"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo/mongotest"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

func TestServerThatGoesAwayAndComesBack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mongo.h2")
	first, err := mongotest.StartJava(t.Context(), "0", file)
	require.NoError(t, err)
	address := first.Address("uitval")
	at, err := url.Parse(address)
	require.NoError(t, err)
	s, err := mongo.Open(t.Context(), address)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 3)))
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(4, 4)))

	require.NoError(t, storetest.Bewaar(t.Context(), s, storetest.Melding(1), nil))

	require.NoError(t, first.Stop())
	requireAllTold(t, s)
	for name, call := range map[string]func(ctx context.Context) error{
		"Ping":           s.Ping,
		"Advies":         func(ctx context.Context) error { _, err := s.Advies(ctx, "x"); return err },
		"BewaarAdviezen": func(ctx context.Context) error { return s.BewaarAdviezen(ctx, storetest.Entries(9, 9)) },
		"Vestig":         func(ctx context.Context) error { _, err := s.Vestig(ctx, storetest.Aanbieder(1)); return err },
		"BewaarMelding":  func(ctx context.Context) error { return storetest.Bewaar(ctx, s, storetest.Melding(9), nil) },
		"VervangMelding": func(ctx context.Context) error { return storetest.Vervang(ctx, s, storetest.Melding(1), nil) },
		"Meldingen":      func(ctx context.Context) error { _, err := s.Meldingen(ctx, domain.MeldingVraag{}); return err },
		"Telling":        func(ctx context.Context) error { _, err := s.Telling(ctx); return err },
		"TelSignalen": func(ctx context.Context) error {
			_, err := s.TelSignalen(ctx, "een", storetest.Melding(1).Dag, "")
			return err
		},
	} {
		begin := time.Now() //nolint:forbidigo // how long a caller waits
		storetest.RequireFailure(t, call(t.Context()), domain.Unavailable)
		assert.Less(t, time.Since(begin), 2*time.Second, name) //nolint:forbidigo // as above
	}

	second, err := mongotest.StartJava(t.Context(), at.Port(), file)
	require.NoError(t, err)
	defer func() { require.NoError(t, second.Stop()) }()
	require.Eventually(t, func() bool { return s.Ping(t.Context()) == nil }, 20*time.Second, 50*time.Millisecond)
	m, err := s.Melding(t.Context(), storetest.Melding(1).ID)
	require.NoError(t, err)
	require.Equal(t, storetest.Melding(1), m)
	for n := 1; n <= 4; n++ {
		got, err := s.Advies(t.Context(), storetest.Entry(n).ID)
		require.NoError(t, err, "what was answered without error outlives the server")
		require.Equal(t, storetest.Entry(n), got)
	}
}

// requireAllTold requires that of many who come one after the other while nothing
// answers each is told in time.
func requireAllTold(t *testing.T, s *mongo.Store) {
	t.Helper()
	together(20, func(i int) {
		time.Sleep(time.Duration(i) * 100 * time.Millisecond) // they come one after the other
		begin := time.Now()                                   //nolint:forbidigo // how long a caller waits
		assert.Error(t, storetest.Bewaar(t.Context(), s, storetest.Melding(100+i), nil))
		assert.Less(t, time.Since(begin), 2*time.Second) //nolint:forbidigo // as above
	})
}
