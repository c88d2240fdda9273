package main_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	_ "modernc.org/sqlite"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// benchMeldingen is how many meldingen are received in a round.
const benchMeldingen = 400

// receiveCalls writes the demonstration's mix of meldingen as requests, all of
// today: a service receives them on the day.
func receiveCalls(b *testing.B, addr string) []benchCall {
	b.Helper()
	zone, err := clock.Amsterdam()
	require.NoError(b, err)
	made, err := voorbeeld.Maak(2000, 7, term.DateIn(clock.System{}.Now(), zone))
	require.NoError(b, err)
	out := make([]benchCall, 0, len(made))
	for _, o := range made {
		body, err := json.Marshal(api.FromOpgave(o))
		require.NoError(b, err)
		out = append(out, benchCall{benchRequest(b, "http://"+addr+"/v1/meldingen", string(body), benchToken), []byte(`"kenmerk":"LMZ-`)})
	}
	return out
}

// bareTable is a file with the table of meldingen and its indexes, and one row to
// write again and again under another id.
type bareTable struct {
	db     *sql.DB
	insert string
	row    []any
	unique []int // columns that must differ from row to row
	next   atomic.Int64
}

// bare takes the row with the most usual length from the store of the service.
func bare(b *testing.B, from string) *bareTable {
	b.Helper()
	path := filepath.Join(b.TempDir(), "kaal.db")
	st, err := sqlite.Open(b.Context(), path)
	require.NoError(b, err)
	require.NoError(b, st.Close())
	source, err := sql.Open("sqlite", "file:"+from+"?mode=ro&_pragma=busy_timeout(5000)")
	require.NoError(b, err)
	defer func() { require.NoError(b, source.Close()) }()
	rows, err := source.QueryContext(b.Context(), "SELECT * FROM melding ORDER BY length(doc) LIMIT 1 OFFSET (SELECT count(*) / 2 FROM melding)")
	require.NoError(b, err)
	defer func() { require.NoError(b, rows.Close()) }()
	names, err := rows.Columns()
	require.NoError(b, err)
	t := &bareTable{row: make([]any, len(names))}
	into := make([]any, len(names))
	for i, name := range names {
		into[i] = &t.row[i]
		if name == "nr" { // SQLite numbers the rows itself
			into[i] = new(int64)
		}
		if name == "id" || name == "kenmerk" {
			t.unique = append(t.unique, i)
		}
	}
	require.True(b, rows.Next())
	require.NoError(b, rows.Scan(into...))
	require.NoError(b, rows.Err())
	t.insert = fmt.Sprintf("INSERT INTO melding (%s) VALUES (%s)", strings.Join(names, ", "), strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", "))
	t.db, err = sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)")
	require.NoError(b, err)
	t.db.SetMaxOpenConns(1) // SQLite has one writer; more would wait on each other
	b.Cleanup(func() { require.NoError(b, t.db.Close()) })
	return t
}

// round writes total rows, each in a transaction of its own.
func (t *bareTable) round(ctx context.Context, total int) error {
	var taken atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range benchCallers {
		group.Go(func() error {
			for taken.Add(1) <= int64(total) {
				row, n := append([]any{}, t.row...), t.next.Add(1)
				for _, i := range t.unique {
					row[i] = strconv.FormatInt(n, 10)
				}
				if _, err := t.db.ExecContext(ctx, t.insert, row...); err != nil {
					return fmt.Errorf("insert: %w", err)
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// BenchmarkReceiveOverHTTP sets receiving a melding, with its provider, counts,
// advice, bandwidth, terms and history, beside a bare insert of such a row into
// the same table, as durable. x-bare is how many times as many are received, with
// as many stored beforehand.
func BenchmarkReceiveOverHTTP(b *testing.B) {
	program := benchBuild(b)
	for _, stored := range []int{1000, 100_000} {
		b.Run("stored="+strconv.Itoa(stored), func(b *testing.B) {
			dir := b.TempDir()
			said, err := exec.CommandContext(b.Context(), program, "seed", "--data", dir, "--meldingen", strconv.Itoa(stored)).CombinedOutput()
			require.NoError(b, err, string(said))
			lmz := benchServe(b, program, benchTokens(b), dir)
			calls, callers := receiveCalls(b, lmz.addr), benchClients(b, lmz.addr, benchCallers)
			table := bare(b, filepath.Join(dir, "lmz-triage.db"))
			require.NoError(b, benchRound(b.Context(), callers, calls, benchMeldingen)) // not measured cold
			require.NoError(b, table.round(b.Context(), benchMeldingen))
			var received, inserted, ratios []float64
			for b.Loop() {
				for range benchRounds {
					began := b.Elapsed()
					require.NoError(b, benchRound(b.Context(), callers, calls, benchMeldingen))
					middle := b.Elapsed()
					require.NoError(b, table.round(b.Context(), benchMeldingen))
					n, m := benchMeldingen/(middle-began).Seconds(), benchMeldingen/(b.Elapsed()-middle).Seconds()
					received, inserted, ratios = append(received, n), append(inserted, m), append(ratios, n/m)
				}
			}
			b.ReportMetric(benchMiddle(received), "meldingen/s")
			b.ReportMetric(benchMiddle(inserted), "bare-inserts/s")
			b.ReportMetric(benchMiddle(ratios), "x-bare")
		})
	}
}
