package domain_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// named lists the faults as "field code".
func named(faults []domain.Fault) []string {
	out := []string{}
	for _, f := range faults {
		out = append(out, f.Field+" "+f.Code)
	}
	return out
}

func TestTheOrderOfAnEventIsHeldApartFromItsReceipt(t *testing.T) {
	const at = "melding.gebeurtenis"
	for name, c := range map[string]struct {
		receipt, van, tot string
		want              []string
	}{
		"both after the receipt, and in the wrong order": {
			"2026-11-20", "2026-12-05", "2026-12-01",
			[]string{at + " van_na_tot", at + ".tot na_ontvangst", at + ".van na_ontvangst"},
		},
		"only the beginning is after the receipt": {
			"2026-11-20", "2026-11-25", "2026-11-10", []string{at + " van_na_tot", at + ".van na_ontvangst"},
		},
		"a month that ends after a beginning that is too late": {
			"2026-11-20", "2026-11-25", "2026-11", []string{at + ".van na_ontvangst"},
		},
		"in the wrong order while the receipt is no day": {
			"2026-02-30", "2026-10-02", "2026-10-01", []string{at + " van_na_tot", "melding.ontvangstdatum datum"},
		},
		"a receipt that is no day says nothing of what lies after it": {
			"2026-02-30", "2026-10-02", "2027-10", []string{"melding.ontvangstdatum datum"},
		},
		"an end that is no day leaves the beginning": {
			"2026-11-20", "2026-12-01", "2026-02-30", []string{at + ".tot periode", at + ".van na_ontvangst"},
		},
		"the years on the edge of the calendar": {"2199-12-31", "1900", "2199", []string{}},
		"the years beyond it": {
			"2199-12-31", "1899", "2200-01", []string{at + ".tot periode", at + ".van periode"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := complaint(func(m *domain.AanvraagMelding) {
				m.Ontvangstdatum = &c.receipt
				m.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: &c.van, Tot: &c.tot}
			})
			a.Peildatum = text("2199-12-31")
			_, faults := read(t, a)
			assert.Equal(t, c.want, named(faults))
		})
	}
}

func TestOnlyADayAMonthOrAYearIsAPeriod(t *testing.T) {
	for _, odd := range []string{
		"", " ", "2024-", "24", "2024-3", "2024-00", "2024-13", "2024-02-30", "2024-2-03", "20240315", "2024/03/15", "03-2024",
		"2024-03-15T00:00:00Z", "+024", "-024", "２０２４", "2024-03-1٥", "0000", "9999", "gisteren",
	} {
		_, faults := read(t, complaint(func(m *domain.AanvraagMelding) {
			m.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: &odd}
		}))
		assert.Equal(t, []string{"melding.gebeurtenis.van periode"}, named(faults), "%q", odd)
	}
}

func TestTheTermIsHeldAgainstTheAgreementUnderTheWkkgzOnly(t *testing.T) {
	const bij = "melding.klachtBijAanbieder."
	early := domain.AanvraagKlacht{
		IngediendOp: text("2026-10-05"), NadereTermijnTot: text("2026-11-16"), NadereTermijnAkkoordOp: text("2026-10-20"),
	}
	with := func(change func(k *domain.AanvraagKlacht)) domain.AanvraagKlacht {
		k := early
		change(&k)
		return k
	}
	none := func(*domain.AanvraagKlacht) {}
	for name, c := range map[string]struct {
		regime string
		change func(k *domain.AanvraagKlacht)
		schema []domain.Fault
		want   []string
	}{
		"not after the end so far":   {"wkkgz", none, nil, []string{bij + "nadereTermijnTot termijn_nadere_niet_na_einde"}},
		"no term under the Jeugdwet": {"jeugdwet", none, nil, []string{}},
		"no term under other laws":   {"overig", none, nil, []string{}},
		"the regime was refused by the schema": {
			"wkkgz", none, []domain.Fault{{Field: "melding.regime", Code: "waarde"}}, []string{"melding.regime waarde"},
		},
		"half of an agreement, and not after the end": {
			"wkkgz", func(k *domain.AanvraagKlacht) { k.NadereTermijnAkkoordOp = nil }, nil,
			[]string{bij + "nadereTermijnAkkoordOp nadere_termijn_half", bij + "nadereTermijnTot termijn_nadere_niet_na_einde"},
		},
		"an agreement on a day that is none, and not after the end": {
			"wkkgz", func(k *domain.AanvraagKlacht) { k.NadereTermijnAkkoordOp = text("2026-02-30") }, nil,
			[]string{bij + "nadereTermijnAkkoordOp datum", bij + "nadereTermijnTot termijn_nadere_niet_na_einde"},
		},
		"an extension on a day that is none may have moved the end": {
			"wkkgz", func(k *domain.AanvraagKlacht) { k.VerlengdOp = text("2026-02-30") }, nil,
			[]string{bij + "verlengdOp datum"},
		},
		"an extension in time moved the end": {
			"wkkgz", func(k *domain.AanvraagKlacht) {
				k.VerlengdOp, k.NadereTermijnTot = text("2026-11-16"), text("2026-12-14")
			}, nil,
			[]string{bij + "nadereTermijnTot termijn_nadere_niet_na_einde"},
		},
		"an extension that came late did not": {
			"wkkgz", func(k *domain.AanvraagKlacht) {
				k.VerlengdOp, k.NadereTermijnTot = text("2026-11-17"), text("2026-11-17")
			}, nil,
			[]string{},
		},
		"an end before the complaint is said once": {
			"wkkgz", func(k *domain.AanvraagKlacht) {
				k.NadereTermijnTot, k.NadereTermijnAkkoordOp = text("2026-10-01"), text("2026-10-01")
			}, nil,
			[]string{bij + "nadereTermijnAkkoordOp voor_klacht", bij + "nadereTermijnTot voor_klacht"},
		},
		"agreed after the agreed end, under any law": {
			"overig", func(k *domain.AanvraagKlacht) { k.NadereTermijnAkkoordOp = text("2026-11-17") }, nil,
			[]string{bij + "nadereTermijnAkkoordOp akkoord_na_tot"},
		},
		"a complaint on a day that is none has no end": {
			"wkkgz", func(k *domain.AanvraagKlacht) { k.IngediendOp = text("2026-02-30") }, nil,
			[]string{bij + "ingediendOp datum"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := with(c.change)
			a := complaint(func(m *domain.AanvraagMelding) { m.Regime, m.KlachtBijAanbieder = &c.regime, &k })
			a.Faults = c.schema
			_, faults := read(t, a)
			assert.Equal(t, c.want, named(faults))
		})
	}
}

