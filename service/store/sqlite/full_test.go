package sqlite_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

func TestFullDiskLosesNothingAndWorksAgainWithRoom(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 50)))
	leaveRoom(t, s, 25)
	for range 3 {
		requireKey(t, "fout.opslag_vol", s.BewaarAdviezen(t.Context(), storetest.Entries(51, 150)))
		_, err := s.Advies(t.Context(), storetest.Entry(51).ID)
		storetest.RequireFailure(t, err, domain.NotFound)
		require.NoError(t, intact(t.Context(), s.Store, 50))
	}
	leaveRoom(t, s, 1000)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(51, 150)))
	require.NoError(t, intact(t.Context(), s.Store, 150))
}

func TestCallThatDoesNotFitHarmsNoCallThatDoes(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 50)))
	leaveRoom(t, s, 25)
	release := s.Hold()
	var big, small error
	var group sync.WaitGroup
	group.Go(func() { big = s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{huge()}) })
	group.Go(func() { small = s.BewaarAdviezen(t.Context(), storetest.Entries(51, 52)) })
	waitFor(func() bool { return s.Waiting() == 2 })
	release()
	group.Wait()
	requireKey(t, "fout.opslag_vol", big)
	require.NoError(t, small)
	require.NoError(t, intact(t.Context(), s.Store, 52))
}

// leaveRoom lets the file grow by no more than this many pages.
func leaveRoom(t *testing.T, s onPath, pages int) {
	t.Helper()
	var used int
	require.NoError(t, plain(t, s.path).QueryRow(`PRAGMA page_count`).Scan(&used))
	require.NoError(t, s.Reconnect(fmt.Sprintf("max_page_count(%d)", used+pages)))
}

// huge is an entry of four mebibytes.
func huge() domain.GegevenAdvies {
	e := storetest.Entry(1_000_000)
	e.Invoer = []byte(strings.Repeat("0123456789abcdef", 1<<18))
	return e
}

func TestNoFileMayGrowIsUnavailableAndLosesNothing(t *testing.T) {
	out, err := child(t, "fill a small disk", t.TempDir()+"/opslag.db").Output()
	require.NoError(t, err)
	require.Contains(t, string(out), "code "+string(domain.Unavailable))
	require.Contains(t, string(out), "ping "+string(domain.Unavailable))
	require.Contains(t, string(out), "works again")
}
