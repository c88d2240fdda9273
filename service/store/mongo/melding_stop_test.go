package mongo_test

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// lines are the connections of a store, which can all be cut for good: what a
// server sees of a process that ends.
type lines struct {
	lock sync.Mutex
	all  []net.Conn
	cut  bool
}

func (l *lines) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	l.lock.Lock()
	defer l.lock.Unlock()
	if err == nil && l.cut {
		_ = conn.Close() // nobody has it
		return nil, net.ErrClosed
	}
	l.all = append(l.all, conn)
	return conn, err
}

func (l *lines) end() {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.cut = true
	for _, conn := range l.all {
		if conn != nil {
			_ = conn.Close() // it may be closed
		}
	}
}

// mortal opens the store in address so that its process ends as its nth command
// from arm on would be sent. left is above 0 while it has not.
func mortal(t *testing.T, address string) (s *mongo.Store, left *atomic.Int64) {
	t.Helper()
	left = new(atomic.Int64)
	left.Store(-1)
	l := &lines{}
	return opened(t, address+"&serverSelectionTimeoutMS=300", func(o *options.ClientOptions) {
		o.SetDialer(l).SetMonitor(&event.CommandMonitor{Started: func(context.Context, *event.CommandStartedEvent) {
			if left.Add(-1) == 0 {
				l.end()
			}
		}})
	}), left
}

func opened(t testing.TB, address string, set mongo.Option) *mongo.Store {
	t.Helper()
	s, err := mongo.Open(t.Context(), address, set)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// heir opens the store in address for a process that soon takes over what another
// left.
func heir(t *testing.T, address string) atAddress {
	t.Helper()
	s := openAt(t, address)
	s.SetNaamGeduld(time.Millisecond)
	return s
}

// A process ends as each of its commands begins; another one comes after it.
func TestMeldingIsWholeOrMakesWayWhereverItsKeeperStops(t *testing.T) {
	m := storetest.Melding(1)
	bij := store.Bij{Gegeven: storetest.Entries(1, 2), Hertel: []store.Hertel{{Aanbieder: "een", Vanaf: m.Dag}, {Aanbieder: "twee", Vanaf: m.Dag}}}
	for n := int64(1); ; n++ {
		address := server.Database(t)
		first, left := mortal(t, address)
		left.Store(n)
		_, stopped := first.BewaarMelding(t.Context(), m, bij)
		require.NoError(t, first.Close())
		second := heir(t, address)
		kept, err := second.Melding(t.Context(), m.ID)
		if err != nil {
			storetest.RequireFailure(t, err, domain.NotFound)
			storetest.RequireFailure(t, stopped, domain.Unavailable)
			requireMadeWay(t, second, m)
		} else {
			require.Equal(t, m, kept, "stop %d", n)
			requireWhole(t, second, m, bij)
		}
		if left.Load() > 0 {
			require.NoError(t, stopped)
			require.Greater(t, n, int64(6), "it stopped between all writes")
			return
		}
	}
}

// requireMadeWay requires that nothing of m is left but what makes way.
func requireMadeWay(t *testing.T, s store.Store, m domain.Melding) {
	t.Helper()
	other, again := m, m
	other.ID = "ander"
	_, err := s.BewaarMelding(t.Context(), other, store.Bij{})
	require.NoError(t, err, "its names are free")
	again.Kenmerk, again.Opgave.Klantkenmerk = "ander", "ander"
	_, err = s.BewaarMelding(t.Context(), again, store.Bij{Gegeven: storetest.Entries(8, 9)})
	require.NoError(t, err, "its id is free")
	requireList(t, s, other, again)
	requireNotes(t, s)
}

// requireWhole requires that m is kept with all that was kept with it.
func requireWhole(t *testing.T, s store.Store, m domain.Melding, bij store.Bij) {
	t.Helper()
	requireTaken(t, s, m, "fout.kenmerk_bezet")
	other := m
	other.Kenmerk = "ander"
	requireTaken(t, s, other, "fout.klantkenmerk_bezet")
	for _, g := range bij.Gegeven {
		got, err := s.Advies(t.Context(), g.ID)
		require.NoError(t, err)
		require.Equal(t, g, got)
	}
	requireList(t, s, m)
	var want []string
	for _, h := range bij.Hertel {
		want = append(want, h.Aanbieder)
	}
	requireNotes(t, s, want...)
}

// requireTaken requires that another melding cannot have the names of m.
func requireTaken(t *testing.T, s store.Store, m domain.Melding, key string) {
	t.Helper()
	m.ID = "ander"
	_, err := s.BewaarMelding(t.Context(), m, store.Bij{})
	storetest.RequireFailure(t, err, domain.Conflict)
	require.Equal(t, key, domain.AsError(err).Key)
}

// requireList requires that all lists and counts hold these meldingen and no more.
func requireList(t *testing.T, s store.Store, want ...domain.Melding) {
	t.Helper()
	for _, v := range []domain.Volgorde{domain.OpUrgentie, domain.OpOntvangst, domain.OpWijziging} {
		page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: v, Aantal: 99})
		require.NoError(t, err)
		require.ElementsMatch(t, want, page.Meldingen)
	}
	told, err := s.Telling(t.Context())
	require.NoError(t, err)
	require.Equal(t, len(want), told.Meldingen)
}

