package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// termijnCases are about the terms of all meldingen.
func termijnCases() map[string]testCase {
	return map[string]testCase{
		"of nothing there are no terms":                                noTermijnen,
		"every filter gives the terms that a plain search gives":       everyTermijnFilter,
		"filters on terms together give what a plain search gives":     termijnFiltersTogether,
		"terms of one day on one melding come by their place":          termijnenSameDay,
		"terms stand in the lists as soon as their melding does":       termijnenFollow,
		"a refused write leaves the terms as they were":                termijnenRefused,
		"a key of no list of terms is refused":                         termijnenCursors,
		"pages of terms neither skip nor repeat while others are kept": termijnenWhileWriting,
		"a day with more terms than a page is read page by page":       termijnenCrowded,
		"answers are counted as a plain search counts them":            stiptheidAll,
		"the figures of providers come page by page":                   stiptheidPages,
		"a provider without answers that count has no figures":         stiptheidNone,
		"what passed is counted from the day after its end":            stiptheidBoundary,
	}
}

// aarden are kinds of terms, each of somebody by his part when that stands
// behind a slash.
func aarden(names ...string) (all []domain.TermijnAard) {
	for _, name := range names {
		soort, partij, _ := strings.Cut(name, "/")
		all = append(all, domain.TermijnAard{Soort: term.Soort(soort), Partij: domain.Partij(partij)})
	}
	return all
}

// anyOwner gives m a handler, and terms of which some were extended, some are of
// somebody, and some ended.
func anyOwner(r *rand.Rand, m domain.Melding) domain.Melding {
	m.Behandelaar = pick(r, "", "u1", "u2", "u3")
	for i := range m.Termijnen {
		t := &m.Termijnen[i]
		t.VerlengdOp = pick(r, term.Date{}, t.Start, t.Einddatum, t.Einddatum.AddDays(1))
		switch {
		case t.Soort == "besluit_onderzoek":
			t.Partij = pick(r, "", domain.Partij("melder"), "client")
		case t.Soort == "terugbellen_lmz" && r.IntN(4) == 0:
			t.BeeindigdOp = t.Einddatum.AddDays(1)
		}
		if !t.VoldaanOp.IsZero() {
			t.VoldaanOp = t.Einddatum.AddDays(r.IntN(3) - 1)
		}
	}
	return m
}

// keptTermijnen opens a store with the meldingen of a seed and their providers,
// some of a later revision.
func keptTermijnen(t *testing.T, at Stores, seed uint64) (store.Store, []domain.Melding) {
	t.Helper()
	s, all := at.Open(t), AnyMeldingen(seed, someMeldingen)
	vestig(t, s, Aanbieder(1), Aanbieder(2), Aanbieder(3), Aanbieder(4))
	together(10, func(c int) {
		r := rand.New(rand.NewPCG(seed, uint64(c)))
		for i := c; i < len(all); i += 10 {
			all[i] = anyOwner(r, all[i])
			if i%4 > 0 {
				assert.NoError(t, Bewaar(t.Context(), s, all[i], nil))
				continue
			}
			assert.NoError(t, Bewaar(t.Context(), s, anyOwner(r, anyReplacement(r, i, all[i])), nil))
			assert.NoError(t, Vervang(t.Context(), s, all[i], nil))
			all[i].Rev = 2
		}
	})
	return s, all
}

func noTermijnen(t *testing.T, at Stores) {
	s := at.Open(t)
	keepMelding(t, s, without(Melding(1)))
	page, err := s.Termijnen(t.Context(), domain.TermijnVraag{Aantal: 5})
	require.NoError(t, err)
	require.Empty(t, page)
	counted, err := s.TelTermijnen(t.Context(), domain.TermijnVraag{})
	require.NoError(t, err)
	require.Empty(t, counted)
	figures, err := s.Stiptheid(t.Context(), domain.StiptheidVraag{Aantal: 5, Vandaag: Melding(1).Dag})
	require.NoError(t, err)
	require.Empty(t, figures)
}

// without is m without terms.
func without(m domain.Melding) domain.Melding {
	m.Termijnen = nil
	return m
}

