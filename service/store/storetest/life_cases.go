package storetest

import (
	"context"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// lifeCases are about opening, waiting and closing.
func lifeCases() map[string]testCase {
	return map[string]testCase{
		"an open store can be read and written": func(t *testing.T, at Stores) {
			s := at.Open(t)
			for range 3 {
				require.NoError(t, s.Ping(t.Context()))
			}
		},
		"opening again gives back all that was kept":        reopened,
		"a context that has ended keeps nothing":            endedContext,
		"a context that ends meanwhile harms nobody else":   contextEndsMeanwhile,
		"after closing every call is unavailable":           closed,
		"closing finishes the writes under way":             closedUnderWay,
		"a call that waits returns when its context is out": deadlinePassed,
	}
}

// calls is every call of the port, with an entry, a package and a melding nobody
// else keeps.
func calls(s store.Store) map[string]func(ctx context.Context) error {
	all := map[string]func(ctx context.Context) error{
		"Ping":              s.Ping,
		"BewaarAdviezen":    func(ctx context.Context) error { return s.BewaarAdviezen(ctx, Entries(700, 702)) },
		"none to keep":      func(ctx context.Context) error { return s.BewaarAdviezen(ctx, nil) },
		"BewaarPakket":      func(ctx context.Context) error { return s.BewaarPakket(ctx, Package("nieuw")) },
		"Activeer":          func(ctx context.Context) error { _, err := s.Activeer(ctx, Activation("a")); return err },
		"Advies":            func(ctx context.Context) error { _, err := s.Advies(ctx, Entry(1).ID); return err },
		"Pakket":            func(ctx context.Context) error { _, err := s.Pakket(ctx, "a"); return err },
		"ActieveActivering": func(ctx context.Context) error { _, err := s.ActieveActivering(ctx); return err },
		"Activeringen":      func(ctx context.Context) error { _, err := s.Activeringen(ctx); return err },
		"GeefVrij":          func(ctx context.Context) error { return s.GeefVrij(ctx, Key("nieuw", 1)) },
		"LegVast":           func(ctx context.Context) error { _, err := s.LegVast(ctx, Key("nieuw", 1)); return err },
	}
	maps.Copy(all, meldingCalls(s))
	maps.Copy(all, aanbiederCalls(s))
	maps.Copy(all, berichtCalls(s))
	maps.Copy(all, gebruikerCalls(s))
	maps.Copy(all, kalenderCalls(s))
	return all
}

func kalenderCalls(s store.Store) map[string]func(ctx context.Context) error {
	return map[string]func(ctx context.Context) error{
		"BewaarKalender":  func(ctx context.Context) error { return s.BewaarKalender(ctx, Kalender(2)) },
		"Kalender":        func(ctx context.Context) error { _, err := s.Kalender(ctx); return err },
		"Kalenders":       func(ctx context.Context) error { _, err := s.Kalenders(ctx); return err },
		"TeHerrekenen":    func(ctx context.Context) error { _, err := s.TeHerrekenen(ctx, 9, "", 5); return err },
		"TelTeHerrekenen": func(ctx context.Context) error { _, err := s.TelTeHerrekenen(ctx, 9); return err },
		"MerkHerrekend":   func(ctx context.Context) error { return s.MerkHerrekend(ctx, revs(Melding(1)), 9, nil) },
	}
}

func meldingCalls(s store.Store) map[string]func(ctx context.Context) error {
	all, few := domain.MeldingVraag{Volgorde: domain.OpUrgentie, Aantal: 5}, domain.MeldingVraag{Volgorde: domain.OpUrgentie, Aantal: 5, Van: Melding(1).Dag}
	return map[string]func(ctx context.Context) error{
		"BewaarMelding": func(ctx context.Context) error { return Bewaar(ctx, s, Melding(700), Entries(710, 711)) },
		"VervangMelding": func(ctx context.Context) error {
			return Vervang(ctx, s, changedMelding("ggz"), Entries(720, 721))
		},
		"Melding":           func(ctx context.Context) error { _, err := s.Melding(ctx, Melding(1).ID); return err },
		"EersteMelding":     func(ctx context.Context) error { _, err := s.EersteMelding(ctx, Melding(1).ID); return err },
		"MeldingMetKenmerk": func(ctx context.Context) error { _, err := s.MeldingMetKenmerk(ctx, Melding(1).Kenmerk); return err },
		"Meldingen":         func(ctx context.Context) error { _, err := s.Meldingen(ctx, all); return err },
		"Meldingen of days": func(ctx context.Context) error { _, err := s.Meldingen(ctx, few); return err },
		"Telling":           func(ctx context.Context) error { _, err := s.Telling(ctx); return err },
		"Termijnen": func(ctx context.Context) error {
			_, err := s.Termijnen(ctx, domain.TermijnVraag{Aantal: 5})
			return err
		},
		"Termijnen of two kinds": func(ctx context.Context) error {
			_, err := s.Termijnen(ctx, domain.TermijnVraag{Aarden: aarden("a", "b"), Aantal: 5})
			return err
		},
		"TelTermijnen": func(ctx context.Context) error { _, err := s.TelTermijnen(ctx, domain.TermijnVraag{}); return err },
		"Stiptheid": func(ctx context.Context) error {
			_, err := s.Stiptheid(ctx, domain.StiptheidVraag{Aantal: 5})
			return err
		},
		"TelSignalen": func(ctx context.Context) error {
			_, err := s.TelSignalen(ctx, aanbiederID(1), Melding(1).Dag, "")
			return err
		},
		"MeldingenOver": func(ctx context.Context) error {
			_, err := s.MeldingenOver(ctx, aanbiederID(1), Melding(1).Dag, Melding(1).Dag, "", 5)
			return err
		},
		"TeControleren": func(ctx context.Context) error {
			_, err := s.TeControleren(ctx, Melding(1).Dag.AddDays(90), 5)
			return err
		},
	}
}

func berichtCalls(s store.Store) map[string]func(ctx context.Context) error {
	at := Melding(1).OntvangenOp
	return map[string]func(ctx context.Context) error{
		"Berichten": func(ctx context.Context) error {
			_, err := s.Berichten(ctx, domain.BerichtVraag{Gebruiker: "u1", Aantal: 5})
			return err
		},
		"Bericht":     func(ctx context.Context) error { _, err := s.Bericht(ctx, "b0001"); return err },
		"LeesBericht": func(ctx context.Context) error { _, err := s.LeesBericht(ctx, "u1", "b0001", at); return err },
		"TeVersturen": func(ctx context.Context) error {
			_, err := s.TeVersturen(ctx, domain.BerichtHerinnering, false, at, 5)
			return err
		},
		"ZetPost": func(ctx context.Context) error {
			return s.ZetPost(ctx, "b0001", 0, domain.Post{Stand: domain.PostVerzonden}, nil)
		},
		"TelPost":         func(ctx context.Context) error { _, err := s.TelPost(ctx); return err },
		"TeHerinneren":    func(ctx context.Context) error { _, err := s.TeHerinneren(ctx, Melding(1).Dag, 5); return err },
		"TelTeHerinneren": func(ctx context.Context) error { _, err := s.TelTeHerinneren(ctx, Melding(1).Dag); return err },
		"TeAlarmeren":     func(ctx context.Context) error { _, err := s.TeAlarmeren(ctx, at, 5); return err },
		"Alarmen": func(ctx context.Context) error {
			_, err := s.Alarmen(ctx, domain.AlarmVraag{Aantal: 5})
			return err
		},
	}
}

func aanbiederCalls(s store.Store) map[string]func(ctx context.Context) error {
	return map[string]func(ctx context.Context) error{
		"Vestig":    func(ctx context.Context) error { _, err := s.Vestig(ctx, Aanbieder(700)); return err },
		"Aanbieder": func(ctx context.Context) error { _, err := s.Aanbieder(ctx, aanbiederID(1)); return err },
		"Aanbieders": func(ctx context.Context) error {
			_, err := s.Aanbieders(ctx, domain.AanbiederVraag{Aantal: 5})
			return err
		},
		"Hertel": func(ctx context.Context) error {
			return s.Hertel(ctx, store.Hertel{Aanbieder: aanbiederID(700), Vanaf: Melding(1).Dag})
		},
		"TeHertellen": func(ctx context.Context) error { _, err := s.TeHertellen(ctx, 5); return err },
		"Herteld": func(ctx context.Context) error {
			return s.Herteld(ctx, store.Herteling{Aanbieder: aanbiederID(1), Nr: 1})
		},
	}
}

// requireNothingNew requires that none of calls kept or took away anything.
func requireNothingNew(t *testing.T, s store.Store) {
	t.Helper()
	requireAbsent(t, s, Entries(700, 721)...)
	_, err := s.Pakket(t.Context(), "nieuw")
	RequireFailure(t, err, domain.NotFound)
	all, err := s.Activeringen(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1)
	requireNoMelding(t, s, Melding(700))
	requireMelding(t, s, Melding(1))
	_, err = s.Aanbieder(t.Context(), aanbiederID(700))
	RequireFailure(t, err, domain.NotFound)
	found := notes(t, s, 10)
	require.Len(t, found, 1)
	require.Equal(t, Melding(1).Dag, found[aanbiederID(1)].Vanaf)
	requireBerichten(t, s, "u1", Bericht(1, "u1"))
	requireGebruikers(t, s, versie(Gebruiker(1), 1))
	requireDiensten(t, s, Dienst(1))
	newest, err := s.Kalender(t.Context())
	require.NoError(t, err)
	require.Equal(t, Kalender(1), newest)
}

// filled opens a store with entry 1, package a, active as version 1, melding 1,
// provider 1, a note to count that again, message 1 to u1, user 1, turn 1 and calendar 1.
func filled(t *testing.T, at Stores) store.Store {
	t.Helper()
	s := at.Open(t)
	keep(t, s, Entry(1))
	require.NoError(t, s.BewaarPakket(t.Context(), Package("a")))
	_, err := s.Activeer(t.Context(), Activation("a"))
	require.NoError(t, err)
	keepBerichten(t, s, 1, Bericht(1, "u1"))
	vestig(t, s, Aanbieder(1))
	require.NoError(t, s.Hertel(t.Context(), store.Hertel{Aanbieder: aanbiederID(1), Vanaf: Melding(1).Dag}))
	zet(t, s, Gebruiker(1))
	require.NoError(t, s.ZetDienst(t.Context(), Dienst(1)))
	require.NoError(t, s.BewaarKalender(t.Context(), Kalender(1)))
	return s
}

func requirePackage(t *testing.T, ask func(context.Context, string) (domain.Beleidspakket, error), want domain.Beleidspakket) {
	t.Helper()
	got, err := ask(t.Context(), want.Digest)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func reopened(t *testing.T, at Stores) {
	s := filled(t, at)
	for n := 2; n < 4; n++ {
		before, err := s.Activeringen(t.Context())
		require.NoError(t, err)
		s = at.Reopen(t, s)
		requireKept(t, s, Entries(1, n-1)...)
		requirePackage(t, s.Pakket, Package("a"))
		after, err := s.Activeringen(t.Context())
		require.NoError(t, err)
		require.Equal(t, before, after)

		keep(t, s, Entry(n))
		a, err := s.Activeer(t.Context(), Activation("a"))
		require.NoError(t, err)
		require.Equal(t, n, a.Versie, "counting goes on where it was")
	}
}

func endedContext(t *testing.T, at Stores) {
	s := filled(t, at)
	over, end := context.WithCancel(t.Context())
	end()
	for name, call := range calls(s) {
		err := call(over)
		RequireFailure(t, err, domain.Unavailable)
		require.ErrorIs(t, err, context.Canceled, name)
	}
	requireNothingNew(t, s)
}

func deadlinePassed(t *testing.T, at Stores) {
	s := filled(t, at)
	over, end := context.WithTimeout(t.Context(), 0)
	defer end()
	for name, call := range calls(s) {
		err := call(over)
		RequireFailure(t, err, domain.Unavailable)
		require.ErrorIs(t, err, context.DeadlineExceeded, name)
	}
	requireNothingNew(t, s)
}

func contextEndsMeanwhile(t *testing.T, at Stores) {
	s := at.Open(t)
	errs := make([]error, 32)
	together(len(errs), func(i int) {
		ctx := t.Context()
		if i%2 == 1 {
			short, end := context.WithTimeout(ctx, time.Duration(i)*50*time.Microsecond)
			defer end()
			ctx = short
		}
		errs[i] = s.BewaarAdviezen(ctx, Entries(i*10, i*10+3))
	})
	for i, err := range errs {
		entries := Entries(i*10, i*10+3)
		if err == nil {
			requireKept(t, s, entries...)
			continue
		}
		require.Equal(t, 1, i%2, "this context had not ended: %v", err)
		RequireFailure(t, err, domain.Unavailable)
		requireAllOrNone(t, s, entries)
	}
}

// requireAllOrNone is for calls of which nobody knows whether they were kept.
// Such a call may still be under way, but never in part.
func requireAllOrNone(t *testing.T, s store.Store, entries []domain.GegevenAdvies) {
	t.Helper()
	if _, err := s.Advies(t.Context(), entries[0].ID); err == nil {
		requireKept(t, s, entries...)
	}
}

func closed(t *testing.T, at Stores) {
	s := filled(t, at)
	require.NoError(t, s.Close())
	for name, call := range calls(s) {
		require.NotPanics(t, func() { RequireFailure(t, call(t.Context()), domain.Unavailable) }, name)
	}
	require.NoError(t, s.Close(), "a second time does nothing")
	s = at.Reopen(t, s)
	requireKept(t, s, Entry(1))
	requireNothingNew(t, s)
}

func closedUnderWay(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers, each = 16, 1000
	kept := make([]int, callers)
	var started sync.WaitGroup
	started.Add(callers)
	var group sync.WaitGroup
	for i := range callers {
		group.Go(func() {
			for n := range each {
				err := s.BewaarAdviezen(context.WithoutCancel(t.Context()), []domain.GegevenAdvies{Entry(i*each + n)})
				if n == 0 {
					started.Done()
				}
				if err != nil {
					assert.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
					return
				}
				kept[i]++
			}
		})
	}
	started.Wait()
	require.NoError(t, s.Close())
	group.Wait()
	s = at.Reopen(t, s)
	for i, n := range kept {
		requireKept(t, s, Entries(i*each, i*each+n-1)...)
	}
}
