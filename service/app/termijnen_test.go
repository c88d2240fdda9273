package app_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// about names the provider.
func about(name string) func(o *domain.Opgave) {
	return func(o *domain.Opgave) { o.Aanbieder = &domain.AanbiederOpgave{Naam: name, Plaats: "Delft"} }
}

func answered(on string) func(o *domain.Opgave) {
	return func(o *domain.Opgave) { o.Melding.KlachtBijAanbieder.AntwoordOp = &on }
}

func extended(on string) func(o *domain.Opgave) {
	return func(o *domain.Opgave) { o.Melding.KlachtBijAanbieder.VerlengdOp = &on }
}

func sector(s string) func(o *domain.Opgave) {
	return func(o *domain.Opgave) { o.Melding.Sector = &s }
}

func letter(o *domain.Opgave) { o.Kanaal = "brief" }

// withTerms is a house with terms of all sorts: of complaints some weeks old, and
// calls to make.
func withTerms(t *testing.T) *apptest.House {
	t.Helper()
	h, _ := shipped(t)
	for i, day := range []string{"2026-06-01", "2026-10-01", "2026-10-13", "2026-10-16", "2026-11-02", "2026-11-18"} {
		receive(t, h, told(complained(day), about([]string{"De Linde", "De Eik"}[i%2]), sector([]string{"ggz", "jeugd", "overig"}[i%3])))
		receive(t, h, told(letter, received("2026-11-1"+string(rune('0'+i+3))), about("De Eik")))
	}
	receive(t, h, told(letter, func(o *domain.Opgave) { o.Aanbieder = nil }))
	return h
}

// everyTerm is all that f asks for.
func everyTerm(t *testing.T, h *apptest.House, f domain.TermijnFilter) []app.TermijnRij {
	t.Helper()
	var all []app.TermijnRij
	require.NoError(t, h.App.ElkeTermijn(t.Context(), actor(), f, func(r app.TermijnRij) error {
		all = append(all, r)
		return nil
	}))
	return all
}

func TestTermsStandAsOfTodayNotAsLastSwept(t *testing.T) {
	h, _ := shipped(t)
	m := receive(t, h, told(complained("2026-11-18")))
	for day, want := range map[string]struct {
		status term.Status
		days   int
	}{
		"2026-11-20": {term.Lopend, 40}, "2026-12-22": {term.Lopend, 8}, "2026-12-23": {term.Nadert, 7},
		"2026-12-30": {term.Nadert, 0}, "2026-12-31": {term.Verstreken, -1},
	} {
		now, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		h.Clock.Set(now)
		list, err := h.App.LijstTermijnen(t.Context(), actor(), domain.TermijnFilter{Aantal: 5})
		require.NoError(t, err)
		require.Len(t, list.Rijen, 1)
		row := list.Rijen[0]
		assert.Equal(t, want.status, row.Status, day)
		assert.Equal(t, want.days, *row.Dagen, day)
		assert.Equal(t, map[term.Status]int{want.status: 1}, list.Totalen.PerStatus)
		assert.Equal(t, map[term.Eigenaar]int{term.VanAanbieder: 1}, list.Totalen.PerEigenaar)
		assert.Equal(t, m.Melding.Kenmerk, row.Kenmerk)
		assert.Equal(t, "De Linde", row.Aanbieder.Naam)
		assert.Equal(t, "Reactie van de zorgaanbieder op de klacht", row.Titel)
		assert.Equal(t, day, list.Dag.String())
		for _, status := range []term.Status{term.Lopend, term.Nadert, term.Verstreken} {
			found := everyTerm(t, h, domain.TermijnFilter{Status: status})
			assert.Equal(t, status == want.status, len(found) == 1, "%s as %s", day, status)
		}
	}
}

