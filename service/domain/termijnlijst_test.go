package domain_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// nov is a day of November 2026.
func nov(day int) term.Date { return term.NewDate(2026, time.November, day) }

func TestHowATermEnded(t *testing.T) {
	for name, c := range map[string]struct {
		termijn domain.MeldingTermijn
		want    domain.Afloop
	}{
		"an open term has not ended":       {domain.MeldingTermijn{Einddatum: nov(10)}, ""},
		"met on the last day":              {domain.MeldingTermijn{Einddatum: nov(10), VoldaanOp: nov(10)}, domain.OpTijd},
		"met a day after it":               {domain.MeldingTermijn{Einddatum: nov(10), VoldaanOp: nov(11)}, domain.TeLaat},
		"met after an extension":           {domain.MeldingTermijn{Einddatum: nov(10), VoldaanOp: nov(9), VerlengdOp: nov(1)}, domain.OpTijdNaVerlenging},
		"met, the extension came too late": {domain.MeldingTermijn{Einddatum: nov(10), VoldaanOp: nov(9), VerlengdOp: nov(11)}, domain.OpTijd},
		"late, the extension too":          {domain.MeldingTermijn{Einddatum: nov(10), VoldaanOp: nov(12), VerlengdOp: nov(11)}, domain.TeLaat},
		"late after an extension":          {domain.MeldingTermijn{Einddatum: nov(10), VoldaanOp: nov(12), VerlengdOp: nov(1)}, domain.TeLaat},
		"ended when it had passed":         {domain.MeldingTermijn{Einddatum: nov(10), BeeindigdOp: nov(12)}, domain.Nooit},
		"met within what was agreed": {
			domain.MeldingTermijn{Einddatum: nov(20), VoldaanOp: nov(20), NadereTermijnTot: nov(20), NadereAkkoord: nov(3)},
			domain.OpTijdNaVerlenging,
		},
		"agreed on after it was met": {
			domain.MeldingTermijn{Einddatum: nov(28), VoldaanOp: nov(15), NadereTermijnTot: nov(28), NadereAkkoord: nov(20), EindBijVoldaan: nov(10)},
			domain.TeLaat,
		},
		"extended after it was met in time": {
			domain.MeldingTermijn{Einddatum: nov(28), VoldaanOp: nov(5), VerlengdOp: nov(8), EindBijVoldaan: nov(10)},
			domain.OpTijd,
		},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, c.termijn.Afloop()) })
	}
}

func TestTheTermsOfAMeldingStandInListsByTheirPlace(t *testing.T) {
	m := domain.Melding{
		ID: "m", Kenmerk: "k", AanbiederID: "a", Behandelaar: "b", Sector: "ggz",
		Termijnen: []domain.MeldingTermijn{
			{Soort: "terugbellen_lmz", Start: nov(1), Einddatum: nov(6), Aandacht: nov(4), VoldaanOp: nov(5)},
			{Soort: "terugbellen_lmz", Start: nov(8), Einddatum: nov(13), Aandacht: nov(11), Status: term.Lopend},
		},
	}
	list := m.TermijnRegels()
	require.Len(t, list, 2)
	assert.Equal(t, domain.TermijnRegel{
		MeldingID: "m", Kenmerk: "k", Nr: 2, TermijnAard: domain.TermijnAard{Soort: "terugbellen_lmz"}, Start: nov(8), Einddatum: nov(13), Aandacht: nov(11),
		AanbiederID: "a", Behandelaar: "b", Sector: "ggz",
	}, list[1])
	assert.Equal(t, term.Voldaan, list[0].Status(nov(30)))
	for day, want := range map[int]term.Status{10: term.Lopend, 11: term.Nadert, 13: term.Nadert, 14: term.Verstreken} {
		assert.Equal(t, want, list[1].Status(nov(day)), "as of the day that is asked, not as it was last recorded: %d", day)
		n := domain.TermijnAantal{Einddatum: nov(13), Aandacht: nov(11), Aantal: 2}
		assert.Equal(t, want, n.Status(nov(day)))
	}
	assert.Empty(t, (&domain.Melding{}).TermijnRegels())
}

