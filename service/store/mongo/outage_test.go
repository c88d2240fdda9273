package mongo_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
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
	for name, call := range calls(s) {
		requireToldInTime(t, name, func() error { return call(t.Context()) })
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

// calls are calls of every kind, of which none needs another.
func calls(s *mongo.Store) map[string]func(context.Context) error {
	return map[string]func(ctx context.Context) error{
		"Ping":           s.Ping,
		"Advies":         func(ctx context.Context) error { _, err := s.Advies(ctx, "x"); return err },
		"one advice":     func(ctx context.Context) error { return s.BewaarAdviezen(ctx, storetest.Entries(9, 9)) },
		"some advices":   func(ctx context.Context) error { return s.BewaarAdviezen(ctx, storetest.Entries(10, 12)) },
		"LegVast":        func(ctx context.Context) error { _, err := s.LegVast(ctx, storetest.Key("k", 1)); return err },
		"Vestig":         func(ctx context.Context) error { _, err := s.Vestig(ctx, storetest.Aanbieder(1)); return err },
		"BewaarMelding":  func(ctx context.Context) error { return storetest.Bewaar(ctx, s, storetest.Melding(9), nil) },
		"VervangMelding": func(ctx context.Context) error { return storetest.Vervang(ctx, s, storetest.Melding(1), nil) },
		"Melding":        func(ctx context.Context) error { _, err := s.Melding(ctx, "x"); return err },
		"Meldingen":      func(ctx context.Context) error { _, err := s.Meldingen(ctx, domain.MeldingVraag{}); return err },
		"Termijnen":      func(ctx context.Context) error { _, err := s.Termijnen(ctx, domain.TermijnVraag{}); return err },
		"Telling":        func(ctx context.Context) error { _, err := s.Telling(ctx); return err },
		"TeHertellen":    func(ctx context.Context) error { _, err := s.TeHertellen(ctx, 9); return err },
		"NeemLeiding":    func(ctx context.Context) error { _, err := s.NeemLeiding(ctx, "a", "b", time.Hour); return err },
		"TelSignalen": func(ctx context.Context) error {
			_, err := s.TelSignalen(ctx, "een", storetest.Melding(1).Dag, "")
			return err
		},
	}
}

func requireToldInTime(t *testing.T, name string, call func() error) {
	t.Helper()
	begin := time.Now() //nolint:forbidigo // how long a caller waits
	err := call()
	assert.Less(t, time.Since(begin), 2*time.Second, name) //nolint:forbidigo // as above
	assert.True(t, domain.IsCode(err, domain.Unavailable), "%s: %v", name, err)
}

// hung is a store of which the server has stopped answering, until awake is called.
func hung(t *testing.T) (s *mongo.Store, awake func()) {
	t.Helper()
	own, err := mongotest.StartJava(t.Context())
	require.NoError(t, err)
	s, err = mongo.Open(t.Context(), own.Address("hangt"))
	require.NoError(t, err)
	process, err := os.FindProcess(own.Pid())
	require.NoError(t, err)
	awake = func() { require.NoError(t, process.Signal(syscall.SIGCONT)) }
	t.Cleanup(func() {
		awake()
		require.NoError(t, s.Close())
		require.NoError(t, own.Stop())
	})
	require.NoError(t, storetest.Bewaar(t.Context(), s, storetest.Melding(1), nil))
	together(8, func(int) { assert.NoError(t, s.Ping(t.Context())) }) // connections that are open
	require.NoError(t, process.Signal(syscall.SIGSTOP))
	time.Sleep(100 * time.Millisecond) // or it may answer once more
	return s, awake
}

// Callers of the service have much more time than a store may take.
func TestAServerThatHangsIsToldInTimeToWhoHasMore(t *testing.T) {
	s, awake := hung(t)
	long, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	requireToldInTime(t, "the first", func() error { _, err := s.Melding(long, "x"); return err })
	var all sync.WaitGroup
	for name, call := range calls(s) {
		for range 3 {
			all.Go(func() { requireToldInTime(t, name, func() error { return call(long) }) })
		}
	}
	all.Wait()
	for name, call := range calls(s) {
		t.Run(name, func(t *testing.T) { requireToldInTime(t, name, func() error { return call(long) }) })
	}
	awake()
	require.Eventually(t, func() bool { return s.Ping(t.Context()) == nil }, 20*time.Second, 50*time.Millisecond, "it comes back by itself")
}

func TestWhoAsksAgainAndAgainWaitsNoLongerInAll(t *testing.T) {
	s, _ := hung(t)
	require.Equal(t, 1600*time.Millisecond, s.Geduld())
	requireToldInTime(t, "one caller", func() (err error) {
		ctx := store.MetGeduld(t.Context(), s.Geduld())
		for _, call := range calls(s) {
			err = call(ctx)
		}
		return err
	})
}

func TestPingSaysWhatIsWrongWithTheServer(t *testing.T) {
	s, _ := hung(t)
	for name, most := range map[string]time.Duration{"in its own time": time.Minute, "in the time of who asks": 300 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(t.Context(), most)
		err := s.Ping(ctx)
		cancel()
		storetest.RequireFailure(t, err, domain.Unavailable)
		var why *domain.Error
		require.ErrorAs(t, domain.AsError(err).Cause, &why, name)
		require.Contains(t, []string{"fout.mongo_traag", "fout.mongo_onbereikbaar"}, why.Key, name) // the driver gives a server up that did not answer
		require.NotEmpty(t, why.Args, "it names the server")
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