// Every filter leaves of all terms those that have what it asks for, and the totals
// are of all its pages.
func TestEveryFilterLeavesWhatItAsksForAndCountsIt(t *testing.T) {
	h := withTerms(t)
	all := everyTerm(t, h, domain.TermijnFilter{})
	require.Greater(t, len(all), 10)
	var filters []domain.TermijnFilter
	for _, status := range []term.Status{"", term.Lopend, term.Nadert, term.Verstreken} {
		for _, owner := range []term.Eigenaar{"", term.VanAanbieder, term.VanLMZ, term.VanIGJ} {
			for _, kind := range []term.Soort{"", term.ReactieAanbieder, "terugbellen_lmz"} {
				for _, provider := range []string{"", all[0].AanbiederID} {
					filters = append(filters, domain.TermijnFilter{Status: status, Eigenaar: owner, Soort: kind, AanbiederID: provider})
				}
			}
		}
	}
	for _, f := range filters {
		want := slices.DeleteFunc(slices.Clone(all), func(r app.TermijnRij) bool {
			return f.Status != "" && r.Status != f.Status || f.Eigenaar != "" && r.Eigenaar != f.Eigenaar ||
				f.Soort != "" && r.Soort != f.Soort || f.AanbiederID != "" && r.AanbiederID != f.AanbiederID
		})
		requireTermList(t, h, f, want)
	}
}

// requireTermList requires that f, read in pages of three, is want, with totals.
func requireTermList(t *testing.T, h *apptest.House, f domain.TermijnFilter, want []app.TermijnRij) {
	t.Helper()
	perStatus, perOwner := map[term.Status]int{}, map[term.Eigenaar]int{}
	for _, r := range want {
		perStatus[r.Status]++
		perOwner[r.Eigenaar]++
	}
	got := []app.TermijnRij{}
	f.Aantal = 3
	for {
		list, err := h.App.LijstTermijnen(t.Context(), actor(), f)
		require.NoError(t, err)
		got = append(got, list.Rijen...)
		require.Equal(t, &app.TermijnTotalen{Aantal: len(want), PerStatus: perStatus, PerEigenaar: perOwner}, list.Totalen, "%+v", f)
		if f.Na = list.Volgende; f.Na == "" {
			break
		}
	}
	require.Len(t, got, len(want), "%+v", f)
	for i := range want {
		require.Equal(t, want[i].TermijnRegel, got[i].TermijnRegel)
	}
}

func TestAKindOfTermThatDoesNotExistIsRefused(t *testing.T) {
	h, _ := shipped(t)
	_, err := h.App.LijstTermijnen(t.Context(), actor(), domain.TermijnFilter{Soort: "koffie", Aantal: 1})
	requireFaults(t, err, "soort termijn_soort")
	err = h.App.ElkeTermijn(t.Context(), actor(), domain.TermijnFilter{Soort: "koffie"}, nil)
	requireFaults(t, err, "soort termijn_soort")
}

func TestAKindOfAnotherOwnerIsNothing(t *testing.T) {
	h := withTerms(t)
	f := domain.TermijnFilter{Soort: "terugbellen_lmz", Eigenaar: term.VanAanbieder, Aantal: 5}
	list, err := h.App.LijstTermijnen(t.Context(), actor(), f)
	require.NoError(t, err)
	assert.Empty(t, list.Rijen)
	assert.Zero(t, list.Totalen.Aantal)
	assert.Empty(t, everyTerm(t, h, f))
}

func TestWhoCannotTakeMoreTermsGetsNoMore(t *testing.T) {
	h := withTerms(t)
	full, n := errors.New("full"), 0
	err := h.App.ElkeTermijn(t.Context(), actor(), domain.TermijnFilter{}, func(app.TermijnRij) error {
		if n++; n == 3 {
			return full
		}
		return nil
	})
	require.ErrorIs(t, err, full)
	assert.Equal(t, 3, n)
}

// answers receives n meldingen about a provider, told as changes say.
func answers(t *testing.T, h *apptest.House, n int, changes ...func(o *domain.Opgave)) {
	t.Helper()
	for range n {
		receive(t, h, told(changes...))
	}
}