func TestAQuestionForTermsIsRead(t *testing.T) {
	f := domain.LeesTermijnFilter(asked(nil))
	assert.Equal(t, domain.TermijnFilter{Aantal: domain.PaginaLengte}, f)
	f = domain.LeesTermijnFilter(asked(map[string]string{
		"status": "nadert", "soort": "terugbellen_lmz", "eigenaar": "lmz", "aanbieder": "p1", "behandelaar": "u1", "sector": "ggz",
		"eindeVan": "2026-11-01", "eindeTot": "2026-11-30", "cursor": encoded(`["termijnen",20261101,"id",1]`), "limit": "3",
	}))
	assert.Equal(t, domain.TermijnFilter{
		Status: term.Nadert, Soort: "terugbellen_lmz", Eigenaar: term.VanLMZ, AanbiederID: "p1", Behandelaar: "u1", Sector: "ggz",
		Van: nov(1), Tot: nov(30), Na: encoded(`["termijnen",20261101,"id",1]`), Aantal: 3,
	}, f)
	q, faults := domain.LeesStiptheidVraag(asked(map[string]string{"eindeVan": "2026-11-01", "eindeTot": "2026-11-30", "cursor": encoded(`["stiptheid","p1"]`), "limit": "3"}))
	require.Empty(t, faults)
	assert.Equal(t, domain.StiptheidVraag{Van: nov(1), Tot: nov(30), Na: encoded(`["stiptheid","p1"]`), Aantal: 3}, q)
}

func TestAQuestionForTermsThatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		fields map[string]string
		want   []domain.Fault
	}{
		"a period the wrong way round, and no number": {
			map[string]string{"eindeVan": "2026-11-02", "eindeTot": "2026-11-01", "limit": "tien"},
			[]domain.Fault{{Field: "limit", Code: "type_geheel_getal"}, {Field: "eindeVan", Code: "van_na_tot_periode"}},
		},
		"how it ended, of nobody, beside a status, a kind and an owner": {
			map[string]string{"afloop": "te_laat", "status": "nadert", "soort": "terugbellen_lmz", "eigenaar": "lmz"},
			[]domain.Fault{
				{Field: "aanbieder", Code: "afloop_aanbieder"},
				{Field: "status", Code: "afloop_naast"},
				{Field: "soort", Code: "afloop_naast"},
				{Field: "eigenaar", Code: "afloop_naast"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, domain.LeesTermijnFilter(asked(c.fields)).Faults)
		})
	}
}

func TestNumbersBelowFiveAreNotGiven(t *testing.T) {
	for n, want := range map[int]domain.Getal{
		0: {}, 1: {Klein: true}, 4: {Klein: true}, 5: {Aantal: 5}, 17: {Aantal: 17},
	} {
		assert.Equal(t, want, domain.NewGetal(n), n)
	}
	for name, c := range map[string]struct {
		parts []int
		want  domain.Getal
	}{
		"nothing":                         {nil, domain.Getal{}},
		"numbers that are given":          {[]int{5, 0, 6}, domain.Getal{Aantal: 11}},
		"one that is not given is itself": {[]int{0, 3, 0}, domain.Getal{Klein: true}},
		"one beside others":               {[]int{3, 10}, domain.Getal{Aantal: 11, Minstens: true}},
		"two that are not given":          {[]int{4, 4}, domain.Getal{Aantal: 2, Minstens: true}},
	} {
		t.Run(name, func(t *testing.T) {
			parts := make([]domain.Getal, len(c.parts))
			for i, n := range c.parts {
				parts[i] = domain.NewGetal(n)
			}
			assert.Equal(t, c.want, domain.Som(parts...))
		})
	}
}

