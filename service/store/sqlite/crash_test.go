package sqlite_test

import (
	"bufio"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

// A process that keeps entries is killed at some moment, five times over the
// same file. What it was told to be kept must be there.
func TestKillingTheProcessLosesNothingThatWasAnswered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "opslag.db")
	answered := map[string]bool{}
	for range 5 {
		for id := range killedAfter(t, path, 1+rand.IntN(1500)) {
			require.False(t, answered[id])
			answered[id] = true
		}
		requireAnswered(t, path, answered)
	}
}

// killedAfter runs a child on path, kills it in the middle of its work after it
// has printed lines, and gives all ids it had printed by then.
func killedAfter(t *testing.T, path string, lines int) map[string]bool {
	t.Helper()
	cmd := child(t, "write until killed", path)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	ids := map[string]bool{}
	for scan := bufio.NewScanner(out); scan.Scan(); {
		require.False(t, ids[scan.Text()])
		ids[scan.Text()] = true
		if len(ids) == lines {
			require.NoError(t, cmd.Process.Kill())
		}
	}
	require.ErrorContains(t, cmd.Wait(), "killed")
	require.GreaterOrEqual(t, len(ids), lines)
	return ids
}

// requireAnswered opens path again and requires each answered id exactly once,
// with its entry as it was, and calls that are there whole or not at all.
func requireAnswered(t *testing.T, path string, answered map[string]bool) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	for id := range answered {
		process, number, _ := strings.Cut(id, "-")
		pid, err := strconv.Atoi(process)
		require.NoError(t, err)
		n, err := strconv.Atoi(number)
		require.NoError(t, err)
		got, err := s.Advies(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, entryOf(pid, n), got)
	}
	require.NoError(t, s.Ping(t.Context()))
	require.NoError(t, s.Close())

	db := plain(t, path)
	var verdict string
	require.NoError(t, db.QueryRow(`PRAGMA integrity_check`).Scan(&verdict))
	require.Equal(t, "ok", verdict)
	var rows, ids int
	require.NoError(t, db.QueryRow(`SELECT count(*), count(DISTINCT id) FROM advies`).Scan(&rows, &ids))
	require.Equal(t, ids, rows)
	require.GreaterOrEqual(t, rows, len(answered))

	// Entry n*3+k is the k'th of call n, which has 1 + n%3 entries.
	var halves int
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM (
  SELECT count(*) AS there, CAST(substr(id, instr(id, '-') + 1) AS INTEGER) / 3 AS call
  FROM advies GROUP BY substr(id, 1, instr(id, '-')), call HAVING there <> 1 + call % 3)`).Scan(&halves))
	require.Zero(t, halves, "calls of which a part is kept")
}
