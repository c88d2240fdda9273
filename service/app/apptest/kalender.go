package apptest

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Altered is the shipped calendar with a text in one of its files replaced.
func Altered(t testing.TB, file, was, is string) *term.Kalender {
	t.Helper()
	_, here, _, ok := runtime.Caller(0)
	require.True(t, ok)
	data := fstest.MapFS{}
	for _, name := range []string{"soorten.json", "feestdagen.json", "besluitdagen.json", "herinneringen.json"} {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../term/data", name))
		require.NoError(t, err)
		if name == file {
			require.Contains(t, string(text), was)
			text = []byte(strings.Replace(string(text), was, is, 1))
		}
		data[name] = &fstest.MapFile{Data: text}
	}
	k, err := term.LoadFrom(data)
	require.NoError(t, err)
	return k
}

// NewRules is the calendar of a later version of the service: a holiday more, on 3
// December.
func NewRules(t testing.TB) *term.Kalender {
	t.Helper()
	const list = `"feestdagen": [`
	return Altered(t, "feestdagen.json", list,
		list+`{"naam": "Een dag", "maand": 12, "dag": 3, "bron": {"titel": "een wet", "verwijzing": "https://wetten.overheid.nl"}},`)
}
