package term_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestEveryCaseGivesTheAnswerOrTheFaultsItNames(t *testing.T) {
	cases, err := fixtures.TermijnGevallen()
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	k := calendar(t)
	for waarom, c := range cases {
		t.Run(waarom, func(t *testing.T) {
			u, faults := k.Bereken(question(t, c.Invoer))
			assert.Equal(t, c.Gebreken, named(faults))
			if c.Verwacht == nil {
				assert.NotEmpty(t, c.Gebreken, "a case has an answer or faults")
				assert.Equal(t, term.Uitkomst{}, u, "faults come without an answer")
				return
			}
			assertAnswer(t, *c.Verwacht, u)
			assert.Equal(t, term.Soort(c.Invoer.Soort), u.Soort)
			assert.Equal(t, c.Invoer.Start, u.Start.String())
		})
	}
}

func assertAnswer(t *testing.T, want fixtures.TermijnVerwacht, u term.Uitkomst) {
	t.Helper()
	assert.Equal(t, want.RuweEinddatum, u.RuweEinddatum.String(), "end as counted")
	assert.Equal(t, want.Einddatum, u.Einddatum.String(), "end")
	assert.Equal(t, term.Status(want.Status), u.Status)
	assert.Equal(t, want.DagenResterend, u.DagenResterend, "days left")
	if want.VerlengingGeldig == nil {
		assert.Nil(t, u.Verlenging)
	} else if assert.NotNil(t, u.Verlenging) {
		assert.Equal(t, *want.VerlengingGeldig, u.Verlenging.Geldig)
		assert.NotEmpty(t, u.Verlenging.Reden.Key, "there is always a reason")
	}
	assert.Equal(t, want.Waarschuwingen, keys(u.Waarschuwingen))
}

// named writes faults as the cases do: the field, a space and the code.
func named(faults []term.Fault) []string {
	var out []string
	for _, f := range faults {
		out = append(out, f.Field+" "+f.Code)
	}
	return out
}

func keys(sentences []term.Sentence) []string {
	var out []string
	for _, s := range sentences {
		out = append(out, s.Key)
	}
	return out
}

func TestFaultsSayWhatWouldBeRight(t *testing.T) {
	start := term.NewDate(2026, 3, 16)
	tot, akkoord := term.NewDate(2026, 4, 20), term.NewDate(2026, 4, 21)
	_, faults := calendar(t).Bereken(term.Berekening{
		Soort: "reactie_aanbieder", Start: start, Peildatum: start,
		NadereTermijn: &term.NadereTermijn{Tot: tot, AkkoordOp: akkoord},
		VoldaanOp:     term.NewDate(2026, 3, 15),
	})
	assert.Equal(t, []term.Fault{
		{Field: "nadereTermijn", Code: term.GebrekNietNaEinde, Args: []any{term.NewDate(2026, 4, 28)}},
		{Field: "nadereTermijn", Code: term.GebrekAkkoordNaTot, Args: []any{akkoord, tot}},
		{Field: "voldaanOp", Code: term.GebrekVoorStart, Args: []any{start}},
	}, faults)
}

func TestUnknownKindListsTheKindsThereAre(t *testing.T) {
	today := term.NewDate(2026, 3, 16)
	_, faults := calendar(t).Bereken(term.Berekening{Soort: "reactie_buurman", Start: today, Peildatum: today})
	require.Len(t, faults, 1)
	require.Len(t, faults[0].Args, 1)
	for _, g := range calendar(t).Soorten() {
		assert.Contains(t, faults[0].Args[0], string(g.Soort))
	}
}

func TestDatesOutsideTheSupportedYearsAreFaults(t *testing.T) {
	in, early, late := term.NewDate(2026, 3, 16), term.NewDate(1899, 12, 31), term.NewDate(2200, 1, 1)
	all := term.Berekening{
		Soort: "reactie_aanbieder", Start: in, Peildatum: in, VerlengdOp: in, VoldaanOp: in,
		NadereTermijn: &term.NadereTermijn{Tot: term.NewDate(2026, 9, 1), AkkoordOp: in},
	}
	tests := map[string]struct {
		change func(*term.Berekening)
		want   string
	}{
		"start too early":     {func(b *term.Berekening) { b.Start = early }, "start"},
		"start too late":      {func(b *term.Berekening) { b.Start = late }, "start"},
		"peildatum too early": {func(b *term.Berekening) { b.Peildatum = early }, "peildatum"},
		"peildatum too late":  {func(b *term.Berekening) { b.Peildatum = late }, "peildatum"},
		"extended too late":   {func(b *term.Berekening) { b.VerlengdOp = late }, "verlengdOp"},
		"met too late":        {func(b *term.Berekening) { b.VoldaanOp = late }, "voldaanOp"},
		"agreed end too late": {func(b *term.Berekening) {
			b.NadereTermijn = &term.NadereTermijn{Tot: late, AkkoordOp: in}
		}, "nadereTermijn.tot"},
		"agreed too early": {func(b *term.Berekening) {
			b.NadereTermijn = &term.NadereTermijn{Tot: term.NewDate(2026, 9, 1), AkkoordOp: early}
		}, "nadereTermijn.akkoordOp"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := all
			test.change(&b)
			_, faults := calendar(t).Bereken(b)
			assert.Equal(t, []string{test.want + " " + term.GebrekDatumBereik}, named(faults))
		})
	}
}
