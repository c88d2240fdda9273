package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// ended takes the lead and loses it to another.
func ended(t *testing.T, a *app.App) *app.Leiding {
	t.Helper()
	mine, err := a.NeemLeiding(t.Context(), "a", time.Hour)
	require.NoError(t, err)
	require.NoError(t, a.LaatLeiding(t.Context(), mine))
	_, err = a.NeemLeiding(t.Context(), "b", time.Hour)
	require.NoError(t, err)
	return &mine
}

// everything is all meldingen as the store has them.
func everything(t *testing.T, h *apptest.House) []domain.Melding {
	t.Helper()
	found, err := h.Store.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: domain.OpOntvangst, Aantal: 1000})
	require.NoError(t, err)
	return found.Meldingen
}

func TestASweepUnderALeadThatEndedChangesNothing(t *testing.T) {
	for name, prepare := range map[string]func(t *testing.T, h *apptest.House){
		"terms that came near or passed": func(t *testing.T, h *apptest.House) {
			t.Helper()
			kind, made := "klacht", "2026-10-17"
			receive(t, h, told(func(o *domain.Opgave) {
				o.Melding.Soort, o.Melding.KlachtBijAanbieder = &kind, &domain.AanvraagKlacht{IngediendOp: &made}
			}))
			h.Clock.Set(h.Clock.Now().AddDate(0, 2, 0))
		},
		"figures that changed": func(t *testing.T, h *apptest.House) {
			t.Helper()
			first := receive(t, h, told(at("De Linde", "2026-11-10"))).Melding.ID
			for _, day := range []string{"2026-11-10", "2026-11-10", "2026-11-12"} {
				receive(t, h, told(at("De Eik", day)))
			}
			require.NoError(t, correct(t.Context(), h.App, first, at("De Eik", "2026-11-09")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, _ := shipped(t)
			prepare(t, h)
			before := everything(t, h)
			_, err := h.App.Veeg(t.Context(), ended(t, h.App))
			require.True(t, app.LeidingVoorbij(err), "%v", err)
			assert.Equal(t, before, everything(t, h))
			_, err = h.App.Veeg(t.Context(), nil)
			require.NoError(t, err)
			assert.NotEqual(t, before, everything(t, h), "there was something to do")
		})
	}
}
