package kopie_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/kopie"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo/mongotest"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// server is what all tests of the package share.
var server *mongotest.Server //nolint:gochecknoglobals // TestMain can hand it over in no other way

func TestMain(m *testing.M) {
	os.Exit(mongotest.Main(m, func(s *mongotest.Server) { server = s }))
}

func file(t *testing.T) store.Kopie {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "opslag.db"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func database(t *testing.T) store.Kopie {
	t.Helper()
	s, err := mongo.Open(t.Context(), server.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// some is how many meldingen a filled store has.
const some = 450

// fill puts something of every kind in s, more than one page of it, and things that
// were changed since.
func fill(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	for _, name := range []string{"a", "b", "a"} {
		p := storetest.Package(name)
		require.NoError(t, s.BewaarPakket(ctx, p))
		_, err := s.Activeer(ctx, domain.Activering{Digest: p.Digest, GeldigVanaf: time.UnixMilli(1_790_000_000_123).UTC(), Door: "wij", Reden: "daarom <&> \u2028"})
		require.NoError(t, err)
	}
	_, err := s.LegVast(ctx, domain.Sleutel{Naam: "naam", Digest: "digest", ID: "id", Moment: time.UnixMilli(1_790_000_000_456).UTC()})
	require.NoError(t, err)
	for n := range 250 {
		_, err := s.Vestig(ctx, storetest.Aanbieder(n))
		require.NoError(t, err)
	}
	known := storetest.Aanbieder(3) // told of with another name since: both lead to it
	known.ID, known.Naam = "", known.Naam+" Zuid"
	_, err = s.Vestig(ctx, known)
	require.NoError(t, err)
	require.NoError(t, s.BewaarAdviezen(ctx, storetest.Entries(10_000, 10_300)))
	for i, m := range storetest.AnyMeldingen(41, some) {
		require.NoError(t, storetest.Bewaar(ctx, s, m, storetest.Entries(i, i)))
		for range i % 4 {
			other := m
			other.Versie += 5
			other.Opgave.Omschrijving = "caf\u00e9 \U0001f9d3 nu"
			require.NoError(t, storetest.Vervang(ctx, s, other, nil))
			m.Rev++
		}
	}
	for n := range 201 {
		g, err := s.ZetGebruiker(ctx, storetest.Gebruiker(n))
		require.NoError(t, err)
		if n%3 == 0 {
			_, err = s.ZetGebruiker(ctx, g)
			require.NoError(t, err)
		}
		require.NoError(t, s.ZetDienst(ctx, storetest.Dienst(n)))
	}
	fillBerichten(t, s)
	for n := 1; n < 12; n++ {
		require.NoError(t, s.BewaarKalender(ctx, storetest.Kalender(n)))
	}
	mark(t, s)
	for n := range 3 {
		require.NoError(t, s.Hertel(ctx, store.Hertel{Aanbieder: storetest.Aanbieder(n).ID, Vanaf: storetest.Melding(n).Dag}))
	}
}

// fillBerichten keeps messages, more than a page, of which some were read or sent; and
// an alarm, and a reminder that is due.
func fillBerichten(t *testing.T, s store.Store) {
	t.Helper()
	m := storetest.AnyMeldingen(41, 1)[0]
	m.Alarmen = []domain.Alarm{{Advies: domain.Escaleren, Sinds: m.OntvangenOp}}
	m.Termijnen = []domain.MeldingTermijn{{Soort: "terugbellen_lmz", Status: term.Lopend, Start: m.Dag, Einddatum: m.Dag.AddDays(9), Herinner: m.Dag.AddDays(2)}}
	var list []domain.Bericht
	for n := range 250 {
		list = append(list, storetest.Bericht(n, []string{"u1", "u2", ""}[n%3]))
	}
	require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{Berichten: list}))
	for _, b := range list[:30] {
		require.NoError(t, s.ZetPost(t.Context(), b.ID, 0, domain.Post{Stand: domain.PostVerzonden, Pogingen: 1, VerzondenOp: b.Op}, nil))
		if b.Gebruiker != "" {
			_, err := s.LeesBericht(t.Context(), b.Gebruiker, b.ID, b.Op)
			require.NoError(t, err)
		}
	}
}

// mark has every third melding looked at under another calendar since, also of those
// that were never replaced.
func mark(t *testing.T, s store.Store) {
	t.Helper()
	var some []store.MeldingRev
	page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: domain.OpOntvangst, Aantal: 1000})
	require.NoError(t, err)
	for i, m := range page.Meldingen {
		if i%3 == 0 {
			some = append(some, store.MeldingRev{ID: m.ID, Rev: m.Rev})
		}
	}
	require.NoError(t, s.MerkHerrekend(t.Context(), some, 11, nil))
}

