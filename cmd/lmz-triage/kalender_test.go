package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// decree is a file with one decree of these days.
func decree(source string, days ...string) string {
	var list []string
	for _, d := range days {
		list = append(list, fmt.Sprintf(`{"datum":%q,"naam":"gelijkgestelde dag"}`, d))
	}
	return fmt.Sprintf(`{"besluiten":[{"besluit":"Besluit voor deze test","bron":{"titel":"koninklijk besluit, Staatscourant %s",
"verwijzing":"https://wetten.overheid.nl"},"dagen":[%s]}],"reden":"Nieuw besluit."}`, source, strings.Join(list, ","))
}

// takenBack is a file that takes these days back.
func takenBack(days ...string) string {
	var list []string
	for _, d := range days {
		list = append(list, fmt.Sprintf(`{"datum":%q,"reden":"Een vergissing."}`, d))
	}
	return `{"vervallen":[` + strings.Join(list, ",") + `],"reden":"Herstel."}`
}

func TestTheCalendarOfAYearForPeople(t *testing.T) {
	dir := emptyStore(t)
	year := command(t, "", "kalender", "2026", "--data", dir)
	require.Equal(t, 0, year.status, year.err)
	assert.Regexp(t, `(?m)^DATUM +DAG +NAAM +BRON$`, year.out)
	assert.Regexp(t, `(?m)^2026-01-02 +vrijdag +gelijkgestelde dag na Nieuwjaarsdag +koninklijk besluit voor 2026 tot en met 2028, Staatscourant 2025, 24713$`, year.out)
	assert.Regexp(t, `(?m)^2026-12-26 +zaterdag +Tweede Kerstdag +`, year.out)
	assert.Contains(t, year.out, "Ook alle zaterdagen en zondagen tellen niet mee.")
	assert.Equal(t, 11, strings.Count(year.out, "\n2026-"), "the holidays and the decree days, each once")
	far := command(t, "", "kalender", "2031", "--data", dir)
	assert.Contains(t, far.out, "! De gelijkgestelde dagen van 2031 zijn niet bekend. We kennen die van 2024 tot en met 2028.")
	assert.Regexp(t, `(?m)^\d{4}-01-01 `, command(t, "", "kalender", "--data", dir).out, "this year")
	var out api.Kalenderjaar
	require.NoError(t, json.Unmarshal([]byte(command(t, "", "kalender", "2027", "--json", "--data", dir).out), &out))
	assert.Equal(t, 112, len(out.Dagen), "those in a weekend too")
	for _, wrong := range []string{"1899", "2200", "x"} {
		got := command(t, "", "kalender", wrong, "--data", dir)
		assert.Equal(t, 1, got.status)
		assert.Equal(t, []string{"jaar"}, got.faulted())
	}
}

func TestDecreeDaysFromAFileMoveTheTermsThatRun(t *testing.T) {
	dir := t.TempDir()
	told := `{"soort":"klacht","kanaal":"telefoon","ontvangstdatum":"2026-03-16","klachtBijAanbieder":{"ingediendOp":"2026-03-16"}}` // until 28 April 2026
	require.Equal(t, 0, command(t, told, "import", "-", "--data", dir).status)
	file := filepath.Join(dir, "besluit.json")
	require.NoError(t, os.WriteFile(file, []byte(decree("2026, 1", "2026-04-28", "2026-04-29")), 0o600))
	set := command(t, "", "kalender", "set", file, "--data", dir)
	require.Equal(t, 0, set.status, set.err)
	for _, want := range []string{
		"De kalender is gewijzigd. Versie 2 geldt nu.", "  + 2026-04-28  gelijkgestelde dag (koninklijk besluit, Staatscourant 2026, 1)",
		"De lopende termijnen van 1 meldingen zijn opnieuw berekend. Bij 1 meldingen verschoof er een.",
	} {
		assert.Contains(t, set.out, want)
	}
	assert.Contains(t, command(t, "", "termijnen", "--data", dir).out, "2026-04-30")
	assert.Contains(t, command(t, "", "kalender", "2026", "--data", dir).out, "Kalender versie 2.")
	again := command(t, "", "kalender", "set", file, "--data", dir)
	assert.Equal(t, 0, again.status)
	assert.Equal(t, "Er is niets gewijzigd. Alles in het bestand staat al in de kalender (versie 2).\n", again.out)
	back := command(t, takenBack("2026-04-29"), "kalender", "set", "-", "--data", dir, "--reden", "Toch niet.")
	require.Equal(t, 0, back.status, back.err)
	assert.Contains(t, back.out, "  - 2026-04-29  gelijkgestelde dag")
	assert.Contains(t, command(t, "", "termijnen", "--data", dir).out, "2026-04-29")
}