func requireNotes(t *testing.T, s store.Store, want ...string) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		list, err := s.TeHertellen(t.Context(), 99)
		assert.NoError(c, err)
		var got []string
		for _, h := range list {
			got = append(got, h.Aanbieder)
		}
		assert.ElementsMatch(c, want, got)
	}, 5*time.Second, 10*time.Millisecond)
}

// Whoever sends a request again has the time of one request for it.
func TestWhatAKilledKeeperLeftHoldsNobodyUpForLong(t *testing.T) {
	m := storetest.Melding(1)
	other := storetest.Melding(2)
	other.Opgave.Klantkenmerk = m.Opgave.Klantkenmerk
	keep := func(m domain.Melding, entries ...domain.GegevenAdvies) func(ctx context.Context, s store.Store) error {
		return func(ctx context.Context, s store.Store) error {
			if len(entries) > 0 {
				return s.BewaarAdviezen(ctx, entries)
			}
			return storetest.Bewaar(ctx, s, m, nil)
		}
	}
	series := keep(m, storetest.Entries(1, 5)...)
	for name, c := range map[string]struct {
		first, again func(context.Context, store.Store) error
		most         time.Duration
	}{
		"the same melding":              {keep(m), keep(m), 600 * time.Millisecond},
		"another with its klantkenmerk": {keep(m), keep(other), 1600 * time.Millisecond},
		"the same series of decisions":  {series, series, 1600 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			for n := int64(1); ; n++ {
				address := server.Database(t)
				first, left := mortal(t, address)
				left.Store(n)
				stopped := c.first(t.Context(), first)
				require.NoError(t, first.Close())
				if left.Load() > 0 {
					require.NoError(t, stopped)
					require.Greater(t, n, int64(2))
					return
				}
				second := openAt(t, address)
				began := time.Now() //nolint:forbidigo // how long a caller waits
				err := c.again(store.MetGeduld(t.Context(), 1600*time.Millisecond), second)
				assert.Less(t, time.Since(began), c.most, "stop %d", n) //nolint:forbidigo // as above
				if stopped != nil {
					require.True(t, err == nil || domain.IsCode(err, domain.Conflict), "stop %d: %v", n, err)
				}
			}
		})
	}
}

// The same, of a melding of which the klantkenmerk changes.
func TestReplacementIsWholeOrNothingWhereverItsWriterStops(t *testing.T) {
	m := storetest.Melding(1)
	next := m
	next.Opgave.Klantkenmerk, next.Sector = "nieuw", "ggz"
	bij := store.Bij{Gegeven: storetest.Entries(1, 2), Hertel: []store.Hertel{{Aanbieder: "een", Vanaf: m.Dag}}}
	for n := int64(1); ; n++ {
		address := server.Database(t)
		first, left := mortal(t, address)
		require.NoError(t, storetest.Bewaar(t.Context(), first, m, nil))
		left.Store(n)
		stopped := first.VervangMelding(t.Context(), next, bij)
		require.NoError(t, first.Close())
		second := heir(t, address)
		kept, err := second.Melding(t.Context(), m.ID)
		require.NoError(t, err)
		free := "nieuw"
		if kept.Rev == 1 {
			require.Equal(t, m, kept, "stop %d", n)
			storetest.RequireFailure(t, stopped, domain.Unavailable)
			requireWhole(t, second, m, store.Bij{})
		} else {
			require.NoError(t, stopped, "stop %d: what is done is told as done", n)
			free, next.Rev = "zaak-1", 2
			require.Equal(t, next, kept, "stop %d", n)
			requireWhole(t, second, next, bij)
			next.Rev = 1
		}
		other := storetest.Melding(2)
		other.Opgave.Klantkenmerk = free
		require.NoError(t, storetest.Bewaar(t.Context(), second, other, nil), "stop %d: the klantkenmerk it does not have is free", n)
		eerste, err := second.EersteMelding(t.Context(), m.ID)
		require.NoError(t, err)
		require.Equal(t, m, eerste)
		if left.Load() > 0 {
			require.NoError(t, stopped)
			require.Greater(t, n, int64(8), "it stopped between all writes")
			return
		}
	}
}