// requireSame requires that two stores answer alike.
func requireSame(t *testing.T, a, b store.Store) {
	t.Helper()
	ctx := t.Context()
	alike := func(ask func(s store.Store) (any, error)) {
		t.Helper()
		one, err := ask(a)
		require.NoError(t, err)
		other, err := ask(b)
		require.NoError(t, err)
		require.Equal(t, one, other)
	}
	alike(func(s store.Store) (any, error) { return s.Activeringen(ctx) })
	alike(func(s store.Store) (any, error) { return s.Pakket(ctx, storetest.Package("b").Digest) })
	alike(func(s store.Store) (any, error) {
		return s.LegVast(ctx, domain.Sleutel{Naam: "naam", Digest: "anders", ID: "anders"})
	})
	alike(func(s store.Store) (any, error) { return s.Kalenders(ctx) })
	alike(func(s store.Store) (any, error) { return s.TeHerrekenen(ctx, 11, "", some) })
	alike(func(s store.Store) (any, error) { return s.Telling(ctx) })
	alike(func(s store.Store) (any, error) { return s.Gebruikers(ctx) })
	alike(func(s store.Store) (any, error) { return s.GebruikerMetAgenda(ctx, storetest.Gebruiker(3).Agenda) })
	alike(func(s store.Store) (any, error) {
		return s.Diensten(ctx, storetest.Dienst(10).Van, storetest.Dienst(90).Tot)
	})
	for _, user := range []string{"u1", "u2"} {
		alike(func(s store.Store) (any, error) {
			return s.Berichten(ctx, domain.BerichtVraag{Gebruiker: user, Aantal: 200})
		})
	}
	alike(func(s store.Store) (any, error) { return s.TelPost(ctx) })
	alike(func(s store.Store) (any, error) { return s.Alarmen(ctx, domain.AlarmVraag{Aantal: 5}) })
	alike(func(s store.Store) (any, error) { return s.TeHerinneren(ctx, storetest.Melding(1).Dag, 5) })
	alike(func(s store.Store) (any, error) {
		return s.TeAlarmeren(ctx, storetest.Melding(1).OntvangenOp.AddDate(1, 0, 0), 5)
	})
	for n := range 250 {
		alike(func(s store.Store) (any, error) { return s.Vestig(ctx, storetest.Aanbieder(n)) })
	}
	for _, v := range []domain.Volgorde{domain.OpUrgentie, domain.OpOntvangst, domain.OpWijziging} {
		alike(func(s store.Store) (any, error) {
			page, err := s.Meldingen(ctx, domain.MeldingVraag{Volgorde: v, Aantal: some})
			return page.Meldingen, err
		})
	}
	alike(func(s store.Store) (any, error) {
		page, err := s.Termijnen(ctx, domain.TermijnVraag{Aantal: 2 * some})
		require.NotEmpty(t, page.Regels)
		return page, err
	})
	alike(func(s store.Store) (any, error) {
		return s.Stiptheid(ctx, domain.StiptheidVraag{Aantal: some, Vandaag: storetest.Melding(1).Dag})
	})
	for i, m := range storetest.AnyMeldingen(41, some) {
		alike(func(s store.Store) (any, error) { return s.EersteMelding(ctx, m.ID) })
		alike(func(s store.Store) (any, error) { return s.MeldingMetKenmerk(ctx, m.Kenmerk) })
		alike(func(s store.Store) (any, error) { return s.Advies(ctx, storetest.Entry(i).ID) })
		alike(func(s store.Store) (any, error) { return s.TelSignalen(ctx, m.AanbiederID, m.Dag, m.ID) })
	}
	alike(func(s store.Store) (any, error) {
		list, err := s.TeHertellen(ctx, 10)
		out := map[string]any{}
		for _, h := range list {
			out[h.Aanbieder] = h.Vanaf
		}
		return out, err
	})
}

func none(int) {}

