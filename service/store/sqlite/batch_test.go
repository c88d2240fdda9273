package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// waiting has n callers queue behind a writer that is held, lets it go, and
// gives what was written and how each call ended.
func waiting(s onPath, n int, call func(i int) error) (sqlite.Stats, []error) {
	release := s.Hold()
	before := s.Stats()
	errs := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { errs[i] = call(i) })
	}
	waitFor(func() bool { return s.Waiting() == n })
	release()
	group.Wait()
	after := s.Stats()
	held := sqlite.Stats{Commits: 1, Rows: sqlite.BatchRows + 1} // what Hold itself counts for
	return sqlite.Stats{Commits: after.Commits - before.Commits - held.Commits, Rows: after.Rows - before.Rows - held.Rows}, errs
}

func TestCallersThatWaitShareOneCommit(t *testing.T) {
	s := openTemp(t)
	written, errs := waiting(s, 32, func(i int) error {
		return s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{storetest.Entry(1 + i)})
	})
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Equal(t, sqlite.Stats{Commits: 1, Rows: 32}, written)
	require.NoError(t, intact(t.Context(), s.Store, 32))
}

func TestAllKindsOfWritesShareOneCommit(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarPakket(t.Context(), storetest.Package("a")))
	written, errs := waiting(s, 4, func(i int) error {
		switch i {
		case 0:
			return s.BewaarAdviezen(t.Context(), storetest.Entries(1, 10))
		case 1:
			return s.BewaarPakket(t.Context(), storetest.Package("b"))
		case 2:
			return s.Ping(t.Context())
		}
		_, err := s.Activeer(t.Context(), storetest.Activation("a"))
		return err
	})
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Equal(t, sqlite.Stats{Commits: 1, Rows: 12}, written)
}

func TestRefusedCallsShareACommitWithOthersAndLeaveThemAlone(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(0, 0)))
	written, errs := waiting(s, 20, func(i int) error {
		entries := storetest.Entries(1+10*i, 1+10*i+i%4)
		if i%2 == 1 {
			entries = append(entries, storetest.Entry(0))
		}
		return s.BewaarAdviezen(t.Context(), entries)
	})
	require.Equal(t, sqlite.Stats{Commits: 1, Rows: 5*1 + 5*3}, written)
	for i, err := range errs {
		_, absent := s.Advies(t.Context(), storetest.Entry(1+10*i).ID)
		if i%2 == 1 {
			storetest.RequireFailure(t, err, domain.Conflict)
			storetest.RequireFailure(t, absent, domain.NotFound)
			continue
		}
		require.NoError(t, err)
		require.NoError(t, absent)
	}
}

func TestMeldingenWithTheirAdvicesShareOneCommit(t *testing.T) {
	s := openTemp(t)
	written, errs := waiting(s, 32, func(i int) error {
		return storetest.Bewaar(t.Context(), s, storetest.Melding(i), storetest.Entries(10*i, 10*i+2))
	})
	require.NoError(t, errors.Join(errs...))
	require.Equal(t, sqlite.Stats{Commits: 1, Rows: 32 * 4}, written)

	written, errs = waiting(s, 32, func(i int) error {
		if i%2 == 0 {
			return storetest.Vervang(t.Context(), s, storetest.Melding(i), storetest.Entries(1000+i, 1000+i))
		}
		if i == 31 {
			_, err := s.Vestig(t.Context(), storetest.Aanbieder(1))
			return err
		}
		return storetest.Bewaar(t.Context(), s, storetest.Melding(i), storetest.Entries(2000+i, 2000+i))
	})
	require.Equal(t, sqlite.Stats{Commits: 1, Rows: 16*2 + 1}, written)
	for i, err := range errs {
		if i%2 == 1 && i != 31 {
			storetest.RequireFailure(t, err, domain.Conflict)
			_, err = s.Advies(t.Context(), storetest.Entry(2000+i).ID)
			storetest.RequireFailure(t, err, domain.NotFound)
			continue
		}
		require.NoError(t, err)
	}
}

func TestBatchIsBounded(t *testing.T) {
	s := openTemp(t)
	written, errs := waiting(s, 8, func(i int) error {
		return s.BewaarAdviezen(t.Context(), storetest.Entries(1000*i, 1000*i+199))
	})
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Equal(t, sqlite.Stats{Commits: 4, Rows: 1600}, written, "two calls of 200 rows fit in a batch, three do not")
}

func TestLostConnectionIsUnavailableOnceAndHarmsNothing(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 3)))
	require.NoError(t, s.Reconnect("cache_size(100)"))
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(4, 6)))
	require.NoError(t, intact(t.Context(), s.Store, 6))
}

func TestCallWhoseContextEndsWhileItWaitsIsNotKept(t *testing.T) {
	s := openTemp(t)
	release := s.Hold()
	ctx, end := context.WithCancel(t.Context())
	var err error
	var group sync.WaitGroup
	group.Go(func() { err = s.BewaarAdviezen(ctx, storetest.Entries(1, 3)) })
	waitFor(func() bool { return s.Waiting() == 1 })
	end()
	group.Wait() // returns though the writer is held
	storetest.RequireFailure(t, err, domain.Unavailable)
	release()
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 3)), "the ids are still free")
}

func TestReadsDoNotWaitForTheWriter(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 50)))
	release := s.Hold()
	defer release()
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() { assert.NoError(t, intact(t.Context(), s.Store, 50)) })
	}
	group.Wait()
}

func TestManyCallersNeedFarFewerCommitsThanCalls(t *testing.T) {
	s := openTemp(t)
	var group sync.WaitGroup
	for i := range 32 {
		group.Go(func() {
			for n := range 50 {
				e := storetest.Entry(n)
				e.ID = fmt.Sprint(i, "-", n)
				assert.NoError(t, s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{e}))
			}
		})
	}
	group.Wait()
	written := s.Stats()
	require.EqualValues(t, 1600, written.Rows)
	require.Less(t, written.Commits, uint64(800))
}