func TestThePunctualityOfAProvider(t *testing.T) {
	h, _ := shipped(t)
	answers(t, h, 6, complained("2026-06-01"), answered("2026-07-13"), sector("ggz"))                           // on the last day
	answers(t, h, 5, complained("2026-06-01"), answered("2026-07-14"), sector("ggz"))                           // a day late
	answers(t, h, 2, complained("2026-06-01"), extended("2026-07-13"), answered("2026-08-10"), sector("jeugd")) // extended in time
	answers(t, h, 3, complained("2026-06-01"), extended("2026-07-14"), answered("2026-08-10"), sector("jeugd")) // too late
	answers(t, h, 7, complained("2026-06-01"), sector("jeugd"))                                                 // never
	answers(t, h, 4, complained("2026-11-02"), sector("jeugd"))                                                 // runs still
	receive(t, h, told(complained("2026-06-01"), about("De Eik")))
	list, err := h.App.LijstStiptheid(t.Context(), actor(), domain.StiptheidVraag{Aantal: 5})
	require.NoError(t, err)
	require.Len(t, list.Aanbieders, 2)
	linde := list.Aanbieders[slices.IndexFunc(list.Aanbieders, func(a app.StiptheidAanbieder) bool { return a.Aanbieder.Naam == "De Linde" })]
	few, n := domain.Getal{Klein: true}, func(n int) domain.Getal { return domain.Getal{Aantal: n} }
	least := func(n int) domain.Getal { return domain.Getal{Aantal: n, Minstens: true} }
	assert.Equal(t, []app.StiptheidSector{
		{"ggz", app.StiptheidCijfers{OpTijd: n(6), TeLaat: n(5), Totaal: n(11)}},
		{"jeugd", app.StiptheidCijfers{Verlengd: few, TeLaat: few, Nooit: n(7), Totaal: least(9)}},
	}, linde.Sectoren)
	assert.Equal(t, app.StiptheidCijfers{OpTijd: n(6), Verlengd: few, TeLaat: least(6), Nooit: n(7), Totaal: least(20)}, linde.Cijfers)

	one, err := h.App.Stiptheid(t.Context(), actor(), linde.Aanbieder.ID, domain.StiptheidVraag{})
	require.NoError(t, err)
	assert.Equal(t, linde, one)
	one, err = h.App.Stiptheid(t.Context(), actor(), linde.Aanbieder.ID, domain.StiptheidVraag{Tot: term.NewDate(2026, time.July, 12)})
	require.NoError(t, err)
	assert.Equal(t, app.StiptheidCijfers{}, one.Cijfers, "nothing ended by then")
	_, err = h.App.Stiptheid(t.Context(), actor(), "weg", domain.StiptheidVraag{})
	assert.True(t, domain.IsCode(err, domain.NotFound))
	requireFigures(t, h, linde.Aanbieder.ID)
}

// requireFigures requires that the list behind each figure of the provider holds as
// many terms as there are, and says no total.
func requireFigures(t *testing.T, h *apptest.House, provider string) {
	t.Helper()
	for afloop, want := range map[domain.Afloop]map[string]int{
		domain.OpTijd: {"": 6, "ggz": 6}, domain.OpTijdNaVerlenging: {"": 2, "jeugd": 2},
		domain.TeLaat: {"": 8, "ggz": 5, "jeugd": 3}, domain.Nooit: {"": 7, "jeugd": 7},
	} {
		for sector, n := range want {
			list, err := h.App.LijstTermijnen(t.Context(), actor(), domain.TermijnFilter{
				AanbiederID: provider, Afloop: afloop, Sector: sector, Aantal: 50,
			})
			require.NoError(t, err)
			require.Len(t, list.Rijen, n, fmt.Sprint(afloop, " ", sector))
			require.Nil(t, list.Totalen)
			require.Equal(t, afloop == domain.Nooit, list.Rijen[0].Dagen != nil)
		}
	}
}

