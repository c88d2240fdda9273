package storetest

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// lijstCases are about the lists of meldingen.
func lijstCases() map[string]testCase {
	return map[string]testCase{
		"a list of nothing is an empty page": func(t *testing.T, at Stores) {
			s := at.Open(t)
			for _, v := range volgordes() {
				page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: v, Aantal: 10})
				require.NoError(t, err)
				require.Empty(t, page)
			}
		},
		"every filter in every order gives the list that a plain search gives": everyFilter,
		"filters together give the list that a plain search gives":             filtersTogether,
		"a page may be as small as one and as large as the list":               pageSizes,
		"changed after a moment leaves out what changed at it":                 changedAfter,
		"a key of another order, or that is none, is refused":                  refusedCursors,
		"pages neither skip nor repeat while others are written":               pagesWhileWriting,
		"pages neither skip nor repeat while many write":                       pagesWhileManyWrite,
	}
}

// RunLijsten holds an adapter to the promises of the lists only.
func RunLijsten(t *testing.T, open func(t *testing.T) store.Store) {
	t.Helper()
	for name, do := range lijstCases() {
		t.Run(name, func(t *testing.T) { do(t, Stores{Open: open}) })
	}
}

// someMeldingen is enough that every filter leaves some.
const someMeldingen = 300

// keptMeldingen opens a store with the meldingen of a seed, some of which are of a later
// revision.
func keptMeldingen(t *testing.T, at Stores, seed uint64) (store.Store, []domain.Melding) {
	t.Helper()
	s := at.Open(t)
	all := AnyMeldingen(seed, someMeldingen)
	together(10, func(c int) {
		r := rand.New(rand.NewPCG(seed, uint64(c)))
		for i := c; i < len(all); i += 10 {
			if i%4 > 0 {
				assert.NoError(t, Bewaar(t.Context(), s, all[i], nil))
				continue
			}
			assert.NoError(t, Bewaar(t.Context(), s, anyReplacement(r, i, all[i]), nil))
			assert.NoError(t, Vervang(t.Context(), s, all[i], nil))
			all[i].Rev = 2
		}
	})
	return s, all
}

// filterCases are every filter with values that leave much, little and nothing.
func filterCases(all []domain.Melding) map[string]domain.MeldingVraag {
	day := term.NewDate(2026, time.October, 20)
	cases := map[string]domain.MeldingVraag{
		"none":                   {},
		"an unknown status":      {Status: "weg"},
		"an unknown provider":    {AanbiederID: "weg"},
		"an unknown sector":      {Sector: "weg"},
		"an unknown handler":     {Behandelaar: "weg"},
		"a handler":              {Behandelaar: "u1"},
		"another handler":        {Behandelaar: "u2"},
		"klantkenmerk":           {Klantkenmerk: "zaak-9"},
		"an unknown one":         {Klantkenmerk: "weg"},
		"from a day":             {Van: day},
		"up to a day":            {Tot: day},
		"one day":                {Van: day, Tot: day},
		"some days":              {Van: day.AddDays(-4), Tot: day.AddDays(2)},
		"no day":                 {Van: day, Tot: day.AddDays(-1)},
		"changed after":          {GewijzigdNa: all[0].GewijzigdOp},
		"changed after all":      {GewijzigdNa: all[0].GewijzigdOp.AddDate(1, 0, 0)},
		"changed after none":     {GewijzigdNa: all[0].GewijzigdOp.AddDate(-1, 0, 0)},
		"changed after and days": {GewijzigdNa: all[0].GewijzigdOp, Van: day, Tot: day.AddDays(5)},
	}
	for _, v := range domain.MeldingStatussen() {
		cases["status "+string(v)] = domain.MeldingVraag{Status: v}
	}
	for _, v := range append(domain.Adviezen(), domain.Beoordelen) {
		cases["advies "+string(v)] = domain.MeldingVraag{Advies: v}
	}
	for n := range 4 {
		cases[fmt.Sprint("aanbieder ", n)] = domain.MeldingVraag{AanbiederID: aanbiederID(n)}
	}
	for _, v := range []string{"ggz", "jeugd", "overig"} {
		cases["sector "+v] = domain.MeldingVraag{Sector: v}
	}
	for _, v := range []term.Status{term.Lopend, term.Nadert, term.Verstreken, term.Voldaan} {
		cases["termijn "+string(v)] = domain.MeldingVraag{TermijnStatus: v}
	}
	return cases
}

func everyFilter(t *testing.T, at Stores) {
	s, all := keptMeldingen(t, at, 1)
	for name, q := range filterCases(all) {
		for _, v := range volgordes() {
			t.Run(fmt.Sprint(name, ", ", v), func(t *testing.T) {
				q.Volgorde = v
				requireList(t, s, all, q, 17)
			})
		}
	}
}

func filtersTogether(t *testing.T, at Stores) {
	s, all := keptMeldingen(t, at, 3)
	r := rand.New(rand.NewPCG(3, 0))
	found := 0
	for range 120 {
		q, like := domain.MeldingVraag{Volgorde: pick(r, volgordes()...)}, pick(r, all...)
		for _, ask := range []func(){
			func() { q.Status = like.Status },
			func() { q.Advies = like.Advies.Advies },
			func() { q.AanbiederID = like.AanbiederID },
			func() { q.Behandelaar = like.Behandelaar },
			func() { q.Sector = like.Sector },
			func() { q.TermijnStatus = like.TermijnStatus() },
			func() { q.Klantkenmerk = like.Opgave.Klantkenmerk },
			func() { q.Van = like.Dag.AddDays(-r.IntN(20)) },
			func() { q.Tot = like.Dag.AddDays(r.IntN(20)) },
			func() { q.GewijzigdNa = like.GewijzigdOp.Add(-time.Duration(1+r.IntN(100)) * time.Millisecond) },
		} {
			if r.IntN(3) == 0 {
				ask()
			}
		}
		requireList(t, s, all, q, 1+r.IntN(40))
		found += len(wanted(all, q))
	}
	require.Greater(t, found, 500, "the questions were about something")
}

