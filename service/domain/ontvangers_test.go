package domain_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// The day and the moment of the office below.
var (
	dienstdag    = term.NewDate(2026, time.December, 7)                     //nolint:gochecknoglobals // a date is no constant
	dienstmoment = time.Date(2026, time.December, 7, 9, 30, 0, 0, time.UTC) //nolint:gochecknoglobals // as above
)

func mens(id, team string, rollen ...domain.Rol) domain.Gebruiker {
	return domain.Gebruiker{ID: id, Team: team, Rollen: rollen, EMail: id + "@example.nl"}
}

// weg is g away on the day, for whom these stand in.
func weg(g domain.Gebruiker, vervangers ...string) domain.Gebruiker {
	for _, v := range append([]string{}, vervangers...) {
		g.Afwezig = append(g.Afwezig, domain.Afwezigheid{Van: dienstdag, Tot: dienstdag, Vervanger: v})
	}
	return g
}

func inactief(g domain.Gebruiker) domain.Gebruiker {
	g.Inactief = true
	return g
}

func dienst(id, gebruiker string, volgorde int) domain.Dienst {
	return domain.Dienst{ID: id, Gebruiker: gebruiker, Van: dienstmoment.Add(-time.Hour), Tot: dienstmoment.Add(time.Hour), Volgorde: volgorde}
}

// namen writes who is told, with a slash and for whom.
func namen(told []domain.Geadresseerde) []string {
	out := []string{}
	for _, g := range told {
		name := g.Gebruiker.ID
		if g.Namens != "" {
			name += "/" + g.Namens
		}
		out = append(out, name)
	}
	return out
}

func TestReminderGoesToWhoIsThere(t *testing.T) {
	m, tl := domain.Medewerker, domain.Teamleider
	lead := []domain.Gebruiker{mens("t1", "noord", tl), mens("t2", "zuid", tl), mens("b", "", domain.Beheer)}
	alleen := []term.Ontvanger{term.AanBehandelaar}
	leiding := []term.Ontvanger{term.AanTeamleider}
	beiden := []term.Ontvanger{term.AanBehandelaar, term.AanTeamleider}
	gone := func(ids ...string) []domain.Gebruiker {
		out := slices.Clone(lead)
		for i := range out {
			out[i].Inactief = slices.Contains(ids, out[i].ID)
		}
		return out
	}
	with := func(rest []domain.Gebruiker, more ...domain.Gebruiker) []domain.Gebruiker {
		return append(more, rest...)
	}
	for name, c := range map[string]struct {
		mensen []domain.Gebruiker
		aan    []term.Ontvanger
		want   []string
	}{
		"the handler":                    {with(lead, mens("a", "noord", m)), alleen, []string{"a"}},
		"the team leader of the handler": {with(lead, mens("a", "zuid", m)), leiding, []string{"t2"}},
		"both":                           {with(lead, mens("a", "noord", m)), beiden, []string{"a", "t1"}},
		"nobody is asked for":            {lead, nil, []string{}},
		"a handler who leads his team is told once":      {with(lead, mens("a", "noord", m, tl)), beiden, []string{"a", "t1"}},
		"the handler of no team":                         {with(lead, mens("a", "", m)), leiding, []string{"t1", "t2"}},
		"the handler of a team without a leader":         {with(lead, mens("a", "oost", m)), leiding, []string{"t1", "t2"}},
		"no handler":                                     {lead, alleen, []string{"t1", "t2"}},
		"a handler who left":                             {with(lead, inactief(mens("a", "zuid", m))), alleen, []string{"t2"}},
		"a handler who left has no stand-in":             {with(lead, inactief(weg(mens("a", "zuid", m), "t1"))), alleen, []string{"t2"}},
		"a stand-in":                                     {with(lead, weg(mens("a", "noord", m), "v"), mens("v", "", m)), alleen, []string{"v/a"}},
		"a stand-in of a stand-in":                       {with(lead, weg(mens("a", "noord", m), "v"), weg(mens("v", "", m), "w"), mens("w", "", m)), alleen, []string{"w/a"}},
		"a stand-in who left":                            {with(lead, weg(mens("a", "noord", m), "v"), inactief(mens("v", "", m))), alleen, []string{"t1"}},
		"an unknown stand-in":                            {with(lead, weg(mens("a", "noord", m), "weg")), alleen, []string{"t1"}},
		"nobody stands in":                               {with(lead, weg(mens("a", "noord", m), "")), alleen, []string{"t1"}},
		"stands in for himself":                          {with(lead, weg(mens("a", "noord", m), "a")), alleen, []string{"t1"}},
		"two stand in for each other":                    {with(lead, weg(mens("a", "noord", m), "v"), weg(mens("v", "", m), "a")), alleen, []string{"t1"}},
		"two absences, of which the second has somebody": {with(lead, weg(mens("a", "noord", m), "", "v"), mens("v", "", m)), alleen, []string{"v/a"}},
		"the team leader stands in, and is told once":    {with(lead, weg(mens("a", "noord", m), "t1")), beiden, []string{"t1/a"}},
		"no team leader of the team is there":            {with(gone("t1"), mens("a", "noord", m)), leiding, []string{"t2"}},
		"no team leader is there":                        {with(gone("t1", "t2"), mens("a", "noord", m)), leiding, []string{"b"}},
		"nobody is there":                                {gone("t1", "t2", "b"), beiden, []string{}},
		"who is told last of all is the handler":         {with(gone("t1", "t2", "b"), mens("a", "noord", m)), beiden, []string{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, namen(domain.NieuwKantoor(c.mensen, nil).Herinnerd("a", c.aan, dienstdag)))
		})
	}
}

