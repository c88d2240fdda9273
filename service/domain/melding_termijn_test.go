package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func someone() domain.Actor { return domain.Actor{ID: "a", Rol: domain.Medewerker} }

// answer is a term of the provider that ends on end and is near seven days before.
func answerTerm(end term.Date) domain.MeldingTermijn {
	return domain.MeldingTermijn{
		Soort: "reactie_aanbieder", Grond: domain.GrondKlacht, Start: end.AddDays(-42), Einddatum: end, Aandacht: end.AddDays(-7),
	}
}

// shipped is the calendar of the service.
func shipped(t require.TestingT) *term.Kalender {
	k, err := term.Load()
	require.NoError(t, err)
	return k
}

func only(t domain.MeldingTermijn) []domain.MeldingTermijn { return []domain.MeldingTermijn{t} }

// kinds lists the kinds of what happened.
func kinds(m domain.Melding) []domain.VoorvalSoort {
	out := []domain.VoorvalSoort{}
	for _, v := range m.Geschiedenis {
		out = append(out, v.Soort)
	}
	return out
}

func TestASweepRecordsEachThingOnce(t *testing.T) {
	end := term.NewDate(2026, 11, 20)
	var m domain.Melding
	now := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	require.True(t, m.ZetTermijnen(only(answerTerm(end)), shipped(t), end.AddDays(-42), now, someone()))
	for _, step := range []struct {
		day    term.Date
		passed bool
		status term.Status
		next   term.Date
		events int
	}{
		{end.AddDays(-8), false, term.Lopend, end.AddDays(-7), 1},
		{end.AddDays(-7), false, term.Nadert, end.AddDays(1), 2},
		{end.AddDays(-3), false, term.Nadert, end.AddDays(1), 2},
		{end, false, term.Nadert, end.AddDays(1), 2},
		{end.AddDays(1), true, term.Verstreken, term.Date{}, 3},
		{end.AddDays(90), false, term.Verstreken, term.Date{}, 3},
	} {
		passed, _ := m.Veeg(step.day, now, someone())
		assert.Equal(t, step.passed, len(passed) == 1, step.day)
		_, again := m.Veeg(step.day, now, someone())
		assert.False(t, again, "a second sweep changes nothing")
		assert.Equal(t, step.status, m.TermijnStatus(), step.day)
		assert.Equal(t, step.next, m.Controle(), step.day)
		assert.Len(t, m.Geschiedenis, step.events)
	}
	assert.Equal(t, []domain.VoorvalSoort{domain.VoorvalTermijn, domain.VoorvalNadert, domain.VoorvalVerstreken}, kinds(m))
	assert.Equal(t, "2026-11-20", m.Geschiedenis[2].Gegevens["einddatum"])
}

func TestAWeekOfDowntimeRecordsThatItPassed(t *testing.T) {
	end := term.NewDate(2026, 11, 20)
	var m domain.Melding
	m.ZetTermijnen(only(answerTerm(end)), shipped(t), end.AddDays(-42), time.Time{}, someone())
	passed, changed := m.Veeg(end.AddDays(30), time.Time{}, someone())
	assert.Equal(t, []term.Soort{"reactie_aanbieder"}, passed)
	assert.True(t, changed)
	assert.Equal(t, []domain.VoorvalSoort{domain.VoorvalTermijn, domain.VoorvalVerstreken}, kinds(m))
}

func TestACorrectedTermIsWatchedAgain(t *testing.T) {
	end := term.NewDate(2026, 11, 20)
	var m domain.Melding
	m.ZetTermijnen(only(answerTerm(end)), shipped(t), end.AddDays(-42), time.Time{}, someone())
	m.Veeg(end.AddDays(1), time.Time{}, someone())

	later := answerTerm(end.AddDays(28))
	assert.True(t, m.ZetTermijnen(only(later), shipped(t), end.AddDays(1), time.Time{}, someone()))
	assert.False(t, m.ZetTermijnen(only(later), shipped(t), end.AddDays(1), time.Time{}, someone()), "the same again is no change")
	assert.Equal(t, term.Lopend, m.TermijnStatus())
	assert.Equal(t, end.AddDays(21), m.Controle())
	m.Veeg(end.AddDays(29), time.Time{}, someone())
	assert.Equal(t, []domain.VoorvalSoort{
		domain.VoorvalTermijn, domain.VoorvalVerstreken, domain.VoorvalTermijnAf, domain.VoorvalVerstreken,
	}, kinds(m))

	m.ZetTermijnen(only(answerTerm(end)), shipped(t), end.AddDays(30), time.Time{}, someone())
	passed, _ := m.Veeg(end.AddDays(30), time.Time{}, someone())
	assert.Len(t, passed, 1, "of another end it is recorded anew")
}

