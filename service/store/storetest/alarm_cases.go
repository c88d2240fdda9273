package storetest

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// alarmCases are about what reminders and alarms are due, and the list of alarms.
func alarmCases() map[string]testCase {
	return map[string]testCase{
		"meldingen to remind of are those that are due, longest first": teHerinneren,
		"a melding is to be reminded of as its terms say":              herinneringFollows,
		"meldingen to alarm of are those that are due, longest first":  teAlarmeren,
		"an alarm stands in the lists as soon as its melding does":     alarmFollows,
		"a refused write leaves reminders and alarms as they were":     alarmRefused,
		"the list of alarms is what a plain search gives":              alarmenAll,
		"a moment with more alarms than a page is read page by page":   alarmenCrowded,
		"a key of no list of alarms is refused":                        alarmCursors,
	}
}

// waiting is melding n of which a term has a reminder on a day, and another one
// later.
func waiting(n int, dag term.Date) domain.Melding {
	m := onDay(n, dag.AddDays(20), "terugbellen_lmz", "besluit_onderzoek")
	m.Termijnen[0].Herinner, m.Termijnen[0].HerinnerdTot = dag, dag.AddDays(-1)
	m.Termijnen[1].Herinner = dag.AddDays(3)
	return m
}

func teHerinneren(t *testing.T, at Stores) {
	s, r := at.Open(t), rand.New(rand.NewPCG(3, 1))
	dag := term.NewDate(2026, time.December, 1)
	var all []domain.Melding
	for n := range 40 {
		m := waiting(n, dag.AddDays(r.IntN(12)-6))
		if n%9 == 0 {
			m.Termijnen[0].VoldaanOp, m.Termijnen[1].VoldaanOp = dag, dag
		}
		all = append(all, m)
		keepMelding(t, s, m)
	}
	for offset := -8; offset < 10; offset++ {
		today := dag.AddDays(offset)
		var due []domain.Melding
		before := 0
		for _, m := range all {
			if h := m.Herinnering(); !h.IsZero() && !h.After(today) {
				due = append(due, m)
				if h.Before(today) {
					before++
				}
			}
		}
		got, err := s.TeHerinneren(t.Context(), today, 1000)
		require.NoError(t, err)
		require.ElementsMatch(t, due, got)
		require.True(t, slices.IsSortedFunc(got, func(a, b domain.Melding) int { return a.Herinnering().Compare(b.Herinnering()) }))
		few, err := s.TeHerinneren(t.Context(), today, 3)
		require.NoError(t, err)
		require.Equal(t, got[:min(3, len(got))], few)
		n, err := s.TelTeHerinneren(t.Context(), today)
		require.NoError(t, err)
		require.Equal(t, before, n)
	}
	none, err := s.TeHerinneren(t.Context(), dag, 0)
	require.NoError(t, err)
	require.Empty(t, none)
}

func herinneringFollows(t *testing.T, at Stores) {
	s, dag := at.Open(t), term.NewDate(2026, time.December, 1)
	m := waiting(1, dag)
	keepMelding(t, s, m)
	due := func(op term.Date, want ...domain.Melding) {
		t.Helper()
		got, err := s.TeHerinneren(t.Context(), op, 9)
		require.NoError(t, err)
		require.Equal(t, append([]domain.Melding{}, want...), append([]domain.Melding{}, got...))
	}
	step := func(change func()) {
		t.Helper()
		change()
		require.NoError(t, Vervang(t.Context(), s, m, nil))
		m.Rev++
	}
	due(dag.AddDays(-1))
	due(dag, m)
	step(func() { m.Termijnen[0].Herinner = term.Date{} })
	due(dag.AddDays(2))
	due(dag.AddDays(3), m)
	step(func() { m.Termijnen[1].VoldaanOp = dag })
	due(dag.AddDays(99))
	step(func() { m.Termijnen[1].VoldaanOp = term.Date{} })
	due(dag.AddDays(3), m)
	step(func() { m.Termijnen = nil })
	due(dag.AddDays(99))
}

// alarmed is melding n with an alarm of a moment, of which some rounds were given.
func alarmed(n int, sinds time.Time, rondes int) domain.Melding {
	m := without(Melding(n))
	a := domain.Alarm{Advies: domain.Escaleren, Sinds: sinds, Rondes: rondes}
	if rondes > 0 {
		a.Laatste = sinds.Add(time.Duration(rondes-1) * domain.AlarmRonde)
	}
	m.Alarmen = []domain.Alarm{a}
	return m
}

