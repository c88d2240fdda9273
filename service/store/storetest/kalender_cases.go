package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// kalenderCases are about the calendars that are kept.
func kalenderCases() map[string]testCase {
	return map[string]testCase{
		"without a calendar there is none to count with": func(t *testing.T, at Stores) {
			s := at.Open(t)
			_, err := s.Kalender(t.Context())
			requireRefusal(t, err, domain.NotFound, "fout.opslag_geen_kalender")
			all, err := s.Kalenders(t.Context())
			require.NoError(t, err)
			require.Equal(t, []domain.KalenderVersie{}, all)
		},
		"a calendar comes back exactly as it was kept":                    exactKalender,
		"the newest calendar counts, and all of them stay":                newestKalender,
		"a calendar that is not the next one is refused":                  nextKalender,
		"of many calendars at once each gets its version, without a gap":  racedKalenders,
		"a calendar that is kept does not share memory with what was not": ownKalender,
	}
}

// Kalender is version n of a calendar.
func Kalender(n int) domain.KalenderVersie {
	return domain.KalenderVersie{
		Versie: n, Digest: fmt.Sprintf("%064x", n), Besluitdagen: `{"Stand":"2026-11-28"}`, Reden: fmt.Sprint("reden ", n),
		Op: time.Date(2026, time.November, 20, 9, 0, n, 0, time.UTC), Door: domain.Actor{ID: "beheerder", Rol: domain.Beheer},
		Erbij: []term.VrijeDag{{Datum: term.NewDate(2029, time.May, n), Naam: "een dag"}}, Eraf: []term.VrijeDag{},
		Ladder: fmt.Sprintf("%064x", -n), Verzoek: fmt.Sprint("verzoek ", n), TeHerrekenen: 10 * n,
	}
}

func exactKalender(t *testing.T, at Stores) {
	s := at.Open(t)
	var want []domain.KalenderVersie
	for name, change := range map[string]func(*domain.KalenderVersie){
		"whole":      func(*domain.KalenderVersie) {},
		"of nothing": func(k *domain.KalenderVersie) { *k = domain.KalenderVersie{Versie: k.Versie, Op: k.Op} },
		"empty days": func(k *domain.KalenderVersie) { k.Erbij, k.Eraf = []term.VrijeDag{}, nil },
		"odd texts": func(k *domain.KalenderVersie) {
			k.Reden, k.Besluitdagen, k.Digest, k.Verzoek = "caf\u00e9\u2028<b>\x00", "cafe\u0301", "👩‍👩‍👧", "\\u0000"
			k.Erbij = []term.VrijeDag{{Naam: "zonder datum"}, {Datum: term.NewDate(1900, 1, 1)}}
		},
		"moment of another zone": func(k *domain.KalenderVersie) {
			k.Op = time.Date(2026, 11, 20, 10, 0, 0, 1_999_999, time.FixedZone("hier", 3600))
		},
	} {
		k := Kalender(len(want) + 1)
		change(&k)
		require.NoError(t, s.BewaarKalender(t.Context(), k), name)
		k.Op = k.Op.Truncate(time.Millisecond).UTC()
		want = append(want, k)
		got, err := s.Kalender(t.Context())
		require.NoError(t, err, name)
		require.Equal(t, k, got, name)
	}
	all, err := at.Reopen(t, s).Kalenders(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, all)
}

func newestKalender(t *testing.T, at Stores) {
	s := at.Open(t)
	for n := 1; n < 13; n++ { // two digits: a number, not a text
		require.NoError(t, s.BewaarKalender(t.Context(), Kalender(n)))
		got, err := s.Kalender(t.Context())
		require.NoError(t, err)
		require.Equal(t, Kalender(n), got)
	}
	all, err := s.Kalenders(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 12)
	for i, k := range all {
		require.Equal(t, Kalender(i+1), k)
	}
}

func nextKalender(t *testing.T, at Stores) {
	s := at.Open(t)
	refused := func(n int) {
		t.Helper()
		requireRefusal(t, s.BewaarKalender(t.Context(), Kalender(n)), domain.Stale, "fout.kalender_versie")
	}
	refused(0)
	refused(2)
	require.NoError(t, s.BewaarKalender(t.Context(), Kalender(1)))
	other := Kalender(1)
	other.Reden = "een andere"
	requireRefusal(t, s.BewaarKalender(t.Context(), other), domain.Stale, "fout.kalender_versie")
	refused(3)
	s = at.Reopen(t, s)
	refused(1)
	require.NoError(t, s.BewaarKalender(t.Context(), Kalender(2)))
	all, err := s.Kalenders(t.Context())
	require.NoError(t, err)
	require.Equal(t, []domain.KalenderVersie{Kalender(1), Kalender(2)}, all)
}

// racedKalenders has each caller take the number above what it sees until it has one.
func racedKalenders(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers = 12
	var lock sync.Mutex
	got := map[int]string{}
	together(callers, func(i int) {
		for {
			mine := Kalender(1)
			mine.Reden = fmt.Sprint("van ", i)
			if newest, err := s.Kalender(t.Context()); err == nil {
				mine.Versie = newest.Versie + 1
			}
			err := s.BewaarKalender(t.Context(), mine)
			if domain.IsCode(err, domain.Stale) {
				continue
			}
			if assert.NoError(t, err) {
				lock.Lock()
				defer lock.Unlock()
				got[mine.Versie] = mine.Reden
			}
			return
		}
	})
	all, err := s.Kalenders(t.Context())
	require.NoError(t, err)
	require.Len(t, all, callers)
	for i, k := range all {
		require.Equal(t, i+1, k.Versie)
		require.Equal(t, got[k.Versie], k.Reden, "who was told that it was kept has that number")
	}
}

func ownKalender(t *testing.T, at Stores) {
	s := at.Open(t)
	k := Kalender(1)
	require.NoError(t, s.BewaarKalender(t.Context(), k))
	k.Erbij[0].Naam = "veranderd"
	got, err := s.Kalender(t.Context())
	require.NoError(t, err)
	require.Equal(t, Kalender(1), got)
	got.Erbij[0].Naam = "veranderd"
	again, err := s.Kalender(t.Context())
	require.NoError(t, err)
	require.Equal(t, Kalender(1), again)
}
