package app_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// onDuty keeps a turn on duty around the clock.
func onDuty(t *testing.T, h *apptest.House, user string, order int) {
	t.Helper()
	require.NoError(t, h.Store.ZetDienst(t.Context(), domain.Dienst{
		ID: user, Gebruiker: user, Van: apptest.Begin().AddDate(0, 0, -1), Tot: apptest.Begin().AddDate(0, 0, 9), Volgorde: order,
	}))
}

// duty is an office with two on duty, the first without an e-mail address, a team
// leader and an administrator.
func duty(t *testing.T) (*apptest.House, *apptest.Meter) {
	t.Helper()
	h, meter := shipped(t)
	user(t, h, "eerste", domain.Medewerker, func(g *domain.Gebruiker) { g.EMail = "" })
	user(t, h, "tweede", domain.Inspecteur)
	user(t, h, "leider", domain.Teamleider)
	user(t, h, "beheer", domain.Beheer)
	onDuty(t, h, "eerste", 1)
	onDuty(t, h, "tweede", 2)
	return h, meter
}

// toldEach is how many messages each of the office has.
func toldEach(t *testing.T, h *apptest.House) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, id := range []string{"eerste", "tweede", "leider", "beheer"} {
		if n := len(inbox(t, h, id)); n > 0 {
			out[id] = n
		}
	}
	return out
}

func TestAnAlarmGoesOnInLineUntilSomebodyTakesItOn(t *testing.T) {
	h, meter := duty(t)
	begin := time.Date(2026, time.November, 21, 1, 30, 0, 0, time.UTC) // a night in a weekend
	h.Clock.Set(begin)
	m := receive(t, h, told(violence)).Melding
	for _, round := range []struct {
		after time.Duration
		want  map[string]int
	}{
		{0, map[string]int{"eerste": 1, "tweede": 1}}, // the first cannot be mailed, so he does not count
		{5 * time.Second, map[string]int{"eerste": 1, "tweede": 1}},
		{15 * time.Minute, map[string]int{"eerste": 2, "tweede": 2}},
		{31 * time.Minute, map[string]int{"eerste": 3, "tweede": 3, "leider": 1}},
		{3 * time.Hour, map[string]int{"eerste": 4, "tweede": 4, "leider": 2, "beheer": 1}}, // it was away
	} {
		h.Clock.Set(begin.Add(round.after))
		require.NoError(t, h.App.Alarmeer(t.Context(), nil))
		assert.Equal(t, round.want, toldEach(t, h), round.after)
	}
	assert.Equal(t, apptest.Told{Alarms: 1, Rounds: 4}, meter.Told())
	_, err := h.App.NeemAan(t.Context(), domain.Actor{ID: "tweede", Rol: domain.Inspecteur}, m.ID, app.Voorwaarde{Elke: true}, app.Eenmalig{})
	require.NoError(t, err)
	h.Clock.Set(begin.AddDate(0, 0, 1))
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	assert.Equal(t, map[string]int{"eerste": 4, "tweede": 4, "leider": 2, "beheer": 1}, toldEach(t, h))
	kept, err := h.App.LeesMelding(t.Context(), actor(), m.ID)
	require.NoError(t, err)
	assert.Equal(t, "tweede", kept.Melding.Behandelaar)
	assert.Equal(t, m.Versie+1, kept.Melding.Versie, "the rounds count for nobody's edit")
	assert.Equal(t, []domain.VoorvalSoort{
		domain.VoorvalOntvangen, domain.VoorvalAdvies, domain.VoorvalAlarm, domain.VoorvalAlarmRonde, domain.VoorvalAlarmRonde,
		domain.VoorvalAlarmRonde, domain.VoorvalAlarmRonde, domain.VoorvalAangenomen, domain.VoorvalToegewezen,
	}, events(kept.Melding))
}

func TestACorrectionEndsAnAlarmAndSoDoesNothingElse(t *testing.T) {
	h, _ := duty(t)
	m := receive(t, h, told(violence)).Melding
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	require.NoError(t, correct(t.Context(), h.App, m.ID, func(o *domain.Opgave) { o.Melding.Feiten.Geweld = ptr("nee") }))
	h.Clock.Set(h.Clock.Now().Add(time.Hour))
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	assert.Len(t, inbox(t, h, "eerste"), 1)
	require.NoError(t, correct(t.Context(), h.App, m.ID, violence))
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	assert.Len(t, inbox(t, h, "eerste"), 2, "what was corrected back is another alarm")
}

func TestAPolicyThatFailsAlarmsToo(t *testing.T) {
	h, _ := small(t, "onbekend advies")
	user(t, h, "leider", domain.Teamleider)
	m := receive(t, h, told(violence)).Melding
	require.Equal(t, domain.Beoordelen, m.Advies.Advies)
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	got := inbox(t, h, "leider")
	require.Len(t, got, 1)
	assert.Equal(t, domain.Beoordelen, got[0].Advies)
}

