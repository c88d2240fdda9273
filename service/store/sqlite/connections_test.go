package sqlite_test

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// settingsOf asks a connection how it works.
func settingsOf(t *testing.T, c *sql.Conn) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, name := range []string{"journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only"} {
		var value string
		require.NoError(t, c.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&value))
		found[name] = value
	}
	return found
}

func TestEveryConnectionIsDurable(t *testing.T) {
	s := openTemp(t)
	writing, reading := s.Pools()
	held := 0
	for range 4 { // held open at the same time, so that each is another one
		c, err := reading.Conn(t.Context())
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		held++
		require.Equal(t, map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "query_only": "1",
		}, settingsOf(t, c))
	}
	require.Equal(t, held, reading.Stats().InUse)
	for range 3 { // the writer's own is held as well
		c, err := writing.Conn(t.Context())
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		require.Equal(t, map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "query_only": "0",
		}, settingsOf(t, c))
	}
	require.Equal(t, 4, writing.Stats().InUse)
}

func TestConnectionsThatReadCannotWrite(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 1)))
	_, reading := s.Pools()
	_, err := reading.ExecContext(t.Context(), `DELETE FROM advies`)
	require.ErrorContains(t, err, "readonly")
}

func TestEntryOfTheLogNeverChanges(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 1)))
	_, err := plain(t, s.path).Exec(`UPDATE advies SET advies = 'registreren'`)
	require.ErrorContains(t, err, "never changes")
}

func TestPackageOfAnActivationCannotGo(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarPakket(t.Context(), storetest.Package("a")))
	_, err := s.Activeer(t.Context(), storetest.Activation("a"))
	require.NoError(t, err)
	writing, _ := s.Pools()
	_, err = writing.ExecContext(t.Context(), `DELETE FROM beleidspakket`)
	require.ErrorContains(t, err, "FOREIGN KEY")
}
