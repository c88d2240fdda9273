package domain_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestStepsOfALadderFallOnWorkingDays(t *testing.T) {
	k := shipped(t)
	days := []string{}
	for _, h := range k.Herinneringen("kennisverzameling", term.NewDate(2027, 3, 28)) { // Easter Sunday
		days = append(days, h.Dag.String())
	}
	assert.Equal(t, []string{"2027-03-12", "2027-03-19", "2027-03-25", "2027-03-30", "2027-04-05"}, days,
		"up to the end on the last working day before, after it on the first that follows")
}

func TestEveryStepOfATermIsGivenOnceOnItsDay(t *testing.T) {
	var m domain.Melding
	end := term.NewDate(2026, 11, 20)
	m.ZetTermijnen(only(answerTerm(end)), shipped(t), end.AddDays(-42), time.Time{}, someone())
	assert.Equal(t, "2026-11-06", m.Herinnering().String())
	got := map[string]int{}
	for n := range 80 {
		for _, h := range m.Herinner(shipped(t), end.AddDays(n-42), time.Time{}, someone()) {
			got[end.AddDays(n-42).String()] = h.Dagen
		}
		assert.Empty(t, m.Herinner(shipped(t), end.AddDays(n-42), time.Time{}, someone()), "asked again it gives nothing")
	}
	assert.Equal(t, map[string]int{"2026-11-06": -14, "2026-11-13": -7, "2026-11-20": 0, "2026-11-23": 1, "2026-11-27": 7}, got)
	assert.True(t, m.Herinnering().IsZero())
}

func TestAfterAWeekOfDowntimeOneReminderMakesUpForAll(t *testing.T) {
	var m domain.Melding
	end := term.NewDate(2026, 11, 20)
	m.ZetTermijnen(only(answerTerm(end)), shipped(t), end.AddDays(-42), time.Time{}, someone())
	late := m.Herinner(shipped(t), end.AddDays(8), time.Time{}, someone())
	require.Len(t, late, 1)
	assert.Equal(t, 7, late[0].Dagen)
	assert.Equal(t, []term.Ontvanger{term.AanBehandelaar, term.AanTeamleider}, late[0].Aan)
	assert.Equal(t, "7", m.Geschiedenis[len(m.Geschiedenis)-1].Gegevens["dagen"])
}

func TestWhatLiesBehindARecordingIsNotRemindedOf(t *testing.T) {
	end := term.NewDate(2026, 11, 20)
	for name, c := range map[string]struct {
		recorded, next string
	}{
		"recorded as it starts":          {"2026-10-09", "2026-11-06"},
		"recorded a week before the end": {"2026-11-13", "2026-11-13"},
		"recorded when it had passed":    {"2026-11-24", "2026-11-27"},
		"recorded long after":            {"2027-03-01", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var m domain.Melding
			day, err := term.ParseDate(c.recorded)
			require.NoError(t, err)
			m.ZetTermijnen(only(answerTerm(end)), shipped(t), day, time.Time{}, someone())
			next := ""
			if d := m.Herinnering(); !d.IsZero() {
				next = d.String()
			}
			assert.Equal(t, c.next, next)
		})
	}
}

func TestRemindersFollowTheEnd(t *testing.T) {
	var m domain.Melding
	end := term.NewDate(2026, 11, 20)
	m.ZetTermijnen(only(answerTerm(end)), shipped(t), end.AddDays(-42), time.Time{}, someone())
	require.Len(t, m.Herinner(shipped(t), end.AddDays(-7), time.Time{}, someone()), 1)

	later := answerTerm(end)
	later.VerlengdOp, later.Einddatum, later.Aandacht = end.AddDays(-6), end.AddDays(28), end.AddDays(21)
	m.ZetTermijnen(only(later), shipped(t), end.AddDays(-6), time.Time{}, someone())
	assert.Equal(t, "2026-12-04", m.Herinnering().String(), "fourteen days before the later end")

	later.VoldaanOp = end
	m.ZetTermijnen(only(later), shipped(t), end, time.Time{}, someone())
	assert.True(t, m.Herinnering().IsZero(), "a term that was met asks for nothing")
	assert.Empty(t, m.Herinner(shipped(t), end.AddDays(60), time.Time{}, someone()))

	later.VoldaanOp = term.Date{}
	m.ZetTermijnen(only(later), shipped(t), end.AddDays(22), time.Time{}, someone())
	assert.Equal(t, "2026-12-18", m.Herinnering().String(), "what fell while it was met is not made up for")
}

// TestRemindersAgreeWithAPlainCount holds the reminders of random terms, that move
// and on days that are missed, against the ladder itself.
func TestRemindersAgreeWithAPlainCount(t *testing.T) {
	k := shipped(t)
	rapid.Check(t, func(r *rapid.T) {
		var m domain.Melding
		today := term.NewDate(2026, 3, 1).AddDays(rapid.IntRange(0, 60).Draw(r, "begin"))
		done := today.AddDays(-1) // what lies up to here is over
		now := answerTerm(today.AddDays(rapid.IntRange(1, 50).Draw(r, "einde")))
		if now.Start.After(done) {
			done = now.Start
		}
		m.ZetTermijnen(only(now), k, today, time.Time{}, someone())
		for range rapid.IntRange(1, 40).Draw(r, "dagen") {
			today = today.AddDays(rapid.IntRange(1, 9).Draw(r, "stap"))
			if rapid.Bool().Draw(r, "verzet") {
				now.Einddatum = now.Einddatum.AddDays(rapid.IntRange(-10, 28).Draw(r, "met"))
				m.ZetTermijnen(only(now), k, today, time.Time{}, someone())
			}
			missed := []int{}
			for _, h := range k.Herinneringen(now.Soort, now.Einddatum) {
				if h.Dag.After(done) && !h.Dag.After(today) {
					missed = append(missed, h.Dagen)
				}
			}
			got := m.Herinner(k, today, time.Time{}, someone())
			if len(missed) == 0 {
				require.Empty(r, got)
				continue
			}
			require.Len(r, got, 1)
			require.Equal(r, slices.Max(missed), got[0].Dagen)
			done = today
		}
	})
}
