package domain_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// step is an advice that is given, or (aan) that somebody takes the alarm on.
type step struct {
	advies domain.Advies
	why    domain.Aanleiding
	aan    bool
}

func TestAnAlarmEndsByPeopleOnly(t *testing.T) {
	const (
		e, b, r  = domain.Escaleren, domain.Beoordelen, domain.Registreren
		received = domain.BijOntvangst
		edit     = domain.BijWijziging
		figures  = domain.BijSignalen
	)
	for name, c := range map[string]struct {
		steps []step
		total int
		open  domain.Advies // empty: none is open
	}{
		"an advice that can wait":                  {[]step{{r, received, false}}, 0, ""},
		"an escalation":                            {[]step{{e, received, false}}, 1, e},
		"a policy that failed":                     {[]step{{b, received, false}}, 1, b},
		"taken on":                                 {[]step{{e, received, false}, {aan: true}}, 1, ""},
		"the same advice again after that":         {[]step{{e, received, false}, {aan: true}, {e, edit, false}}, 1, ""},
		"a failure after that":                     {[]step{{e, received, false}, {aan: true}, {b, figures, false}, {e, figures, false}}, 1, ""},
		"more serious than what was taken on":      {[]step{{b, received, false}, {aan: true}, {e, figures, false}}, 2, e},
		"the service lowers the advice":            {[]step{{e, received, false}, {r, figures, false}}, 1, e},
		"somebody corrects the facts":              {[]step{{e, received, false}, {r, edit, false}}, 1, ""},
		"corrected back":                           {[]step{{e, received, false}, {r, edit, false}, {e, edit, false}}, 2, e},
		"corrected, taken on, and corrected back":  {[]step{{e, received, false}, {aan: true}, {r, edit, false}, {e, edit, false}}, 2, e},
		"becomes an escalation before it is taken": {[]step{{b, received, false}, {e, figures, false}}, 2, e},
		"and that again":                           {[]step{{b, received, false}, {e, figures, false}, {e, edit, false}, {b, figures, false}}, 2, e},
		"corrected to an escalation":               {[]step{{b, received, false}, {e, edit, false}}, 2, e},
		"fails after it was an escalation":         {[]step{{e, received, false}, {b, figures, false}}, 1, e},
	} {
		t.Run(name, func(t *testing.T) {
			var m domain.Melding
			now := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
			for _, s := range c.steps {
				now = now.Add(time.Minute)
				if s.aan {
					took, err := m.NeemAan(now, someone(), "")
					require.NoError(t, err)
					require.True(t, took)
					continue
				}
				m.Adviseer(domain.MeldingAdvies{Advies: s.advies, Aanleiding: s.why, Op: now}, someone())
			}
			assert.Len(t, m.Alarmen, c.total)
			a, open := m.Alarm()
			assert.Equal(t, c.open != "", open)
			assert.Equal(t, c.open, a.Advies)
		})
	}
}

func TestNobodyTakesOnWhatIsNotThere(t *testing.T) {
	var m domain.Melding
	_, err := m.NeemAan(time.Time{}, someone(), "")
	assert.True(t, domain.IsCode(err, domain.Conflict))
	assert.Empty(t, m.Geschiedenis)
}

