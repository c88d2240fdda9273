package app_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func TestEveryTermCaseThroughTheUseCase(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	cases, err := fixtures.TermijnGevallen()
	require.NoError(t, err)
	for name, c := range cases {
		if c.Invoer.Peildatum == "" {
			continue // here the use case fills in today
		}
		t.Run(name, func(t *testing.T) {
			q := app.TermijnVraag{
				Soort: given(c.Invoer.Soort), Start: given(c.Invoer.Start), Peildatum: given(c.Invoer.Peildatum),
				VerlengdOp: given(c.Invoer.VerlengdOp), VoldaanOp: given(c.Invoer.VoldaanOp),
			}
			if n := c.Invoer.NadereTermijn; n != nil {
				q.NadereTermijn = &app.NadereTermijnVraag{Tot: given(n.Tot), AkkoordOp: given(n.AkkoordOp)}
			}
			got, err := h.App.BerekenTermijn(t.Context(), actor(), q)
			if c.Verwacht == nil {
				requireFaults(t, err, c.Gebreken...)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.Verwacht.Einddatum, got.Einddatum.String())
			assert.Equal(t, c.Verwacht.Status, string(got.Status))
		})
	}
}

func TestATermWithoutADayIsAskedForToday(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	kind, start := "reactie_aanbieder", "2026-10-09"
	got, err := h.App.BerekenTermijn(t.Context(), actor(), app.TermijnVraag{Soort: &kind, Start: &start})
	require.NoError(t, err)
	assert.Equal(t, "2026-11-20", got.Einddatum.String())
	require.NotNil(t, got.DagenResterend)
	assert.Zero(t, *got.DagenResterend)
}

func TestFaultsOfATermAreNamedAtOnceAndOncePerField(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	day := func(text string) *string { return &text }
	for name, c := range map[string]struct {
		q    app.TermijnVraag
		want []string
	}{
		"everything absent, as the schema found": {
			app.TermijnVraag{Faults: []domain.Fault{{Field: "soort", Code: "verplicht"}, {Field: "start", Code: "verplicht"}}},
			[]string{"soort verplicht", "start verplicht"},
		},
		"dates that do not exist, beside an extension where there is none": {
			app.TermijnVraag{
				Soort: day("definitief_rapport"), Start: day("2026-03-16"), Peildatum: day("2026-02-30"),
				VerlengdOp: day("2026-04-01"), VoldaanOp: day("2026-13-01"),
			},
			[]string{"peildatum datum", "voldaanOp datum", "verlengdOp termijn_geen_verlenging"},
		},
		"an agreement of which the end could not be read": {
			app.TermijnVraag{
				Soort: day("reactie_aanbieder"), Start: day("2026-03-16"),
				NadereTermijn: &app.NadereTermijnVraag{Tot: day("2026-02-30"), AkkoordOp: day("2026-04-01")},
			},
			[]string{"nadereTermijn.tot datum"},
		},
		"half an agreement where the schema has spoken": {
			app.TermijnVraag{
				Soort: day("reactie_aanbieder"), Start: day("2026-03-16"),
				NadereTermijn: &app.NadereTermijnVraag{AkkoordOp: day("2026-04-01")},
				Faults:        []domain.Fault{{Field: "nadereTermijn", Code: "onvolledig"}},
			},
			[]string{"nadereTermijn onvolledig"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.App.BerekenTermijn(t.Context(), actor(), c.q)
			requireFaults(t, err, c.want...)
		})
	}
}
