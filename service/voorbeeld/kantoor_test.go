package voorbeeld_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// office is the made-up people as they would be kept.
func office(t *testing.T) (domain.Kantoor, []domain.Gebruiker) {
	t.Helper()
	var people []domain.Gebruiker
	for _, o := range voorbeeld.Mensen() {
		g, faults := domain.LeesGebruiker(o)
		require.Empty(t, faults)
		people = append(people, g)
	}
	return domain.NieuwKantoor(people, nil), people
}

func TestTheMadeUpPeopleCanAllBeReached(t *testing.T) {
	k, people := office(t)
	seen := map[string]bool{}
	for _, g := range people {
		assert.False(t, seen[g.ID] || seen[g.EMail])
		seen[g.ID], seen[g.EMail] = true, true
		assert.Regexp(t, `^[a-z.]+@example\.nl$`, g.EMail)
		assert.NotEmpty(t, g.Team)
	}
	who, told := voorbeeld.Afwezig(term.NewDate(2026, time.November, 20))
	_, faults := domain.LeesAfwezigheid(told, who, term.NewDate(2026, time.November, 20), k)
	assert.Empty(t, faults)
	counts := map[string]int{}
	for i := range 600 {
		who := voorbeeld.Behandelaar(i)
		counts[who]++
		if who != "" {
			assert.True(t, seen[who])
		}
	}
	assert.Len(t, counts, 4, "three who handle meldingen, and nobody")
}

// Also in the nights in which the clock changes.
func TestSomebodyIsOnDutyAtEveryMoment(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	_, people := office(t)
	for _, day := range []term.Date{term.NewDate(2026, time.October, 23), term.NewDate(2027, time.March, 26), term.NewDate(2026, time.December, 30)} {
		begin := time.Date(day.Year(), day.Month(), day.Day(), 8, 0, 0, 0, zone)
		var turns []domain.Dienst
		for _, o := range voorbeeld.Rooster(day, 4, zone) {
			d, faults := domain.LeesDienst(o, begin, domain.NieuwKantoor(people, nil))
			require.Empty(t, faults)
			turns = append(turns, d)
		}
		k := domain.NieuwKantoor(people, turns)
		end := time.Date(day.Year(), day.Month(), day.Day()+4, 8, 0, 0, 0, zone)
		for now := begin; now.Before(end); now = now.Add(20 * time.Minute) {
			line := k.Alarmlijn(now, term.DateIn(now, zone))
			require.True(t, k.IemandInDienst(now, term.DateIn(now, zone)), now)
			require.Equal(t, "demo-teamleider", line[1].Gebruiker.ID, now)
		}
		require.False(t, k.IemandInDienst(end, term.DateIn(end, zone)))
	}
}
