package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
)

// staff gives an office a team leader, and somebody who is on duty all the time.
func staff(t *testing.T, h *apptest.House) {
	t.Helper()
	for id, role := range map[string]domain.Rol{"leider": domain.Teamleider, "wacht": domain.Medewerker} {
		_, err := h.Store.ZetGebruiker(t.Context(), domain.Gebruiker{ID: id, Naam: id, EMail: id + "@example.nl", Rollen: []domain.Rol{role}})
		require.NoError(t, err)
	}
	require.NoError(t, h.Store.ZetDienst(t.Context(), domain.Dienst{
		ID: "d", Gebruiker: "wacht", Van: apptest.Begin().AddDate(-1, 0, 0), Tot: apptest.Begin().AddDate(1, 0, 0),
	}))
}

// messages are those to a user, newest first.
func messages(t *testing.T, h *apptest.House, gebruiker string) []domain.Bericht {
	t.Helper()
	page, err := h.Store.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: gebruiker, Aantal: 100})
	require.NoError(t, err)
	return page.Berichten
}

// escalate receives a melding that does not wait.
func escalate(t *testing.T, h *apptest.House) domain.Melding {
	t.Helper()
	kind, yes := "klacht", "ja"
	out, err := h.App.Ontvang(t.Context(), domain.Actor{ID: "a"}, domain.Opgave{
		Kanaal: "telefoon", Melding: domain.AanvraagMelding{Soort: &kind, Feiten: domain.AanvraagFeiten{Geweld: &yes}},
	}, app.Eenmalig{})
	require.NoError(t, err)
	return out.Melding
}

// until lets time pass, step by step, until something holds.
func (s started) until(t *testing.T, what string, step time.Duration, holds func() bool) {
	t.Helper()
	require.Eventually(t, func() bool {
		if holds() {
			return true
		}
		s.pass(step)
		return false
	}, 20*time.Second, 50*time.Millisecond, what)
}

func TestRemindersWaitForOfficeHours(t *testing.T) {
	s := start(t)
	staff(t, s.house)
	s.sweep(t)
	m := due(t, s.house) // a term of which a reminder falls on Monday 23 November
	early := time.Date(2026, time.November, 23, 6, 0, 0, 0, time.UTC)
	s.house.Clock.Set(early)
	for range 3 { // runs at 7:15, 7:30 and 7:45 in Amsterdam
		next(t, s, s.tally.swept)
	}
	require.True(t, s.house.Clock.Now().Before(early.Add(time.Hour)), "the office is closed still")
	assert.Empty(t, messages(t, s.house, "leider"))
	s.until(t, "it is given", schedule.RemindPace, func() bool { return len(messages(t, s.house, "leider")) > 0 })
	given := messages(t, s.house, "leider")
	require.Len(t, given, 1)
	assert.Equal(t, m.ID, given[0].MeldingID)
	assert.Equal(t, -7, given[0].Dagen)
	assert.False(t, given[0].Op.Before(early.Add(time.Hour)))
	for range 3 {
		next(t, s, s.tally.swept)
	}
	assert.Len(t, messages(t, s.house, "leider"), 1, "once")
}

// The clock goes back in the night of the alarm: rounds keep their quarters.
func TestAnAlarmIsGivenAtOnceAndEveryQuarterOfAnHourInAnyNight(t *testing.T) {
	s := start(t)
	staff(t, s.house)
	s.sweep(t)
	begin := time.Date(2026, time.October, 25, 0, 50, 0, 0, time.UTC) // 2:50, and soon 2:50 again
	s.house.Clock.Set(begin)
	m := escalate(t, s.house)
	s.until(t, "somebody is told", schedule.AlarmPace, func() bool { return len(messages(t, s.house, "wacht")) > 0 })
	first := messages(t, s.house, "wacht")[0]
	assert.Equal(t, domain.BerichtAlarm, first.Soort)
	assert.Equal(t, 1, first.Ronde)
	for round := 2; round <= 4; round++ {
		s.until(t, "he is told again", 15*time.Minute, func() bool { return len(messages(t, s.house, "wacht")) >= round })
	}
	all := messages(t, s.house, "wacht")
	for i, b := range all { // newest first
		quarter := int(b.Op.Sub(begin) / domain.AlarmRonde)
		if i > 0 {
			assert.Less(t, quarter, int(all[i-1].Op.Sub(begin)/domain.AlarmRonde), "one in a quarter")
		}
	}
	assert.NotEmpty(t, messages(t, s.house, "leider"), "the next in line")
	_, err := s.house.App.NeemAan(t.Context(), domain.Actor{ID: "wacht", Rol: domain.Medewerker}, m.ID, app.Voorwaarde{Elke: true}, app.Eenmalig{})
	require.NoError(t, err)
	for range 3 {
		next(t, s, s.tally.swept)
	}
	assert.Len(t, messages(t, s.house, "wacht"), len(all), "who took it on is left alone")
}

// requireToldOnce requires that one reminder of m was given.
func requireToldOnce(t *testing.T, h *apptest.House, m domain.Melding) {
	t.Helper()
	assert.Equal(t, 1, happened(t, h, m, domain.VoorvalHerinnering))
	assert.Len(t, messages(t, h, "leider"), 1)
	assert.Equal(t, m.ID, messages(t, h, "leider")[0].MeldingID)
}

func TestAReminderOfALeaderThatHungIsRefusedAndGivenOnceByTheNext(t *testing.T) {
	h := house(t)
	staff(t, h)
	m := due(t, h)
	gate := make(chan struct{})
	one := run(t, h, "a", func(p *path) { p.hang.Store(&gate) })
	for range 2 { // its sweep and its reminders stand before their first write
		<-one.path.hangs
	}
	one.path.cut.Store(true)
	run(t, h, "b")
	eventually(t, "the other gives it", func() bool { return len(messages(t, h, "leider")) > 0 })
	close(gate)
	eventually(t, "the late writes are refused", func() bool {
		return strings.Count(one.log.String(), "job left to the leader") >= 2
	})
	requireToldOnce(t, h, m)
	assert.NotContains(t, one.log.String(), "job failed")
}

func TestARoundOfALeaderThatHungIsRefusedAndGivenOnceByTheNext(t *testing.T) {
	h := house(t)
	staff(t, h)
	m := escalate(t, h)
	gate := make(chan struct{})
	one := run(t, h, "a", func(p *path) { p.hang.Store(&gate) })
	<-one.path.hangs
	one.path.cut.Store(true)
	two := run(t, h, "b")
	eventually(t, "the other gives it", func() bool { return len(messages(t, h, "wacht")) > 0 })
	close(gate)
	eventually(t, "the late write is refused", func() bool { return strings.Contains(one.log.String(), "job left to the leader") })
	assert.Equal(t, 1, happened(t, h, m, domain.VoorvalAlarmRonde))
	assert.Len(t, messages(t, h, "wacht"), 1)
	require.NoError(t, two.stop())
	one.path.cut.Store(false)
	h.Clock.Set(h.Clock.Now().Add(domain.AlarmRonde))
	eventually(t, "who leads again goes on", func() bool { return len(messages(t, h, "wacht")) == 2 })
	assert.Equal(t, 2, happened(t, h, m, domain.VoorvalAlarmRonde))
}
