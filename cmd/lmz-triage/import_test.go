package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	main "zorgmeldingen.nl/lmz-triage/cmd/lmz-triage"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// listed gives the queue of the data in dir.
func listed(t testing.TB, dir string, args ...string) api.MeldingLijst {
	t.Helper()
	got := command(t, "", append([]string{"meldingen", "--json", "--aantal", "1000", "--data", dir}, args...)...)
	require.Equal(t, 0, got.status, got.err)
	var list api.MeldingLijst
	require.NoError(t, json.Unmarshal([]byte(got.out), &list))
	return list
}

func TestAFileOfMeldingenIsTakenInOnce(t *testing.T) {
	dir := t.TempDir()
	var file strings.Builder
	for n := range 50 {
		fmt.Fprintf(&file, `{"soort":"klacht","kanaal":"systeem","klantkenmerk":"zaak-%d","aanbieder":{"naam":"De Linde","plaats":"Delft"}}`+"\n", n)
	}
	file.WriteString("\n" + strings.Repeat(`{"soort":"vraag","kanaal":"telefoon"}`+"\r\n", 3)) // three callers told the same
	path := filepath.Join(t.TempDir(), "meldingen.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(file.String()[:1000]), 0o600))
	broken := command(t, "", "import", path, "--data", dir) // as a run that was broken off
	assert.Equal(t, 1, broken.status)
	require.NoError(t, os.WriteFile(path, []byte(file.String()), 0o600))
	for _, want := range []string{"Ingenomen: 44. Stond er al: 9. Weggelaten: 0.\n", "Ingenomen: 0. Stond er al: 53. Weggelaten: 0.\n"} {
		got := command(t, "", "import", path, "--data", dir)
		require.Equal(t, 0, got.status, got.err)
		assert.Equal(t, want, got.out)
		assert.Len(t, listed(t, dir).Items, 53, "nothing counts twice")
	}
	assert.Len(t, listed(t, dir, "--advies", "doorsturen").Items, 50, "every melding about the provider sees the cluster")
}

func TestFaultyLinesAreToldAndLeftOut(t *testing.T) {
	dir := t.TempDir()
	got := command(t, strings.Join([]string{
		`{"soort":"klacht","kanaal":"brief"}`,
		`{"soort":"roddel","kanaal":"postduif","onderwerp":"bel 0612345678"}`,
		`{"soort":"klacht","kanaal":"brief"`,
		`"tekst"`,
		`{"soort":"klacht","kanaal":"brief","omschrijving":"` + strings.Repeat("x", main.LongestLine) + `"}`,
		`{"soort":"vraag","kanaal":"brief"}`,
	}, "\n"), "import", "-", "--data", dir)
	assert.Equal(t, 1, got.status)
	assert.Equal(t, "Ingenomen: 2. Stond er al: 0. Weggelaten: 4.\n", got.out)
	for _, want := range []string{"Regel 2 is weggelaten.", "soort:", "kanaal:", "onderwerp: In het onderwerp staat een telefoonnummer.", "Regel 3", "Regel 4", "Regel 5", "Verbeter de 4 regels"} {
		assert.Contains(t, got.err, want)
	}
	assert.NotContains(t, got.err, "0612345678")
	assert.Len(t, listed(t, dir).Items, 2)
	assert.Equal(t, 1, command(t, "", "import", "er-niet.jsonl", "--data", dir).status)
	one := command(t, "x", "import", "-", "--data", dir)
	assert.Contains(t, one.err, "Een regel is niet ingenomen.")
	named := command(t, "x", "import", "-", "--data", dir, "--door", "Jan Jansen")
	assert.Contains(t, named.err, "Gebruik geen persoonsgegevens.")
}

func TestAFileThatBeginsWithAByteOrderMarkLosesNothing(t *testing.T) {
	got := command(t, "\ufeff"+`{"soort":"vraag","kanaal":"brief"}`+"\n", "import", "-", "--data", t.TempDir())
	assert.Equal(t, 0, got.status, got.err)
	assert.Equal(t, "Ingenomen: 1. Stond er al: 0. Weggelaten: 0.\n", got.out)
}

func TestAListSaysWhichValuesThereAre(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"meldingen", "--advies", "foo"}, {"meldingen", "--status", "ontvange", "--json"}, {"meldingen", "--termijn-status", "gek"}, {"termijnen", "--sector", "ggzz"}} {
		got := command(t, "", append(args, "--data", dir)...)
		assert.Equal(t, 1, got.status, args)
		assert.Empty(t, got.out)
		assert.Contains(t, got.err, "Kies uit:", args)
	}
}

func TestAnImportRunsBesideTheService(t *testing.T) {
	dir := t.TempDir()
	d := serve(t, dir)
	got := command(t, strings.Repeat(`{"soort":"klacht","kanaal":"systeem","feiten":{"geweld":"ja"}}`+"\n", 20), "import", "-", "--data", dir)
	require.Equal(t, 0, got.status, got.err)
	status, answer := d.must(t, http.MethodGet, "/v1/meldingen?advies=escaleren&limit=200", "")
	require.Equal(t, http.StatusOK, status)
	assert.Equal(t, 20, strings.Count(answer, `"kenmerk":"LMZ-`))
}

