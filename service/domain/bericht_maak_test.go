package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func amsterdam(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	return zone
}

func TestTheOfficeWorksOnWorkingDaysByItsOwnClock(t *testing.T) {
	k, zone := shipped(t), amsterdam(t)
	for moment, want := range map[string]bool{
		"2026-11-20T06:59:59Z": false, // Friday, in winter
		"2026-11-20T07:00:00Z": true,
		"2026-11-20T16:59:59Z": true,
		"2026-11-20T17:00:00Z": false,
		"2026-11-21T10:00:00Z": false, // Saturday
		"2026-03-27T07:00:00Z": true,  // the Friday before the clock goes forward
		"2026-03-27T06:30:00Z": false,
		"2026-03-29T10:00:00Z": false, // the Sunday on which it does
		"2026-03-30T06:00:00Z": true,  // the Monday after
		"2026-03-30T05:59:00Z": false,
		"2026-03-30T16:00:00Z": false,
		"2026-10-23T16:00:00Z": false, // the Friday before it goes back
		"2026-10-26T16:30:00Z": true,  // the Monday after
		"2026-04-27T09:00:00Z": false, // King's Day
		"2026-05-15T09:00:00Z": false, // by decree
		"2026-05-18T21:30:00Z": false,
	} {
		at, err := time.Parse(time.RFC3339, moment)
		require.NoError(t, err)
		assert.Equal(t, want, domain.Kantooruren(k, at, zone), moment)
	}
}

// reminded is a melding of which a reminder is given on a day.
func reminded(t *testing.T, day term.Date) (domain.Melding, domain.Herinnering) {
	t.Helper()
	m := domain.Melding{ID: "m1", Kenmerk: "LMZ-7J34-78N7"}
	end := term.NewDate(2026, 11, 20)
	m.ZetTermijnen(only(answerTerm(end)), shipped(t), end.AddDays(-42), time.Time{}, someone())
	given := m.Herinner(shipped(t), day, time.Time{}, someone())
	require.Len(t, given, 1)
	return m, given[0]
}

func TestAMessageHoldsCodesAndDatesOnly(t *testing.T) {
	now, day := time.Date(2026, time.November, 13, 9, 0, 0, 0, time.UTC), term.NewDate(2026, 11, 13)
	m, h := reminded(t, day)
	to := domain.Geadresseerde{Gebruiker: domain.Gebruiker{ID: "piet", Naam: "Piet Paulusma", EMail: "p@example.nl"}, Namens: "truus"}
	b := m.HerinneringBericht(h, day, now, to)
	assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, b.ID)
	b.ID = ""
	assert.Equal(t, domain.Bericht{
		Soort: domain.BerichtHerinnering, Gebruiker: "piet", Namens: "truus", MeldingID: "m1", Kenmerk: "LMZ-7J34-78N7",
		Termijn: term.ReactieAanbieder, Grond: domain.GrondKlacht, Einddatum: term.NewDate(2026, 11, 20), Dagen: -7,
		Op: now, Post: domain.Post{Stand: domain.PostWacht, Volgende: now},
	}, b)
	to.Gebruiker.EMail = ""
	assert.Equal(t, domain.Post{Stand: domain.PostGeen}, m.HerinneringBericht(h, day, now, to).Post)
	event := m.HerinneringBericht(h, day, now, domain.Geadresseerde{})
	assert.Empty(t, event.Gebruiker)
	assert.Equal(t, domain.PostWacht, event.Post.Stand, "an event waits for no address")

	a := domain.Alarm{Advies: domain.Escaleren, Sinds: now.Add(-time.Hour), Rondes: 3}
	b = m.AlarmBericht(a, now, to)
	b.ID = ""
	assert.Equal(t, domain.Bericht{
		Soort: domain.BerichtAlarm, Gebruiker: "piet", Namens: "truus", MeldingID: "m1", Kenmerk: "LMZ-7J34-78N7",
		Advies: domain.Escaleren, Ronde: 3, Op: now, Post: domain.Post{Stand: domain.PostGeen},
	}, b)
}

func TestTheIDOfAMessageFollowsFromItsOccasionAndReceiver(t *testing.T) {
	now, day := time.Date(2026, time.November, 13, 9, 0, 0, 0, time.UTC), term.NewDate(2026, 11, 13)
	m, h := reminded(t, day)
	piet, truus := domain.Geadresseerde{Gebruiker: domain.Gebruiker{ID: "piet"}}, domain.Geadresseerde{Gebruiker: domain.Gebruiker{ID: "truus"}}
	a := domain.Alarm{Advies: domain.Escaleren, Sinds: now, Rondes: 1}
	base, alarm := m.HerinneringBericht(h, day, now, piet).ID, m.AlarmBericht(a, now, piet).ID
	other, moved, later := m, h, h
	other.ID = "m2"
	moved.Termijn.Einddatum = day.AddDays(9)
	later.Dagen = 0
	round, again := a, a
	round.Rondes, again.Sinds = 2, now.Add(time.Minute)
	ids := []string{
		base, alarm, m.HerinneringBericht(h, day, now, truus).ID, m.HerinneringBericht(h, day, now, domain.Geadresseerde{}).ID,
		other.HerinneringBericht(h, day, now, piet).ID, m.HerinneringBericht(moved, day, now, piet).ID,
		m.HerinneringBericht(later, day, now, piet).ID, m.HerinneringBericht(h, day.AddDays(1), now, piet).ID,
		m.AlarmBericht(round, now, piet).ID, m.AlarmBericht(again, now, piet).ID, m.AlarmBericht(a, now, truus).ID, other.AlarmBericht(a, now, piet).ID,
	}
	seen := map[string]bool{}
	for i, id := range ids {
		assert.False(t, seen[id], "the id of %d is another's", i)
		seen[id] = true
	}
	raised := a
	raised.Advies = domain.Beoordelen
	named := piet
	named.Namens, named.Gebruiker.EMail = "truus", "x@example.nl"
	assert.Equal(t, base, m.HerinneringBericht(h, day, now.Add(time.Hour), named).ID, "nor by the moment, or for whom he stands in")
	assert.Equal(t, alarm, m.AlarmBericht(raised, now.Add(time.Minute), named).ID)
}

func TestAlarmsOfOneMillisecondAreToldApartAndTheFirstKeepsItsID(t *testing.T) {
	now := time.Date(2026, time.November, 13, 9, 0, 0, 0, time.UTC)
	piet := domain.Geadresseerde{Gebruiker: domain.Gebruiker{ID: "piet"}}
	first := domain.Alarm{Advies: domain.Beoordelen, Sinds: now, Rondes: 1}
	m := domain.Melding{ID: "m1"}
	seen := map[string]bool{}
	for n := range 3 {
		a := first
		a.Sinds = now.Add(time.Duration(n) * time.Microsecond)
		m.Alarmen = append(m.Alarmen, a)
		id := m.AlarmBericht(a, now, piet).ID
		assert.False(t, seen[id], "alarm %d", n)
		assert.Equal(t, id, m.AlarmBericht(a, now.Add(time.Hour), piet).ID)
		seen[id] = true
	}
	assert.True(t, seen["60463a9b-a221-875f-931c-96581d59a24a"], "what was told before is not told again")
}