// halfGewijzigd is a moment after which about half of AnyMeldingen changed.
func halfGewijzigd() time.Time { return time.Date(2026, time.November, 20, 9, 0, 0, 125e6, time.UTC) }

func termijnFilters() map[string]domain.TermijnVraag {
	day := term.NewDate(2026, time.November, 5)
	all := map[string]domain.TermijnVraag{
		"none":                   {},
		"one kind":               {Aarden: aarden("terugbellen_lmz")},
		"a kind of somebody":     {Aarden: aarden("besluit_onderzoek/melder")},
		"two kinds, one twice":   {Aarden: aarden("terugbellen_lmz", "besluit_onderzoek", "terugbellen_lmz")},
		"an unknown kind":        {Aarden: aarden("weg")},
		"an unknown provider":    {AanbiederID: "weg"},
		"a handler":              {Behandelaar: "u2"},
		"an unknown one":         {Behandelaar: "weg"},
		"a sector":               {Sector: "ggz"},
		"from a day":             {Van: day},
		"up to a day":            {Tot: day},
		"one day":                {Van: day, Tot: day},
		"no day":                 {Van: day, Tot: day.AddDays(-1)},
		"near on a day":          {Van: day, AandachtTot: day},
		"not yet near on a day":  {AandachtVan: day.AddDays(1)},
		"near between days":      {AandachtVan: day.AddDays(-3), AandachtTot: day.AddDays(3)},
		"kinds of a handler":     {Behandelaar: "u1", Aarden: aarden("terugbellen_lmz", "reactie_aanbieder")},
		"a handler and provider": {Behandelaar: "u1", AanbiederID: aanbiederID(1), Sector: "ggz"},
		"a kind of a provider":   {AanbiederID: aanbiederID(2), Aarden: aarden("reactie_aanbieder"), Van: day},
	}
	for name, na := range map[string]time.Time{"half": halfGewijzigd(), "all": time.UnixMilli(1), "none": halfGewijzigd().AddDate(9, 0, 0)} {
		all["changed after, "+name] = domain.TermijnVraag{GewijzigdNa: na}
		all["changed after of a provider, "+name] = domain.TermijnVraag{GewijzigdNa: na, AanbiederID: aanbiederID(1), Van: day}
		all["changed after of kinds and a handler, "+name] = domain.TermijnVraag{GewijzigdNa: na, Behandelaar: "u1", Aarden: aarden("terugbellen_lmz", "reactie_aanbieder")}
		all["changed after and ended, "+name] = domain.TermijnVraag{GewijzigdNa: na, AanbiederID: aanbiederID(2), Afloop: domain.TeLaat}
		all["changed after and near, "+name] = domain.TermijnVraag{GewijzigdNa: na, Sector: "ggz", AandachtTot: day, Tot: day.AddDays(9)}
	}
	for n := range 4 {
		all[fmt.Sprint("provider ", n)] = domain.TermijnVraag{AanbiederID: aanbiederID(n)}
		for _, a := range []domain.Afloop{domain.OpTijd, domain.OpTijdNaVerlenging, domain.TeLaat} {
			all[fmt.Sprint(a, " of provider ", n)] = domain.TermijnVraag{AanbiederID: aanbiederID(n), Afloop: a}
			all[fmt.Sprint(a, " of provider and more ", n)] = domain.TermijnVraag{
				AanbiederID: aanbiederID(n), Afloop: a, Sector: "jeugd", Tot: day, Behandelaar: "u3",
			}
		}
	}
	return all
}

func everyTermijnFilter(t *testing.T, at Stores) {
	s, all := keptTermijnen(t, at, 31)
	for name, q := range termijnFilters() {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{1, 7, 1000} {
				requireTermijnen(t, s, all, q, n)
			}
			requireTelling(t, s, all, q)
		})
	}
}

