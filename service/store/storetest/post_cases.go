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
)

func teVersturen(t *testing.T, at Stores) {
	s, r := at.Open(t), rand.New(rand.NewPCG(7, 1))
	all := anyBerichten(r, 150)
	keepBerichten(t, s, 1, all...)
	for range 60 {
		soort, events, n := pick(r, domain.BerichtSoorten()...), r.IntN(2) == 0, r.IntN(12)
		until := Melding(1).OntvangenOp.Add(time.Duration(r.IntN(24)) * time.Second)
		var want []domain.Bericht
		for _, b := range all {
			if b.Soort == soort && (b.Gebruiker == "") == events && b.Post.Stand == domain.PostWacht && !b.Post.Volgende.After(until) {
				want = append(want, b)
			}
		}
		slices.SortFunc(want, func(a, b domain.Bericht) int {
			return cmp.Or(a.Post.Volgende.Compare(b.Post.Volgende), cmp.Compare(a.ID, b.ID))
		})
		got, err := s.TeVersturen(t.Context(), soort, events, until, n)
		require.NoError(t, err)
		require.Equal(t, append([]domain.Bericht{}, want[:min(n, len(want))]...), append([]domain.Bericht{}, got...))
	}
}

func postChanges(t *testing.T, at Stores) {
	s := at.Open(t)
	b := Bericht(1, "u1")
	keepBerichten(t, s, 1, b)
	try := domain.Post{Stand: domain.PostWacht, Pogingen: 1, Volgende: b.Op.Add(2 * time.Minute)}
	require.NoError(t, s.ZetPost(t.Context(), b.ID, 0, try, nil))
	b.Post = try
	requireBerichten(t, s, "u1", b)
	sent := domain.Post{Stand: domain.PostVerzonden, Pogingen: 1, VerzondenOp: b.Op.Add(time.Minute)}
	requireRefusal(t, s.ZetPost(t.Context(), b.ID, 0, sent, nil), domain.Stale, "fout.verouderd")
	requireBerichten(t, s, "u1", b)
	require.NoError(t, s.ZetPost(t.Context(), b.ID, 1, sent, nil))
	requireRefusal(t, s.ZetPost(t.Context(), b.ID, 1, try, nil), domain.Stale, "fout.verouderd")
	requireRefusal(t, s.ZetPost(t.Context(), "b0009", 0, try, nil), domain.NotFound, "fout.bericht_onbekend")
	b.Post = sent
	requireBerichten(t, s, "u1", b)
	requireBerichten(t, at.Reopen(t, s), "u1", b)
}

func postManyAtOnce(t *testing.T, at Stores) {
	s := at.Open(t)
	b := Bericht(1, "u1")
	keepBerichten(t, s, 1, b)
	const callers = 20
	errs := make([]error, callers)
	together(callers, func(i int) {
		errs[i] = s.ZetPost(t.Context(), b.ID, 0, domain.Post{Stand: domain.PostWacht, Pogingen: 1, Volgende: b.Op.Add(time.Duration(i) * time.Minute)}, nil)
	})
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		requireRefusal(t, err, domain.Stale, "fout.verouderd")
	}
	require.Equal(t, 1, won)
}

func postUnderLead(t *testing.T, at Stores) {
	s := at.Open(t)
	b := Bericht(1, "u1")
	keepBerichten(t, s, 1, b)
	try := domain.Post{Stand: domain.PostWacht, Pogingen: 1, Volgende: b.Op.Add(2 * time.Minute)}
	lead := take(t, s, "a", longLead)
	require.NoError(t, s.ZetPost(t.Context(), b.ID, 0, try, &lead))
	require.NoError(t, s.LaatLeiding(t.Context(), lead))
	next := take(t, s, "b", longLead)
	try.Pogingen = 2
	requireRefusal(t, s.ZetPost(t.Context(), b.ID, 1, try, &lead), domain.Stale, "fout.leiding_voorbij")
	require.NoError(t, s.ZetPost(t.Context(), b.ID, 1, try, &next))
	try.Pogingen = 3
	requireRefusal(t, s.ZetPost(t.Context(), b.ID, 2, try, &lead), domain.Stale, "fout.leiding_voorbij")
	requireRefusal(t, s.ZetPost(t.Context(), b.ID, 7, try, &next), domain.Stale, "fout.verouderd")
	never := store.Leiding{Naam: "taken", Houder: "c", Nr: 99}
	requireRefusal(t, s.ZetPost(t.Context(), b.ID, 2, try, &never), domain.Stale, "fout.leiding_voorbij")
	require.NoError(t, s.ZetPost(t.Context(), b.ID, 2, try, nil), "who needs no lead may")
	b.Post = try
	requireBerichten(t, s, "u1", b)
}

func postCounted(t *testing.T, at Stores) {
	s, r := at.Open(t), rand.New(rand.NewPCG(8, 1))
	all := anyBerichten(r, 80)
	keepBerichten(t, s, 1, all...)
	for range 10 {
		i := r.IntN(len(all))
		b := &all[i]
		post := domain.Post{Stand: pick(r, domain.PostStanden()...), Pogingen: b.Post.Pogingen + 1}
		if err := s.ZetPost(t.Context(), b.ID, b.Post.Pogingen, post, nil); err == nil {
			b.Post = post
		} else {
			assert.NotEqual(t, domain.PostWacht, b.Post.Stand)
		}
		want := map[domain.PostStand]int{}
		for _, b := range all {
			want[b.Post.Stand]++
		}
		counted, err := s.TelPost(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, counted)
	}
}
