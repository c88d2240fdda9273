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

func day(t require.TestingT, s string) term.Date {
	d, err := term.ParseDate(s)
	require.NoError(t, err)
	return d
}

func calendar(t require.TestingT) *term.Kalender {
	k, err := term.Load()
	require.NoError(t, err)
	return k
}

func text(s string) *string { return &s }

func truth(b bool) *bool { return &b }

// today is the day on which every question here is asked.
func today(t require.TestingT) term.Date { return day(t, "2026-11-20") }

func read(t require.TestingT, a domain.Aanvraag) (domain.TriageInvoer, []domain.Fault) {
	return domain.LeesAanvraag(a, today(t), calendar(t))
}

// complaint is a question about a melding, changed by f.
func complaint(f func(m *domain.AanvraagMelding)) domain.Aanvraag {
	a := domain.Aanvraag{Melding: domain.AanvraagMelding{Soort: text("klacht")}}
	if f != nil {
		f(&a.Melding)
	}
	return a
}

func TestDefaultsAreFilledIn(t *testing.T) {
	got, faults := read(t, complaint(nil))
	require.Empty(t, faults)
	unknown := "onbekend"
	assert.Equal(t, domain.TriageInvoer{
		Peildatum: today(t),
		Melding: domain.MeldingFeiten{
			Soort: "klacht", Ontvangstdatum: today(t), Regime: "wkkgz", Sector: "overig", Hoedanigheid: unknown, Anonimiteit: "geen",
			Feiten: domain.Feiten{
				Bedreiging: unknown, BedreigingActueel: unknown, Schade: unknown, SchadeDoorZorg: unknown, Geweld: unknown,
				DirecteMaatregelen: unknown, CalamiteitGemeld: unknown, BelangGoedeZorg: "nee", NoodzaakOndanksOuderdom: "nee",
				EerderOnderzocht: "nee",
			},
			Toestemming: domain.Toestemming{Inspecteur: "niet_gevraagd", Aanbieder: "niet_gevraagd"},
		},
	}, got)
}

func TestAnOlderPeildatumIsAlsoTheDayOfReceipt(t *testing.T) {
	a := complaint(nil)
	a.Peildatum = text("2025-03-01")
	got, faults := read(t, a)
	require.Empty(t, faults)
	assert.Equal(t, day(t, "2025-03-01"), got.Melding.Ontvangstdatum)
}

func TestWhenItHappenedIsReadFromADayAMonthOrAYear(t *testing.T) {
	for name, c := range map[string]struct {
		van, tot         *string
		wantVan, wantTot string
		years            int
	}{
		"a day is itself":                              {text("2024-11-20"), text("2024-11-20"), "2024-11-20", "2024-11-20", 1},
		"two years and a day is two whole years":       {text("2024-11-19"), text("2024-11-19"), "2024-11-19", "2024-11-19", 2},
		"a month runs from its first to its last day":  {text("2024-02"), text("2024-02"), "2024-02-01", "2024-02-29", 2},
		"a year runs from January to December":         {text("2023"), text("2023"), "2023-01-01", "2023-12-31", 2},
		"the present month ends on the day of receipt": {text("2026-11"), text("2026-11"), "2026-11-01", "2026-11-20", 0},
		"the present year ends on the day of receipt":  {nil, text("2026"), "", "2026-11-20", 0},
		"a van on its own leaves the end open":         {text("2024"), nil, "2024-01-01", "", 2},
		"a tot on its own is the end":                  {nil, text("2020-06"), "", "2020-06-30", 6},
		"29 February plus two years is 1 March":        {text("2024-02-29"), nil, "2024-02-29", "", 2},
	} {
		t.Run(name, func(t *testing.T) {
			got, faults := read(t, complaint(func(m *domain.AanvraagMelding) {
				m.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: c.van, Tot: c.tot}
			}))
			require.Empty(t, faults)
			assert.Equal(t, c.wantVan, got.Melding.Gebeurtenis.Van.String())
			assert.Equal(t, c.wantTot, got.Melding.Gebeurtenis.Tot.String())
			require.NotNil(t, got.Afgeleid.JarenVerstreken)
			assert.Equal(t, c.years, *got.Afgeleid.JarenVerstreken)
		})
	}
}

