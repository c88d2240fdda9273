package domain_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures/orakel"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// odd draws a text that may be a date, a period, or nothing of the kind.
func odd(r *rapid.T, label string) *string {
	return rapid.Ptr(rapid.OneOf(
		rapid.SampledFrom([]string{
			"2026-11-20", "2026-11-21", "2026-10-05", "2026-11-16", "2024-11-19", "2024-02-29", "2026-11", "2024", "2027",
			"2026-02-30", "1899-12-31", "2200-01-01", "", "ja", "nee", "wkkgz", "jeugdwet",
		}),
		rapid.StringMatching(`(19|20|21)\d\d(-[01]\d(-[0-3]\d)?)?`),
		rapid.String(),
	), true).Draw(r, label)
}

// oddQuestion draws a question in which anything can be wrong.
func oddQuestion(r *rapid.T) domain.Aanvraag {
	a := domain.Aanvraag{Peildatum: odd(r, "peildatum"), Melding: domain.AanvraagMelding{
		Soort: odd(r, "soort"), Ontvangstdatum: odd(r, "ontvangstdatum"), Regime: odd(r, "regime"),
		Feiten: domain.AanvraagFeiten{Schade: odd(r, "schade"), KlachtplichtGebreken: rapid.SliceOfN(rapid.String(), 0, 3).Draw(r, "gebreken")},
	}}
	if rapid.Bool().Draw(r, "gebeurtenis") {
		a.Melding.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: odd(r, "van"), Tot: odd(r, "tot")}
	}
	if rapid.Bool().Draw(r, "klacht") {
		a.Melding.KlachtBijAanbieder = &domain.AanvraagKlacht{
			IngediendOp: odd(r, "ingediendOp"), VerlengdOp: odd(r, "verlengdOp"), NadereTermijnTot: odd(r, "tot"),
			NadereTermijnAkkoordOp: odd(r, "akkoord"), AntwoordOp: odd(r, "antwoordOp"), AntwoordVoldoende: odd(r, "voldoende"),
		}
	}
	if rapid.Bool().Draw(r, "aanbieder") {
		a.Aanbieder = &domain.AanvraagAanbieder{ID: odd(r, "id"), Signalen: &domain.Signalen{
			Aantal30: rapid.Int().Draw(r, "30"), Aantal90: rapid.Int().Draw(r, "90"), Aantal365: rapid.Int().Draw(r, "365"),
			Ernstig365: rapid.Int().Draw(r, "ernstig"), Overschrijdingskans: rapid.Float64().Draw(r, "kans"),
		}}
	}
	for _, field := range rapid.SliceOfN(rapid.SampledFrom([]string{
		"peildatum", "melding.soort", "melding.regime", "melding.gebeurtenis", "melding.klachtBijAanbieder.antwoordOp", "aanbieder.signalen",
	}), 0, 2).Draw(r, "refused") {
		a.Faults = append(a.Faults, domain.Fault{Field: field, Code: "vorm"})
	}
	return a
}

func TestReadingNeverPanicsAndNamesFaultsInOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := oddQuestion(r)
		before := slices.Clone(a.Faults)
		_, faults := read(t, a)
		_, again := read(t, a)
		assert.Equal(r, faults, again, "the same question has the same faults")
		assert.Equal(r, before, a.Faults, "the faults of the schema are left as they were")
		assert.True(r, slices.IsSortedFunc(faults, func(x, y domain.Fault) int {
			return cmp.Or(cmp.Compare(x.Field, y.Field), cmp.Compare(x.Code, y.Code))
		}))
		for _, f := range a.Faults {
			assert.Contains(r, faults, f, "what the schema found stays")
		}
		counted := map[string]int{}
		for _, f := range faults {
			counted[f.Field+" "+f.Code]++
		}
		for _, f := range a.Faults {
			counted[f.Field+" "+f.Code]--
		}
		for what, n := range counted {
			assert.LessOrEqual(r, n, 1, "%s is said once", what)
		}
	})
}

func TestAFieldTheSchemaRefusedGetsNoSecondFault(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := oddQuestion(r)
		_, faults := read(t, a)
		refused := map[string]bool{}
		for _, f := range a.Faults {
			refused[f.Field] = true
		}
		for _, f := range faults {
			assert.False(r, refused[f.Field] && f.Code != "vorm", "%s %s", f.Field, f.Code)
		}
	})
}

func TestAQuestionReadsTheSameHoweverItIsWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "input")
		vandaag := in.Peildatum.AddDays(rapid.IntRange(0, 1).Draw(r, "days since"))
		for _, label := range []string{"as written", "as written otherwise"} {
			got, faults := domain.LeesAanvraag(orakel.Aanvraag(in, vandaag).Draw(r, label), vandaag, calendar(t))
			require.Empty(r, faults)
			assert.Equal(r, in, got)
		}
	})
}

func TestTheDayOfReadingMattersOnlyWithoutAPeildatum(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "input")
		a := orakel.Aanvraag(in, in.Peildatum.AddDays(-1)).Draw(r, "as written")
		require.NotNil(r, a.Peildatum)
		later := in.Peildatum.AddDays(rapid.IntRange(1, 9000).Draw(r, "days later"))
		got, faults := domain.LeesAanvraag(a, later, calendar(t))
		require.Empty(r, faults)
		assert.Equal(r, in, got, "the same question, years later")
	})
}

func TestTheProvidersTermPassesOnTheDayAfterItsEnd(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Filter(func(in domain.TriageInvoer) bool { return in.Afgeleid.Reactietermijn != nil }).Draw(r, "input")
		a := orakel.Aanvraag(in, in.Peildatum).Draw(r, "as written")
		receipt := in.Melding.Ontvangstdatum.String()
		a.Melding.Ontvangstdatum = &receipt
		later := rapid.IntRange(0, 200).Draw(r, "days later")
		asked := in.Peildatum.AddDays(later)
		on := asked.String()
		a.Peildatum = &on
		got, faults := domain.LeesAanvraag(a, asked, calendar(t))
		require.Empty(r, faults)
		assert.Equal(r, in.Afgeleid.Reactietermijn.Einddatum, got.Afgeleid.Reactietermijn.Einddatum, "the end does not move with the day")
		assert.Equal(r, asked.After(got.Afgeleid.Reactietermijn.Einddatum), got.Afgeleid.Reactietermijn.Verstreken)
	})
}