func termijnFiltersTogether(t *testing.T, at Stores) {
	s, all := keptTermijnen(t, at, 33)
	r := rand.New(rand.NewPCG(33, 0))
	for range 60 {
		var q domain.TermijnVraag
		like := pick(r, all...)
		day := like.Dag.AddDays(r.IntN(60) - 30)
		for _, ask := range []func(){
			func() { q.Aarden = aarden("terugbellen_lmz", pick(r, "reactie_aanbieder", "weg")) },
			func() { q.AanbiederID = like.AanbiederID },
			func() { q.Behandelaar = like.Behandelaar },
			func() { q.Sector = like.Sector },
			func() { q.Van = day },
			func() { q.Tot = day.AddDays(r.IntN(30)) },
			func() { q.AandachtTot = day },
			func() { q.AandachtVan = day.AddDays(-r.IntN(30)) },
			func() { q.GewijzigdNa = like.GewijzigdOp },
		} {
			if r.IntN(3) == 0 {
				ask()
			}
		}
		requireTermijnen(t, s, all, q, 1+r.IntN(20))
		requireTelling(t, s, all, q)
	}
}

// onDay is melding n with an open term of every kind that ends on a day.
func onDay(n int, dag term.Date, soorten ...term.Soort) domain.Melding {
	m := without(Melding(n))
	for _, s := range soorten {
		m.Termijnen = append(m.Termijnen, domain.MeldingTermijn{
			Soort: s, Start: dag.AddDays(-5), Einddatum: dag, Aandacht: dag.AddDays(-2), Status: term.Lopend,
		})
	}
	return m
}

func termijnenSameDay(t *testing.T, at Stores) {
	s, dag := at.Open(t), term.NewDate(2026, time.December, 1)
	all := []domain.Melding{
		onDay(2, dag, "terugbellen_lmz", "terugbellen_lmz", "besluit_onderzoek"), onDay(1, dag, "besluit_onderzoek"),
		onDay(3, dag.AddDays(-1), "terugbellen_lmz"),
	}
	keepMelding(t, s, all...)
	for n := range 5 {
		requireTermijnen(t, s, all, domain.TermijnVraag{}, 1+n)
		requireTermijnen(t, s, all, domain.TermijnVraag{Aarden: aarden("terugbellen_lmz", "besluit_onderzoek")}, 1+n)
	}
	list := termijnPages(t, s, domain.TermijnVraag{Aantal: 2}, func() {})
	require.Equal(t, all[2].TermijnRegels()[0], list[0], "what ends first comes first")
	require.Equal(t, all[1].TermijnRegels()[0], list[1])
	require.Equal(t, all[0].TermijnRegels(), list[2:], "with all that is known of them")
}

func termijnenFollow(t *testing.T, at Stores) {
	s, dag := at.Open(t), term.NewDate(2026, time.December, 1)
	m := onDay(1, dag, "terugbellen_lmz", "besluit_onderzoek")
	keepMelding(t, s, m)
	step := func(change func()) {
		t.Helper()
		change()
		require.NoError(t, Vervang(t.Context(), s, m, nil))
		m.Rev++
		requireTermijnen(t, s, []domain.Melding{m}, domain.TermijnVraag{}, 10)
		requireTelling(t, s, []domain.Melding{m}, domain.TermijnVraag{})
		requireTermijnen(t, s, []domain.Melding{m}, domain.TermijnVraag{Behandelaar: "u1"}, 10)
		requireTermijnen(t, s, []domain.Melding{m}, domain.TermijnVraag{AanbiederID: m.AanbiederID}, 10)
	}
	step(func() {})
	step(func() { m.Termijnen[0].VoldaanOp = dag })
	step(func() { m.Termijnen[0].VoldaanOp = term.Date{} })
	step(func() { m.Termijnen[1].Einddatum = dag.AddDays(14) })
	step(func() { m.Behandelaar = "u1" })
	step(func() { m.Sector = "ggz" })
	step(func() { m.AanbiederID = aanbiederID(5) })
	step(func() { m.Termijnen = m.Termijnen[1:] })
	step(func() { m.Termijnen[0].Status, m.Termijnen[0].GemeldNadert = term.Nadert, m.Termijnen[0].Einddatum })
	step(func() {
		rev := m.Rev
		m = onDay(1, dag, "terugbellen_lmz", "terugbellen_lmz", "besluit_onderzoek")
		m.Rev = rev
	})
	step(func() { m.Termijnen = nil })
}