func teAlarmeren(t *testing.T, at Stores) {
	s, r := at.Open(t), rand.New(rand.NewPCG(4, 1))
	begin := Melding(1).OntvangenOp
	var all []domain.Melding
	for n := range 40 {
		m := alarmed(n, begin.Add(time.Duration(r.IntN(90))*time.Minute), r.IntN(3))
		switch n % 8 {
		case 0:
			m.Alarmen[0].AangenomenOp = begin
		case 1:
			m.Alarmen[0].VervallenOp = begin
		case 2:
			m.Alarmen = nil
		}
		all = append(all, m)
		keepMelding(t, s, m)
	}
	for minutes := -5; minutes < 150; minutes += 7 {
		now := begin.Add(time.Duration(minutes) * time.Minute)
		var due []domain.Melding
		for _, m := range all {
			if next := m.AlarmVolgende(); !next.IsZero() && !next.After(now) {
				due = append(due, m)
			}
		}
		got, err := s.TeAlarmeren(t.Context(), now, 1000)
		require.NoError(t, err)
		require.ElementsMatch(t, due, got)
		require.True(t, slices.IsSortedFunc(got, func(a, b domain.Melding) int { return a.AlarmVolgende().Compare(b.AlarmVolgende()) }))
		few, err := s.TeAlarmeren(t.Context(), now, 3)
		require.NoError(t, err)
		require.Len(t, few, min(3, len(due)))
	}
}

// oldestLast compares by the order of the list of alarms.
func oldestLast(a, b domain.AlarmRegel) int {
	return -cmp.Or(a.Sinds.Compare(b.Sinds), cmp.Compare(a.MeldingID, b.MeldingID), cmp.Compare(a.Nr, b.Nr))
}

// requireAlarmen requires that the alarms q asks for are those of all, in pages of
// aantal.
func requireAlarmen(t *testing.T, s store.Store, all []domain.Melding, q domain.AlarmVraag, aantal int) {
	t.Helper()
	want, got := []domain.AlarmRegel{}, []domain.AlarmRegel{}
	for _, m := range all {
		for _, a := range m.AlarmRegels() {
			if (q.GewijzigdNa.IsZero() || a.GewijzigdOp().After(q.GewijzigdNa)) && (!q.Open || a.Open()) && (q.Van.IsZero() || !a.Sinds.Before(q.Van)) && (q.Tot.IsZero() || a.Sinds.Before(q.Tot)) {
				want = append(want, a)
			}
		}
	}
	slices.SortFunc(want, oldestLast)
	q.Aantal = aantal
	got = append(got, bladzijden(t, aantal, func(na string) ([]domain.AlarmRegel, string, error) {
		q.Na = na
		page, err := s.Alarmen(t.Context(), q)
		return page.Alarmen, page.Volgende, err
	}, func() {})...)
	require.Equal(t, want, got, "%+v", q)
}

func alarmFollows(t *testing.T, at Stores) {
	s, begin := at.Open(t), Melding(1).OntvangenOp
	m := without(Melding(1))
	keepMelding(t, s, m)
	step := func(change func()) {
		t.Helper()
		change()
		require.NoError(t, Vervang(t.Context(), s, m, nil))
		m.Rev++
		for _, open := range []bool{false, true} {
			requireAlarmen(t, s, []domain.Melding{m}, domain.AlarmVraag{Open: open}, 5)
		}
		due, err := s.TeAlarmeren(t.Context(), begin.AddDate(1, 0, 0), 5)
		require.NoError(t, err)
		if _, open := m.Alarm(); open {
			require.Equal(t, []domain.Melding{m}, due)
		} else {
			require.Empty(t, due)
		}
	}
	step(func() {})
	step(func() { m.Alarmen = alarmed(1, begin, 0).Alarmen })
	step(func() { m.Alarmen[0].Rondes, m.Alarmen[0].Laatste = 1, begin.Add(time.Second) })
	step(func() { m.Alarmen[0].Advies = domain.Beoordelen })
	step(func() {
		m.Alarmen[0].AangenomenOp, m.Alarmen[0].Door, m.Alarmen[0].Verzoek = begin.Add(time.Minute), "u1", "sleutel"
	})
	step(func() {
		m.Alarmen = append(m.Alarmen, domain.Alarm{Advies: domain.Escaleren, Sinds: begin.Add(time.Hour)})
	})
	step(func() { m.Alarmen[1].VervallenOp = begin.Add(2 * time.Hour) })
	step(func() { m.Alarmen = m.Alarmen[:1] })
	step(func() { m.Alarmen = nil })
}

func alarmRefused(t *testing.T, at Stores) {
	s, begin, dag := at.Open(t), Melding(1).OntvangenOp, term.NewDate(2026, time.December, 1)
	m := alarmed(1, begin, 1)
	m.Termijnen = waiting(1, dag).Termijnen
	keepMelding(t, s, m)
	other := alarmed(1, begin.Add(time.Hour), 0)
	other.Rev = 7
	RequireFailure(t, Vervang(t.Context(), s, other, nil), domain.Stale)
	RequireFailure(t, Bewaar(t.Context(), s, other, nil), domain.Conflict)
	requireAlarmen(t, s, []domain.Melding{m}, domain.AlarmVraag{}, 5)
	due, err := s.TeHerinneren(t.Context(), dag, 5)
	require.NoError(t, err)
	require.Equal(t, []domain.Melding{m}, due)
	due, err = s.TeAlarmeren(t.Context(), begin.Add(domain.AlarmRonde), 5)
	require.NoError(t, err)
	require.Equal(t, []domain.Melding{m}, due)
}