func TestAnAlarmIsTakenOnOnce(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, time.November, 20, 22, minute, 0, 0, time.UTC) }
	piet, truus := domain.Actor{ID: "piet", Rol: domain.Medewerker}, domain.Actor{ID: "truus", Rol: domain.Inspecteur}
	advise := func(m *domain.Melding, a domain.Advies, minute int) {
		m.Adviseer(domain.MeldingAdvies{Advies: a, Aanleiding: domain.BijSignalen, Op: at(minute)}, someone())
	}
	var m domain.Melding
	advise(&m, domain.Beoordelen, 0)
	for n, c := range []struct {
		door    domain.Actor
		verzoek string
		took    bool
		key     string
	}{
		{piet, "een", true, ""},
		{piet, "een", false, ""},
		{piet, "twee", false, ""},
		{piet, "", false, ""},
		{truus, "drie", false, "fout.alarm_aangenomen"},
		{truus, "", false, "fout.alarm_aangenomen"},
	} {
		took, err := m.NeemAan(at(n+1), c.door, c.verzoek)
		require.Equal(t, c.took, took)
		if c.key == "" {
			require.NoError(t, err)
		} else {
			require.Equal(t, &domain.Error{Code: domain.Conflict, Key: c.key, Args: []any{"piet", at(1)}}, err)
		}
	}
	assert.Equal(t, at(1), m.Alarmen[0].AangenomenOp)
	advise(&m, domain.Escaleren, 9) // more than what he took on
	took, err := m.NeemAan(at(10), piet, "een")
	require.NoError(t, err)
	require.False(t, took, "a late retry does not take on what came since")
	_, open := m.Alarm()
	require.True(t, open)
	took, err = m.NeemAan(at(11), truus, "vier")
	require.NoError(t, err)
	require.True(t, took)
	_, err = m.NeemAan(at(12), piet, "vijf")
	require.True(t, domain.IsCode(err, domain.Conflict), "that of before is not this one")
}

func TestASilentAdviceCoversWhatItSays(t *testing.T) {
	const e, b, r = domain.Escaleren, domain.Beoordelen, domain.Registreren
	for name, c := range map[string]struct {
		silent domain.Advies
		later  []domain.Advies
		alarms int
	}{
		"the same again":                     {e, []domain.Advies{e, b, e}, 0},
		"of a failure the escalation":        {b, []domain.Advies{e}, 0},
		"one that could wait":                {r, []domain.Advies{e}, 1},
		"lower, and then higher again":       {e, []domain.Advies{r, e}, 1},
		"higher again, and the same of that": {e, []domain.Advies{r, e, e, b}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var m domain.Melding
			at := time.Date(2026, time.November, 20, 22, 0, 0, 0, time.UTC)
			m.AdviseerStil(domain.MeldingAdvies{Advies: c.silent, Aanleiding: domain.BijOntvangst, Op: at}, someone())
			for i, a := range c.later {
				m.Adviseer(domain.MeldingAdvies{Advies: a, Aanleiding: domain.BijSignalen, Op: at.Add(time.Duration(i+1) * time.Hour)}, someone())
			}
			assert.Len(t, m.Alarmen, c.alarms)
		})
	}
}

func TestRoundsOfAnAlarm(t *testing.T) {
	begin := time.Date(2026, 10, 25, 0, 20, 0, 0, time.UTC) // the night the clock goes back
	var m domain.Melding
	m.Adviseer(domain.MeldingAdvies{Advies: domain.Escaleren, Aanleiding: domain.BijOntvangst, Op: begin}, someone())
	for _, round := range []struct {
		after  time.Duration
		given  bool
		people int
	}{
		{0, true, 1},
		{time.Minute, false, 1},
		{15 * time.Minute, true, 1},
		{29 * time.Minute, false, 1},
		{30 * time.Minute, true, 2},
		{45 * time.Minute, true, 2},
		{3*time.Hour + 5*time.Minute, true, 7}, // the service was away
		{3*time.Hour + 14*time.Minute, false, 7},
		{3*time.Hour + 15*time.Minute, true, 7},
	} {
		a, _ := m.Alarm()
		now := begin.Add(round.after)
		assert.Equal(t, round.people, a.Aantal(now), round.after)
		assert.Equal(t, round.given, m.AlarmRonde([]string{"x"}, now, someone()), round.after)
		assert.False(t, m.AlarmRonde([]string{"x"}, now, someone()), "a round is given once")
	}
	last := m.Geschiedenis[len(m.Geschiedenis)-1]
	assert.Equal(t, domain.VoorvalAlarmRonde, last.Soort)
	assert.Equal(t, map[string]string{"advies": "escaleren", "ronde": "6", "aan": "x"}, last.Gegevens)
	_, err := m.NeemAan(begin.Add(4*time.Hour), someone(), "")
	require.NoError(t, err)
	assert.True(t, m.AlarmVolgende().IsZero())
	assert.False(t, m.AlarmRonde(nil, begin.Add(9*time.Hour), someone()), "who took it on is left alone")
}

