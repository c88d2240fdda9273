package sqlite_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// BenchmarkBewaar compares keeping entries one call at a time, by one caller and
// by 32 at once, with the least a durable insert of as many bytes can cost:
// every row a statement and a commit of its own, without the store.
func BenchmarkBewaar(b *testing.B) {
	b.Run("kaal", benchmarkBare)
	for _, callers := range []int{1, 32} {
		b.Run(fmt.Sprintf("aanroepers=%d", callers), func(b *testing.B) { benchmarkCallers(b, callers) })
	}
}

// report gives rows a second.
func report(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rijen/s")
}

func benchmarkBare(b *testing.B) {
	s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "opslag.db"))
	require.NoError(b, err)
	defer func() { require.NoError(b, s.Close()) }()
	pool, _ := s.Pools()
	conn, err := pool.Conn(b.Context())
	require.NoError(b, err)
	_, err = conn.ExecContext(b.Context(), `CREATE TABLE kaal (id TEXT PRIMARY KEY, inhoud TEXT) STRICT`)
	require.NoError(b, err)
	insert, err := conn.PrepareContext(b.Context(), `INSERT INTO kaal VALUES (?, ?)`)
	require.NoError(b, err)
	defer func() { require.NoError(b, errors.Join(insert.Close(), conn.Close())) }()
	content := strings.Repeat("x", sqlite.RowBytes(storetest.Entry(0))-len(storetest.Entry(0).ID))
	b.ResetTimer()
	for n := range b.N {
		_, err := insert.ExecContext(b.Context(), storetest.Entry(n).ID, content)
		require.NoError(b, err)
	}
	report(b, b.N)
}

func benchmarkCallers(b *testing.B, callers int) {
	s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "opslag.db"))
	require.NoError(b, err)
	defer func() { require.NoError(b, s.Close()) }()
	var next atomic.Int64
	var group sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range callers {
		group.Go(func() {
			for n := int(next.Add(1)); n <= b.N; n = int(next.Add(1)) {
				if err := s.BewaarAdviezen(b.Context(), []domain.GegevenAdvies{storetest.Entry(n)}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
	b.StopTimer()
	report(b, b.N)
	b.ReportMetric(float64(s.Stats().Rows)/float64(s.Stats().Commits), "rijen/commit")
}

func BenchmarkLees(b *testing.B) {
	s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "opslag.db"))
	require.NoError(b, err)
	defer func() { require.NoError(b, s.Close()) }()
	require.NoError(b, s.BewaarAdviezen(b.Context(), storetest.Entries(0, 9999)))
	require.NoError(b, s.BewaarPakket(b.Context(), storetest.Package("a")))
	_, err = s.Activeer(b.Context(), storetest.Activation("a"))
	require.NoError(b, err)
	b.Run("advies", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			_, err := s.Advies(b.Context(), storetest.Entry(n%10_000).ID)
			require.NoError(b, err)
		}
	})
	b.Run("actieve activering", func(b *testing.B) {
		for b.Loop() {
			_, err := s.ActieveActivering(b.Context())
			require.NoError(b, err)
		}
	})
}
