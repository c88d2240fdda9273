package main_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	_ "modernc.org/sqlite"

	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

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
