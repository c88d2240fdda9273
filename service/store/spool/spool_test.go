package spool_test

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/spool"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// childRole names, in the environment, what this binary does when a test has
// started it a second time.
const childRole = "LMZ_SPOOL_TEST_CHILD"

func TestMain(m *testing.M) {
	children := map[string]func(dir string){"spool": spoolUntilKilled, "deliver": deliverUntilKilled}
	if child, ok := children[os.Getenv(childRole)]; ok {
		child(os.Args[len(os.Args)-1])
		return
	}
	goleak.VerifyTestMain(m)
}

// house is a spool before a store that can go away, both in one folder.
type house struct {
	*spool.Store
	behind *storetest.Switch
	dir    string
}

func build(ctx context.Context, dir string, most int64) (house, error) {
	st, err := sqlite.Open(ctx, filepath.Join(dir, "opslag.db"))
	if err != nil {
		return house{}, err
	}
	file, err := sqlite.OpenWachtrij(ctx, filepath.Join(dir, "spool"))
	if err != nil {
		return house{}, err
	}
	h := house{behind: &storetest.Switch{Store: st}, dir: dir}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	h.Store, err = spool.Open(ctx, h.behind, file, spool.OpenGeheugen(filepath.Join(dir, "spool"), log), most, log)
	return h, err
}

func open(t *testing.T, dir string, most int64) house {
	t.Helper()
	h, err := build(t.Context(), dir, most)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	return h
}

// requireDelivered waits until nothing waits, and requires each entry once in the
// file of the store itself.
func (h house) requireDelivered(t *testing.T, entries ...domain.GegevenAdvies) {
	t.Helper()
	require.Eventually(t, func() bool { return h.Wachtstand().Wachtend == 0 }, 20*time.Second, time.Millisecond)
	for _, e := range entries {
		got, err := h.behind.Store.Advies(t.Context(), e.ID)
		require.NoError(t, err)
		require.Equal(t, e, got)
	}
	require.Equal(t, len(entries), rows(t, filepath.Join(h.dir, "opslag.db")))
	require.Zero(t, rows(t, filepath.Join(h.dir, "spool", "wachtrij.db")))
}

// rows counts the entries in a file.
func rows(t *testing.T, path string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", "file://"+path+"?_busy_timeout=5000")
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM advies").Scan(&n))
	return n
}

func TestContract(t *testing.T) {
	storetest.Run(t,
		func(t *testing.T) store.Store { return open(t, t.TempDir(), 1000) },
		func(t *testing.T, s store.Store) store.Store {
			require.NoError(t, s.Close())
			return open(t, s.(house).dir, 1000)
		})
}

func TestDecisionsGoOnWhileTheStoreIsAwayAndArriveOnce(t *testing.T) {
	for name, state := range map[string]storetest.State{
		"refuses every call":              storetest.Off,
		"does not answer":                 storetest.Silent,
		"keeps them but loses the answer": storetest.Deaf,
	} {
		t.Run("a store that "+name, func(t *testing.T) {
			h := open(t, t.TempDir(), 1000)
			require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(1, 2)))
			h.behind.Set(state)
			began := clock.System{}.Now()
			require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(3, 5)))
			require.Less(t, clock.System{}.Now().Sub(began), 2*time.Second)
			require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(6, 6)))
			for _, e := range storetest.Entries(3, 6) {
				got, err := h.Advies(t.Context(), e.ID)
				require.NoError(t, err)
				require.Equal(t, e, got)
			}
			assert.EqualValues(t, 4, h.Wachtstand().Wachtend)
			h.behind.Set(storetest.On)
			h.requireDelivered(t, storetest.Entries(1, 6)...)
			assert.EqualValues(t, 4, h.Wachtstand().Geleverd)
			require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(7, 7)))
			h.requireDelivered(t, storetest.Entries(1, 7)...)
		})
	}
}

func TestAFullSpoolIsUnavailableUntilTheStoreIsBack(t *testing.T) {
	h := open(t, t.TempDir(), 3)
	h.behind.Set(storetest.Off)
	require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(1, 2)))
	err := h.BewaarAdviezen(t.Context(), storetest.Entries(3, 4))
	storetest.RequireFailure(t, err, domain.Unavailable)
	require.Equal(t, "fout.spool_vol", domain.AsError(err).Key)
	require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(3, 3)), "one still fits")
	require.True(t, h.Wachtstand().Vol)
	storetest.RequireFailure(t, h.BewaarAdviezen(t.Context(), storetest.Entries(4, 4)), domain.Unavailable)
	h.behind.Set(storetest.On)
	h.requireDelivered(t, storetest.Entries(1, 3)...)
	require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(4, 4)))
	require.False(t, h.Wachtstand().Vol)
}

func TestAnEntryThatWaitsIsAConflict(t *testing.T) {
	h := open(t, t.TempDir(), 10)
	h.behind.Set(storetest.Off)
	require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(1, 2)))
	storetest.RequireFailure(t, h.BewaarAdviezen(t.Context(), storetest.Entries(2, 3)), domain.Conflict)
	assert.EqualValues(t, 2, h.Wachtstand().Wachtend)
	h.behind.Set(storetest.On)
	h.requireDelivered(t, storetest.Entries(1, 2)...)
}

// What the store holds under that id is another decision: neither may be lost.
func TestAnEntryThatTheStoreHasOtherwiseStaysAndHoldsUpNoOther(t *testing.T) {
	h := open(t, t.TempDir(), 10)
	other := storetest.Entry(2)
	other.Motor = "another"
	require.NoError(t, h.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{other}))
	h.behind.Set(storetest.Off)
	require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(1, 3)))
	h.behind.Set(storetest.On)
	require.Eventually(t, func() bool { return h.Wachtstand().Geweigerd == 1 }, 20*time.Second, time.Millisecond)
	assert.Equal(t, store.Wachtstand{Wachtend: 1, Geweigerd: 1, Geleverd: 2}, h.Wachtstand())
	got, err := h.behind.Advies(t.Context(), other.ID)
	require.NoError(t, err)
	require.Equal(t, other, got)
}

func TestWhatWaitsSurvivesTheProcess(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, 10)
	h.behind.Set(storetest.Off)
	require.NoError(t, h.BewaarAdviezen(t.Context(), storetest.Entries(1, 4)))
	require.NoError(t, h.Close())
	open(t, dir, 10).requireDelivered(t, storetest.Entries(1, 4)...)
}

func TestAKeyCannotBeFixedWhileTheStoreIsAway(t *testing.T) {
	h := open(t, t.TempDir(), 10)
	h.behind.Set(storetest.Off)
	_, err := h.LegVast(t.Context(), storetest.Key("k", 1))
	storetest.RequireFailure(t, err, domain.Unavailable)
}

func TestASecondProcessIsRefusedTheFolder(t *testing.T) {
	h := open(t, t.TempDir(), 10)
	_, err := sqlite.OpenWachtrij(t.Context(), filepath.Join(h.dir, "spool"))
	storetest.RequireFailure(t, err, domain.Conflict)
	require.Equal(t, "fout.spool_in_gebruik", domain.AsError(err).Key)
	require.NoError(t, h.Close())
	file, err := sqlite.OpenWachtrij(t.Context(), filepath.Join(h.dir, "spool"))
	require.NoError(t, err)
	require.NoError(t, file.Close())
}