func TestACopyAnswersAsItsSourceDoesAlsoThereAndBack(t *testing.T) {
	source, far, back := file(t), database(t), file(t)
	fill(t, source)
	before, err := kopie.Kopieer(t.Context(), source, far, none)
	require.NoError(t, err)
	requireSame(t, source, far)
	after, err := kopie.Kopieer(t.Context(), far, back, none)
	require.NoError(t, err)
	requireSame(t, source, back)
	assert.Equal(t, before, after)
	counts, total := map[string]int{}, int64(0)
	for _, p := range before {
		counts[p.Soort] = p.Aantal
		total += int64(p.Aantal)
	}
	for _, s := range []store.Kopie{source, far, back} {
		n, err := s.Stukken(t.Context())
		require.NoError(t, err)
		assert.Equal(t, total, n, "what a bar counts to")
	}
	assert.Equal(t, map[string]int{
		"beleidspakketten": 2, "activeringen": 3, "sleutels": 1, "aanbieders": 250, "adviezen": some + 301, "meldingen": some, "hertelingen": 3, "berichten": 250,
		"gebruikers": 201, "diensten": 201, "kalenders": 11,
	}, counts)

	m, err := back.Melding(t.Context(), storetest.AnyMeldingen(41, 1)[0].ID)
	require.NoError(t, err)
	require.NoError(t, storetest.Vervang(t.Context(), back, m, nil), "and it can be worked with")
	twin := m
	twin.ID, twin.Kenmerk = "een ander", "een ander"
	if m.Opgave.Klantkenmerk != "" {
		storetest.RequireFailure(t, storetest.Bewaar(t.Context(), far, twin, nil), domain.Conflict)
	}
}

func TestACopyThatWasBrokenOffGoesOn(t *testing.T) {
	source := file(t)
	fill(t, source)
	for name, target := range map[string]store.Kopie{"a file": file(t), "a database": database(t)} {
		t.Run(name, func(t *testing.T) {
			for steps := 1; ; steps++ {
				ctx, stop := context.WithCancel(t.Context())
				left := steps
				_, err := kopie.Kopieer(ctx, source, target, func(int) {
					if left--; left == 0 {
						stop()
					}
				})
				stop()
				if err == nil {
					require.Greater(t, steps, 4, "it was broken off more than once")
					break
				}
				require.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
			}
			requireSame(t, source, target)
			_, err := kopie.Kopieer(t.Context(), source, target, none)
			require.NoError(t, err, "once more changes nothing")
			requireSame(t, source, target)
		})
	}
}

func TestATargetWithOtherThingsIsRefusedAndLeftAlone(t *testing.T) {
	for name, put := range map[string]func(s store.Store) error{
		"another melding": func(s store.Store) error {
			return storetest.Bewaar(context.Background(), s, storetest.Melding(9999), nil)
		},
		"the same melding, changed": func(s store.Store) error {
			m := storetest.AnyMeldingen(41, 1)[0]
			m.Versie = 77
			return storetest.Bewaar(context.Background(), s, m, nil)
		},
		"another advice": func(s store.Store) error {
			return s.BewaarAdviezen(context.Background(), storetest.Entries(99_999, 99_999))
		},
		"another provider": func(s store.Store) error {
			_, err := s.Vestig(context.Background(), storetest.Aanbieder(999))
			return err
		},
		"another user": func(s store.Store) error {
			_, err := s.ZetGebruiker(context.Background(), storetest.Gebruiker(999))
			return err
		},
		"the same user of another version": func(s store.Store) error {
			_, err := s.ZetGebruiker(context.Background(), storetest.Gebruiker(3))
			return err
		},
		"a turn of the same number at another time": func(s store.Store) error {
			d := storetest.Dienst(3)
			d.Tot = d.Tot.Add(time.Minute)
			return s.ZetDienst(context.Background(), d)
		},
		"a provider of the same number with another name": func(s store.Store) error {
			a := storetest.Aanbieder(1)
			a.Naam += " Noord"
			_, err := s.Vestig(context.Background(), a)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			source := file(t)
			fill(t, source)
			for _, target := range []store.Kopie{file(t), database(t)} {
				require.NoError(t, put(target))
				before, err := target.Telling(t.Context())
				require.NoError(t, err)
				_, err = kopie.Kopieer(t.Context(), source, target, none)
				storetest.RequireFailure(t, err, domain.Conflict)
				assert.Equal(t, "fout.kopie_anders", domain.AsError(err).Key)
				after, err := target.Telling(t.Context())
				require.NoError(t, err)
				assert.Equal(t, before, after)
				list, err := target.Activeringen(t.Context())
				require.NoError(t, err)
				assert.Empty(t, list)
			}
		})
	}
}
