package mongo_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

const benchCallers = 32

// mostTrips is how many round trips receiving a melding may take.
const mostTrips = 6

func perOp(b *testing.B) float64 { return float64(b.Elapsed().Nanoseconds()) / float64(b.N) }

// benchStored is how many meldingen there are at most while receiving is measured:
// the server in Java looks at all of them for a count.
const benchStored = 300

// by32 runs do for 1..b.N from 32 callers.
func by32(b *testing.B, do func(ctx context.Context, n int) error) {
	b.Helper()
	b.ResetTimer()
	byCallers(b, b.N, do)
	b.StopTimer()
}

// byCallers runs do for 1..most from 32 callers.
func byCallers(b *testing.B, most int, do func(ctx context.Context, n int) error) {
	b.Helper()
	var next atomic.Int64
	var group sync.WaitGroup
	for range benchCallers {
		group.Go(func() {
			for n := int(next.Add(1)); n <= most; n = int(next.Add(1)) {
				if err := do(b.Context(), n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

// bare is the collection of a client with the write concern of the store.
func bare(b *testing.B, address string) *driver.Collection {
	b.Helper()
	journal := true
	client, err := driver.Connect(options.Client().ApplyURI(address).
		SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journal}))
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, client.Disconnect(context.WithoutCancel(b.Context()))) })
	return client.Database(mongo.DatabaseIn(address)).Collection("kaal")
}

// content is as many bytes as a melding and its advice are.
func content(b *testing.B) string {
	b.Helper()
	m, g := storetest.Melding(0), storetest.Entry(0)
	doc, err := vorm.EncodeMelding(&m)
	require.NoError(b, err)
	advice, err := bson.Marshal(vorm.NewAdvies(&g))
	require.NoError(b, err)
	return strings.Repeat("x", len(doc)+len(advice))
}

// receive does at the store all that receiving a melding about a known provider
// does.
func receive(ctx context.Context, s *mongo.Store, n int) error {
	m := storetest.Melding(n)
	a, err := s.Vestig(ctx, storetest.Aanbieder(n%50))
	if err != nil {
		return fmt.Errorf("establish: %w", err)
	}
	m.AanbiederID = a.ID
	_, err = any(s).(store.Meldingen).TelSignalen(ctx, a.ID, m.Dag, m.ID)
	if err != nil {
		return fmt.Errorf("count: %w", err)
	}
	_, err = any(s).(store.Meldingen).BewaarMelding(ctx, m, store.Bij{Gegeven: storetest.Entries(n, n)})
	return err
}

// BenchmarkOntvang compares receiving meldingen from 32 callers with bare inserts
// of as many bytes: verhouding is how many times as fast it is, ritten how many
// round trips one takes.
func BenchmarkOntvang(b *testing.B) {
	text := content(b)
	var least float64
	b.Run("kaal", func(b *testing.B) {
		c := bare(b, server.Database(b))
		by32(b, func(ctx context.Context, n int) error {
			_, err := c.InsertOne(ctx, bson.D{{Key: "_id", Value: n}, {Key: "inhoud", Value: text}})
			return err
		})
		least = perOp(b)
	})
	b.Run("aanroepers=32", func(b *testing.B) {
		var trips int64
		for done := 0; done < b.N; done += benchStored {
			b.StopTimer()
			s := openTemp(b)
			for n := range 100 { // the providers are known, and remembered
				_, err := s.Vestig(b.Context(), storetest.Aanbieder(n%50))
				require.NoError(b, err)
			}
			before := watch.trips.Load()
			b.StartTimer()
			byCallers(b, min(benchStored, b.N-done), func(ctx context.Context, n int) error { return receive(ctx, s.Store, n) })
			trips += watch.trips.Load() - before
		}
		b.ReportMetric(least/perOp(b), "verhouding")
		b.ReportMetric(float64(trips)/float64(b.N), "ritten")
		require.LessOrEqual(b, float64(trips)/float64(b.N), float64(mostTrips))
	})
}

// BenchmarkBewaarAdvies tells how many round trips one decision takes.
func BenchmarkBewaarAdvies(b *testing.B) {
	s := openTemp(b)
	before := watch.trips.Load()
	by32(b, func(ctx context.Context, n int) error {
		return s.BewaarAdviezen(ctx, []domain.GegevenAdvies{storetest.Entry(n)})
	})
	b.ReportMetric(float64(watch.trips.Load()-before)/float64(b.N), "ritten")
}

// leesBeurten and leesBeurt: reading is measured in so many turns of so many reads.
const leesBeurten, leesBeurt = 60, 100

// BenchmarkLees compares reading a melding with a bare read of its document, in turns
// after a round that warms the server up: verhouding is the median of the turns.
func BenchmarkLees(b *testing.B) {
	address := server.Database(b)
	s, err := mongo.Open(b.Context(), address) // nobody listens
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, s.Close()) })
	c, ids := bare(b, address).Database().Collection("meldingen"), make([]string, leesBeurt)
	for n := range ids {
		require.NoError(b, storetest.Bewaar(b.Context(), s, storetest.Melding(n), storetest.Entries(n, n)))
		ids[n] = storetest.Melding(n).ID
	}
	turn := func(read func(id string) error) float64 {
		began := time.Now() //nolint:forbidigo // it is measured
		for _, id := range ids {
			require.NoError(b, read(id))
		}
		return float64(time.Since(began).Microseconds()) / leesBeurt //nolint:forbidigo // as above
	}
	plain := func(id string) error {
		_, err := c.FindOne(b.Context(), bson.D{{Key: "_id", Value: id}}).Raw()
		return err
	}
	ours := func(id string) error {
		_, err := s.Melding(b.Context(), id)
		return err
	}
	for range leesBeurten {
		turn(plain)
		turn(ours)
	}
	var least, took, ratios []float64
	for b.Loop() {
		for range leesBeurten {
			l, o := turn(plain), turn(ours)
			least, took, ratios = append(least, l), append(took, o), append(ratios, l/o)
		}
	}
	b.ReportMetric(middle(ratios), "verhouding")
	b.ReportMetric(middle(least), "µs-kaal")
	b.ReportMetric(middle(took), "µs-melding")
}

func middle(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}
