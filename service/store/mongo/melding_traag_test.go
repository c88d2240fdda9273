package mongo_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// slow is a store that stands still as its nth command from arm on begins, until
// it is woken.
type slow struct {
	*mongo.Store
	left         atomic.Int64
	asleep, wake chan struct{}
}

func openSlow(t *testing.T, address string) *slow {
	t.Helper()
	s := &slow{asleep: make(chan struct{}), wake: make(chan struct{})}
	s.left.Store(-1)
	s.Store = opened(t, address, func(o *options.ClientOptions) {
		o.SetMonitor(&event.CommandMonitor{Started: func(context.Context, *event.CommandStartedEvent) {
			if s.left.Add(-1) == 0 {
				close(s.asleep)
				<-s.wake
			}
		}})
	})
	s.SetNaamGeduld(time.Millisecond)
	return s
}

// during does write, and other while that stands still at its nth command; false
// when it has no such command.
func (s *slow) during(n int64, write, other func() error) (stood bool, first, second error) {
	done := make(chan error, 1)
	s.left.Store(n)
	go func() { done <- write() }()
	select {
	case first = <-done:
		return false, first, nil
	case <-s.asleep:
	}
	second = other()
	close(s.wake)
	return true, <-done, second
}

// A writer stands still as each of its commands begins, as one whose process was
// stopped or whose line was bad, while another wants its names.
func TestNamesAreOfOneMeldingHoweverSlowItsWriter(t *testing.T) {
	mine, yours := storetest.Melding(1), storetest.Melding(2)
	mine.Opgave.Klantkenmerk, yours.Opgave.Klantkenmerk = "dezelfde", "dezelfde"
	old := mine
	old.Opgave.Klantkenmerk = "eerder"
	for name, c := range map[string]struct {
		before func(t *testing.T, s atAddress)
		write  func(ctx context.Context, s store.Store, m domain.Melding, given []domain.GegevenAdvies) error
	}{
		"of a melding that is new": {func(*testing.T, atAddress) {}, storetest.Bewaar},
		"of one that was fenced off before": {func(t *testing.T, s atAddress) {
			t.Helper()
			graf := bson.D{{Key: "_id", Value: mine.ID}, {Key: "graf", Value: true}, {Key: "slot", Value: int64(1)}}
			_, err := plain(t, s.address).Collection("meldingen").InsertOne(t.Context(), graf)
			require.NoError(t, err)
		}, storetest.Bewaar},
		"of one that is replaced": {func(t *testing.T, s atAddress) {
			t.Helper()
			require.NoError(t, storetest.Bewaar(t.Context(), s, old, nil))
		}, storetest.Vervang},
	} {
		t.Run(name, func(t *testing.T) {
			refused := 0
			for n := int64(1); ; n++ {
				address := server.Database(t)
				first, second := openSlow(t, address), heir(t, address)
				c.before(t, second)
				stood, mineErr, yoursErr := first.during(n,
					func() error { return c.write(t.Context(), first, mine, storetest.Entries(1, 1)) },
					func() error { return storetest.Bewaar(t.Context(), second, yours, nil) })
				if !stood {
					require.NoError(t, mineErr)
					require.Greater(t, n, int64(3))
					require.Positive(t, refused)
					return
				}
				if mineErr != nil {
					refused++
				}
				requireOneHas(t, second, mineErr, yoursErr, mine, yours)
			}
		})
	}
}

// requireOneHas requires that of two writers one has the klantkenmerk of both, and
// that the other was told so and left nothing.
func requireOneHas(t *testing.T, s store.Store, mineErr, yoursErr error, mine, yours domain.Melding) {
	t.Helper()
	winner, loser := mine, yoursErr
	if mineErr != nil {
		winner, loser = yours, mineErr
		require.NoError(t, yoursErr)
		_, err := s.Advies(t.Context(), storetest.Entry(1).ID)
		storetest.RequireFailure(t, err, domain.NotFound)
	}
	storetest.RequireFailure(t, loser, domain.Conflict)
	require.Equal(t, "fout.klantkenmerk_bezet", domain.AsError(loser).Key)
	require.Equal(t, []any{winner.Kenmerk}, domain.AsError(loser).Args)
	page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Klantkenmerk: "dezelfde", Aantal: 9})
	require.NoError(t, err)
	require.Len(t, page.Meldingen, 1)
	require.Equal(t, winner.ID, page.Meldingen[0].ID)
}

