package sqlite_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// requireNothingWorks requires that every call tells that the store is gone.
func requireNothingWorks(t *testing.T, s onPath) {
	t.Helper()
	for range 2 {
		storetest.RequireFailure(t, s.Ping(t.Context()), domain.Unavailable)
		storetest.RequireFailure(t, s.BewaarAdviezen(t.Context(), storetest.Entries(900, 901)), domain.Unavailable)
		_, err := s.Activeer(t.Context(), storetest.Activation("a"))
		storetest.RequireFailure(t, err, domain.Unavailable)
		_, err = s.Advies(t.Context(), storetest.Entry(1).ID)
		storetest.RequireFailure(t, err, domain.Unavailable)
		_, err = s.Activeringen(t.Context())
		storetest.RequireFailure(t, err, domain.Unavailable)
	}
}

func opened(t *testing.T) onPath {
	t.Helper()
	s := openTemp(t)
	require.NoError(t, s.BewaarPakket(t.Context(), storetest.Package("a")))
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 5)))
	return s
}

func TestFileThatWasMovedAwayIsUnavailableUntilItIsBack(t *testing.T) {
	s := opened(t)
	require.NoError(t, os.Rename(s.path, s.path+".weg"))
	requireNothingWorks(t, s)
	require.NoFileExists(t, s.path, "no empty file comes in its place")
	require.NoError(t, os.Rename(s.path+".weg", s.path))
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(6, 7)))
	require.NoError(t, intact(t.Context(), s.Store, 7))
}

func TestFileThatWasReplacedIsUnavailable(t *testing.T) {
	s := opened(t)
	backup, err := os.ReadFile(s.path)
	require.NoError(t, err)
	require.NoError(t, os.Rename(s.path, s.path+".weg"))
	require.NoError(t, os.WriteFile(s.path, backup, 0o600))
	requireNothingWorks(t, s)
}

func TestDeletedFileIsUnavailable(t *testing.T) {
	s := opened(t)
	require.NoError(t, os.Remove(s.path))
	requireNothingWorks(t, s)
}

func TestDeletedWALIsUnavailableForWriting(t *testing.T) {
	s := opened(t)
	require.NoError(t, os.Remove(s.path+"-wal"))
	for range 2 {
		storetest.RequireFailure(t, s.Ping(t.Context()), domain.Unavailable)
		storetest.RequireFailure(t, s.BewaarAdviezen(t.Context(), storetest.Entries(6, 7)), domain.Unavailable)
	}
}
