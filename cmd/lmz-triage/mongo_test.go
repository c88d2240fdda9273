package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo/mongotest"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// database gives the address of an empty database on a server of its own.
func database(t *testing.T) string {
	t.Helper()
	t.Setenv("MONGODB_URI", realServer)
	s, err := mongotest.Start(t.Context())
	require.NoError(t, os.Unsetenv("MONGODB_URI"))
	require.NoError(t, err, "these tests need a MongoDB server")
	t.Cleanup(func() { _ = s.Stop() })
	return s.Database(t)
}

// copyOn starts a copy of the service on a database, with a short lead.
func copyOn(t *testing.T, uri string) *dienst {
	t.Helper()
	return start(t, "--demo", "--no-seed", "--store", uri, "--lease", "2s")
}

func (d *dienst) leads(t *testing.T) bool {
	t.Helper()
	_, ready := d.must(t, http.MethodGet, "/readyz", "")
	return strings.Contains(ready, `"leidt":true`)
}

// unswept keeps n meldingen with a term that passed and of which nobody recorded
// so.
func unswept(t *testing.T, uri string, n int) []string {
	t.Helper()
	s, err := mongo.Open(t.Context(), uri)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	var ids []string
	for i := range n {
		m := storetest.Melding(i)
		m.AanbiederID, m.Opgave.Aanbieder, m.Advies.ID = "", nil, ""
		m.Termijnen = []domain.MeldingTermijn{{
			Soort: "terugbellen_lmz", Start: term.NewDate(2026, time.January, 5), Aandacht: term.NewDate(2026, time.January, 8),
			Einddatum: term.NewDate(2026, time.January, 12), Status: term.Lopend,
		}}
		_, err := s.BewaarMelding(t.Context(), m, store.Bij{})
		require.NoError(t, err)
		ids = append(ids, m.ID)
	}
	return ids
}

// passed counts how often it is recorded of each melding that its term passed.
func passed(t *testing.T, uri string, ids []string) map[string]int {
	t.Helper()
	s, err := mongo.Open(t.Context(), uri)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	out := map[string]int{}
	for _, id := range ids {
		m, err := s.Melding(t.Context(), id)
		require.NoError(t, err)
		for _, v := range m.Geschiedenis {
			if v.Soort == domain.VoorvalVerstreken {
				out[id]++
			}
		}
	}
	return out
}

// once is that of every melding it is recorded one time.
func once(ids []string) map[string]int {
	out := map[string]int{}
	for _, id := range ids {
		out[id] = 1
	}
	return out
}

func TestAnotherCopyTakesTheTermsOverFromOneThatIsKilled(t *testing.T) {
	uri := database(t)
	first := copyOn(t, uri)
	require.Eventually(t, func() bool { return first.leads(t) }, 10*time.Second, 20*time.Millisecond)
	second := copyOn(t, uri)
	require.False(t, second.leads(t), "one leads")
	ids := unswept(t, uri, 300)
	first.kill(t)
	require.Eventually(t, func() bool { return second.leads(t) }, 2*time.Second, 20*time.Millisecond, "within the lease")
	require.Eventually(t, func() bool { return assert.ObjectsAreEqual(once(ids), passed(t, uri, ids)) }, 30*time.Second, 200*time.Millisecond)
}

func TestACopyThatHungPastItsLeadChangesNothingAnyMore(t *testing.T) {
	uri := database(t)
	ids := unswept(t, uri, 1500)
	first := copyOn(t, uri)
	swept := func() int {
		n := 0
		for _, times := range passed(t, uri, ids[:200]) {
			n += times
		}
		return n
	}
	require.Eventually(t, func() bool { return swept() > 0 }, 20*time.Second, time.Millisecond, "it is at work")
	require.NoError(t, first.cmd.Process.Signal(syscall.SIGSTOP))
	second := copyOn(t, uri)
	require.Eventually(t, func() bool { return second.leads(t) }, 5*time.Second, 20*time.Millisecond)
	require.NoError(t, first.cmd.Process.Signal(syscall.SIGCONT))
	require.Eventually(t, func() bool { return assert.ObjectsAreEqual(once(ids), passed(t, uri, ids)) }, 60*time.Second, 300*time.Millisecond)
	require.True(t, second.leads(t))
	require.Eventually(t, func() bool { return !first.leads(t) }, 5*time.Second, 20*time.Millisecond)
}

