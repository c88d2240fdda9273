package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// gebruikerCases are about the people of the office and their turns on duty.
func gebruikerCases() map[string]testCase {
	return map[string]testCase{
		"where there is nobody every list is empty":                    noGebruikers,
		"a user comes back exactly, with the version one higher":       exactGebruiker,
		"any text of a user comes back to the byte":                    oddGebruikers,
		"users whose ids look alike are different people, in order":    similarGebruikers,
		"a user of another version than is kept is refused":            staleGebruiker,
		"of many who change a user at once one does":                   parallelGebruiker,
		"of many who add the same user at once one does":               parallelNewGebruiker,
		"a calendar leads to whose it is, and to nobody when it ended": gebruikerMetAgenda,
		"users and turns are not held on to":                           ownGebruiker,
		"users and turns outlive the process":                          reopenedGebruikers,
		"a turn is kept to the millisecond, replaced and taken away":   exactDienst,
		"a turn is replaced by many at once":                           parallelDienst,
		"the turns of a period are those of a plain search, in order":  dienstenOfPeriod,
	}
}

// Gebruiker is user n, with all that can be known.
func Gebruiker(n int) domain.Gebruiker {
	day := term.NewDate(2026, time.November, 1+n%28)
	return domain.Gebruiker{
		ID: fmt.Sprintf("medewerker-%03d", n), Naam: fmt.Sprintf("Zoë van der Één %d", n), EMail: fmt.Sprintf("m%d@example.nl", n),
		Rollen: []domain.Rol{domain.Medewerker, domain.Teamleider}, Team: "noord", Inactief: n%5 == 4,
		Afwezig: []domain.Afwezigheid{{Van: day, Tot: day.AddDays(7), Vervanger: "medewerker-999"}, {Van: day.AddDays(20), Tot: day.AddDays(20)}},
		Agenda:  fmt.Sprintf("%064x", n), GewijzigdOp: time.UnixMilli(1_795_000_000_000 + int64(n)).UTC(),
	}
}

// Dienst is turn n: a day from the n-th hour on.
func Dienst(n int) domain.Dienst {
	begin := time.Date(2026, time.November, 20, n, 0, 0, 0, time.UTC)
	return domain.Dienst{ID: fmt.Sprintf("dienst-%04d", n), Gebruiker: Gebruiker(n).ID, Van: begin, Tot: begin.Add(24 * time.Hour), Volgorde: n % 3, GezetOp: begin.AddDate(0, 0, -n).Add(time.Millisecond)}
}

func versie(g domain.Gebruiker, n int) domain.Gebruiker {
	g.Versie = n
	return g
}

// zet keeps users who are new, and gives them as they were kept.
func zet(t *testing.T, s store.Store, list ...domain.Gebruiker) (kept []domain.Gebruiker) {
	t.Helper()
	for _, g := range list {
		got, err := s.ZetGebruiker(t.Context(), g)
		require.NoError(t, err)
		require.Equal(t, versie(g, g.Versie+1), got)
		kept = append(kept, got)
	}
	return kept
}

// requireGebruikers requires that s holds these users and no other.
func requireGebruikers(t *testing.T, s store.Store, want ...domain.Gebruiker) {
	t.Helper()
	got, err := s.Gebruikers(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, got)
	for _, g := range want {
		one, err := s.Gebruiker(t.Context(), g.ID)
		require.NoError(t, err)
		require.Equal(t, g, one)
	}
}