// What is shown of a row of numbers and their sum is the same for every row that
// differs only in numbers that are not given: so it tells nothing about them.
func TestASumTellsNothingAboutWhatIsNotGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.SliceOfN(rapid.IntRange(0, 9), 0, 6).Draw(t, "row")
		shown := func(row []int) (parts []domain.Getal, sum domain.Getal) {
			for _, n := range row {
				parts = append(parts, domain.NewGetal(n))
			}
			return parts, domain.Som(parts...)
		}
		other := append([]int(nil), row...)
		for i, n := range other {
			if domain.NewGetal(n).Klein {
				other[i] = rapid.IntRange(1, 4).Draw(t, "other")
			}
		}
		parts, sum := shown(row)
		otherParts, otherSum := shown(other)
		require.Equal(t, parts, otherParts)
		require.Equal(t, sum, otherSum)
	})
}

func TestFiguresCountHowTermsEnded(t *testing.T) {
	var s domain.Stiptheid
	for _, a := range []domain.Afloop{domain.OpTijd, domain.OpTijdNaVerlenging, domain.TeLaat, domain.Nooit, ""} {
		s.Tel(a, 2)
	}
	s.Tel(domain.TeLaat, 1)
	assert.Equal(t, domain.Stiptheid{OpTijd: 2, Verlengd: 2, TeLaat: 3, Nooit: 2}, s)
}

func TestWhatIsAgreedAfterTheAnswerMakesItNoMoreTimely(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	for name, c := range map[string]struct {
		klacht domain.AanvraagKlacht
		want   domain.Afloop
		warned bool
	}{
		"late, and agreed on long after": {
			domain.AanvraagKlacht{IngediendOp: text("2026-05-04"), AntwoordOp: text("2026-07-01"), NadereTermijnTot: text("2026-12-01"), NadereTermijnAkkoordOp: text("2026-11-20")},
			domain.TeLaat, true,
		},
		"late, and agreed on before": {
			domain.AanvraagKlacht{IngediendOp: text("2026-05-04"), AntwoordOp: text("2026-07-01"), NadereTermijnTot: text("2026-07-10"), NadereTermijnAkkoordOp: text("2026-06-01")},
			domain.OpTijdNaVerlenging, false,
		},
		"in time, and extended after": {
			domain.AanvraagKlacht{IngediendOp: text("2026-05-04"), AntwoordOp: text("2026-05-20"), VerlengdOp: text("2026-06-10")},
			domain.OpTijd, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := told(func(o *domain.Opgave) { o.Melding.KlachtBijAanbieder = &c.klacht })
			today := term.NewDate(2026, 11, 28)
			in, faults := domain.LeesMelding(o, today, k)
			require.Empty(t, faults, "the calculation takes it as it is given")
			m := domain.Melding{Opgave: o, Dag: today}
			m.ZetTermijnen(m.Klokken(in, k), k, today, time.Time{}, someone())
			require.Len(t, m.Termijnen, 1)
			assert.Equal(t, c.want, m.Termijnen[0].Afloop())
			u, wrong := m.Uitleg(m.Termijnen[0], in, k, today)
			require.Empty(t, wrong)
			assert.Equal(t, c.warned, slices.ContainsFunc(u.Waarschuwingen, func(s term.Sentence) bool { return s.Key == "term.waarschuwing.na_voldaan" }))
		})
	}
}

func TestATermKeepsItsNumberWhateverComesAndGoes(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		at := anything(r, k)
		numbers := map[string]int{}
		for range rapid.IntRange(1, 20).Draw(r, "keren") {
			if n := len(at.m.Mijlpalen); n > 0 && rapid.Bool().Draw(r, "terug") {
				if i := rapid.IntRange(0, n-1).Draw(r, "welke"); at.m.Mijlpalen[i].Geldt() {
					at.m.TrekMijlpaalIn(i, at.in, k, at.today, time.Time{}.Add(1), someone())
				}
			} else {
				at.happens(happening(r))
			}
			taken, now := map[int]bool{}, map[string]int{}
			for _, run := range at.m.Termijnen {
				name := string(run.Soort) + run.Grond
				require.Positive(r, run.Nr)
				require.False(r, taken[run.Nr], "no two have the same")
				if was, there := numbers[name]; there {
					require.Equal(r, was, run.Nr)
				}
				taken[run.Nr], now[name] = true, run.Nr
			}
			numbers = now
		}
	})
}
