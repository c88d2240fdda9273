package sqlite_test

import (
	"bufio"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

func TestOnlyOneServesAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "opslag.db")
	release, err := sqlite.LockForServing(path)
	require.NoError(t, err)
	_, err = sqlite.LockForServing(path)
	storetest.RequireFailure(t, err, domain.Conflict)
	require.Equal(t, []any{path}, domain.AsError(err).Args)

	other, err := sqlite.LockForServing(path + "2")
	require.NoError(t, err, "another file is another store")
	require.NoError(t, other())

	require.NoError(t, release())
	again, err := sqlite.LockForServing(path)
	require.NoError(t, err)
	require.NoError(t, again())
}

func TestLinkToAServedFileIsServedAlready(t *testing.T) {
	path := ours(t)
	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(path, link))
	release, err := sqlite.LockForServing(path)
	require.NoError(t, err)
	_, err = sqlite.LockForServing(link)
	storetest.RequireFailure(t, err, domain.Conflict)
	require.NoError(t, release())
}

func TestLockOfAKilledProcessIsFree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "opslag.db")
	cmd := child(t, "hold the lock", path)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	_, err = sqlite.LockForServing(path)
	storetest.RequireFailure(t, err, domain.Conflict)
	require.NoError(t, openPath(t, path).Ping(t.Context()), "others may open what is being served")

	require.NoError(t, cmd.Process.Kill())
	require.Error(t, cmd.Wait())
	release, err := sqlite.LockForServing(path)
	require.NoError(t, err)
	require.NoError(t, release())
}

func TestLockWhereNoFileCanBeIsRefused(t *testing.T) {
	_, err := sqlite.LockForServing(filepath.Join(t.TempDir(), "er", "niet", "opslag.db"))
	storetest.RequireFailure(t, err, domain.Unavailable)
}
