package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// childRole names, in the environment, what this binary does when a test has
// started it a second time.
const childRole = "LMZ_SQLITE_TEST_CHILD"

func TestMain(m *testing.M) {
	children := map[string]func(path string){
		"write until killed":   writeUntilKilled,
		"receive until killed": receiveUntilKilled,
		"write a hundred":      writeHundred,
		"fill a small disk":    fillSmallDisk,
		"hold the lock":        holdLock,
	}
	if child, ok := children[os.Getenv(childRole)]; ok {
		child(os.Args[len(os.Args)-1])
		return
	}
	goleak.VerifyTestMain(m)
}

// onPath is a store that knows its file.
type onPath struct {
	*sqlite.Store
	path string
}

func openPath(t *testing.T, path string) onPath {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return onPath{s, path}
}

func openTemp(t *testing.T) onPath {
	t.Helper()
	return openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
}

// plain opens path with SQLite itself, without the store.
func plain(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file://"+path+"?_busy_timeout=5000")
	require.NoError(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// waitFor gives way to other goroutines until something is so.
func waitFor(so func() bool) {
	for !so() {
		runtime.Gosched()
	}
}

func TestContract(t *testing.T) {
	storetest.Run(t,
		func(t *testing.T) store.Store { return openTemp(t) },
		func(t *testing.T, s store.Store) store.Store {
			require.NoError(t, s.Close())
			return openPath(t, s.(onPath).path)
		})
}

// Lists of few rows are put in order by the store. Here few rows are, so that the
// indexes do it.
func TestListsOfManyRows(t *testing.T) {
	storetest.RunLijsten(t, func(t *testing.T) store.Store {
		s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "opslag.db"), sqlite.WithFewRows(20))
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		return s
	})
}

// Terms of many meldingen that changed are looked up row by row. Here two are many.
func TestTermsOfManyChanges(t *testing.T) {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "opslag.db"), sqlite.WithFewRows(0))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	storetest.RequireTermijnen(t, s, storetest.KeepTermijnen(t, s, 53))
}

func TestNoGoroutineIsLeftAfterClose(t *testing.T) {
	before := goleak.IgnoreCurrent()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "opslag.db"), sqlite.WithBusyTimeout(time.Second))
	require.NoError(t, err)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 3)))
	require.NoError(t, s.Ping(t.Context()))
	require.NoError(t, s.Close())
	goleak.VerifyNone(t, before)
}

func TestCallsAfterCloseTellThatTheStoreIsClosed(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.Close())
	requireKey(t, "fout.opslag_gesloten", s.Ping(t.Context()))
	_, err := s.Advies(t.Context(), "1")
	requireKey(t, "fout.opslag_gesloten", err)
	_, err = s.Activeringen(t.Context())
	requireKey(t, "fout.opslag_gesloten", err)
}

func TestAfterCloseOneFileIsLeft(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 3)))
	require.NoError(t, s.Close())
	require.Equal(t, []string{"opslag.db"}, filesIn(t, filepath.Dir(s.path)))
}

// requireKey requires that the store is unavailable, told in the sentence key.
func requireKey(t *testing.T, key string, err error) {
	t.Helper()
	storetest.RequireFailure(t, err, domain.Unavailable)
	require.Equal(t, key, domain.AsError(err).Key, "%v", err)
}

func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