func TestALeapDayIsNotOlderThanTwoYearsOnTheFirstOfMarch(t *testing.T) {
	for receipt, want := range map[string]int{"2026-03-01": 1, "2026-03-02": 2} {
		got, faults := read(t, complaint(func(m *domain.AanvraagMelding) {
			m.Ontvangstdatum = text(receipt)
			m.Gebeurtenis = &domain.AanvraagGebeurtenis{Tot: text("2024-02-29")}
		}))
		require.Empty(t, faults)
		assert.Equal(t, want, *got.Afgeleid.JarenVerstreken, receipt)
	}
}

func TestAnEventOfWhichNothingIsKnownHasNoAge(t *testing.T) {
	for name, g := range map[string]*domain.AanvraagGebeurtenis{
		"absent": nil, "empty": {}, "not going on": {Voortdurend: truth(false)},
	} {
		t.Run(name, func(t *testing.T) {
			got, faults := read(t, complaint(func(m *domain.AanvraagMelding) { m.Gebeurtenis = g }))
			require.Empty(t, faults)
			assert.Nil(t, got.Afgeleid.JarenVerstreken)
			assert.True(t, got.Melding.Gebeurtenis.Onbekend())
		})
	}
	got, _ := read(t, complaint(func(m *domain.AanvraagMelding) {
		m.Gebeurtenis = &domain.AanvraagGebeurtenis{Voortdurend: truth(true)}
	}))
	assert.False(t, got.Melding.Gebeurtenis.Onbekend())
}

func TestTheTermOfTheProviderIsComputedUnderTheWkkgzOnly(t *testing.T) {
	klacht := &domain.AanvraagKlacht{IngediendOp: text("2026-10-05")}
	for regime, there := range map[string]bool{"wkkgz": true, "jeugdwet": false, "overig": false} {
		got, faults := read(t, complaint(func(m *domain.AanvraagMelding) { m.Regime, m.KlachtBijAanbieder = &regime, klacht }))
		require.Empty(t, faults)
		require.Equal(t, there, got.Afgeleid.Reactietermijn != nil, regime)
		if there {
			assert.Equal(t, domain.Reactietermijn{Einddatum: day(t, "2026-11-16"), Verstreken: true}, *got.Afgeleid.Reactietermijn)
		}
	}
	a := complaint(func(m *domain.AanvraagMelding) { m.KlachtBijAanbieder = klacht })
	a.Peildatum = text("2026-11-16")
	got, faults := read(t, a)
	require.Empty(t, faults)
	assert.False(t, got.Afgeleid.Reactietermijn.Verstreken, "the last day itself is in time")
}