func TestARoundIsNeverTwiceInItsQuarter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		begin := time.Date(2026, 3, 29, 0, 50, 0, 0, time.UTC)
		var m domain.Melding
		m.Adviseer(domain.MeldingAdvies{Advies: domain.Beoordelen, Aanleiding: domain.BijOntvangst, Op: begin}, someone())
		seen, now := map[int]bool{}, begin
		for range 40 {
			now = now.Add(time.Duration(rapid.IntRange(0, 40*60).Draw(r, "seconden")) * time.Second)
			quarter := int(now.Sub(begin) / domain.AlarmRonde)
			require.Equal(r, !seen[quarter], m.AlarmRonde(nil, now, someone()))
			seen[quarter] = true
			require.True(r, m.AlarmVolgende().After(now))
		}
	})
}

func TestAnAlarmThatNobodyTakesOnDoesNotFillTheHistory(t *testing.T) {
	begin := time.Date(2026, 3, 29, 0, 50, 0, 0, time.UTC)
	var m domain.Melding
	m.Adviseer(domain.MeldingAdvies{Advies: domain.Beoordelen, Aanleiding: domain.BijOntvangst, Op: begin}, someone())
	rounds := func() (list []domain.Voorval) {
		for _, v := range m.Geschiedenis {
			if v.Soort == domain.VoorvalAlarmRonde {
				list = append(list, v)
			}
		}
		return list
	}
	give := func(n int, aan ...string) {
		a, _ := m.Alarm()
		late := time.Duration(n%7) * time.Second // a sweep is never quite in time
		require.True(t, m.AlarmRonde(aan, begin.Add(time.Duration(n)*domain.AlarmRonde+late), someone()), n)
		require.Equal(t, n, a.Rondes, "each round is given")
	}
	for n := range 10 * 96 {
		give(n, "x", "y")
	}
	got := rounds()
	var at []string
	for _, v := range got {
		at = append(at, v.Gegevens["ronde"]+" "+v.Gegevens["vanaf"])
	}
	assert.Equal(t, []string{"1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "7 ", "8 ", "9 ", "13 10", "17 14"}, at[:11], "the first, then one an hour")
	assert.Equal(t, []string{"93 90", "97 94", "193 98", "289 194"}, at[29:33], "and after a day one a day")
	assert.Len(t, got, 8+22+9, "after ten days")

	give(10*96, "x")
	require.Len(t, rounds(), 40)
	give(10*96+1, "x")
	require.Len(t, rounds(), 40)
	give(10*96+2, "x", "z")
	require.Len(t, rounds(), 41, "and whenever others are told")
	assert.Equal(t, map[string]string{"advies": "beoordelen", "ronde": "963", "vanaf": "962", "aan": "x, z"}, rounds()[40].Gegevens)
}

func TestAnOpenAlarmThatBecomesMoreSeriousIsANewOne(t *testing.T) {
	begin := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
	var m domain.Melding
	m.Adviseer(domain.MeldingAdvies{Advies: domain.Beoordelen, Aanleiding: domain.BijOntvangst, Op: begin}, someone())
	for _, after := range []time.Duration{0, 15 * time.Minute, 30 * time.Minute} {
		require.True(t, m.AlarmRonde([]string{"x"}, begin.Add(after), someone()))
	}
	was, _ := m.Alarm()
	piet := domain.Geadresseerde{Gebruiker: domain.Gebruiker{ID: "piet"}}
	before := m.AlarmBericht(was, begin.Add(30*time.Minute), piet)

	raised := begin.Add(31 * time.Minute)
	m.Adviseer(domain.MeldingAdvies{Advies: domain.Escaleren, Aanleiding: domain.BijSignalen, Op: raised}, someone())
	assert.Equal(t, raised, m.AlarmVolgende(), "a round at once")
	assert.Equal(t, 2, m.AlarmAantal(raised), "to all who were told of the other")
	assert.Equal(t, 3, m.AlarmAantal(begin.Add(time.Hour)), "and on in line from there")
	assert.Equal(t, raised, m.Alarmen[0].GewijzigdOp())
	assert.Equal(t, raised, m.Alarmen[1].GewijzigdOp(), "who asks what changed sees both")
	assert.False(t, m.Zegt(before), "what was said of the other does not hold")
	n := len(m.Geschiedenis)
	for i, want := range []domain.VoorvalSoort{domain.VoorvalAlarmVervallen, domain.VoorvalAlarm} {
		assert.Equal(t, want, m.Geschiedenis[n-2+i].Soort)
		assert.Equal(t, "escaleren", m.Geschiedenis[n-2+i].Gegevens["advies"])
	}
	require.True(t, m.AlarmRonde([]string{"x"}, raised, someone()))
	now, _ := m.Alarm()
	assert.NotEqual(t, before.ID, m.AlarmBericht(now, raised, piet).ID)
	assert.False(t, m.AlarmRonde([]string{"x"}, raised.Add(14*time.Minute), someone()), "and then a quarter after that")

	m.Adviseer(domain.MeldingAdvies{Advies: domain.Registreren, Aanleiding: domain.BijWijziging, Op: raised.Add(time.Minute)}, someone())
	later := raised.Add(time.Hour)
	m.Adviseer(domain.MeldingAdvies{Advies: domain.Escaleren, Aanleiding: domain.BijWijziging, Op: later}, someone())
	assert.Equal(t, 1, m.AlarmAantal(later), "one that begins by itself begins in front")
}

func TestOneThatBecomesMoreSeriousInTheSameMillisecondIsToldApart(t *testing.T) {
	begin := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
	var m domain.Melding
	told := map[string]bool{}
	for _, a := range []domain.Advies{domain.Beoordelen, domain.Escaleren} {
		m.Adviseer(domain.MeldingAdvies{Advies: a, Aanleiding: domain.BijSignalen, Op: begin}, someone())
		require.True(t, m.AlarmRonde(nil, begin, someone()))
		open, _ := m.Alarm()
		b := m.AlarmBericht(open, begin, domain.Geadresseerde{})
		assert.True(t, m.Zegt(b))
		told[b.ID] = true
	}
	assert.Len(t, told, 2)
}

func TestTheEndOfAnAlarmTellsOfTheRoundsThatStoodNowhere(t *testing.T) {
	begin := time.Date(2026, 3, 29, 0, 50, 0, 0, time.UTC)
	advise := func(m *domain.Melding, a domain.Advies, at time.Time) {
		m.Adviseer(domain.MeldingAdvies{Advies: a, Aanleiding: domain.BijWijziging, Op: at}, someone())
	}
	ends := map[string]func(m *domain.Melding, at time.Time){
		"beoordelen": func(m *domain.Melding, at time.Time) {
			_, err := m.NeemAan(at, someone(), "")
			require.NoError(t, err)
		},
		"registreren": func(m *domain.Melding, at time.Time) { advise(m, domain.Registreren, at) },
		"escaleren":   func(m *domain.Melding, at time.Time) { advise(m, domain.Escaleren, at) },
	}
	for advice, end := range ends {
		for rounds, want := range map[int]map[string]string{
			0:  {},
			8:  {},
			9:  {},
			10: {"vanaf": "10", "ronde": "10"},
			12: {"vanaf": "10", "ronde": "12"},
			13: {},
			96: {"vanaf": "94", "ronde": "96"},
		} {
			var m domain.Melding
			advise(&m, domain.Beoordelen, begin)
			for n := range rounds {
				require.True(t, m.AlarmRonde([]string{"x"}, begin.Add(time.Duration(n)*domain.AlarmRonde), someone()))
			}
			end(&m, begin.Add(time.Duration(rounds)*domain.AlarmRonde))
			i := slices.IndexFunc(m.Geschiedenis, func(v domain.Voorval) bool {
				return v.Soort == domain.VoorvalAangenomen || v.Soort == domain.VoorvalAlarmVervallen
			})
			require.Positive(t, i)
			want["advies"] = advice
			assert.Equal(t, want, m.Geschiedenis[i].Gegevens, "%s after %d", advice, rounds)
		}
	}
}