func TestTheNinthAndTheTenthAtTwoCopiesAreBothCounted(t *testing.T) {
	uri := database(t)
	copies := []*dienst{copyOn(t, uri), copyOn(t, uri)}
	for round := range 5 {
		body := func(day string) string {
			return fmt.Sprintf(`{"soort":"klacht","kanaal":"systeem","ontvangstdatum":%q,"feiten":{"geweld":"nee"},"aanbieder":{"naam":"Aanbieder %d","plaats":"Delft"}}`, day, round)
		}
		today := term.DateIn(time.Now(), time.UTC) //nolint:forbidigo // the service counts from today too
		for range 8 {                              // a year with eight, none of the last quarter
			status, answer := copies[0].must(t, http.MethodPost, "/v1/meldingen", body(today.AddDays(-200).String()))
			require.Equal(t, http.StatusCreated, status, answer)
		}
		var both sync.WaitGroup
		for _, d := range copies {
			both.Go(func() {
				status, answer, err := d.ask(http.MethodPost, "/v1/meldingen", body(today.AddDays(-1).String()))
				assert.NoError(t, err)
				assert.Equal(t, http.StatusCreated, status, answer)
			})
		}
		both.Wait()
		s, err := mongo.Open(t.Context(), uri)
		require.NoError(t, err)
		page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: domain.OpOntvangst, Aantal: 2})
		require.NoError(t, err)
		require.NoError(t, s.Close())
		for _, m := range page.Meldingen {
			assert.Equal(t, domain.Doorsturen, m.Advies.Advies, "round %d: the tenth was seen", round)
		}
		for _, m := range page.Meldingen { // out of the way of the next round
			withdraw(t, uri, m)
		}
	}
}

// withdraw makes of a melding one of long ago, so that the newest are those of the
// next round.
func withdraw(t *testing.T, uri string, m domain.Melding) {
	t.Helper()
	s, err := mongo.Open(t.Context(), uri)
	require.NoError(t, err)
	m.Dag = term.NewDate(2020, time.January, 1)
	require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{}))
	require.NoError(t, s.Close())
}

func TestCopiesThatBeginTogetherMakeThePolicyActiveOnce(t *testing.T) {
	uri := database(t)
	var both sync.WaitGroup
	for range 3 {
		both.Go(func() { copyOn(t, uri) })
	}
	both.Wait()
	s, err := mongo.Open(t.Context(), uri)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	list, err := s.Activeringen(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
}

func TestDecisionsGoOnInTheSpoolWhileTheDatabaseIsAway(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mongo.h2")
	server, err := mongotest.StartJava(t.Context(), "0", file)
	require.NoError(t, err)
	uri, port := server.Address("proef"), server.Port()
	spool := t.TempDir()
	d := start(t, "--demo", "--no-seed", "--store", uri, "--spool", spool)
	time.Sleep(1500 * time.Millisecond) // the server in Java writes what it has once a second
	require.NoError(t, server.Stop())

	var ids []string
	for range 20 {
		status, answer := d.must(t, http.MethodPost, "/v1/triage-adviezen", `{"melding":{"soort":"klacht"}}`)
		require.Equal(t, http.StatusOK, status, answer)
		var given struct {
			ID string `json:"id"`
		}
		require.NoError(t, json.Unmarshal([]byte(answer), &given))
		ids = append(ids, given.ID)
	}
	status, ready := d.must(t, http.MethodGet, "/readyz", "")
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, ready, `"wachtend":20`)

	server, err = mongotest.StartJava(t.Context(), port, file)
	require.NoError(t, err)
	t.Cleanup(func() { _ = server.Stop() })
	require.Eventually(t, func() bool {
		_, ready := d.must(t, http.MethodGet, "/readyz", "")
		return strings.Contains(ready, `"wachtend":0`)
	}, 20*time.Second, 50*time.Millisecond, "they are delivered")
	s, err := mongo.Open(t.Context(), uri)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	for _, id := range ids {
		_, err := s.Advies(t.Context(), id)
		require.NoError(t, err)
	}
}

func TestDecreeDaysCountForEveryCopyAndTheLeaderMovesTheTerms(t *testing.T) {
	uri := database(t)
	told := `{"soort":"klacht","kanaal":"telefoon","ontvangstdatum":"2026-03-16","klachtBijAanbieder":{"ingediendOp":"2026-03-16"}}` // until 28 April 2026
	require.Equal(t, 0, command(t, strings.Repeat(told+"\n", 40), "import", "-", "--store", uri).status)
	copies := []*dienst{copyOn(t, uri), copyOn(t, uri)}
	set := command(t, decree("2026, 1", "2026-04-28"), "kalender", "set", "-", "--store", uri)
	require.Equal(t, 0, set.status, set.err)
	for _, d := range copies {
		require.Eventually(t, func() bool {
			_, years := d.must(t, http.MethodGet, "/v1/kalenders/2026", "")
			return strings.Contains(years, `"versie":2`) && strings.Contains(years, `"2026-04-28"`)
		}, 10*time.Second, 20*time.Millisecond)
		require.Eventually(t, func() bool {
			_, list := d.must(t, http.MethodGet, "/v1/termijnen?eindeVan=2026-04-29&eindeTot=2026-04-29", "")
			return strings.Contains(list, `"aantal":40`)
		}, 30*time.Second, 50*time.Millisecond, "the terms move")
		assert.Zero(t, d.behind(t))
	}
	contradicts := command(t, decree("2026, 2", "2026-04-28"), "kalender", "set", "-", "--store", uri)
	assert.Equal(t, []string{"besluiten[0].dagen[0].datum"}, contradicts.faulted())
}