func termijnenRefused(t *testing.T, at Stores) {
	s, dag := at.Open(t), term.NewDate(2026, time.December, 1)
	m := onDay(1, dag, "terugbellen_lmz")
	keepMelding(t, s, m)
	other := onDay(1, dag.AddDays(9), "terugbellen_lmz", "besluit_onderzoek")
	other.Rev = 7
	RequireFailure(t, Vervang(t.Context(), s, other, nil), domain.Stale)
	RequireFailure(t, Bewaar(t.Context(), s, other, nil), domain.Conflict)
	requireTermijnen(t, s, []domain.Melding{m}, domain.TermijnVraag{}, 10)
	requireTelling(t, s, []domain.Melding{m}, domain.TermijnVraag{})
}

func termijnenCursors(t *testing.T, at Stores) {
	s, _ := keptTermijnen(t, at, 35)
	page, err := s.Termijnen(t.Context(), domain.TermijnVraag{Aantal: 3})
	require.NoError(t, err)
	figures, err := s.Stiptheid(t.Context(), domain.StiptheidVraag{Aantal: 1, Vandaag: term.NewDate(2027, 1, 1)})
	require.NoError(t, err)
	for _, key := range append(garbage(page.Volgende), figures.Volgende) {
		for _, q := range []domain.TermijnVraag{{}, {Behandelaar: "u1"}, {AanbiederID: aanbiederID(1), Afloop: domain.TeLaat}} {
			q.Na, q.Aantal = key, 3
			_, err := s.Termijnen(t.Context(), q)
			requireRefusedCursor(t, err)
		}
	}
	for _, key := range append(garbage(figures.Volgende), page.Volgende) {
		_, err := s.Stiptheid(t.Context(), domain.StiptheidVraag{Na: key, Aantal: 3})
		requireRefusedCursor(t, err)
	}
}

func termijnenWhileWriting(t *testing.T, at Stores) {
	s, all := keptTermijnen(t, at, 37)
	r := rand.New(rand.NewPCG(37, 1))
	for name, q := range map[string]domain.TermijnVraag{"all": {}, "of a provider": {AanbiederID: aanbiederID(1)}} {
		t.Run(name, func(t *testing.T) {
			q.Aantal = 9
			stays := map[string]bool{}
			for _, row := range wantedTermijnen(all, q) {
				stays[fmt.Sprint(row.MeldingID, row.Nr)] = true
			}
			list := termijnPages(t, s, q, func() {
				fresh, i := anyOwner(r, AnyMelding(r, len(all))), r.IntN(len(all))
				keepMelding(t, s, fresh)
				moved := anyOwner(r, anyReplacement(r, i, all[i]))
				require.NoError(t, Vervang(t.Context(), s, moved, nil))
				moved.Rev++
				for nr := range 5 {
					delete(stays, fmt.Sprint(moved.ID, nr))
				}
				all[i] = moved
				all = append(all, fresh)
			})
			seen := map[string]int{}
			for _, row := range list {
				seen[fmt.Sprint(row.MeldingID, row.Nr)]++
			}
			require.NotEmpty(t, stays)
			for key := range stays {
				require.Equal(t, 1, seen[key], key)
			}
		})
	}
}

func termijnenCrowded(t *testing.T, at Stores) {
	s, dag := at.Open(t), term.NewDate(2026, time.December, 1)
	var all []domain.Melding
	for n := range 250 {
		all = append(all, onDay(n, dag.AddDays(n/120), "terugbellen_lmz", "besluit_onderzoek"))
	}
	all = append(all, onDay(250, dag.AddDays(-700), "terugbellen_lmz"), onDay(251, dag.AddDays(4000), "terugbellen_lmz"))
	together(10, func(c int) {
		for i := c; i < len(all); i += 10 {
			assert.NoError(t, Bewaar(t.Context(), s, all[i], nil))
		}
	})
	for _, q := range []domain.TermijnVraag{{}, {Aarden: aarden("besluit_onderzoek")}, {Van: dag, Tot: dag.AddDays(1)}} {
		requireTermijnen(t, s, all, q, 37)
	}
}
