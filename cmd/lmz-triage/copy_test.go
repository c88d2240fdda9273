package main_test

import (
	"crypto/sha256"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sum(t *testing.T, path string) [sha256.Size]byte {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return sha256.Sum256(text)
}

func TestACopyThatIsKilledAgainAndAgainEndsEqualToItsSource(t *testing.T) {
	dir := t.TempDir()
	source, uri := filepath.Join(dir, "lmz-triage.db"), database(t)
	require.Zero(t, command(t, "", "seed", "--meldingen", "1500", "--data", dir).status)
	before := sum(t, source)
	for _, to := range []string{uri, "sqlite:" + filepath.Join(t.TempDir(), "terug.db")} {
		from := "sqlite:" + source
		if to != uri {
			from = uri // there and back
		}
		for _, after := range []time.Duration{100, 200, 400, 700, 1000} {
			cmd := exec.Command(program, "copy", "--from", from, "--to", to)
			require.NoError(t, cmd.Start())
			time.Sleep(after * time.Millisecond)
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
		out := command(t, "", "copy", "--from", from, "--to", to)
		require.Zero(t, out.status, out.err)
		assert.Contains(t, out.out, "bron en doel zijn gelijk")
		assert.Contains(t, out.out, "meldingen: 1500, ")
		for _, show := range [][]string{{"meldingen", "--json"}, {"melding", "--json"}} {
			if show[0] == "melding" {
				show = append(show, regexp.MustCompile("LMZ-[0-9A-Z]{4}-[0-9A-Z]{4}").FindString(command(t, "", "meldingen", "--data", dir).out))
			}
			here := command(t, "", append(show, "--data", dir)...)
			there := command(t, "", append(show, "--store", to)...)
			require.Zero(t, here.status, here.err)
			assert.Equal(t, here.out, there.out)
		}
	}
	assert.Equal(t, before, sum(t, source), "the source was left alone")
	assert.NoDirExists(t, source+".kopie", "nothing is left beside it")
}

// What a copy left that was killed is taken away by whoever comes next to the file, also
// a service.
func TestWhatAKilledCopyLeftIsTakenAwayAndTold(t *testing.T) {
	dir := t.TempDir()
	require.Zero(t, command(t, "", "seed", "--meldingen", "10", "--data", dir).status)
	source := filepath.Join(dir, "lmz-triage.db")
	left := source + ".kopie"
	leave := func() {
		require.NoError(t, os.Mkdir(left, 0o700))
		put(t, filepath.Join(left, "bron.db"), "persoonsgegevens")
	}
	leave()
	out := command(t, "", "copy", "--from", "sqlite:"+source, "--to", "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	require.Zero(t, out.status, out.err)
	assert.Contains(t, out.out, left)
	assert.NoDirExists(t, left)
	leave()
	d := serve(t, dir)
	assert.Contains(t, d.out.String(), left)
	assert.NoDirExists(t, left)
}

func TestADatabaseThatIsNotThereIsNoSourceAndIsNotMade(t *testing.T) {
	uri := database(t)
	name := uri[strings.LastIndex(uri, "/")+1 : strings.LastIndex(uri, "?")]
	for range 2 { // it was not made the first time either
		out := command(t, "", "copy", "--from", uri, "--to", "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
		assert.Equal(t, 1, out.status)
		assert.Contains(t, out.err, "In de database "+name+" op ")
		assert.Contains(t, out.err, "geen gegevens van dit programma")
		assert.Len(t, linesOf(out.err), 1)
	}
}

func TestACopyThatCannotBeIsRefusedWithASentence(t *testing.T) {
	dir := t.TempDir()
	require.Zero(t, command(t, "", "seed", "--meldingen", "10", "--data", dir).status)
	source := "sqlite:" + filepath.Join(dir, "lmz-triage.db")
	empty, begun := filepath.Join(dir, "leeg.db"), filepath.Join(dir, "begonnen.db")
	put(t, empty, "")
	db, err := sql.Open("sqlite", begun)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), "PRAGMA journal_mode = WAL")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	serving := t.TempDir()
	serve(t, serving)
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"onto itself":                            {[]string{"--from", source, "--to", source}, "dezelfde opslag"},
		"from nothing":                           {[]string{"--from", "sqlite:" + filepath.Join(dir, "weg.db"), "--to", source}, "kan niet worden gelezen"},
		"from a service that runs":               {[]string{"--from", "sqlite:" + filepath.Join(serving, "lmz-triage.db"), "--to", source}, "Er draait al een dienst"},
		"to a service that runs":                 {[]string{"--from", source, "--to", "sqlite:" + filepath.Join(serving, "lmz-triage.db")}, "Er draait al een dienst"},
		"to a database that is away":             {[]string{"--from", source, "--to", "mongodb://naam:geheim@127.0.0.1:1/x"}, "127.0.0.1:1"},
		"to something unknown":                   {[]string{"--from", source, "--to", "ftp://naam:geheim@host/x"}, "kennen we niet"},
		"without where it should go":             {[]string{"--from", source}, "--to"},
		"from an empty file":                     {[]string{"--from", "sqlite:" + empty, "--to", "sqlite:" + filepath.Join(dir, "nieuw.db")}, empty + " staan geen gegevens"},
		"from a file that was only begun":        {[]string{"--from", "sqlite:" + begun, "--to", "sqlite:" + filepath.Join(dir, "nieuw.db")}, begun + " staan geen gegevens"},
		"from something that is no file of ours": {[]string{"--from", "sqlite:" + program, "--to", "sqlite:" + filepath.Join(dir, "nieuw.db")}, "niet van dit programma"},
	} {
		t.Run(name, func(t *testing.T) {
			out := command(t, "", append([]string{"copy"}, c.args...)...)
			assert.NotZero(t, out.status)
			assert.Contains(t, out.err, c.want)
			assert.NotContains(t, out.err, "geheim", "a password is shown nowhere")
			assert.NotContains(t, out.err, "bron.db", "it is told of the file itself")
			if !strings.HasPrefix(name, "without") { // that shows the help
				assert.Len(t, linesOf(out.err), 1, out.err)
			}
		})
	}
}