func TestAnAbsenceHoldsFromItsFirstDayToItsLast(t *testing.T) {
	a := mens("a", "", domain.Medewerker)
	a.Afwezig = []domain.Afwezigheid{{Van: dienstdag, Tot: dienstdag.AddDays(2), Vervanger: "v"}}
	k := domain.NieuwKantoor([]domain.Gebruiker{a, mens("v", "", domain.Medewerker)}, nil)
	for days, want := range map[int]string{-1: "a", 0: "v/a", 2: "v/a", 3: "a"} {
		assert.Equal(t, []string{want}, namen(k.Herinnerd("a", []term.Ontvanger{term.AanBehandelaar}, dienstdag.AddDays(days))), days)
	}
}

func TestAlarmGoesAlongTheLine(t *testing.T) {
	m := domain.Medewerker
	lead := []domain.Gebruiker{mens("t2", "", domain.Teamleider), mens("t1", "", domain.Teamleider), mens("b", "", domain.Beheer)}
	for name, c := range map[string]struct {
		more     []domain.Gebruiker
		diensten []domain.Dienst
		want     []string
	}{
		"nobody on duty":           {nil, nil, []string{"t1", "t2", "b"}},
		"one on duty":              {[]domain.Gebruiker{mens("a", "", m)}, []domain.Dienst{dienst("1", "a", 1)}, []string{"a", "t1", "t2", "b"}},
		"two on duty, by order":    {[]domain.Gebruiker{mens("a", "", m), mens("c", "", m)}, []domain.Dienst{dienst("1", "a", 2), dienst("2", "c", 1)}, []string{"c", "a", "t1", "t2", "b"}},
		"the same order":           {[]domain.Gebruiker{mens("a", "", m), mens("c", "", m)}, []domain.Dienst{dienst("2", "a", 1), dienst("1", "c", 1)}, []string{"c", "a", "t1", "t2", "b"}},
		"one on duty twice":        {[]domain.Gebruiker{mens("a", "", m)}, []domain.Dienst{dienst("1", "a", 1), dienst("2", "a", 2)}, []string{"a", "t1", "t2", "b"}},
		"on duty and away":         {[]domain.Gebruiker{weg(mens("a", "", m), "v"), mens("v", "", m)}, []domain.Dienst{dienst("1", "a", 1)}, []string{"v/a", "t1", "t2", "b"}},
		"away and nobody stands":   {[]domain.Gebruiker{weg(mens("a", "", m), "")}, []domain.Dienst{dienst("1", "a", 1)}, []string{"t1", "t2", "b"}},
		"on duty and left":         {[]domain.Gebruiker{inactief(mens("a", "", m))}, []domain.Dienst{dienst("1", "a", 1)}, []string{"t1", "t2", "b"}},
		"nobody of that name":      {nil, []domain.Dienst{dienst("1", "weg", 1)}, []string{"t1", "t2", "b"}},
		"a leader stands in first": {[]domain.Gebruiker{weg(mens("a", "", m), "t2")}, []domain.Dienst{dienst("1", "a", 1)}, []string{"t2/a", "t1", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			k := domain.NieuwKantoor(append(c.more, lead...), c.diensten)
			assert.Equal(t, c.want, namen(k.Alarmlijn(dienstmoment, dienstdag)))
			assert.Equal(t, len(c.want) > 3 || c.want[0] == "t2/a", k.IemandInDienst(dienstmoment, dienstdag))
		})
	}
}

