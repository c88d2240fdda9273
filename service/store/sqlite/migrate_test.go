package sqlite_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// withSteps is the migrations of the package and then these.
func withSteps(t *testing.T, more ...string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	names, err := fs.Glob(sqlite.Migrations(), "migrations/*.sql")
	require.NoError(t, err)
	for _, name := range names {
		text, err := fs.ReadFile(sqlite.Migrations(), name)
		require.NoError(t, err)
		all[name] = &fstest.MapFile{Data: text}
	}
	for i, text := range more {
		all["migrations/9"+string(rune('0'+i))+".sql"] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func TestNewFileHasItsMarkAndForm(t *testing.T) {
	db := plain(t, openTemp(t).path)
	var id, version int
	require.NoError(t, db.QueryRow(`PRAGMA application_id`).Scan(&id))
	require.NoError(t, db.QueryRow(`PRAGMA user_version`).Scan(&version))
	names, err := fs.Glob(sqlite.Migrations(), "migrations/*.sql")
	require.NoError(t, err)
	require.Equal(t, sqlite.ApplicationID, id)
	require.Equal(t, len(names), version)
}

func TestOlderFileIsBroughtToTheNewestFormWithAllItHolds(t *testing.T) {
	path := ours(t)
	newer := withSteps(t, `ALTER TABLE advies ADD COLUMN kanaal TEXT;`, `CREATE INDEX advies_kanaal ON advies (kanaal);`)
	for range 2 { // the second time there is nothing left to do
		s, err := sqlite.OpenWith(t.Context(), path, newer)
		require.NoError(t, err)
		require.NoError(t, intact(t.Context(), s, 200))
		require.NoError(t, s.Ping(t.Context()))
		require.NoError(t, s.Close())
	}
	_, err := sqlite.Open(t.Context(), path)
	requireKey(t, "fout.opslag_te_nieuw", err)
}

func TestFailingMigrationLeavesTheFileAsItWas(t *testing.T) {
	path := ours(t)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = sqlite.OpenWith(t.Context(), path, withSteps(t, `CREATE TABLE extra (n INTEGER);`, `INSERT INTO er_niet VALUES (1);`))
	storetest.RequireFailure(t, err, domain.Unavailable)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.NoError(t, intact(t.Context(), openPath(t, path).Store, 200))
}

func TestFailingFirstMigrationLeavesAFileThatCanBecomeAStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "opslag.db")
	_, err := sqlite.OpenWith(t.Context(), path, withSteps(t, `nonsense`))
	storetest.RequireFailure(t, err, domain.Unavailable)
	require.NoError(t, openPath(t, path).Ping(t.Context()))
}

// beforeKalender takes away what the form before calendars were kept did not have, and
// beforeTermijnen what the form before terms had lists of their own did not.
const (
	beforeKalender = `DROP INDEX melding_kalender; ALTER TABLE melding DROP COLUMN kalender; DROP TABLE kalender;
PRAGMA user_version = 6;`
	beforeTermijnen = beforeKalender + `DROP TABLE termijn; DROP TABLE termijn_telling; PRAGMA user_version = 5`
)

func TestTermsOfAnOlderFileAreFilledIn(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	want := storetest.KeepTermijnen(t, s, 51)
	require.NoError(t, s.Close())
	_, err := plain(t, s.path).Exec(beforeTermijnen)
	require.NoError(t, err)
	storetest.RequireTermijnen(t, openPath(t, s.path), want)
}

func TestMeldingenOfAnOlderFileAreToBeComputedAnew(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	want := storetest.KeepOpenTermijnen(t, s, 52)
	require.NoError(t, s.Close())
	_, err := plain(t, s.path).Exec(beforeKalender)
	require.NoError(t, err)
	later := openPath(t, s.path)
	storetest.RequireAchter(t, later, want, 1)
	require.NoError(t, later.BewaarKalender(t.Context(), storetest.Kalender(1)))
}