func TestThePunctualityOfProvidersComesPageByPage(t *testing.T) {
	h, _ := shipped(t)
	for _, name := range []string{"De Linde", "De Eik", "De Beuk"} {
		receive(t, h, told(complained("2026-06-01"), about(name)))
	}
	seen := map[string]bool{}
	q := domain.StiptheidVraag{Aantal: 2}
	for {
		list, err := h.App.LijstStiptheid(t.Context(), actor(), q)
		require.NoError(t, err)
		for _, a := range list.Aanbieders {
			assert.False(t, seen[a.Aanbieder.Naam])
			seen[a.Aanbieder.Naam] = true
		}
		if q.Na = list.Volgende; q.Na == "" {
			break
		}
	}
	assert.Len(t, seen, 3)
}

// A term that somebody has by his part is his, whatever its kind.
func TestATermIsOfWhoWasHeard(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told(about("De Linde"))).Melding.ID
	for _, o := range []domain.MijlpaalOpgave{
		handled(),
		{Soort: "onderzoek_geopend"},
		{Soort: "gespreksverslag_verstuurd", Partij: ptr("client")},
		{Soort: "gespreksverslag_verstuurd", Partij: ptr("melder")},
	} {
		_, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), o, app.Eenmalig{})
		require.NoError(t, err)
	}
	for name, c := range map[string]struct {
		filter domain.TermijnFilter
		want   []term.Eigenaar
	}{
		"of the inspectorate":           {domain.TermijnFilter{Eigenaar: term.VanIGJ}, []term.Eigenaar{term.VanIGJ}},
		"of the provider":               {domain.TermijnFilter{Eigenaar: term.VanAanbieder}, nil},
		"of who told it":                {domain.TermijnFilter{Eigenaar: term.VanMelder}, []term.Eigenaar{term.VanMelder}},
		"of another":                    {domain.TermijnFilter{Eigenaar: term.VanBetrokkene}, []term.Eigenaar{term.VanBetrokkene}},
		"of one kind":                   {domain.TermijnFilter{Soort: "reactie_gespreksverslag"}, []term.Eigenaar{term.VanBetrokkene, term.VanMelder}},
		"of one kind, of who told it":   {domain.TermijnFilter{Soort: "reactie_gespreksverslag", Eigenaar: term.VanMelder}, []term.Eigenaar{term.VanMelder}},
		"of one kind, of nobody so far": {domain.TermijnFilter{Soort: term.EigenTermijn}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var owners []term.Eigenaar
			for _, r := range everyTerm(t, h, c.filter) {
				owners = append(owners, r.Eigenaar)
			}
			assert.ElementsMatch(t, c.want, owners)
			c.filter.Aantal = 5
			list, err := h.App.LijstTermijnen(t.Context(), actor(), c.filter)
			require.NoError(t, err)
			assert.Equal(t, len(c.want), list.Totalen.Aantal)
		})
	}
}

func TestAPageGoesOnWhereItEndedWhateverComesAndGoesBeforeIt(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told(received("2026-11-02"))).Melding.ID
	happens := func(soort, datum string, partij *string) string {
		got, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: soort, Datum: &datum, Partij: partij}, app.Eenmalig{})
		require.NoError(t, err)
		return got.Mijlpaal.ID
	}
	handling := happens("in_behandeling_genomen", "2026-11-03", nil)
	for _, p := range []string{"aanbieder", "melder", "client"} {
		happens("gespreksverslag_verstuurd", "2026-11-20", &p)
	}
	read := func(na string) app.TermijnLijst {
		page, err := h.App.LijstTermijnen(t.Context(), actor(), domain.TermijnFilter{Soort: "reactie_gespreksverslag", Na: na, Aantal: 1})
		require.NoError(t, err)
		return page
	}
	first := read("")
	require.Len(t, first.Rijen, 1)
	seen := []domain.Partij{first.Rijen[0].Partij}
	_, err := h.App.TrekMijlpaalIn(t.Context(), actor(), id, handling, anyVersion())
	require.NoError(t, err)
	second := read(first.Volgende)
	seen = append(seen, second.Rijen[0].Partij)
	happens("in_behandeling_genomen", "2026-11-04", nil)
	third := read(second.Volgende)
	seen = append(seen, third.Rijen[0].Partij)
	assert.ElementsMatch(t, []domain.Partij{"aanbieder", "melder", "client"}, seen)
	assert.Empty(t, third.Volgende)
}