func alarmenAll(t *testing.T, at Stores) {
	s, r := at.Open(t), rand.New(rand.NewPCG(9, 1))
	begin := Melding(1).OntvangenOp
	var all []domain.Melding
	for n := range 150 {
		m := without(Melding(n))
		for range r.IntN(4) {
			a := domain.Alarm{
				Advies: pick(r, domain.Escaleren, domain.Beoordelen), Sinds: begin.Add(time.Duration(r.IntN(40)) * time.Hour),
				AangenomenOp: begin.AddDate(0, 0, 9), Door: "u1",
			}
			m.Alarmen = append(m.Alarmen, a)
		}
		if k := len(m.Alarmen); k > 0 && r.IntN(2) == 0 {
			m.Alarmen[k-1].AangenomenOp, m.Alarmen[k-1].Door = time.Time{}, ""
		}
		m.GewijzigdOp = begin.AddDate(0, 0, 9+r.IntN(2)) // never before what happened to an alarm
		all = append(all, m)
	}
	together(10, func(c int) {
		for i := c; i < len(all); i += 10 {
			assert.NoError(t, Bewaar(t.Context(), s, all[i], nil))
		}
	})
	for _, open := range []bool{false, true} {
		for _, q := range []domain.AlarmVraag{
			{},
			{Van: begin.Add(11 * time.Hour)},
			{Tot: begin.Add(11 * time.Hour)},
			{Van: begin.Add(5 * time.Hour), Tot: begin.Add(6 * time.Hour)},
			{Van: begin.Add(6 * time.Hour), Tot: begin.Add(5 * time.Hour)},
			{GewijzigdNa: begin.Add(20 * time.Hour)},
			{GewijzigdNa: begin.Add(12 * time.Hour), Van: begin.Add(5 * time.Hour), Tot: begin.Add(30 * time.Hour)},
			{GewijzigdNa: begin.AddDate(0, 0, 9)},
		} {
			q.Open = open
			for _, n := range []int{1, 17, 500} {
				requireAlarmen(t, s, all, q, n)
			}
		}
	}
	page, err := s.Alarmen(t.Context(), domain.AlarmVraag{Aantal: 5})
	require.NoError(t, err)
	early := begin.Add(3 * time.Hour)
	behind, err := s.Alarmen(t.Context(), domain.AlarmVraag{Aantal: 500, Na: page.Volgende, Tot: early})
	require.NoError(t, err)
	plain, err := s.Alarmen(t.Context(), domain.AlarmVraag{Aantal: 500, Tot: early})
	require.NoError(t, err)
	require.Equal(t, plain, behind, "where what is asked for ends before the key, that is the narrower")
}

func alarmenCrowded(t *testing.T, at Stores) {
	s, begin := at.Open(t), Melding(1).OntvangenOp
	var all []domain.Melding
	for n := range 260 {
		all = append(all, alarmed(n, begin.Add(time.Duration(n/130)*time.Millisecond), 0))
	}
	all = append(all, alarmed(260, begin.AddDate(-3, 0, 0), 0), alarmed(261, begin.AddDate(3, 0, 0), 0))
	together(10, func(c int) {
		for i := c; i < len(all); i += 10 {
			assert.NoError(t, Bewaar(t.Context(), s, all[i], nil))
		}
	})
	requireAlarmen(t, s, all, domain.AlarmVraag{}, 37)
	requireAlarmen(t, s, all, domain.AlarmVraag{Open: true, Van: begin}, 37)
}

func alarmCursors(t *testing.T, at Stores) {
	s, begin := at.Open(t), Melding(1).OntvangenOp
	keepMelding(t, s, alarmed(1, begin, 0), alarmed(2, begin, 0))
	keepBerichten(t, s, 3, Bericht(1, "u1"), Bericht(2, "u1"))
	page, err := s.Alarmen(t.Context(), domain.AlarmVraag{Aantal: 1})
	require.NoError(t, err)
	messages, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "u1", Aantal: 1})
	require.NoError(t, err)
	for _, key := range append(garbage(page.Volgende), messages.Volgende) {
		_, err := s.Alarmen(t.Context(), domain.AlarmVraag{Na: key, Aantal: 1})
		requireRefusedCursor(t, err)
	}
	_, err = s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "u1", Na: page.Volgende, Aantal: 1})
	requireRefusedCursor(t, err)
}
