package main_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Who looks or changes makes no store: a name that was mistyped is told.
func TestACommandMakesNoStoreWhereThereIsNone(t *testing.T) {
	dir := t.TempDir()
	gone, file := filepath.Join(dir, "niet", "hier"), filepath.Join(dir, "lmz-triage.db")
	in := map[string]string{"kalender": decree("2026, 1", "2026-04-28"), "gebruiker": deVries}
	for _, line := range []string{
		"meldingen", "melding LMZ-0000-0000", "termijnen", "termijnen --csv", "stiptheid", "gebruikers", "diensten", "berichten wacht", "alarmen",
		"kalender 2026", "kalender set -", "gebruiker zet -", "dienst zet m.devries 2027-01-15T17:00 2027-01-16T07:00", "dienst weg d",
	} {
		args := strings.Fields(line)
		got := command(t, in[args[0]], append(args, "--data", gone)...)
		assert.Equal(t, 1, got.status, args)
		assert.Contains(t, got.err, "Er is geen map "+gone, args)
		got = command(t, in[args[0]], append(args, "--data", dir)...)
		assert.Equal(t, 1, got.status, args)
		assert.Contains(t, got.err, "In het bestand "+file+" staan geen gegevens van dit programma. Er is niets aangemaakt.", args)
	}
	assert.NoDirExists(t, gone)
	assert.NoFileExists(t, file)
}

// A file of an earlier version is brought to the new form by the service alone: one of
// the earlier version may be running on it.
func TestACommandLeavesAFileOfAnEarlierVersionAsItIs(t *testing.T) {
	dir := emptyStore(t)
	file := filepath.Join(dir, "lmz-triage.db")
	db, err := sql.Open("sqlite", "file:"+file)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `PRAGMA user_version = 9; PRAGMA wal_checkpoint(TRUNCATE)`)
	require.NoError(t, errors.Join(err, db.Close()))
	before, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, args := range [][]string{{"meldingen"}, {"kalender", "set", "-"}, {"import", "-"}, {"seed", "--meldingen", "1"}} {
		got := command(t, decree("2026, 1", "2026-04-28"), append(args, "--data", dir)...)
		assert.Equal(t, 1, got.status, args)
		assert.Contains(t, got.err, "Het heeft vorm 9", args)
		assert.Contains(t, got.err, "Start eerst de dienst van deze versie", args)
	}
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, before, after)
}