// Writers of two processes that hardly wait for each other.
func TestManyRaceForOneKlantkenmerk(t *testing.T) {
	address := server.Database(t)
	stores := []store.Store{heir(t, address), heir(t, address)}
	const callers = 12
	for i := range callers / 2 { // half of them replace
		require.NoError(t, storetest.Bewaar(t.Context(), stores[0], storetest.Melding(i), nil))
	}
	errs := make([]error, callers)
	together(callers, func(i int) {
		m := storetest.Melding(i)
		m.Opgave.Klantkenmerk = "dezelfde"
		if i < callers/2 {
			errs[i] = storetest.Vervang(t.Context(), stores[i%2], m, nil)
		} else {
			errs[i] = storetest.Bewaar(t.Context(), stores[i%2], m, nil)
		}
	})
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !domain.IsCode(err, domain.Unavailable) { // who is pushed aside ten times gives up
			storetest.RequireFailure(t, err, domain.Conflict)
		}
	}
	page, err := stores[0].Meldingen(t.Context(), domain.MeldingVraag{Klantkenmerk: "dezelfde", Aantal: 99})
	require.NoError(t, err)
	require.Len(t, page.Meldingen, won)
	require.LessOrEqual(t, won, 1)
}

func TestNothingIsWrittenUnderALeadThatEndsMeanwhile(t *testing.T) {
	m := storetest.Melding(1)
	const short = 300 * time.Millisecond
	for n := int64(1); ; n++ {
		address := server.Database(t)
		first, second := openSlow(t, address), heir(t, address)
		require.NoError(t, storetest.Bewaar(t.Context(), second, m, nil))
		lead, err := second.NeemLeiding(t.Context(), "vegen", "een", short)
		require.NoError(t, err)
		stood, late, taken := first.during(n,
			func() error {
				return first.VervangMelding(t.Context(), m, store.Bij{Gegeven: storetest.Entries(1, 1), Leiding: &lead})
			},
			func() error {
				for { // the next leads as soon as it may
					if _, err := second.NeemLeiding(t.Context(), "vegen", "twee", time.Minute); !domain.IsCode(err, domain.Conflict) {
						return err
					}
				}
			})
		if !stood {
			require.NoError(t, late)
			require.Greater(t, n, int64(3))
			return
		}
		require.NoError(t, taken)
		storetest.RequireFailure(t, late, domain.Stale)
		require.Equal(t, "fout.leiding_voorbij", domain.AsError(late).Key)
		kept, err := second.Melding(t.Context(), m.ID)
		require.NoError(t, err)
		require.Equal(t, m, kept)
		_, err = second.Advies(t.Context(), storetest.Entry(1).ID)
		storetest.RequireFailure(t, err, domain.NotFound)
	}
}

func TestMeldingNearTheMostADocumentMayHold(t *testing.T) {
	s := openTemp(t)
	of := func(id string, megabytes int) domain.Melding {
		m := storetest.Melding(1)
		m.ID, m.Kenmerk, m.Opgave.Klantkenmerk = id, id, id
		m.Opgave.Omschrijving = strings.Repeat("0123456789abcde\n", megabytes<<16)
		return m
	}
	require.NoError(t, storetest.Bewaar(t.Context(), s, of("groot", 13), nil))
	got, err := s.Melding(t.Context(), "groot")
	require.NoError(t, err)
	require.Equal(t, of("groot", 13), got)
	tooLarge := func(err error) {
		storetest.RequireFailure(t, err, domain.Invalid)
		require.Equal(t, "fout.te_groot", domain.AsError(err).Key)
	}
	tooLarge(storetest.Bewaar(t.Context(), s, of("groter", 15), storetest.Entries(1, 1)))
	tooLarge(storetest.Vervang(t.Context(), s, of("groot", 15), storetest.Entries(1, 1)))
	_, err = s.Advies(t.Context(), storetest.Entry(1).ID)
	storetest.RequireFailure(t, err, domain.NotFound)
	requireList(t, s, of("groot", 13))
	require.NoError(t, storetest.Bewaar(t.Context(), s, of("groter", 1), storetest.Entries(1, 1)), "its names are free")
	changed := of("groot", 13)
	changed.Sector = "ggz"
	require.NoError(t, storetest.Vervang(t.Context(), s, changed, nil))
	first, err := s.EersteMelding(t.Context(), "groot")
	require.NoError(t, err)
	require.Equal(t, of("groot", 13), first)
}

func TestNamesThatLookAlikeAreNotTheSame(t *testing.T) {
	s := openTemp(t)
	var all []domain.Melding
	for i, c := range [][2]string{
		{"a", "b:c"}, {"a:b", "c"}, {"a\x00b", "c"}, {"a", "b\x00c"}, {"a", "\u00e9"}, {"a", "e\u0301"}, {"a", "É"}, {"1:a", "b"}, {"", "1:ab"}, {"a", "👩‍👩‍👧"}, {"a", "👩"},
	} {
		m := storetest.Melding(i)
		m.Client, m.Opgave.Klantkenmerk = c[0], c[1]
		require.NoError(t, storetest.Bewaar(t.Context(), s, m, nil))
		all = append(all, m)
	}
	requireList(t, s, all...)
	for _, m := range all {
		m.Kenmerk = "ander"
		requireTaken(t, s, m, "fout.klantkenmerk_bezet")
	}
}
