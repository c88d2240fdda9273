package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

func TestProcessesWriteTheSameFileAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "opslag.db")
	first, second := child(t, "write a hundred", path), child(t, "write a hundred", path)
	require.NoError(t, first.Start())
	require.NoError(t, second.Start())
	s := openPath(t, path)
	require.NoError(t, s.BewaarPakket(t.Context(), storetest.Package("a")))
	for n := range 100 {
		require.NoError(t, s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{entryOf(os.Getpid(), n)}))
		_, err := s.Activeer(t.Context(), storetest.Activation("a"))
		require.NoError(t, err)
	}
	require.NoError(t, first.Wait())
	require.NoError(t, second.Wait())
	for _, pid := range []int{os.Getpid(), first.Process.Pid, second.Process.Pid} {
		for n := range 100 {
			got, err := s.Advies(t.Context(), entryOf(pid, n).ID)
			require.NoError(t, err)
			require.Equal(t, entryOf(pid, n), got)
		}
	}
	all, err := s.Activeringen(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 300)
	for n, a := range all {
		require.Equal(t, n+1, a.Versie)
	}
}

func TestStoreSeesWhatAnotherHasJustKept(t *testing.T) {
	one := openTemp(t)
	other := openPath(t, one.path)
	for n := range 20 {
		require.NoError(t, one.BewaarAdviezen(t.Context(), storetest.Entries(n, n)))
		_, err := other.Advies(t.Context(), storetest.Entry(n).ID)
		require.NoError(t, err)
		require.Error(t, other.BewaarAdviezen(t.Context(), storetest.Entries(n, n)))
	}
}

// Stores on one file are as processes are to each other: each has its own writer.
func TestStoresOnOneFileAgreeOnWhoIsFirst(t *testing.T) {
	one := openTemp(t)
	stores := []onPath{one, openPath(t, one.path)}
	const callers = 20
	var made [callers]domain.Aanbieder
	var kept [callers]error
	var group sync.WaitGroup
	for i := range callers {
		group.Go(func() {
			s, a, m := stores[i%2], storetest.Aanbieder(1), storetest.Melding(i)
			a.ID, m.Opgave.Klantkenmerk = fmt.Sprint("nummer ", i), "dezelfde"
			var err error
			made[i], err = s.Vestig(t.Context(), a)
			assert.NoError(t, err)
			kept[i] = storetest.Bewaar(t.Context(), s, m, nil)
		})
	}
	group.Wait()
	first := 0
	for i := range callers {
		require.Equal(t, made[0], made[i])
		if kept[i] == nil {
			first++
			continue
		}
		storetest.RequireFailure(t, kept[i], domain.Conflict)
	}
	require.Equal(t, 1, first)
}

// lockedBy takes the write lock of path and gives the way to let it go.
func lockedBy(t *testing.T, path string) (release func()) {
	t.Helper()
	db := plain(t, path)
	run := func(query string) {
		_, err := db.Exec(query)
		require.NoError(t, err)
	}
	run(`BEGIN IMMEDIATE`)
	return func() { run(`ROLLBACK`) }
}

func TestFileThatStaysLockedIsUnavailableForWritingOnly(t *testing.T) {
	path := ours(t)
	s, err := sqlite.Open(t.Context(), path, sqlite.WithBusyTimeout(20*time.Millisecond))
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	release := lockedBy(t, path)
	for range 2 {
		requireKey(t, "fout.opslag_bezet", s.BewaarAdviezen(t.Context(), storetest.Entries(900, 901)))
		require.NoError(t, intact(t.Context(), s, 200))
	}
	storetest.RequireFailure(t, s.Ping(t.Context()), domain.Unavailable)
	release()
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(201, 202)))
	require.NoError(t, intact(t.Context(), s, 202))
}

func TestWriteWaitsForAnotherProcessThatIsWriting(t *testing.T) {
	s := openTemp(t)
	release := lockedBy(t, s.path)
	answer := make(chan error)
	go func() { answer <- s.BewaarAdviezen(t.Context(), storetest.Entries(1, 2)) }()
	release()
	require.NoError(t, <-answer)
	require.NoError(t, intact(t.Context(), s.Store, 2))
}

func TestTablesThatAreGoneAreUnavailable(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 2)))
	db := plain(t, s.path)
	_, err := db.Exec(`ALTER TABLE advies RENAME TO elders`)
	require.NoError(t, err)
	storetest.RequireFailure(t, s.BewaarAdviezen(t.Context(), storetest.Entries(3, 4)), domain.Unavailable)
	_, err = s.Advies(t.Context(), storetest.Entry(1).ID)
	storetest.RequireFailure(t, err, domain.Unavailable)
	_, err = db.Exec(`ALTER TABLE elders RENAME TO advies`)
	require.NoError(t, err)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(3, 4)))
	require.NoError(t, intact(t.Context(), s.Store, 4))
}
