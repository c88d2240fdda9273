package sqlite_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// perOp is the time of one round of a benchmark, in nanoseconds.
func perOp(b *testing.B) float64 { return float64(b.Elapsed().Nanoseconds()) / float64(b.N) }

func openBench(b *testing.B) *sqlite.Store {
	b.Helper()
	s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "opslag.db"))
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, s.Close()) })
	return s
}

// BenchmarkBewaarMelding compares receiving meldingen, each with its advice, from
// 32 callers at once with the least a durable insert of as many bytes can cost.
// verhouding is how many times as fast it is.
func BenchmarkBewaarMelding(b *testing.B) {
	var bare float64
	b.Run("kaal", func(b *testing.B) {
		benchmarkBareMelding(b)
		bare = perOp(b)
	})
	for _, rows := range []int{0, 100_000} {
		s := openBench(b)
		fill(b, s, rows)
		b.Run(fmt.Sprintf("aanroepers=32/rijen=%d", rows), func(b *testing.B) {
			receive(b, s, rows)
			b.ReportMetric(bare/perOp(b), "verhouding")
		})
	}
}

func benchmarkBareMelding(b *testing.B) {
	pool, _ := openBench(b).Pools()
	conn, err := pool.Conn(b.Context())
	require.NoError(b, err)
	_, err = conn.ExecContext(b.Context(), `CREATE TABLE IF NOT EXISTS kaal (id TEXT PRIMARY KEY, inhoud TEXT) STRICT`)
	require.NoError(b, err)
	insert, err := conn.PrepareContext(b.Context(), `INSERT INTO kaal VALUES (?, ?)`)
	require.NoError(b, err)
	defer func() { require.NoError(b, errors.Join(insert.Close(), conn.Close())) }()
	m := storetest.Melding(0)
	doc, err := vorm.EncodeMelding(&m)
	require.NoError(b, err)
	content := strings.Repeat("x", len(doc)+sqlite.RowBytes(storetest.Entry(0)))
	b.ResetTimer()
	for n := range b.N {
		_, err := insert.ExecContext(b.Context(), storetest.Melding(n).ID, content)
		require.NoError(b, err)
	}
	report(b, b.N)
}

// receive keeps b.N meldingen from 32 callers, beside the rows there are.
func receive(b *testing.B, s *sqlite.Store, rows int) {
	var next atomic.Int64
	var group sync.WaitGroup
	before := s.Stats()
	from := rows + int(before.Rows) // more than there can be
	b.ReportAllocs()
	b.ResetTimer()
	for range 32 {
		group.Go(func() {
			for n := int(next.Add(1)); n <= b.N; n = int(next.Add(1)) {
				m := storetest.Melding(from + n)
				if err := storetest.Bewaar(b.Context(), s, m, []domain.GegevenAdvies{storetest.Entry(from + n)}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
	b.StopTimer()
	report(b, b.N)
	after := s.Stats()
	b.ReportMetric(float64(after.Rows-before.Rows)/2/float64(after.Commits-before.Commits), "meldingen/commit")
}

// fill keeps rows meldingen that differ in all a list can filter on.
func fill(b *testing.B, s *sqlite.Store, rows int) {
	b.Helper()
	var next atomic.Int64
	var group sync.WaitGroup
	for range 256 { // as many share a commit
		group.Go(func() {
			for n := int(next.Add(1)) - 1; n < rows; n = int(next.Add(1)) - 1 {
				if err := storetest.Bewaar(b.Context(), s, spread(n, rows), nil); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// lastDay is the day on which the newest melding of spread was received.
func lastDay() term.Date { return storetest.Melding(0).Dag }

// spread is melding n of an office that received rows meldingen in a thousand days.
func spread(n, rows int) domain.Melding {
	r := rand.New(rand.NewPCG(uint64(n), 0))
	m := storetest.AnyMelding(r, n)
	full := storetest.Melding(n)
	m.Opgave.Omschrijving, m.Opgave.Melder, m.Advies.Criteria, m.Geschiedenis = full.Opgave.Omschrijving, full.Opgave.Melder, full.Advies.Criteria, full.Geschiedenis
	ago := (rows - 1 - n) * 1000 / rows
	m.Dag = lastDay().AddDays(-ago)
	m.OntvangenOp = full.OntvangenOp.AddDate(0, 0, -ago)
	m.GewijzigdOp = m.OntvangenOp.AddDate(0, 0, r.IntN(ago+1))
	m.AanbiederID = fmt.Sprint("aanbieder ", r.IntN(10))
	for i := range m.Termijnen {
		t := &m.Termijnen[i]
		t.Start = m.Dag
		t.Einddatum, t.Aandacht = t.Start.AddDays(42), t.Start.AddDays(35)
	}
	return m
}

// moment is some days before or after the newest melding of spread.
func moment(days int) time.Time { return storetest.Melding(0).OntvangenOp.AddDate(0, 0, days) }