func TestWithNobodyToTellARoundIsRecordedAndCounted(t *testing.T) {
	h, meter := shipped(t)
	m := receive(t, h, told(violence)).Melding
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	assert.Equal(t, apptest.Told{Alarms: 1, Rounds: 1, RoundsUnheard: 1}, meter.Told())
	user(t, h, "leider", domain.Teamleider)
	h.Clock.Set(h.Clock.Now().Add(domain.AlarmRonde))
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	got := inbox(t, h, "leider")
	require.Len(t, got, 1, "the next round finds somebody")
	assert.Equal(t, 2, got[0].Ronde)
	assert.Equal(t, m.Kenmerk, got[0].Kenmerk)
}

func TestOfWhatIsTakenInLongAfterItWasReceivedNobodyIsAlarmed(t *testing.T) {
	for day, alarmed := range map[string]bool{"2026-11-20": true, "2026-11-13": true, "2026-11-12": false, "2024-03-01": false} {
		t.Run(day, func(t *testing.T) {
			h, _ := shipped(t)
			user(t, h, "leider", domain.Teamleider)
			id := uuid.Must(uuid.NewV7()).String()
			_, err := h.App.Neem(t.Context(), actor(), told(violence, received(day)), id)
			require.NoError(t, err)
			require.NoError(t, h.App.Alarmeer(t.Context(), nil))
			kept, err := h.Store.Melding(t.Context(), id)
			require.NoError(t, err)
			assert.Equal(t, domain.Escaleren, kept.Advies.Advies)
			assert.Equal(t, alarmed, len(kept.Alarmen) == 1)
			assert.Equal(t, alarmed, len(inbox(t, h, "leider")) == 1)
			one := receive(t, h, told(violence, received(day))).Melding
			_, open := one.Alarm()
			assert.True(t, open, "one that comes in by itself is news")
		})
	}
}

func TestWhoTakesAnAlarmOnIsToldOnceWhoWasFirst(t *testing.T) {
	h, _ := duty(t)
	m := receive(t, h, told(violence)).Melding
	ask := func(id string, rol domain.Rol, v app.Voorwaarde, key string) (app.MeldingBeeld, error) {
		return h.App.NeemAan(t.Context(), domain.Actor{ID: id, Rol: rol}, m.ID, v, once(key, ""))
	}
	seen, stale := app.Voorwaarde{Versies: []int{1}}, app.Voorwaarde{Versies: []int{7}}
	_, err := ask("systeem-1", domain.Systeem, seen, "")
	assert.True(t, domain.IsCode(err, domain.Forbidden), "%v", err)
	_, err = ask("tweede", domain.Inspecteur, stale, "")
	assert.True(t, domain.IsCode(err, domain.Stale), "%v", err)
	h.Clock.Set(apptest.Begin().Add(20 * time.Minute))
	first, err := ask("tweede", domain.Inspecteur, seen, "k")
	require.NoError(t, err)
	h.Clock.Set(apptest.Begin().Add(30 * time.Minute))
	for _, key := range []string{"k", "l", ""} { // it changed the version that he saw
		again, err := ask("tweede", domain.Inspecteur, seen, key)
		require.NoError(t, err)
		assert.Equal(t, first.Melding, again.Melding)
	}
	_, err = ask("leider", domain.Teamleider, seen, "m")
	require.True(t, domain.IsCode(err, domain.Conflict), "%v", err)
	texts, err2 := domain.LoadTexts()
	require.NoError(t, err2)
	refused := domain.AsError(err)
	assert.Equal(t, "Dit alarm is al aangenomen door tweede, op vrijdag 20 november 2026 10:50.", texts.Sentence(refused.Key, refused.Args...))
	_, err = h.App.NeemAan(t.Context(), domain.Actor{ID: "leider", Rol: domain.Teamleider}, receive(t, h, told()).Melding.ID, seen, once("", ""))
	assert.Equal(t, "fout.geen_alarm", domain.AsError(err).Key)
	_, err = h.App.NeemAan(t.Context(), domain.Actor{ID: "leider", Rol: domain.Teamleider}, "LMZ-0000-0000", seen, once("", ""))
	assert.True(t, domain.IsCode(err, domain.NotFound), "%v", err)
}

func TestTakingOnAssignsWhatNobodyHandlesToAUserWhoIsThere(t *testing.T) {
	h, _ := duty(t)
	user(t, h, "vertrokken", domain.Medewerker, func(g *domain.Gebruiker) { g.Inactief = true })
	for who, want := range map[string]string{"tweede": "tweede", "vreemd": "", "vertrokken": ""} {
		m := receive(t, h, told(violence)).Melding
		out, err := h.App.NeemAan(t.Context(), domain.Actor{ID: who, Rol: domain.Medewerker}, m.Kenmerk, app.Voorwaarde{Elke: true}, app.Eenmalig{})
		require.NoError(t, err)
		assert.Equal(t, want, out.Melding.Behandelaar)
		assert.Equal(t, who, out.Melding.Alarmen[0].Door)
	}
	m := handledBy(t, h, "eerste")
	require.NoError(t, correct(t.Context(), h.App, m.ID, violence))
	out, err := h.App.NeemAan(t.Context(), domain.Actor{ID: "tweede", Rol: domain.Inspecteur}, m.ID, app.Voorwaarde{Elke: true}, app.Eenmalig{})
	require.NoError(t, err)
	assert.Equal(t, "eerste", out.Melding.Behandelaar, "who handles it goes on")
}

