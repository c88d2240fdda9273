package main_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

// dringend is a melding that does not wait.
const dringend = `{"soort":"klacht","kanaal":"systeem","klantkenmerk":%q,"feiten":{"geweld":"ja"}}`

// staffed is a folder with a store in which somebody is on duty.
func staffed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s := opened(t, dir)
	for id, role := range map[string]domain.Rol{"wacht": domain.Medewerker, "leider": domain.Teamleider} {
		_, err := s.ZetGebruiker(t.Context(), domain.Gebruiker{ID: id, Naam: "Een Naam", EMail: "iemand@example.nl", Rollen: []domain.Rol{role}})
		require.NoError(t, err)
	}
	require.NoError(t, s.ZetDienst(t.Context(), domain.Dienst{
		ID: "d", Gebruiker: "wacht", Van: time.Now().AddDate(0, 0, -1), Tot: time.Now().AddDate(0, 0, 1), //nolint:forbidigo // the service has the clock of the machine
	}))
	require.NoError(t, s.Close())
	return dir
}

// emptyStore is a folder with a store that holds nothing yet.
func emptyStore(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, opened(t, dir).Close())
	return dir
}

func opened(t *testing.T, dir string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, "lmz-triage.db"))
	require.NoError(t, err)
	return s
}

// escalate sends a melding that does not wait, under a reference of its own.
func (d *dienst) escalate(key string) error {
	status, answer, err := d.ask(http.MethodPost, "/v1/meldingen", fmt.Sprintf(dringend, key))
	if err == nil && status != http.StatusCreated {
		err = fmt.Errorf("status %d: %s", status, answer)
	}
	return err
}

func TestMessagesAndAlarmsForPeople(t *testing.T) {
	dir := staffed(t)
	none := command(t, "", "berichten", "wacht", "--data", dir)
	require.Equal(t, 0, none.status, none.err)
	assert.Contains(t, none.out, "geen berichten")
	d := serve(t, dir)
	for n := range 3 {
		require.NoError(t, d.escalate(fmt.Sprint("zaak-", n)))
	}
	var list api.BerichtLijst
	require.Eventually(t, func() bool {
		raw := command(t, "", "berichten", "wacht", "--json", "--data", dir)
		require.Equal(t, 0, raw.status, raw.err)
		require.NoError(t, json.Unmarshal([]byte(raw.out), &list))
		return len(list.Items) == 3 && !slices.ContainsFunc(list.Items, func(b api.Bericht) bool {
			return b.EMail != "geen" // there is no mail server, so in the end nothing waits for one
		})
	}, 20*time.Second, 200*time.Millisecond, "whoever is on duty is told within seconds")
	seen := command(t, "", "berichten", "wacht", "--ongelezen", "--aantal", "2", "--data", dir)
	require.Equal(t, 0, seen.status, seen.err)
	assert.Regexp(t, `Gekomen +Gelezen +E-mail +Bericht`, seen.out)
	assert.Regexp(t, `20\d\d-\d\d-\d\d \d\d:\d\d +- +geen +LMZ-\S+: het advies is escaleren\.`, seen.out)
	assert.Contains(t, seen.out, "Ongelezen: 3.")
	assert.Contains(t, seen.out, "Er zijn er meer")
	alarms := command(t, "", "alarmen", "--open", "--data", dir)
	require.Equal(t, 0, alarms.status, alarms.err)
	assert.Regexp(t, `LMZ-\S+ +escaleren +20\S+ \d\d:\d\d +1 +- +-`, alarms.out)
	assert.Contains(t, alarms.out, "3 alarmen. Nu open: 3.")
	assert.NotContains(t, alarms.out, "De helft", "nobody took one on")
	var figures api.AlarmLijst
	require.NoError(t, json.Unmarshal([]byte(command(t, "", "alarmen", "--json", "--data", dir).out), &figures))
	assert.Equal(t, 3, figures.Cijfers.Aantal)
	wrong := command(t, "", "alarmen", "--van", "2020-01-01", "--tot", "2026-01-01", "--data", dir)
	assert.Equal(t, 1, wrong.status)
	assert.Contains(t, wrong.err, "van: Deze periode is te lang")
	assert.Equal(t, 2, command(t, "", "berichten", "--data", dir).status, "whose?")
	assert.NotContains(t, d.log.String()+seen.out+alarms.out, "Een Naam")
}

// A service is killed again and again while what does not wait comes in: whoever is
// on duty is told of each once.
func TestEveryEscalationIsToldOnceWhateverKillsTheService(t *testing.T) {
	dir := staffed(t)
	var lock sync.Mutex
	kept := map[string]bool{}
	for round := range 6 {
		d := serve(t, dir)
		var callers sync.WaitGroup
		for caller := range 4 {
			callers.Go(func() {
				for n := range 15 {
					key := fmt.Sprintf("r%d-c%d-%d", round, caller, n)
					if d.escalate(key) != nil {
						return
					}
					lock.Lock()
					kept[key] = true
					lock.Unlock()
					time.Sleep(time.Duration(rand.IntN(40)) * time.Millisecond) // so that some are told of meanwhile
				}
			})
		}
		time.Sleep(time.Duration(50+rand.IntN(900)) * time.Millisecond) // the moment of the power cut
		d.kill(t)
		callers.Wait()
	}
	d := serve(t, dir)
	require.Eventually(t, func() bool {
		s := opened(t, dir)
		defer func() { require.NoError(t, s.Close()) }()
		waiting, err := s.TeAlarmeren(t.Context(), time.Now(), 1) //nolint:forbidigo // as above
		require.NoError(t, err)
		return len(waiting) == 0
	}, 30*time.Second, 200*time.Millisecond)
	require.Equal(t, 0, d.stop(t))
	s := opened(t, dir)
	defer func() { require.NoError(t, s.Close()) }()
	page, err := s.Alarmen(t.Context(), domain.AlarmVraag{Aantal: 10_000})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(page.Alarmen), len(kept))
	told, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "wacht", Aantal: 10_000})
	require.NoError(t, err)
	count := map[string]int{}
	for _, b := range told.Berichten {
		count[fmt.Sprint(b.MeldingID, " ", b.Ronde)]++
	}
	for _, a := range page.Alarmen {
		require.GreaterOrEqual(t, a.Rondes, 1)
		for round := range a.Rondes {
			require.Equal(t, 1, count[fmt.Sprint(a.MeldingID, " ", round+1)], "%s round %d", a.Kenmerk, round+1)
		}
	}
	assert.Len(t, told.Berichten, len(page.Alarmen))
	t.Logf("%d alarms", len(page.Alarmen))
}
