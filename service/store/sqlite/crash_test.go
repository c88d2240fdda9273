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
		for id := range killedAfter(t, "write until killed", path, 1+rand.IntN(1500)) {
			require.False(t, answered[id])
			answered[id] = true
		}
		requireAnswered(t, path, answered)
	}
}

// killedAfter runs a child of role on path, kills it in the middle of its work after it
// has printed lines, and gives all lines it had printed by then.
func killedAfter(t *testing.T, role, path string, lines int) map[string]bool {
	t.Helper()
	cmd := child(t, role, path)
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

// The same with meldingen that are received and changed, three times over.
func TestKillingTheProcessLosesNoMeldingThatWasAnswered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "opslag.db")
	for range 3 {
		requireReceived(t, path, killedAfter(t, "receive until killed", path, 1+rand.IntN(600)))
	}
}

// requireReceived opens path again and requires each answered revision with its
// advices, and all advices of a melding with it or none.
func requireReceived(t *testing.T, path string, answered map[string]bool) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	for line := range answered {
		id, rev, _ := strings.Cut(line, " ")
		got, err := s.Melding(t.Context(), id)
		require.NoError(t, err)
		require.GreaterOrEqual(t, strconv.FormatInt(got.Rev, 10), rev)
	}
	require.NoError(t, s.Close())

	db := plain(t, path)
	var verdict string
	require.NoError(t, db.QueryRow(`PRAGMA integrity_check`).Scan(&verdict))
	require.Equal(t, "ok", verdict)
	// Melding n has the entries 3n and 3n+1, and 3n+2 from its second revision on.
	var meldingen, wanted, there, strays int
	require.NoError(t, db.QueryRow(`SELECT count(*), sum(rev + 1) FROM melding`).Scan(&meldingen, &wanted))
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM advies`).Scan(&there))
	require.Equal(t, wanted, there)
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM advies WHERE NOT EXISTS (SELECT 1 FROM melding
  WHERE melding.id = substr(advies.id, 1, instr(advies.id, '-')) || (CAST(substr(advies.id, instr(advies.id, '-') + 1) AS INTEGER) / 3))`).Scan(&strays))
	require.Zero(t, strays, "advices without their melding")
	require.GreaterOrEqual(t, 2*meldingen, len(answered))
}
