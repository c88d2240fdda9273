package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func (p *postkamer) cijfers(t *testing.T) app.Cijfers {
	t.Helper()
	c, err := p.App.Cijfers(t.Context())
	require.NoError(t, err)
	return c
}

func TestFiguresTellHowManyAlarmsNobodyTookOn(t *testing.T) {
	p := openPost(t)
	assert.Zero(t, p.cijfers(t).Alarmen)
	m := p.alarmen(t, 3)[0]
	assert.Equal(t, 3, p.cijfers(t).Alarmen)
	p.later(29 * time.Minute)
	assert.Zero(t, p.cijfers(t).AlarmenLang)
	p.later(time.Minute + time.Millisecond)
	assert.Equal(t, 3, p.cijfers(t).AlarmenLang)
	_, err := p.App.NeemAan(t.Context(), domain.Actor{ID: "dienst", Rol: domain.Medewerker}, m.ID, anyVersion(), app.Eenmalig{})
	require.NoError(t, err)
	got := p.cijfers(t)
	assert.Equal(t, 2, got.Alarmen)
	assert.Equal(t, 2, got.AlarmenLang)
}

func TestFiguresTellWhatWasNotRemindedOf(t *testing.T) {
	p := openPost(t)
	receive(t, p.House, told(complained("2026-10-17"))) // its next reminder is on Monday the twenty-third
	at := func(moment string) int {
		now, err := time.Parse(time.RFC3339, moment)
		require.NoError(t, err)
		p.Clock.Set(now)
		return p.cijfers(t).Achterstallig
	}
	assert.Zero(t, at("2026-11-23T09:00:00+01:00"), "there is time for it all day")
	assert.Zero(t, at("2026-11-24T08:59:59+01:00"))
	assert.Equal(t, 1, at("2026-11-24T09:00:00+01:00"))
	require.NoError(t, p.App.Herinner(t.Context(), nil))
	assert.Zero(t, at("2026-11-24T09:00:01+01:00"))
}

func TestFiguresTellWhatShouldHaveBeenSent(t *testing.T) {
	p := openPost(t)
	late := func() map[domain.BerichtSoort]int { return p.cijfers(t).TeLaat[domain.KanaalMail] }
	none := map[domain.BerichtSoort]int{domain.BerichtAlarm: 0, domain.BerichtHerinnering: 0}
	p.alarmen(t, 2)
	p.later(app.PostTraag - time.Millisecond)
	assert.Equal(t, none, late())
	p.later(time.Millisecond)
	assert.Equal(t, map[domain.BerichtSoort]int{domain.BerichtAlarm: 2, domain.BerichtHerinnering: 0}, late())
	p.server.Stop()
	p.stuur(t, domain.BerichtAlarm)
	assert.Equal(t, none, late(), "what failed is to be tried later, and counted as failed")
	assert.Equal(t, 2, p.cijfers(t).Post[domain.PostWacht])

	p.herinnering(t) // on Monday at half past ten
	p.later(app.PostTraag)
	assert.Equal(t, 1, late()[domain.BerichtHerinnering])
	p.Clock.Set(time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC))
	assert.Zero(t, late()[domain.BerichtHerinnering], "in the evening it may wait")
	p.Clock.Set(time.Date(2026, 11, 24, 7, 5, 0, 0, time.UTC))
	assert.Zero(t, late()[domain.BerichtHerinnering], "and a moment in the morning")
	p.Clock.Set(time.Date(2026, 11, 24, 7, 10, 0, 0, time.UTC))
	assert.Equal(t, 1, late()[domain.BerichtHerinnering])
}

func TestFiguresTellHowOpenTermsStand(t *testing.T) {
	h, _ := shipped(t)
	receive(t, h, told(complained("2026-10-17"))) // ends on 30 November
	receive(t, h, told(complained("2026-11-10")))
	for days, want := range map[int]map[term.Status]int{
		0:   {term.Lopend: 2},
		3:   {term.Nadert: 1, term.Lopend: 1},
		11:  {term.Verstreken: 1, term.Lopend: 1},
		100: {term.Verstreken: 2},
	} {
		h.Clock.Set(apptest.Begin().AddDate(0, 0, days))
		got, err := h.App.TermijnStanden(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, got, "after %d days", days)
	}
}

func TestFiguresFailWithTheStore(t *testing.T) {
	p := openPost(t)
	require.NoError(t, p.Store.Close())
	_, err := p.App.Cijfers(t.Context())
	assert.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
	_, err = p.App.TermijnStanden(t.Context())
	assert.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
}
