package app_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// These tests are about meldingen that are behind, or ahead, of who writes them.

func TestASweepComputesWhatIsBehindInTheSameWrite(t *testing.T) {
	h, _ := shipped(t)
	m := receive(t, h, told(complained("2026-10-13"))).Melding // ends on 24 November: near
	require.Equal(t, "termijn_nadert", string(events(m)[len(events(m))-1]))
	vul(t, h, "2026-11-24")
	h.Clock.Set(apptest.Begin().AddDate(0, 0, 6)) // 26 November
	path := &failing{Store: h.Store}
	out, err := h.Over(t, path, apptest.NewMeter()).Veeg(t.Context(), nil)
	require.NoError(t, err)
	assert.Equal(t, app.VeegUitslag{Meldingen: 1, Verstreken: 1, Heradviezen: 1, Herteld: 1}, out)
	assert.EqualValues(t, 1, path.writes.Load())
	assert.Equal(t, []string{
		"termijn_gewijzigd dienst 2026-11-24 2026-11-25 kalender", "termijn_verstreken dienst  2026-11-25 ", "advies dienst   termijn",
	}, last(kept(t, h, m.ID), 3))
	assert.Zero(t, herreken(t, h.App).Bekeken)
}

func TestWhatAPersonChangesIsToldApartFromWhatTheCalendarDid(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, a *app.App, id string) error{
		"a correction": func(t *testing.T, a *app.App, id string) error {
			_, err := a.WijzigMelding(t.Context(), actor(), id, app.Voorwaarde{Versies: []int{1}}, hurt)
			return err
		},
		"a happening": func(t *testing.T, a *app.App, id string) error {
			_, err := a.LegMijlpaalVast(t.Context(), actor(), id, app.Voorwaarde{Versies: []int{1}},
				domain.MijlpaalOpgave{Soort: "in_behandeling_genomen"}, app.Eenmalig{})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, _ := shipped(t)
			m := receive(t, h, told(complained("2026-10-22"))).Melding
			vul(t, h, "2026-12-03")
			require.NoError(t, change(t, h.App, m.ID))
			got := kept(t, h, m.ID)
			assert.Equal(t, 2, got.Kalender)
			assert.Equal(t, 2, got.Versie)
			moved := got.Geschiedenis[len(m.Geschiedenis)]
			assert.Equal(t, domain.VoorvalTermijnAf, moved.Soort)
			assert.Equal(t, "dienst", moved.Door.ID)
			assert.Equal(t, "kalender", moved.Gegevens["aanleiding"])
			for _, v := range got.Geschiedenis[len(m.Geschiedenis)+1:] {
				assert.NotEqual(t, "kalender", v.Gegevens["aanleiding"])
			}
			assert.Zero(t, herreken(t, h.App).Bekeken)
		})
	}
}

func TestACopyThatIsBehindFollowsBeforeItWrites(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, a *app.App, id string) error{
		"a correction": func(t *testing.T, a *app.App, id string) error {
			_, err := a.WijzigMelding(t.Context(), actor(), id, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
				o.Melding.KlachtBijAanbieder = &domain.AanvraagKlacht{IngediendOp: ptr("2026-10-21")}
				return o, nil
			})
			return err
		},
		"a happening": func(t *testing.T, a *app.App, id string) error {
			_, err := a.LegMijlpaalVast(t.Context(), actor(), id, app.Voorwaarde{Elke: true},
				domain.MijlpaalOpgave{Soort: "in_behandeling_genomen", Datum: ptr("2026-11-20")}, app.Eenmalig{})
			return err
		},
		"a happening that is taken back": func(t *testing.T, a *app.App, id string) error {
			out, err := a.LegMijlpaalVast(t.Context(), actor(), id, app.Voorwaarde{Elke: true}, domain.MijlpaalOpgave{Soort: "rapport_gevraagd"}, app.Eenmalig{})
			require.NoError(t, err)
			_, err = a.TrekMijlpaalIn(t.Context(), actor(), id, out.Mijlpaal.ID, app.Voorwaarde{Elke: true})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, _ := shipped(t)
			old := app.NewKalenders(h.Store, h.Kalenders.Eigen())
			_, err := old.Follow(t.Context())
			require.NoError(t, err)
			m := receive(t, h, told(complained("2026-10-22"))).Melding
			vul(t, h, "2026-12-02", "2026-12-03")
			herreken(t, h.App)
			require.Equal(t, 1, old.Geldend().Versie)
			require.NoError(t, change(t, h.With(t, old), m.ID))
			assert.Equal(t, 2, old.Geldend().Versie)
			got := kept(t, h, m.ID)
			assert.Equal(t, 2, got.Kalender)
			assert.Equal(t, "2026-12-04", got.Termijnen[0].Einddatum.String(), "by the newest calendar")
		})
	}
}

func TestAnOlderVersionOfTheServiceWritesNoTermsOverThoseOfANewerOne(t *testing.T) {
	h, _ := shipped(t)
	m := receive(t, h, told(complained("2026-10-22"))).Melding
	newer := app.NewKalenders(h.Store, apptest.NewRules(t))
	require.NoError(t, begin(t, newer))
	herreken(t, h.With(t, newer))
	before := kept(t, h, m.ID)
	require.Equal(t, 2, before.Kalender)
	_, err := h.App.WijzigMelding(t.Context(), actor(), m.ID, app.Voorwaarde{Elke: true}, hurt)
	require.Error(t, err)
	assert.Equal(t, "fout.kalender_ouder", domain.AsError(err).Key)
	assert.Equal(t, before, kept(t, h, m.ID))
}