func TestAFaultOfTheTermCarriesTheEndThatItIsAbout(t *testing.T) {
	_, faults := read(t, complaint(func(m *domain.AanvraagMelding) {
		m.KlachtBijAanbieder = &domain.AanvraagKlacht{
			IngediendOp: text("2026-10-05"), NadereTermijnTot: text("2026-11-01"), NadereTermijnAkkoordOp: text("2026-10-20"),
		}
	}))
	assert.Equal(t, []domain.Fault{{
		Field: "melding.klachtBijAanbieder.nadereTermijnTot", Code: "termijn_nadere_niet_na_einde", Args: []any{day(t, "2026-11-16")},
	}}, faults)
}

func TestFiguresOutOfRangeAreNamedByTheirField(t *testing.T) {
	const at = "aanbieder.signalen"
	for name, c := range map[string]struct {
		figures domain.Signalen
		want    []string
	}{
		"the smallest figures":          {domain.Signalen{}, []string{}},
		"all counts the same":           {domain.Signalen{Aantal30: 7, Aantal90: 7, Aantal365: 7, Ernstig365: 7, Overschrijdingskans: 1}, []string{}},
		"a chance of more than one":     {domain.Signalen{Overschrijdingskans: 1.0001}, []string{at + ".overschrijdingskans te_groot"}},
		"a chance below zero":           {domain.Signalen{Overschrijdingskans: -0.1}, []string{at + ".overschrijdingskans te_klein"}},
		"a chance that is no number":    {domain.Signalen{Overschrijdingskans: math.NaN()}, []string{at + ".overschrijdingskans te_klein"}},
		"a negative count says it once": {domain.Signalen{Aantal90: -1}, []string{at + ".aantal90 te_klein"}},
		"two relations at once": {
			domain.Signalen{Aantal30: 3, Aantal90: 2, Aantal365: 2, Ernstig365: 3},
			[]string{at + " signalen_30_90", at + " signalen_ernstig"},
		},
		"one out of range leaves the others": {
			domain.Signalen{Aantal30: -1, Aantal90: 3, Aantal365: 2, AantalVorigJaar: -1, Ernstig365: -1},
			[]string{at + " signalen_90_365", at + ".aantal30 te_klein", at + ".aantalVorigJaar te_klein", at + ".ernstig365 te_klein"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := complaint(nil)
			a.Aanbieder = &domain.AanvraagAanbieder{Signalen: &c.figures}
			_, faults := read(t, a)
			assert.Equal(t, c.want, named(faults))
		})
	}
}

func TestAProviderWithoutFiguresIsLeftToTheStore(t *testing.T) {
	a := complaint(nil)
	a.Aanbieder = &domain.AanvraagAanbieder{ID: text("bestaat-niet")}
	in, faults := read(t, a)
	assert.Empty(t, faults)
	assert.Equal(t, &domain.AanbiederFeiten{ID: "bestaat-niet"}, in.Aanbieder)
}

func TestDefectsAreReadInTheirOrderAndOnce(t *testing.T) {
	for name, c := range map[string]struct{ given, want []string }{
		"in any order":   {[]string{"art23", "art13"}, []string{"art13", "art23"}},
		"twice the same": {[]string{"art18", "art13", "art18"}, []string{"art13", "art18"}},
		"an empty list":  {[]string{}, nil},
		"no list":        {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			in, faults := read(t, complaint(func(m *domain.AanvraagMelding) { m.Feiten.KlachtplichtGebreken = c.given }))
			assert.Empty(t, faults)
			assert.Equal(t, c.want, in.Melding.Feiten.KlachtplichtGebreken)
		})
	}
}
