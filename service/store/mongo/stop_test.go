package mongo_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// stopsAt opens the store in address so that it stops, for good, as its nth
// command from arm on begins.
func stopsAt(t *testing.T, address string) (s *mongo.Store, arm func(n int64) (context.Context, *atomic.Int64)) {
	t.Helper()
	var left atomic.Int64
	left.Store(-1)
	ctx, stop := context.WithCancel(t.Context())
	s, err := mongo.Open(t.Context(), address, mongo.WithMonitor(&event.CommandMonitor{Started: func(context.Context, *event.CommandStartedEvent) {
		if left.Add(-1) == 0 {
			stop()
		}
	}}))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s, func(n int64) (context.Context, *atomic.Int64) {
		left.Store(n)
		return ctx, &left
	}
}

// A process stops as each of its writes begins; another one comes after it.
func TestProviderIsOneWhereverItsMakerStops(t *testing.T) {
	a := domain.Aanbieder{ID: "een", Naam: "De Zon", Plaats: "Emmen", KvkNummer: "12345678"}
	richer := domain.Aanbieder{ID: "twee", Naam: "De Zon", Plaats: "Emmen", AgbCode: "87654321"}
	for n := int64(1); ; n++ {
		address := server.Database(t)
		first, arm := stopsAt(t, address)
		ctx, left := arm(n)
		_, stopped := first.Vestig(ctx, a)
		second := openAt(t, address)
		for range 2 {
			got, err := second.Vestig(t.Context(), richer)
			require.NoError(t, err, "stop %d", n)
			require.Equal(t, "87654321", got.AgbCode)
			byCode, err := second.Vestig(t.Context(), domain.Aanbieder{ID: "drie", AgbCode: "87654321"})
			require.NoError(t, err)
			require.Equal(t, got, byCode)
		}
		page, err := second.Aanbieders(t.Context(), domain.AanbiederVraag{Aantal: 5})
		require.NoError(t, err)
		require.Len(t, page.Aanbieders, 1, "stop %d", n)
		if left.Load() > 0 {
			require.NoError(t, stopped)
			require.Greater(t, n, int64(5), "it stopped between all writes")
			return
		}
	}
}

func TestEntriesOfACallThatNobodyFinishedDoNotCountAndMakeWay(t *testing.T) {
	s := openTemp(t)
	s.SetGeduld(20 * time.Millisecond)
	db := plain(t, s.address)
	for n := range 3 { // what a process leaves that stopped before the last write of a call
		_, err := db.Collection("adviezen").InsertOne(t.Context(), bson.D{{Key: "_id", Value: storetest.Entry(n).ID}, {Key: "groep", Value: "weg"}})
		require.NoError(t, err)
	}
	_, err := s.Advies(t.Context(), storetest.Entry(0).ID)
	storetest.RequireFailure(t, err, domain.NotFound)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(0, 0)))
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 5)))
	for n := range 6 {
		got, err := s.Advies(t.Context(), storetest.Entry(n).ID)
		require.NoError(t, err)
		require.Equal(t, storetest.Entry(n), got)
	}
	_, err = db.Collection("adviesgroepen").InsertOne(t.Context(), bson.D{{Key: "_id", Value: "weg"}, {Key: "geldt", Value: true}})
	require.Error(t, err, "who was slow cannot finish the call any more")
}

func TestCallsThatWaitShareOneWrite(t *testing.T) {
	s := openTemp(t)
	const callers = 200
	before := watch.trips.Load()
	together(callers, func(i int) {
		require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(i, i)))
	})
	require.LessOrEqual(t, watch.trips.Load()-before, int64(callers), "one decision is one round trip or less")
	require.Less(t, watch.trips.Load()-before, int64(callers/2), fmt.Sprint(callers, " at once share their writes"))
}