func TestOfManyWhoTakeAnAlarmOnAtOnceOneIsFirst(t *testing.T) {
	h, _ := duty(t)
	m := receive(t, h, told(violence)).Melding
	errs := make(chan error, 20)
	for n := range cap(errs) {
		go func() {
			who := domain.Actor{ID: string(rune('a' + n)), Rol: domain.Medewerker}
			_, err := h.App.NeemAan(t.Context(), who, m.ID, app.Voorwaarde{Elke: true}, app.Eenmalig{})
			errs <- err
		}()
	}
	won := 0
	for range cap(errs) {
		if err := <-errs; err == nil {
			won++
		} else {
			assert.Equal(t, "fout.alarm_aangenomen", domain.AsError(err).Key)
		}
	}
	assert.Equal(t, 1, won)
}

func TestTheFiguresOfAlarmsAreThoseOfAPeriod(t *testing.T) {
	h, _ := duty(t)
	takes := []time.Duration{2 * time.Minute, 4 * time.Minute, 9 * time.Minute, 50 * time.Minute}
	who := domain.Actor{ID: "tweede", Rol: domain.Inspecteur}
	for _, wait := range takes {
		h.Clock.Set(h.Clock.Now().Add(24 * time.Hour))
		m := receive(t, h, told(violence)).Melding
		h.Clock.Set(h.Clock.Now().Add(wait))
		_, err := h.App.NeemAan(t.Context(), who, m.ID, app.Voorwaarde{Elke: true}, app.Eenmalig{})
		require.NoError(t, err)
	}
	corrected := receive(t, h, told(violence)).Melding
	require.NoError(t, correct(t.Context(), h.App, corrected.ID, func(o *domain.Opgave) { o.Melding.Feiten.Geweld = ptr("nee") }))
	open := receive(t, h, told(violence)).Melding
	h.Clock.Set(h.Clock.Now().Add(31 * time.Minute))

	all, err := h.App.LijstAlarmen(t.Context(), who, domain.AlarmFilter{Aantal: 2})
	require.NoError(t, err)
	assert.Equal(t, domain.AlarmCijfers{Aantal: 6, Open: 1, Aangenomen: 4, Nooit: 1, TeLaat: 2, Mediaan: 4, P90: 50}, all.Cijfers)
	assert.Equal(t, term.NewDate(2026, 11, 24), all.Tot)
	assert.Equal(t, term.NewDate(2025, 11, 25), all.Van)
	require.Len(t, all.Regels, 2)
	assert.Equal(t, open.ID, all.Regels[0].MeldingID)
	rest, err := h.App.LijstAlarmen(t.Context(), who, domain.AlarmFilter{Aantal: 200, Na: all.Volgende})
	require.NoError(t, err)
	assert.Len(t, rest.Regels, 4)
	assert.Equal(t, all.Cijfers, rest.Cijfers, "of all pages")

	two, err := h.App.LijstAlarmen(t.Context(), who, domain.AlarmFilter{Aantal: 9, Van: term.NewDate(2026, 11, 21), Tot: term.NewDate(2026, 11, 22)})
	require.NoError(t, err)
	assert.Equal(t, domain.AlarmCijfers{Aantal: 2, Aangenomen: 2, Mediaan: 2, P90: 4}, two.Cijfers)

	h.Clock.Set(h.Clock.Now().AddDate(2, 0, 0))
	some, err := h.App.LijstAlarmen(t.Context(), who, domain.AlarmFilter{Aantal: 9, Open: true})
	require.NoError(t, err)
	require.Len(t, some.Regels, 1, "one that is open is never forgotten")
	assert.Zero(t, some.Cijfers)
	_, err = h.App.LijstAlarmen(t.Context(), domain.Actor{ID: "s", Rol: domain.Systeem}, domain.AlarmFilter{Aantal: 9})
	assert.True(t, domain.IsCode(err, domain.Forbidden), "%v", err)
}

func TestMessagesAreReadByWhomTheyAreTo(t *testing.T) {
	h, _ := duty(t)
	receive(t, h, told(violence))
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	b := inbox(t, h, "tweede")[0]
	_, err := h.App.LeesBericht(t.Context(), domain.Actor{ID: "eerste"}, b.ID)
	assert.True(t, domain.IsCode(err, domain.NotFound), "%v", err)
	for range 2 {
		read, err := h.App.LeesBericht(t.Context(), domain.Actor{ID: "tweede"}, b.ID)
		require.NoError(t, err)
		assert.Equal(t, apptest.Begin(), read.GelezenOp)
		h.Clock.Set(apptest.Begin().Add(time.Hour))
	}
	page, err := h.App.Berichten(t.Context(), domain.Actor{ID: "tweede"}, domain.BerichtVraag{Ongelezen: true, Aantal: 9})
	require.NoError(t, err)
	assert.Empty(t, page)
}