func TestATurnHoldsFromItsBeginUntilItsEnd(t *testing.T) {
	d := dienst("1", "a", 1)
	k := domain.NieuwKantoor([]domain.Gebruiker{mens("a", "", domain.Medewerker)}, []domain.Dienst{d})
	for moment, want := range map[time.Time]bool{d.Van.Add(-1): false, d.Van: true, d.Tot.Add(-1): true, d.Tot: false} {
		assert.Equal(t, want, k.IemandInDienst(moment, dienstdag), moment)
		assert.Equal(t, want, len(k.Alarmlijn(moment, dienstdag)) == 1, moment)
	}
}

func TestOfALineAsManyAreToldAsCanBeReached(t *testing.T) {
	silent := mens("s", "", domain.Medewerker)
	silent.EMail = ""
	line := []domain.Geadresseerde{}
	for i, g := range []domain.Gebruiker{silent, mens("a", ""), silent, mens("b", ""), silent} {
		g.ID = fmt.Sprint(i, g.ID)
		line = append(line, domain.Geadresseerde{Gebruiker: g})
	}
	for n, want := range map[int]int{1: 2, 2: 4, 3: 5, 9: 5} {
		assert.Len(t, domain.Bereikbaar(line, n), want, n)
	}
	assert.Empty(t, domain.Bereikbaar(nil, 1))
}

// Whoever stands in for whom, also round in circles: it ends, nobody is told twice,
// who is told is there, and somebody is told as long as the one asked for or any
// leader can be found from where it begins.
func TestWhoeverStandsInForWhomSomebodyWhoIsThereIsTold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(rt, "people")
		id := func(i int) string { return fmt.Sprint("p", i) }
		mensen := make([]domain.Gebruiker, n)
		for i := range mensen {
			rol := rapid.SampledFrom([]domain.Rol{domain.Medewerker, domain.Teamleider, domain.Beheer}).Draw(rt, "role")
			mensen[i] = mens(id(i), rapid.SampledFrom([]string{"", "noord", "zuid"}).Draw(rt, "team"), rol)
			mensen[i].Inactief = rapid.IntRange(0, 4).Draw(rt, "left") == 0
			for range rapid.IntRange(0, 2).Draw(rt, "absences") {
				mensen[i] = weg(mensen[i], id(rapid.IntRange(0, n).Draw(rt, "stand-in")))
			}
		}
		behandelaar := id(rapid.IntRange(0, n).Draw(rt, "handler"))
		k := domain.NieuwKantoor(mensen, []domain.Dienst{dienst("1", behandelaar, 1)})
		told := k.Herinnerd(behandelaar, []term.Ontvanger{term.AanBehandelaar}, dienstdag)
		requireReceivers(rt, mensen, told)
		line := k.Alarmlijn(dienstmoment, dienstdag)
		requireReceivers(rt, mensen, line)
		require.Equal(rt, len(told) == 0, len(line) == 0)

		reached := reach(mensen, behandelaar)
		if len(reached) > 0 {
			require.Len(rt, told, 1)
			require.Contains(rt, reached, told[0].Gebruiker.ID)
			require.Equal(rt, told[0], line[0])
		}
		anybody := len(reached) > 0
		for _, g := range mensen {
			anybody = anybody || (g.Heeft(domain.Teamleider, domain.Beheer) && len(reach(mensen, g.ID)) > 0)
		}
		require.Equal(rt, anybody, len(told) > 0)
	})
}

// requireReceivers requires that everybody who is told is there, and is told once.
func requireReceivers(t require.TestingT, mensen []domain.Gebruiker, told []domain.Geadresseerde) {
	seen := map[string]bool{}
	for _, g := range told {
		require.False(t, seen[g.Gebruiker.ID], "told twice")
		seen[g.Gebruiker.ID] = true
		require.Contains(t, mensen, g.Gebruiker)
		require.False(t, g.Gebruiker.Inactief)
		require.Empty(t, g.Gebruiker.Afwezig)
		require.NotEqual(t, g.Gebruiker.ID, g.Namens)
		if g.Namens != "" {
			require.Contains(t, reach(mensen, g.Namens), g.Gebruiker.ID)
		}
	}
}

// reach is all who are there that a plain search along the stand-ins of id finds.
func reach(mensen []domain.Gebruiker, id string) (there []string) {
	seen, queue := map[string]bool{}, []string{id}
	for len(queue) > 0 {
		at := slices.IndexFunc(mensen, func(g domain.Gebruiker) bool { return g.ID == queue[0] })
		queue = queue[1:]
		if at < 0 || mensen[at].Inactief || seen[mensen[at].ID] {
			continue
		}
		g := mensen[at]
		seen[g.ID] = true
		if len(g.Afwezig) == 0 {
			there = append(there, g.ID)
		}
		for _, a := range g.Afwezig {
			queue = append(queue, a.Vervanger)
		}
	}
	return there
}