// requireDiensten requires that s holds these turns and no other.
func requireDiensten(t *testing.T, s store.Store, want ...domain.Dienst) {
	t.Helper()
	got, err := s.Diensten(t.Context(), time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// gebruikerCalls is every call about users, with one and a turn that nobody else keeps.
func gebruikerCalls(s store.Store) map[string]func(ctx context.Context) error {
	return map[string]func(ctx context.Context) error{
		"ZetGebruiker": func(ctx context.Context) error { _, err := s.ZetGebruiker(ctx, Gebruiker(700)); return err },
		"ZetGebruiker again": func(ctx context.Context) error {
			_, err := s.ZetGebruiker(ctx, versie(domain.Gebruiker{ID: Gebruiker(1).ID}, 1))
			return err
		},
		"Gebruiker":          func(ctx context.Context) error { _, err := s.Gebruiker(ctx, Gebruiker(1).ID); return err },
		"GebruikerMetAgenda": func(ctx context.Context) error { _, err := s.GebruikerMetAgenda(ctx, Gebruiker(1).Agenda); return err },
		"no Agenda":          func(ctx context.Context) error { _, err := s.GebruikerMetAgenda(ctx, ""); return err },
		"Gebruikers":         func(ctx context.Context) error { _, err := s.Gebruikers(ctx); return err },
		"ZetDienst":          func(ctx context.Context) error { return s.ZetDienst(ctx, Dienst(700)) },
		"HaalDienstWeg":      func(ctx context.Context) error { return s.HaalDienstWeg(ctx, Dienst(1).ID) },
		"Diensten":           func(ctx context.Context) error { _, err := s.Diensten(ctx, Dienst(1).Van, Dienst(1).Tot); return err },
	}
}

func noGebruikers(t *testing.T, at Stores) {
	s := at.Open(t)
	requireGebruikers(t, s, []domain.Gebruiker{}...)
	got, err := s.Gebruikers(t.Context())
	require.NoError(t, err)
	require.NotNil(t, got)
	requireDiensten(t, s, []domain.Dienst{}...)
	_, err = s.Gebruiker(t.Context(), Gebruiker(1).ID)
	requireRefusal(t, err, domain.NotFound, "fout.gebruiker_onbekend")
	_, err = s.GebruikerMetAgenda(t.Context(), Gebruiker(1).Agenda)
	requireRefusal(t, err, domain.NotFound, "fout.gebruiker_onbekend")
	requireRefusal(t, s.HaalDienstWeg(t.Context(), Dienst(1).ID), domain.NotFound, "fout.dienst_onbekend")
}

func exactGebruiker(t *testing.T, at Stores) {
	s := at.Open(t)
	one, other := zet(t, s, Gebruiker(1))[0], domain.Gebruiker{ID: "niets"}
	zet(t, s, other)
	requireGebruikers(t, s, one, versie(other, 1))
	for n := 2; n < 5; n++ {
		one.Naam, one.Inactief = fmt.Sprint("naam ", n), n%2 == 0
		one.Rollen, one.Afwezig = []domain.Rol{}, one.Afwezig[:0]
		one = zet(t, s, one)[0]
		require.Equal(t, n, one.Versie)
		requireGebruikers(t, s, one, versie(other, 1))
	}
	one.Rollen, one.Afwezig = nil, nil
	requireGebruikers(t, s, zet(t, s, one)[0], versie(other, 1))
}

func oddGebruikers(t *testing.T, at Stores) {
	s := at.Open(t)
	for name, text := range OddStrings() {
		id := name + text
		if len(text) > 1000 {
			id = name
		}
		g := domain.Gebruiker{
			ID: id, Naam: text, EMail: text, Rollen: []domain.Rol{domain.Rol(text)}, Team: text, Agenda: name + text,
			Afwezig: []domain.Afwezigheid{{Van: term.NewDate(term.MinYear, 1, 1), Tot: term.NewDate(term.MaxYear, 12, 31), Vervanger: text}, {}},
		}
		if len(text) > 1000 {
			g.Agenda = name
		}
		kept := zet(t, s, g)[0]
		got, err := s.Gebruiker(t.Context(), g.ID)
		require.NoError(t, err)
		require.Equal(t, kept, got)
		got, err = s.GebruikerMetAgenda(t.Context(), g.Agenda)
		require.NoError(t, err)
		require.Equal(t, kept, got)
	}
}

func similarGebruikers(t *testing.T, at Stores) {
	s := at.Open(t)
	var all []domain.Gebruiker
	for _, id := range []string{"abc", "ABC", "abc ", " abc", "abc\x00", "caf\u00e9", "cafe\u0301", "", "1", "01", "1.0", "\U0001f9d3", "\uffff"} {
		all = append(all, zet(t, s, domain.Gebruiker{ID: id})...)
	}
	slices.SortFunc(all, func(a, b domain.Gebruiker) int { return strings.Compare(a.ID, b.ID) })
	requireGebruikers(t, s, all...)
}

func staleGebruiker(t *testing.T, at Stores) {
	s := at.Open(t)
	refused := func(g domain.Gebruiker, kept ...domain.Gebruiker) {
		t.Helper()
		g.Naam = "een ander"
		_, err := s.ZetGebruiker(t.Context(), g)
		requireRefusal(t, err, domain.Stale, "fout.verouderd")
		requireGebruikers(t, s, kept...)
	}
	refused(versie(Gebruiker(1), 1), []domain.Gebruiker{}...)
	first := zet(t, s, Gebruiker(1))[0]
	refused(Gebruiker(1), first)
	refused(versie(Gebruiker(1), 2), first)
	second := zet(t, s, first)[0]
	refused(first, second)
	refused(Gebruiker(1), second)
}

func parallelGebruiker(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers = 16
	kept := zet(t, s, Gebruiker(1))[0]
	for range 3 {
		got, errs := make([]domain.Gebruiker, callers), make([]error, callers)
		together(callers, func(i int) {
			mine := kept
			mine.Naam = fmt.Sprint("van ", i)
			got[i], errs[i] = s.ZetGebruiker(t.Context(), mine)
		})
		winners := 0
		for i, err := range errs {
			if err != nil {
				requireRefusal(t, err, domain.Stale, "fout.verouderd")
				continue
			}
			winners++
			kept = got[i]
		}
		require.Equal(t, 1, winners)
		requireGebruikers(t, s, kept)
	}
}

func parallelNewGebruiker(t *testing.T, at Stores) {
	s := at.Open(t)
	errs := make([]error, 16)
	together(len(errs), func(i int) { _, errs[i] = s.ZetGebruiker(t.Context(), Gebruiker(1)) })
	winners := 0
	for _, err := range errs {
		if err == nil {
			winners++
			continue
		}
		requireRefusal(t, err, domain.Stale, "fout.verouderd")
	}
	require.Equal(t, 1, winners)
	requireGebruikers(t, s, versie(Gebruiker(1), 1))
}

func gebruikerMetAgenda(t *testing.T, at Stores) {
	s := at.Open(t)
	without := Gebruiker(3)
	without.Agenda = ""
	all := zet(t, s, Gebruiker(1), Gebruiker(2), without)
	leads := func(agenda string, want domain.Gebruiker) {
		t.Helper()
		got, err := s.GebruikerMetAgenda(t.Context(), agenda)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	nobody := func(agenda string) {
		t.Helper()
		_, err := s.GebruikerMetAgenda(t.Context(), agenda)
		requireRefusal(t, err, domain.NotFound, "fout.gebruiker_onbekend")
	}
	nobody("")
	nobody(strings.ToUpper("a") + Gebruiker(1).Agenda[1:])
	leads(Gebruiker(1).Agenda, all[0])
	leads(Gebruiker(2).Agenda, all[1])
	renewed := all[0]
	renewed.Agenda = strings.Repeat("e", 64)
	renewed = zet(t, s, renewed)[0]
	nobody(Gebruiker(1).Agenda)
	leads(renewed.Agenda, renewed)
	ended := renewed
	ended.Agenda = ""
	zet(t, s, ended)
	nobody(renewed.Agenda)
	nobody("")
}

func ownGebruiker(t *testing.T, at Stores) {
	s := at.Open(t)
	g := Gebruiker(1)
	_, err := s.ZetGebruiker(t.Context(), g)
	require.NoError(t, err)
	for range 2 { // first what was given is spoilt, then what was answered
		g.Rollen[0], g.Afwezig[0].Vervanger = "X", "X"
		g, err = s.Gebruiker(t.Context(), Gebruiker(1).ID)
		require.NoError(t, err)
		require.Equal(t, versie(Gebruiker(1), 1), g)
	}
	g.Rollen[0] = "Y"
	kept, err := s.ZetGebruiker(t.Context(), g)
	require.NoError(t, err)
	kept.Rollen[0], g.Rollen[0] = "Z", "Z"
	g, err = s.Gebruiker(t.Context(), g.ID)
	require.NoError(t, err)
	require.Equal(t, domain.Rol("Y"), g.Rollen[0])
}

func reopenedGebruikers(t *testing.T, at Stores) {
	s := at.Open(t)
	kept := zet(t, s, Gebruiker(1), Gebruiker(2))
	require.NoError(t, s.ZetDienst(t.Context(), Dienst(1)))
	s = at.Reopen(t, s)
	requireGebruikers(t, s, kept...)
	requireDiensten(t, s, Dienst(1))
	zet(t, s, kept[0])
}

func exactDienst(t *testing.T, at Stores) {
	s := at.Open(t)
	far := Dienst(2)
	far.Van, far.Tot, far.Volgorde, far.Gebruiker = time.UnixMilli(-7).UTC(), time.Date(9998, 12, 31, 23, 59, 59, 999_000_000, time.UTC), -1<<40, "caf\u00e9\x00"
	fine := Dienst(3)
	fine.Van, fine.Tot = fine.Van.Add(1_999_999).In(time.FixedZone("ver weg", 3*3600)), fine.Tot.Add(999)
	for _, d := range []domain.Dienst{Dienst(1), far, fine} {
		require.NoError(t, s.ZetDienst(t.Context(), d))
	}
	kept := Dienst(3)
	kept.Van = kept.Van.Add(time.Millisecond)
	requireDiensten(t, s, far, Dienst(1), kept)
	require.NoError(t, s.HaalDienstWeg(t.Context(), far.ID))
	requireRefusal(t, s.HaalDienstWeg(t.Context(), far.ID), domain.NotFound, "fout.dienst_onbekend")
	changed := Dienst(4)
	changed.ID = Dienst(1).ID
	require.NoError(t, s.ZetDienst(t.Context(), changed))
	requireDiensten(t, s, kept, changed)
}

func parallelDienst(t *testing.T, at Stores) {
	s := at.Open(t)
	together(16, func(i int) {
		d := Dienst(i)
		d.ID = "dezelfde"
		assert.NoError(t, s.ZetDienst(t.Context(), d))
	})
	got, err := s.Diensten(t.Context(), time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Len(t, got, 1)
}

func dienstenOfPeriod(t *testing.T, at Stores) {
	s, r := at.Open(t), rand.New(rand.NewPCG(1, 2))
	begin := time.Date(2026, time.October, 25, 0, 0, 0, 0, time.UTC)
	moment := func() time.Time { return begin.Add(time.Duration(r.IntN(20)) * time.Hour) }
	var all []domain.Dienst
	for n := range 60 {
		d := Dienst(n)
		d.Van, d.Volgorde = moment(), r.IntN(3)
		d.Tot = d.Van.Add(time.Duration(1+r.IntN(5)) * time.Hour)
		require.NoError(t, s.ZetDienst(t.Context(), d))
		all = append(all, d)
	}
	slices.SortFunc(all, domain.Dienst.Vergelijk)
	for range 60 {
		van := moment()
		tot := van.Add(time.Duration(1+r.IntN(3)) * time.Hour)
		switch r.IntN(3) {
		case 0: // so short that its end lies within a millisecond of its begin
			tot = van.Add(1)
		case 1:
			van, tot = van.Add(1), tot.Add(1)
		}
		want := slices.DeleteFunc(slices.Clone(all), func(d domain.Dienst) bool { return !d.Van.Before(tot) || !van.Before(d.Tot) })
		got, err := s.Diensten(t.Context(), van, tot)
		require.NoError(t, err)
		require.Equal(t, want, got, "%s %s", van, tot)
	}
}
