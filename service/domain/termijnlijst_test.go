package domain_test

import (
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
		MeldingID: "m", Kenmerk: "k", Nr: 1, TermijnAard: domain.TermijnAard{Soort: "terugbellen_lmz"}, Start: nov(8), Einddatum: nov(13), Aandacht: nov(11),
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
		"eindeVan": "2026-11-01", "eindeTot": "2026-11-30", "cursor": "c", "limit": "3",
	}))
	assert.Equal(t, domain.TermijnFilter{
		Status: term.Nadert, Soort: "terugbellen_lmz", Eigenaar: term.VanLMZ, AanbiederID: "p1", Behandelaar: "u1", Sector: "ggz",
		Van: nov(1), Tot: nov(30), Na: "c", Aantal: 3,
	}, f)
	q, faults := domain.LeesStiptheidVraag(asked(map[string]string{"eindeVan": "2026-11-01", "eindeTot": "2026-11-30", "cursor": "c", "limit": "3"}))
	require.Empty(t, faults)
	assert.Equal(t, domain.StiptheidVraag{Van: nov(1), Tot: nov(30), Na: "c", Aantal: 3}, q)
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
