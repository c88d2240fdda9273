package main_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// used is the file of a store in which something was decided.
func used(t testing.TB) []byte {
	t.Helper()
	dir := t.TempDir()
	d := serve(t, dir)
	d.must(t, "POST", adviezen, vraag)
	require.Equal(t, 0, d.stop(t))
	raw, err := os.ReadFile(filepath.Join(dir, "lmz-triage.db"))
	require.NoError(t, err)
	return raw
}

func TestAFileThatCannotBeTrustedIsRefusedAndLeftAlone(t *testing.T) {
	whole := used(t)
	const formAt = 60 // user_version in the header of an SQLite file
	newer := bytes.Clone(whole)
	binary.BigEndian.PutUint32(newer[formAt:], 9999)
	holed := bytes.Clone(whole)
	clear(holed[4096:])
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"a text":                {[]byte("Notulen van het overleg."), "is niet van dit programma"},
		"a long text":           {bytes.Repeat([]byte("Notulen van het overleg. "), 400), "is niet van dit programma"},
		"its first half":        {whole[:len(whole)/2], "is beschadigd"},
		"without its last byte": {whole[:len(whole)-1], "is beschadigd"},
		"cut off in a page":     {whole[:len(whole)-1000], "is beschadigd"},
		"without its header":    {append(make([]byte, 100), whole[100:]...), "is niet van dit programma"},
		"only its first page":   {holed, "is beschadigd"},
		"of a newer program":    {newer, "nieuwere versie van dit programma"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, filepath.Join(dir, "lmz-triage.db"), string(c.file))
			for _, args := range [][]string{
				{"serve", "--demo", "--addr", "127.0.0.1:0", "--data", dir},
				{"policy", "activate", small(t, ""), "--reason", "x", "--data", dir},
			} {
				got := command(t, "", args...)
				assert.Equal(t, 1, got.status)
				assert.NotContains(t, got.out, "Gereed")
				require.Len(t, linesOf(got.err), 1, got.err)
				first := linesOf(got.err)[0]
				assert.Contains(t, first, c.want)
				assert.Contains(t, first, filepath.Join(dir, "lmz-triage.db"))
				assert.Contains(t, first, "niet gewijzigd")
				assert.NotContains(t, got.err, "goroutine")
			}
			left := texts(t, dir)
			assert.Equal(t, string(c.file), left[filepath.Join(dir, "lmz-triage.db")])
			delete(left, filepath.Join(dir, "lmz-triage.db.lock"))
			assert.Len(t, left, 1, "nothing is put beside it but the lock")
		})
	}
}

func TestWhoAsksForItIsToldTheCauseToo(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "lmz-triage.db"), "Notulen van het overleg.")
	args := []string{"meldingen", "--data", dir}
	require.Len(t, linesOf(do(t, "", args...).err), 1)
	asked := []said{do(t, "", append(args, "--uitleg")...)}
	t.Setenv("LMZ_UITLEG", "1")
	for _, got := range append(asked, do(t, "", args...)) {
		require.Equal(t, 1, got.status)
		require.Len(t, linesOf(got.err), 2)
		assert.Contains(t, linesOf(got.err)[1], "Oorzaak: look at file")
	}
}

func TestAFolderThatCannotBeWrittenIsOneClearLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bestand")
	put(t, file, "x")
	got := command(t, "", "serve", "--demo", "--addr", "127.0.0.1:0", "--data", filepath.Join(file, "data"))
	assert.Equal(t, 1, got.status)
	assert.Len(t, linesOf(got.err), 1)
	assert.Contains(t, got.err, file)
}
