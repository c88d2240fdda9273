package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// ours makes a file of the store with some entries in it and gives its path.
func ours(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "opslag.db")
	s, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 200)))
	require.NoError(t, s.Close())
	return path
}

// foreign makes a database of another program.
func foreign(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ander.db")
	db := plain(t, path)
	for _, s := range append([]string{`CREATE TABLE boeken (titel TEXT)`, `INSERT INTO boeken VALUES ('Max Havelaar')`}, statements...) {
		_, err := db.Exec(s)
		require.NoError(t, err)
	}
	require.NoError(t, db.Close())
	return path
}

// written makes a file with this content.
func written(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bestand")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// changed gives path after change of its content.
func changed(t *testing.T, path string, change func([]byte) []byte) string {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, change(content), 0o600))
	return path
}

func executed(t *testing.T, path string, statement string) string {
	t.Helper()
	db := plain(t, path)
	_, err := db.Exec(statement)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	return path
}

func TestFileThatIsNotFitIsRefusedAndLeftAlone(t *testing.T) {
	const vreemd, beschadigd, nieuw = "fout.opslag_vreemd_bestand", "fout.opslag_beschadigd", "fout.opslag_te_nieuw"
	for name, c := range map[string]struct {
		file func(t *testing.T) string
		key  string
	}{
		"a text":           {func(t *testing.T) string { return written(t, strings.Repeat("Geachte heer,\n", 500)) }, vreemd},
		"a short text":     {func(t *testing.T) string { return written(t, "x") }, vreemd},
		"zeros":            {func(t *testing.T) string { return written(t, strings.Repeat("\x00", 8192)) }, vreemd},
		"another database": {func(t *testing.T) string { return foreign(t) }, vreemd},
		"another database with a WAL": {func(t *testing.T) string {
			return foreign(t, `PRAGMA journal_mode = WAL`, `INSERT INTO boeken VALUES ('Turks Fruit')`)
		}, vreemd},
		"another program's mark": {func(t *testing.T) string { return foreign(t, `PRAGMA application_id = 252006675`) }, vreemd},
		"a newer form":           {func(t *testing.T) string { return executed(t, ours(t), `PRAGMA user_version = 99`) }, nieuw},
		"an overwritten beginning": {func(t *testing.T) string {
			return changed(t, ours(t), func(b []byte) []byte { copy(b, "versleuteld"); return b })
		}, vreemd},
		"an overwritten middle": {func(t *testing.T) string {
			return changed(t, ours(t), func(b []byte) []byte {
				copy(b[len(b)/2:], strings.Repeat("\xff", len(b)/4))
				return b
			})
		}, beschadigd},
		"cut off halfway": {func(t *testing.T) string {
			return changed(t, ours(t), func(b []byte) []byte { return b[:len(b)/8192*4096] })
		}, beschadigd},
		"cut off in its header": {func(t *testing.T) string {
			return changed(t, ours(t), func(b []byte) []byte { return b[:50] })
		}, vreemd},
	} {
		t.Run(name, func(t *testing.T) {
			path := c.file(t)
			before, err := os.ReadFile(path)
			require.NoError(t, err)
			for range 2 {
				_, err = sqlite.Open(t.Context(), path)
				requireKey(t, c.key, err)
				require.Equal(t, path, domain.AsError(err).Args[0])
				after, err := os.ReadFile(path)
				require.NoError(t, err)
				require.Equal(t, before, after)
			}
			if c.key != beschadigd {
				require.Len(t, filesIn(t, filepath.Dir(path)), 1, "nothing is left beside it")
			}
		})
	}
}

func TestNewerFormThatIsOnlyInTheWALIsRefusedAndLeftAlone(t *testing.T) {
	path := ours(t)
	db := plain(t, path)
	_, err := db.Exec(`PRAGMA user_version = 99`) // stays in the WAL for as long as db is open
	require.NoError(t, err)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = sqlite.Open(t.Context(), path)
	requireKey(t, "fout.opslag_te_nieuw", err)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestWALWithoutItsFileIsRefusedAndLeftAlone(t *testing.T) {
	for name, remove := range map[string]func(string) error{
		"file gone":  os.Remove,
		"file empty": func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			path := ours(t)
			require.NoError(t, os.WriteFile(path+"-wal", []byte("what was kept last"), 0o600))
			require.NoError(t, remove(path))
			_, err := sqlite.Open(t.Context(), path)
			requireKey(t, "fout.opslag_beschadigd", err)
			require.FileExists(t, path+"-wal")
		})
	}
}

