package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures/orakel"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func fields(facts []domain.VraagbaarFeit) []string {
	var out []string
	for _, f := range facts {
		out = append(out, f.Veld)
	}
	return out
}

func TestEverythingCanBeAskedAboutAMeldingWithoutFacts(t *testing.T) {
	in, faults := read(t, complaint(nil))
	require.Empty(t, faults)
	assert.Equal(t, []string{
		"melding.feiten.bedreiging", "melding.feiten.bedreigingActueel", "melding.feiten.directeMaatregelen",
		"melding.gebeurtenis", "melding.feiten.geweld", "melding.feiten.schade", "melding.feiten.schadeDoorZorg",
	}, fields(in.OnbekendeFeiten()))
}

func TestAFactThatIsKnownIsNotAsked(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "input")
		for _, f := range in.OnbekendeFeiten() {
			if f.Veld == domain.VeldGebeurtenis {
				assert.True(r, in.Melding.Gebeurtenis.Onbekend())
				in = in.MetGebeurtenis(in.GebeurtenisGevallen()[0])
			} else {
				require.NotContains(r, f.Waarden, "onbekend")
				in = in.MetFeit(f.Veld, f.Waarden[0])
			}
			assert.NotContains(r, fields(in.OnbekendeFeiten()), f.Veld)
		}
		assert.Empty(r, in.OnbekendeFeiten())
	})
}

func TestAnsweringOneQuestionChangesNothingElse(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "input")
		for _, f := range domain.VraagbareFeiten() {
			if f.Veld == domain.VeldGebeurtenis {
				was := in.Melding.Gebeurtenis
				assert.Equal(r, in, in.MetGebeurtenis(in.GebeurtenisGevallen()[1]).MetGebeurtenis(was))
				continue
			}
			changed := in.MetFeit(f.Veld, "een waarde")
			assert.NotEqual(r, in, changed, "the question itself is left as it was")
			assert.NotEqual(r, in.Melding.Feiten, changed.Melding.Feiten)
			changed.Melding.Feiten = in.Melding.Feiten
			assert.Equal(r, in, changed)
		}
	})
}

func TestAPathThatIsNoAskableFactChangesNothing(t *testing.T) {
	in, _ := read(t, complaint(nil))
	for _, path := range []string{"", "melding.gebeurtenis", "melding.feiten.calamiteitGemeld", "melding.soort", "schade"} {
		assert.Equal(t, in, in.MetFeit(path, "ja"), path)
	}
}

func TestAnUnknownEventWasOnTheDayOfReceiptOrThreeYearsBefore(t *testing.T) {
	for receipt, ago := range map[string]string{
		"2026-11-20": "2023-11-20",
		"2024-02-29": "2021-03-01",
		"2027-03-01": "2024-03-01",
		"2027-02-28": "2024-02-28",
	} {
		t.Run(receipt, func(t *testing.T) {
			in := domain.TriageInvoer{Melding: domain.MeldingFeiten{Ontvangstdatum: day(t, receipt)}}
			cases := in.GebeurtenisGevallen()
			require.Len(t, cases, 2)
			assert.Equal(t, domain.Gebeurtenis{Van: day(t, receipt), Tot: day(t, receipt)}, cases[0])
			assert.Equal(t, domain.Gebeurtenis{Van: day(t, ago), Tot: day(t, ago)}, cases[1])
			assert.Equal(t, 0, *in.MetGebeurtenis(cases[0]).Afgeleid.JarenVerstreken)
			assert.Equal(t, 2, *in.MetGebeurtenis(cases[1]).Afgeleid.JarenVerstreken, "three years to the day is more than two, not more than three")
		})
	}
}

func TestAnEventWithoutADateHasNoAge(t *testing.T) {
	received := term.NewDate(2026, time.November, 20)
	in := domain.TriageInvoer{Melding: domain.MeldingFeiten{Ontvangstdatum: received}}
	in = in.MetGebeurtenis(domain.Gebeurtenis{Tot: received.AddYears(-5)})
	require.Equal(t, 4, *in.Afgeleid.JarenVerstreken)
	assert.Nil(t, in.MetGebeurtenis(domain.Gebeurtenis{Voortdurend: true}).Afgeleid.JarenVerstreken)
	assert.Equal(t, 4, *in.Afgeleid.JarenVerstreken, "the question itself is left as it was")
}