func pageSizes(t *testing.T, at Stores) {
	s, all := keptMeldingen(t, at, 5)
	for _, v := range volgordes() {
		for _, aantal := range []int{1, 50, someMeldingen - 1, someMeldingen, someMeldingen + 1} {
			requireList(t, s, all, domain.MeldingVraag{Volgorde: v}, aantal)
			requireList(t, s, all, domain.MeldingVraag{Volgorde: v, Sector: "ggz", Advies: domain.Escaleren}, aantal)
		}
	}
}

func changedAfter(t *testing.T, at Stores) {
	s := at.Open(t)
	moment := time.Date(2026, 11, 20, 10, 0, 0, 5_000_000, time.UTC)
	m := Melding(1)
	m.GewijzigdOp = moment
	keepMelding(t, s, m)
	for name, c := range map[string]struct {
		na   time.Time
		want int
	}{
		"at it":                  {moment, 0},
		"in another zone":        {moment.In(time.FixedZone("hier", 3600)), 0},
		"a millisecond before":   {moment.Add(-time.Millisecond), 1},
		"a nanosecond before":    {moment.Add(-1), 1},
		"a nanosecond after":     {moment.Add(1), 0},
		"a millisecond after":    {moment.Add(time.Millisecond), 0},
		"before there was a web": {time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC), 1},
	} {
		for _, v := range volgordes() {
			page, err := s.Meldingen(t.Context(), domain.MeldingVraag{GewijzigdNa: c.na, Volgorde: v, Aantal: 5})
			require.NoError(t, err)
			require.Len(t, page.Meldingen, c.want, "%s, %s", name, v)
		}
	}
}

// requireRefusedCursor requires that a key was refused by name.
func requireRefusedCursor(t *testing.T, err error) {
	t.Helper()
	RequireFailure(t, err, domain.Invalid)
	require.Equal(t, []domain.Fault{{Field: "cursor", Code: "cursor"}}, domain.AsError(err).Faults)
}

// garbage is what may be given for a key.
func garbage(key string) []string {
	return []string{"x", " ", "0", "null", "e30", "W10", "WzFd", key[1:], key + "A", "!" + key, key[:len(key)/2], "\x00", "é", "eyJhIjoxfQ"}
}

func refusedCursors(t *testing.T, at Stores) {
	s, _ := keptMeldingen(t, at, 7)
	keys := map[domain.Volgorde]string{}
	for _, v := range volgordes() {
		page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: v, Aantal: 3})
		require.NoError(t, err)
		require.NotEmpty(t, page.Volgende)
		keys[v] = page.Volgende
	}
	for _, v := range volgordes() {
		refused := garbage(keys[v])
		for other, key := range keys {
			if other != v {
				refused = append(refused, key)
			}
		}
		for _, key := range refused {
			for _, q := range []domain.MeldingVraag{{}, {Status: domain.StatusOntvangen}, {Sector: "ggz", Advies: domain.Escaleren}} {
				q.Volgorde, q.Na, q.Aantal = v, key, 3
				page, err := s.Meldingen(t.Context(), q)
				requireRefusedCursor(t, err)
				require.Empty(t, page)
			}
		}
	}
}

func pagesWhileWriting(t *testing.T, at Stores) {
	s, all := keptMeldingen(t, at, 9)
	r := rand.New(rand.NewPCG(9, 9))
	for _, v := range volgordes() {
		for name, q := range map[string]domain.MeldingVraag{"all": {}, "of a provider": {AanbiederID: aanbiederID(1)}} {
			t.Run(fmt.Sprint(v, ", ", name), func(t *testing.T) {
				q.Volgorde, q.Aantal = v, 9
				stays := map[string]bool{}
				for _, m := range wanted(all, q) {
					stays[m.ID] = true
				}
				list := pages(t, s, q, func() {
					fresh, i := AnyMelding(r, len(all)), r.IntN(len(all))
					keepMelding(t, s, fresh)
					moved := anyReplacement(r, i, all[i])
					require.NoError(t, Vervang(t.Context(), s, moved, nil))
					moved.Rev++
					delete(stays, moved.ID)
					all[i] = moved
					all = append(all, fresh)
				})
				requireEach(t, stays, list)
			})
		}
	}
}

// requireEach requires that each of stays stands in list once.
func requireEach(t *testing.T, stays map[string]bool, list []domain.Melding) {
	t.Helper()
	seen := map[string]int{}
	for _, m := range list {
		seen[m.ID]++
	}
	for id := range stays {
		require.Equal(t, 1, seen[id], id)
	}
	require.NotEmpty(t, stays)
}

func pagesWhileManyWrite(t *testing.T, at Stores) {
	s, all := keptMeldingen(t, at, 11)
	stays := map[string]bool{}
	for _, m := range all[100:] {
		stays[m.ID] = true
	}
	var writers sync.WaitGroup
	for i := range 4 {
		writers.Go(func() {
			r := rand.New(rand.NewPCG(11, uint64(i)))
			for n := range 25 {
				m := AnyMelding(r, 10_000+100*i+n)
				assert.NoError(t, Bewaar(t.Context(), s, m, nil))
				assert.NoError(t, Vervang(t.Context(), s, anyReplacement(r, n, all[25*i+n]), nil))
			}
		})
	}
	for _, v := range volgordes() {
		requireEach(t, stays, pages(t, s, domain.MeldingVraag{Volgorde: v, Aantal: 3}, func() {}))
	}
	writers.Wait()
}