func TestWhatCannotBeIsNamed(t *testing.T) {
	k := func(k domain.AanvraagKlacht) domain.Aanvraag {
		return complaint(func(m *domain.AanvraagMelding) { m.KlachtBijAanbieder = &k })
	}
	g := func(g domain.AanvraagGebeurtenis) domain.Aanvraag {
		return complaint(func(m *domain.AanvraagMelding) { m.Gebeurtenis = &g })
	}
	s := func(s domain.Signalen) domain.Aanvraag {
		a := complaint(nil)
		a.Aanbieder = &domain.AanvraagAanbieder{Signalen: &s}
		return a
	}
	const bij = "melding.klachtBijAanbieder."
	sent := text("2026-10-05")
	for name, c := range map[string]struct {
		in     domain.Aanvraag
		fields []string
	}{
		"no kind of melding":               {domain.Aanvraag{}, []string{"melding.soort"}},
		"received after the day asked for": {complaint(func(m *domain.AanvraagMelding) { m.Ontvangstdatum = text("2026-11-21") }), []string{"melding.ontvangstdatum"}},
		"a day that does not exist":        {complaint(func(m *domain.AanvraagMelding) { m.Ontvangstdatum = text("2026-02-30") }), []string{"melding.ontvangstdatum"}},
		"begins after it ends":             {g(domain.AanvraagGebeurtenis{Van: text("2026-10-02"), Tot: text("2026-10-01")}), []string{"melding.gebeurtenis"}},
		"begins after the receipt":         {g(domain.AanvraagGebeurtenis{Van: text("2026-11-21")}), []string{"melding.gebeurtenis.van"}},
		"ends after the receipt":           {g(domain.AanvraagGebeurtenis{Tot: text("2026-11-21")}), []string{"melding.gebeurtenis.tot"}},
		"a month wholly after the receipt": {g(domain.AanvraagGebeurtenis{Tot: text("2026-12")}), []string{"melding.gebeurtenis.tot"}},
		"a month that does not exist":      {g(domain.AanvraagGebeurtenis{Van: text("2026-13"), Tot: text("later")}), []string{"melding.gebeurtenis.tot", "melding.gebeurtenis.van"}},
		"a complaint without its day":      {k(domain.AanvraagKlacht{}), []string{bij + "ingediendOp"}},
		"a complaint in the future":        {k(domain.AanvraagKlacht{IngediendOp: text("2026-11-21")}), []string{bij + "ingediendOp"}},
		"extended before the complaint":    {k(domain.AanvraagKlacht{IngediendOp: sent, VerlengdOp: text("2026-10-01")}), []string{bij + "verlengdOp"}},
		"extended in the future":           {k(domain.AanvraagKlacht{IngediendOp: sent, VerlengdOp: text("2026-11-21")}), []string{bij + "verlengdOp"}},
		"answered before the complaint":    {k(domain.AanvraagKlacht{IngediendOp: sent, AntwoordOp: text("2026-10-04")}), []string{bij + "antwoordOp"}},
		"a judgment on no answer":          {k(domain.AanvraagKlacht{IngediendOp: sent, AntwoordVoldoende: text("nee")}), []string{bij + "antwoordVoldoende"}},
		"an agreement without its day":     {k(domain.AanvraagKlacht{IngediendOp: sent, NadereTermijnTot: text("2026-12-24")}), []string{bij + "nadereTermijnAkkoordOp"}},
		"an agreement without its end":     {k(domain.AanvraagKlacht{IngediendOp: sent, NadereTermijnAkkoordOp: text("2026-11-01")}), []string{bij + "nadereTermijnTot"}},
		"an agreement on no later end":     {k(domain.AanvraagKlacht{IngediendOp: sent, NadereTermijnTot: text("2026-11-16"), NadereTermijnAkkoordOp: text("2026-11-01")}), []string{bij + "nadereTermijnTot"}},
		"agreed after the agreed end":      {k(domain.AanvraagKlacht{IngediendOp: text("2026-09-01"), NadereTermijnTot: text("2026-10-30"), NadereTermijnAkkoordOp: text("2026-11-01")}), []string{bij + "nadereTermijnAkkoordOp"}},
		"agreed in the future":             {k(domain.AanvraagKlacht{IngediendOp: sent, NadereTermijnTot: text("2026-12-24"), NadereTermijnAkkoordOp: text("2026-11-21")}), []string{bij + "nadereTermijnAkkoordOp"}},
		"more in 30 days than in 90":       {s(domain.Signalen{Aantal30: 2, Aantal90: 1, Aantal365: 5}), []string{"aanbieder.signalen"}},
		"more in 90 days than in a year":   {s(domain.Signalen{Aantal90: 6, Aantal365: 5}), []string{"aanbieder.signalen"}},
		"more serious ones than there are": {s(domain.Signalen{Aantal365: 1, Ernstig365: 2}), []string{"aanbieder.signalen"}},
		"all at once, in the order of the field": {domain.Aanvraag{
			Peildatum: text("2026-11-31"),
			Melding: domain.AanvraagMelding{
				Gebeurtenis:        &domain.AanvraagGebeurtenis{Van: text("x")},
				KlachtBijAanbieder: &domain.AanvraagKlacht{IngediendOp: text("y"), AntwoordVoldoende: text("ja")},
			},
		}, []string{"melding.gebeurtenis.van", bij + "antwoordVoldoende", bij + "ingediendOp", "melding.soort", "peildatum"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := read(t, c.in)
			var fields []string
			for _, f := range faults {
				fields = append(fields, f.Field)
			}
			assert.Equal(t, c.fields, fields)
		})
	}
}

func TestWhatIsWellIsNotRefused(t *testing.T) {
	for name, k := range map[string]domain.AanvraagKlacht{
		"an agreed end in the future":               {IngediendOp: text("2026-10-05"), NadereTermijnTot: text("2026-12-24"), NadereTermijnAkkoordOp: text("2026-11-20")},
		"everything on one day":                     {IngediendOp: text("2026-11-20"), VerlengdOp: text("2026-11-20"), AntwoordOp: text("2026-11-20"), AntwoordVoldoende: text("ja")},
		"an extension that came late counts for no": {IngediendOp: text("2026-09-01"), VerlengdOp: text("2026-11-20")},
		"a judgment still open":                     {IngediendOp: text("2026-10-05"), AntwoordVoldoende: text("onbekend")},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := read(t, complaint(func(m *domain.AanvraagMelding) { m.KlachtBijAanbieder = &k }))
			assert.Empty(t, faults)
		})
	}
}

