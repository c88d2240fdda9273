package sqlite_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// What SQLite does must not grow with the table: it searches by an index, and
// only a query that asks for every row may walk them, in the order of the table.
func TestEveryQueryUsesAnIndex(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 100)))
	require.NoError(t, s.BewaarPakket(t.Context(), storetest.Package("a")))
	db := plain(t, s.path)
	for name, query := range sqlite.Queries() {
		t.Run(name, func(t *testing.T) {
			args := make([]any, strings.Count(query.SQL, "?"))
			if name == "insertActivering" {
				args = args[:4] // its first stands there twice
			}
			rows, err := db.Query("EXPLAIN QUERY PLAN "+query.SQL, args...)
			require.NoError(t, err)
			defer func() { require.NoError(t, rows.Close()) }()
			for rows.Next() {
				var id, parent, unused int
				var step string
				require.NoError(t, rows.Scan(&id, &parent, &unused, &step))
				require.NotContains(t, step, "TEMP B-TREE", "%s", query.SQL)
				if !query.Whole && step != "SCAN CONSTANT ROW" {
					require.NotContains(t, step, "SCAN", "%s", query.SQL)
				}
			}
			require.NoError(t, rows.Err())
		})
	}
}

func TestEveryTableIsSearchedByItsIndex(t *testing.T) {
	db := plain(t, openTemp(t).path)
	for table, want := range map[string]string{
		"selectAdvies": "SEARCH advies USING INDEX sqlite_autoindex_advies_1 (id=?)",
		"selectPakket": "SEARCH beleidspakket USING INDEX sqlite_autoindex_beleidspakket_1 (digest=?)",
		"selectActief": "SEARCH activering USING INTEGER PRIMARY KEY (rowid=?)",
	} {
		var id, parent, unused int
		var step string
		query := sqlite.Queries()[table].SQL
		require.NoError(t, db.QueryRow("EXPLAIN QUERY PLAN "+query, make([]any, strings.Count(query, "?"))...).
			Scan(&id, &parent, &unused, &step))
		require.Equal(t, want, step)
	}
}