func TestPlaceWhereNoFileCanBeIsRefused(t *testing.T) {
	dir := t.TempDir()
	for name, path := range map[string]string{
		"no folder":         filepath.Join(dir, "er", "niet", "opslag.db"),
		"a file for folder": filepath.Join(written(t, "x"), "opslag.db"),
		"a folder":          dir,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sqlite.Open(t.Context(), path)
			storetest.RequireFailure(t, err, domain.Unavailable)
			require.Equal(t, path, domain.AsError(err).Args[0])
		})
	}
}

func TestFileIsFoundUnderAnyName(t *testing.T) {
	for name, base := range map[string]string{
		"white space":       "mijn opslag.db",
		"question mark":     "opslag?mode=memory.db",
		"number sign":       "opslag#1.db",
		"percent sign":      "opslag%41.db",
		"ampersand":         "a&b=c;d.db",
		"letters with dots": "één-ö.db",
		"colon":             ":memory:",
		"quotes":            `o'p"s.db`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), base)
			s := openPath(t, path)
			require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 2)))
			require.NoError(t, s.Close())
			require.Equal(t, []string{base}, filesIn(t, filepath.Dir(path)))
			require.NoError(t, intact(t.Context(), openPath(t, path).Store, 2))
		})
	}
}

func TestEmptyFileBecomesAStore(t *testing.T) {
	path := written(t, "")
	require.NoError(t, openPath(t, path).Ping(t.Context()))
}

func TestDatabaseThatWasOnlyBegunBecomesAStore(t *testing.T) {
	path := executed(t, filepath.Join(t.TempDir(), "opslag.db"), `PRAGMA journal_mode = WAL`)
	require.NoError(t, openPath(t, path).Ping(t.Context()))
}

func TestLinkAndFileAreTheSameStore(t *testing.T) {
	s := openTemp(t)
	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(s.path, link))
	require.NoError(t, openPath(t, link).BewaarAdviezen(t.Context(), storetest.Entries(1, 2)))
	require.NoError(t, intact(t.Context(), s.Store, 2))
}

func TestOnlyTheOwnerMayReadTheFile(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.Ping(t.Context()))
	for _, name := range filesIn(t, filepath.Dir(s.path)) {
		info, err := os.Stat(filepath.Join(filepath.Dir(s.path), name))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), name)
	}
}

func TestManyMayOpenANewFileAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "opslag.db")
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			s, err := sqlite.Open(t.Context(), path)
			if assert.NoError(t, err) {
				assert.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1+10*i, 10+10*i)))
				assert.NoError(t, s.Close())
			}
		})
	}
	group.Wait()
	require.NoError(t, intact(t.Context(), openPath(t, path).Store, 80))
}

func TestOpeningStopsWhenItsContextEnds(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	end()
	_, err := sqlite.Open(ctx, ours(t))
	storetest.RequireFailure(t, err, domain.Unavailable)
	require.ErrorIs(t, err, context.Canceled)
}

// A large file is not read from end to end, but what decides is looked at.
func TestDamageIsFoundInALargeFileWhereItStopsDecisions(t *testing.T) {
	path := ours(t)
	s := openPath(t, path)
	require.NoError(t, s.BewaarPakket(t.Context(), storetest.Package("a")))
	_, err := s.Activeer(t.Context(), storetest.Activation("a"))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, os.Truncate(path, sqlite.WholeCheck+4096))
	require.NoError(t, openPath(t, path).Close())

	db := plain(t, path)
	var page int64
	require.NoError(t, db.QueryRow(`SELECT rootpage FROM sqlite_schema WHERE name = 'activering'`).Scan(&page))
	require.NoError(t, db.Close())
	require.NoError(t, os.Truncate(path, sqlite.WholeCheck+4096))
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = file.WriteAt([]byte(strings.Repeat("\xff", 4096)), (page-1)*4096)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	_, err = sqlite.Open(t.Context(), path)
	requireKey(t, "fout.opslag_beschadigd", err)
}