func TestARuleIsSilentAboutAFieldTheSchemaRefused(t *testing.T) {
	a := complaint(func(m *domain.AanvraagMelding) {
		m.KlachtBijAanbieder = &domain.AanvraagKlacht{
			IngediendOp: text("2026-10-05"), NadereTermijnTot: text("2026-12-24"), AntwoordVoldoende: text("ja"),
		}
	})
	a.Faults = []domain.Fault{
		{Field: "melding.klachtBijAanbieder.nadereTermijnAkkoordOp", Code: "vorm"},
		{Field: "melding.klachtBijAanbieder.antwoordOp", Code: "vorm"},
		{Field: "aanbieder.signalen.aantal30", Code: "te_klein"},
	}
	a.Aanbieder = &domain.AanvraagAanbieder{Signalen: &domain.Signalen{Aantal90: 9, Aantal365: 20}}
	_, faults := read(t, a)
	assert.Len(t, faults, 3)
}

func TestAFaultHidesNoOtherFault(t *testing.T) {
	fields := func(a domain.Aanvraag) []string {
		_, faults := read(t, a)
		var out []string
		for _, f := range faults {
			out = append(out, f.Field+" "+f.Code)
		}
		return out
	}
	a := complaint(func(m *domain.AanvraagMelding) {
		m.Ontvangstdatum = text("2026-11-21")
		m.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: text("2026-11-22")}
	})
	assert.Equal(t, []string{"melding.gebeurtenis.van na_ontvangst", "melding.ontvangstdatum na_peildatum"}, fields(a),
		"a date that fails one rule is still held against another")

	a = complaint(func(m *domain.AanvraagMelding) {
		m.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: text("2026-10-02"), Tot: text("2026-10-01")}
	})
	a.Faults = []domain.Fault{{Field: "melding.gebeurtenis.x", Code: "onbekend_veld"}}
	assert.Equal(t, []string{"melding.gebeurtenis van_na_tot", "melding.gebeurtenis.x onbekend_veld"}, fields(a),
		"an unknown field says nothing about its neighbours")

	a = complaint(nil)
	a.Aanbieder = &domain.AanvraagAanbieder{Signalen: &domain.Signalen{Aantal365: 3, Ernstig365: 10}}
	a.Faults = []domain.Fault{{Field: "aanbieder.signalen.aantal90", Code: "te_klein"}}
	assert.Equal(t, []string{"aanbieder.signalen signalen_ernstig", "aanbieder.signalen.aantal90 te_klein"}, fields(a),
		"a rule on other fields still speaks")
}

func TestWholeYearsSinceAgreesWithItsDefinition(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		received := term.NewDate(2000, time.January, 1).AddDays(rapid.IntRange(0, 20000).Draw(r, "received"))
		end := received.AddDays(-rapid.IntRange(0, 8000).Draw(r, "ago"))
		in := domain.TriageInvoer{Melding: domain.MeldingFeiten{Ontvangstdatum: received}}
		years := *in.MetGebeurtenis(domain.Gebeurtenis{Tot: end}).Afgeleid.JarenVerstreken
		assert.True(r, years == 0 || end.AddYears(years).Before(received))
		assert.False(r, end.AddYears(years+1).Before(received))
	})
}

func FuzzLeesAanvraag(f *testing.F) {
	f.Add("2026-11-20", "2024", "2024-03", "2026-10-05")
	f.Add("2026-02-30", "2024-13", "", "0000-00-00")
	f.Fuzz(func(t *testing.T, receipt, van, tot, sent string) {
		in, faults := read(t, complaint(func(m *domain.AanvraagMelding) {
			m.Ontvangstdatum = &receipt
			m.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: &van, Tot: &tot}
			m.KlachtBijAanbieder = &domain.AanvraagKlacht{IngediendOp: &sent}
		}))
		if len(faults) > 0 {
			return
		}
		g := in.Melding.Gebeurtenis
		require.False(t, g.Van.After(g.Tot))
		require.False(t, g.Tot.After(in.Melding.Ontvangstdatum))
		require.False(t, in.Melding.KlachtBijAanbieder.IngediendOp.After(in.Peildatum))
		require.NotNil(t, in.Afgeleid.Reactietermijn)
	})
}