func TestATermThatIsMetIsDone(t *testing.T) {
	end := term.NewDate(2026, 11, 20)
	for name, c := range map[string]struct {
		met  term.Date
		want term.Status
	}{
		"in time":          {end, term.Voldaan},
		"a day after that": {end.AddDays(1), term.TeLaatVoldaan},
	} {
		t.Run(name, func(t *testing.T) {
			var m domain.Melding
			a := answerTerm(end)
			a.VoldaanOp = c.met
			m.ZetTermijnen(only(a), shipped(t), end.AddDays(10), time.Time{}, someone())
			assert.Equal(t, c.want, m.Termijnen[0].Status)
			assert.Empty(t, m.TermijnStatus(), "none is open")
			assert.True(t, m.Controle().IsZero())
			_, changed := m.Veeg(end.AddDays(99), time.Time{}, someone())
			assert.False(t, changed)
		})
	}
}

func TestATermThatLapsesIsGone(t *testing.T) {
	end := term.NewDate(2026, 11, 20)
	var m domain.Melding
	m.ZetTermijnen(only(answerTerm(end)), shipped(t), end, time.Time{}, someone())
	assert.True(t, m.ZetTermijnen(nil, shipped(t), end, time.Time{}, someone()))
	assert.False(t, m.ZetTermijnen(nil, shipped(t), end, time.Time{}, someone()))
	assert.Empty(t, m.Termijnen)
	assert.Equal(t, []domain.VoorvalSoort{domain.VoorvalTermijn, domain.VoorvalVervallen}, kinds(m))
}

func TestTheControlDayIsNeverMissed(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var m domain.Melding
		day := term.NewDate(2026, 1, 1)
		var terms []domain.MeldingTermijn
		for i := range rapid.IntRange(1, 3).Draw(r, "terms") {
			a := answerTerm(day.AddDays(rapid.IntRange(0, 60).Draw(r, "end")))
			a.Soort = []term.Soort{"reactie_aanbieder", "terugbellen_lmz", "aanvullen_melding"}[i]
			terms = append(terms, a)
		}
		m.ZetTermijnen(terms, shipped(r), day, time.Time{}, someone())
		for n := range 80 {
			today := day.AddDays(n)
			due := !m.Controle().IsZero() && !m.Controle().After(today)
			_, changed := m.Veeg(today, time.Time{}, someone())
			require.Equal(r, due, changed, "a sweep has something to do exactly on the day of control")
		}
		require.True(r, m.Controle().IsZero())
		for i, v := range m.Geschiedenis {
			require.Equal(r, i+1, v.Nr)
		}
	})
}

func TestTheQueueBeginsWithWhatAsksMost(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	queue := []domain.Melding{
		{ID: "1", OntvangenOp: at, Advies: domain.MeldingAdvies{Advies: domain.Beoordelen}},
		{ID: "2", OntvangenOp: at, Advies: domain.MeldingAdvies{Advies: domain.Escaleren}},
		{ID: "3", OntvangenOp: at, Advies: domain.MeldingAdvies{Advies: domain.Onderzoeken}, Termijnen: []domain.MeldingTermijn{answerTerm(term.NewDate(2026, 11, 1))}},
		{ID: "4", OntvangenOp: at.Add(-time.Hour), Advies: domain.MeldingAdvies{Advies: domain.Onderzoeken}, Termijnen: []domain.MeldingTermijn{answerTerm(term.NewDate(2026, 12, 1))}},
		{ID: "5", OntvangenOp: at.Add(-time.Hour), Advies: domain.MeldingAdvies{Advies: domain.Doorsturen}},
		{ID: "6", OntvangenOp: at, Advies: domain.MeldingAdvies{Advies: domain.Doorsturen}},
		{ID: "7", OntvangenOp: at, Advies: domain.MeldingAdvies{Advies: domain.Registreren}},
		{ID: "8", OntvangenOp: at, Status: domain.StatusAfgesloten, Advies: domain.MeldingAdvies{Advies: domain.Escaleren}},
	}
	for i := 1; i < len(queue); i++ {
		assert.Less(t, queue[i-1].Urgentie(), queue[i].Urgentie(), "%s before %s", queue[i-1].ID, queue[i].ID)
	}
}
