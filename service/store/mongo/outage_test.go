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

	require.NoError(t, first.Stop())
	for name, call := range map[string]func(ctx context.Context) error{
		"Ping":           s.Ping,
		"Advies":         func(ctx context.Context) error { _, err := s.Advies(ctx, "x"); return err },
		"BewaarAdviezen": func(ctx context.Context) error { return s.BewaarAdviezen(ctx, storetest.Entries(9, 9)) },
		"Vestig":         func(ctx context.Context) error { _, err := s.Vestig(ctx, storetest.Aanbieder(1)); return err },
	} {
		begin := time.Now() //nolint:forbidigo // how long a caller waits
		storetest.RequireFailure(t, call(t.Context()), domain.Unavailable)
		assert.Less(t, time.Since(begin), 2*time.Second, name) //nolint:forbidigo // as above
	}

	second, err := mongotest.StartJava(t.Context(), at.Port(), file)
	require.NoError(t, err)
	defer func() { require.NoError(t, second.Stop()) }()
	require.Eventually(t, func() bool { return s.Ping(t.Context()) == nil }, 20*time.Second, 50*time.Millisecond)
	for n := 1; n <= 4; n++ {
		got, err := s.Advies(t.Context(), storetest.Entry(n).ID)
		require.NoError(t, err, "what was answered without error outlives the server")
		require.Equal(t, storetest.Entry(n), got)
	}
}
