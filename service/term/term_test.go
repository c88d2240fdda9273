package term_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// calendar is the calendar that is shipped.
func calendar(t testing.TB) *term.Kalender {
	t.Helper()
	k, err := term.Load()
	require.NoError(t, err)
	return k
}

// shippedData is a copy of the data files, to be changed by a test.
func shippedData(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	dir := os.DirFS("data")
	names, err := fs.Glob(dir, "*.json")
	require.NoError(t, err)
	for _, name := range names {
		text, err := fs.ReadFile(dir, name)
		require.NoError(t, err)
		out[name] = &fstest.MapFile{Data: text}
	}
	return out
}

// changed replaces the first old in the file name by text, which must be there.
func changed(t testing.TB, data fstest.MapFS, name, old, text string) fstest.MapFS {
	t.Helper()
	before := string(data[name].Data)
	require.Contains(t, before, old)
	data[name] = &fstest.MapFile{Data: []byte(strings.Replace(before, old, text, 1))}
	return data
}

// day reads a date; the empty text is no date.
func day(t testing.TB, s string) term.Date {
	t.Helper()
	if s == "" {
		return term.Date{}
	}
	d, err := term.ParseDate(s)
	require.NoError(t, err, s)
	return d
}

// question reads the question of a case.
func question(t testing.TB, in fixtures.TermijnInvoer) term.Berekening {
	t.Helper()
	b := term.Berekening{
		Soort: term.Soort(in.Soort), Start: day(t, in.Start), Peildatum: day(t, in.Peildatum),
		VerlengdOp: day(t, in.VerlengdOp), VoldaanOp: day(t, in.VoldaanOp),
	}
	if n := in.NadereTermijn; n != nil {
		b.NadereTermijn = &term.NadereTermijn{Tot: day(t, n.Tot), AkkoordOp: day(t, n.AkkoordOp)}
	}
	return b
}

// answer is the outcome of b, which must have no faults.
func answer(t testing.TB, b term.Berekening) term.Uitkomst {
	t.Helper()
	u, faults := calendar(t).Bereken(b)
	require.Empty(t, faults)
	return u
}