func TestADemonstrationHasItsMeldingen(t *testing.T) {
	dir := t.TempDir()
	d := start(t, "--demo", "--data", dir)
	require.Eventually(t, func() bool { return strings.Contains(d.out.String(), "600 verzonnen meldingen") }, 60*time.Second, 20*time.Millisecond)
	_, page := d.must(t, http.MethodGet, "/", "")
	assert.Contains(t, page, "600")
	kept, err := sqlite.Open(t.Context(), filepath.Join(dir, "lmz-triage.db"))
	require.NoError(t, err)
	defer func() { _ = kept.Close() }()
	require.Eventually(t, func() bool {
		todo, err := kept.TeHertellen(t.Context(), 1)
		return err == nil && len(todo) == 0
	}, 40*time.Second, 20*time.Millisecond, "the figures of every provider are looked at again without waiting for the next sweep")
	require.Equal(t, 0, d.stop(t))
	assert.Len(t, listed(t, dir).Items, 600)
	for _, status := range []string{"lopend", "nadert", "verstreken"} {
		assert.NotEmpty(t, listed(t, dir, "--termijn-status", status).Items, status)
	}
	for _, advice := range []string{"registreren", "doorsturen", "onderzoeken", "escaleren"} {
		assert.NotEmpty(t, listed(t, dir, "--advies", advice).Items, advice)
	}
	again := command(t, "", "seed", "--data", dir)
	require.Equal(t, 0, again.status, again.err)
	assert.Equal(t, "Verzonnen meldingen toegevoegd: 0. Stond er al: 600.\n", again.out)
	assert.Len(t, listed(t, dir).Items, 600, "a second time adds nothing")
}

func TestTheQueueAndAMeldingForPeople(t *testing.T) {
	dir := emptyStore(t)
	empty := command(t, "", "meldingen", "--data", dir)
	assert.Contains(t, empty.out, "Neem meldingen in met")
	told := `{"soort":"klacht","kanaal":"brief","onderwerp":"Ruw behandeld","omschrijving":"Het ging mis.","feiten":{"geweld":"ja"},
"aanbieder":{"naam":"De Linde","plaats":"Delft"},"melder":{"naam":"A. Bee","telefoon":"0600000000"}}`
	require.Equal(t, 0, command(t, strings.ReplaceAll(told, "\n", ""), "import", "-", "--data", dir).status)
	queue := command(t, "", "meldingen", "--data", dir)
	require.Equal(t, 0, queue.status, queue.err)
	for _, want := range []string{"Kenmerk", "LMZ-", "escaleren", "De Linde, Delft", "Ruw behandeld"} {
		assert.Contains(t, queue.out, want)
	}
	assert.NotContains(t, queue.out, "A. Bee", "a table shows nothing of the melder")
	kenmerk := listed(t, dir).Items[0].Kenmerk
	one := command(t, "", "melding", strings.ToLower(kenmerk), "--data", dir)
	require.Equal(t, 0, one.status, one.err)
	for _, want := range []string{kenmerk, "Het ging mis.", "A. Bee", "Advies: escaleren", "Terugbellen"} {
		assert.Contains(t, one.out, want)
	}
	asJSON := command(t, "", "melding", kenmerk, "--json", "--data", dir)
	var m api.Melding
	require.NoError(t, json.Unmarshal([]byte(asJSON.out), &m))
	assert.Equal(t, kenmerk, m.Kenmerk)
	gone := command(t, "", "melding", "LMZ-0000-0000", "--data", dir)
	assert.Equal(t, 1, gone.status)
	assert.Contains(t, gone.err, "geen melding")
}

// FuzzImportLine: every byte of a file is in one line, whatever the file holds,
// and what a line says becomes a melding, faults, or an error.
func FuzzImportLine(f *testing.F) {
	contract, err := api.LoadContract()
	require.NoError(f, err)
	f.Add([]byte("{\"soort\":\"klacht\",\"kanaal\":\"brief\"}\n\n{\r\n"))
	f.Add([]byte("a\r\r\nb"))
	f.Fuzz(func(t *testing.T, text []byte) {
		lines, total := main.Lines(text)
		require.Equal(t, len(text), total)
		require.Len(t, lines, bytes.Count(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))+min(1, len(text)))
		for _, line := range lines {
			require.NotContains(t, string(line), "\n")
			_, _ = contract.ReadMelding(line)
		}
	})
}

func TestMadeUpMeldingenFitTheContract(t *testing.T) {
	contract, err := api.LoadContract()
	require.NoError(t, err)
	made, err := voorbeeld.Maak(500, 3, term.NewDate(2026, 11, 20))
	require.NoError(t, err)
	for _, o := range made {
		raw, err := json.Marshal(api.FromOpgave(o))
		require.NoError(t, err)
		read, err := contract.ReadMelding(raw)
		require.NoError(t, err)
		require.Empty(t, read.Faults)
		require.Empty(t, domain.Verschil(o, read), "read back as it was told")
	}
}