// Nobody has to wait for a name that nobody wants any more.
func TestNamesThatAreGivenUpAreFreeAtOnce(t *testing.T) {
	s := openTemp(t)
	s.SetNaamGeduld(time.Hour)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	of := func(n int, klantkenmerk string) domain.Melding {
		m := storetest.Melding(n)
		m.Opgave.Klantkenmerk = klantkenmerk
		return m
	}
	require.NoError(t, storetest.Bewaar(ctx, s, of(1, "een"), storetest.Entries(1, 1)))
	require.NoError(t, storetest.Vervang(ctx, s, of(1, "twee"), nil))
	require.NoError(t, storetest.Bewaar(ctx, s, of(2, "een"), nil), "replaced")

	storetest.RequireFailure(t, storetest.Vervang(ctx, s, of(2, "drie"), storetest.Entries(1, 1)), domain.Conflict)
	require.NoError(t, storetest.Bewaar(ctx, s, of(3, "drie"), nil), "a replacement that was refused")

	refused := of(4, "vier")
	refused.ID = of(1, "").ID
	storetest.RequireFailure(t, storetest.Bewaar(ctx, s, refused, nil), domain.Conflict)
	require.NoError(t, storetest.Bewaar(ctx, s, of(4, "vier"), nil), "a new one that was refused")
}

// A process ends as each of its commands begins, the last of which make its
// messages. Others that look for them at the same moment lose and double none.
func TestMessagesAreThereOnceWhereverTheirWriterStops(t *testing.T) {
	one, two := storetest.Bericht(1, "u1"), storetest.Bericht(2, "")
	bij := store.Bij{Berichten: []domain.Bericht{one, two}}
	for n := int64(1); ; n++ {
		address := server.Database(t)
		require.NoError(t, storetest.Bewaar(t.Context(), heir(t, address), storetest.Melding(1), nil))
		first, left := mortal(t, address)
		left.Store(n)
		stopped := first.VervangMelding(t.Context(), storetest.Melding(1), bij)
		require.NoError(t, first.Close())
		second := heir(t, address)
		kept, err := second.Melding(t.Context(), storetest.Melding(1).ID)
		require.NoError(t, err)
		if kept.Rev == 1 {
			storetest.RequireFailure(t, stopped, domain.Unavailable)
			requireMessages(t, second, nil, nil)
		} else {
			sent := one
			sent.Post = domain.Post{Stand: domain.PostVerzonden, Pogingen: 1, VerzondenOp: one.Op}
			errs := make([]error, 4) // all of them find what was left
			together(len(errs), func(i int) { _, errs[i] = second.TelPost(t.Context()) })
			for _, err := range errs {
				require.NoError(t, err)
			}
			requireMessages(t, second, []domain.Bericht{one}, []domain.Bericht{two})
			require.NoError(t, second.ZetPost(t.Context(), one.ID, 0, sent.Post, nil))
			require.NoError(t, second.VervangMelding(t.Context(), kept, bij), "the same messages once more")
			requireMessages(t, second, []domain.Bericht{sent}, []domain.Bericht{two})
		}
		if left.Load() > 0 {
			require.NoError(t, stopped)
			require.Greater(t, n, int64(4), "it stopped between all writes")
			return
		}
	}
}

// requireMessages requires these messages to u1, and these events that wait.
func requireMessages(t *testing.T, s store.Store, want, events []domain.Bericht) {
	t.Helper()
	page, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "u1", Aantal: 9})
	require.NoError(t, err)
	require.Equal(t, want, page.Berichten)
	list, err := s.TeVersturen(t.Context(), domain.BerichtHerinnering, true, storetest.Bericht(9, "").Op, 9)
	require.NoError(t, err)
	require.Equal(t, events, list)
}