func TestAWrongDecreeFileIsRefusedWithTheFieldAndTheReason(t *testing.T) {
	dir := emptyStore(t)
	require.Equal(t, 0, command(t, decree("2026, 1", "2026-12-03"), "kalender", "set", "-", "--data", dir).status)
	for name, c := range map[string]struct {
		file   string
		want   []string
		reason string
	}{
		"a day that is a holiday": {decree("2026, 2", "2026-12-25"), []string{"besluiten[0].dagen[0].datum"}, "Eerste Kerstdag"},
		"a file that contradicts": {decree("2026, 2", "2026-12-03"), []string{"besluiten[0].dagen[0].datum"}, "staat al in een ander besluit"},
		"a day centuries away":    {decree("2026, 2", "3026-12-03"), []string{"besluiten[0].dagen[0].datum"}, "1900 tot en met 2199"},
		"no reason":               {`{"vervallen":[{"datum":"2026-12-03","reden":"x"}]}`, []string{"reden"}, "ontbreekt"},
		"all at once":             {`{"besluiten":[{}],"datum":1}`, []string{"besluiten[0].besluit", "besluiten[0].bron.titel", "besluiten[0].bron.verwijzing", "besluiten[0].dagen", "datum", "reden"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, c.file, "kalender", "set", "-", "--data", dir)
			assert.Equal(t, 1, got.status)
			assert.Equal(t, c.want, got.faulted(), got.err)
			assert.Contains(t, got.err, c.reason)
			assert.Contains(t, command(t, "", "kalender", "2026", "--data", dir).out, "Kalender versie 2.", "nothing changed")
		})
	}
	broken := command(t, "{", "kalender", "set", "-", "--data", dir)
	assert.Equal(t, 1, broken.status)
	assert.Regexp(t, `^Het bestand \S+ kan niet`, command(t, "", "kalender", "set", filepath.Join(dir, "weg.json"), "--data", dir).err)
}

// behind is of how many meldingen the service has still to compute the terms.
func (d *dienst) behind(t testing.TB) int {
	t.Helper()
	status, text := d.must(t, http.MethodGet, "/metrics", "")
	require.Equal(t, http.StatusOK, status)
	found := regexp.MustCompile(`(?m)^lmz_kalender_te_herrekenen (\d+)$`).FindStringSubmatch(text)
	if found == nil { // the store was busy
		return -1
	}
	n, err := strconv.Atoi(found[1])
	require.NoError(t, err)
	return n
}

// TestAServiceThatIsKilledWhileItComputesTermsGoesOn adds decree days beside a service
// that is killed in the middle, and holds the end against that of the same meldingen
// where nothing was killed.
func TestAServiceThatIsKilledWhileItComputesTermsGoesOn(t *testing.T) {
	whole, killed := t.TempDir(), t.TempDir()
	require.Equal(t, 0, command(t, "", "seed", "--meldingen", "1500", "--data", whole).status)
	raw, err := os.ReadFile(filepath.Join(whole, "lmz-triage.db"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(killed, "lmz-triage.db"), raw, 0o600))
	day := time.Now().AddDate(0, 0, 20) //nolint:forbidigo // the seed rests on today as well
	var days []string
	for range 60 {
		day = day.AddDate(0, 0, 1)
		free := strings.Contains(command(t, "", "kalender", day.Format("2006"), "--json", "--data", whole).out, day.Format(`"datum": "2006-01-02"`))
		if !free {
			days = append(days, day.Format(time.DateOnly))
		}
		if len(days) == 12 {
			break
		}
	}
	inTheMiddle := 0
	for i := 0; i < 8 && inTheMiddle == 0; i++ {
		known := fmt.Sprintf(`{"stand":%q,"jaren":{"van":2024,"tot":%d},`, time.Now().Format(time.DateOnly), max(2028, day.Year())) //nolint:forbidigo // as above
		file := strings.Replace(decree("2026, 1", days...), "{", known, 1)
		if i%2 == 1 {
			file = takenBack(days...)
		}
		require.Equal(t, 0, command(t, file, "kalender", "set", "-", "--data", whole).status)
		d := serve(t, killed)
		require.Eventually(t, func() bool { return d.behind(t) == 0 }, 30*time.Second, 5*time.Millisecond)
		set := make(chan said, 1)
		go func() { set <- command(t, file, "kalender", "set", "-", "--data", killed) }()
		require.Eventually(t, func() bool { return d.behind(t) > 0 }, 30*time.Second, time.Millisecond, "the calendar is not followed")
		time.Sleep(time.Duration(20+40*i) * time.Millisecond) // some way into the work
		d.kill(t)
		next := serve(t, killed)
		if n := next.behind(t); n > 0 {
			inTheMiddle = n
		}
		require.Eventually(t, func() bool { return next.behind(t) == 0 }, 60*time.Second, 5*time.Millisecond, "it does not go on")
		require.Equal(t, 0, (<-set).status)
		require.Equal(t, 0, next.stop(t))
		one, other := command(t, "", "termijnen", "--csv", "--data", whole), command(t, "", "termijnen", "--csv", "--data", killed)
		require.Equal(t, 0, one.status, one.err)
		require.Equal(t, one.out, other.out)
	}
	assert.Positive(t, inTheMiddle, "it was never killed before it was done")
}
