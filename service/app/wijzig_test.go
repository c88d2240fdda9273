package app_test

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// ctxOf is the context of a test, or of a drawn case of one.
func ctxOf(t any) context.Context {
	if c, ok := t.(interface{ Context() context.Context }); ok {
		return c.Context()
	}
	return context.Background()
}

// hurt makes the harm known.
func hurt(o domain.Opgave) (domain.Opgave, error) {
	o.Melding.Feiten.Schade, o.Melding.Feiten.SchadeDoorZorg = ptr("overleden"), ptr("ja")
	return o, nil
}

func TestACorrectionGivesAnotherAdviceAndKeepsTheEarlier(t *testing.T) {
	h, _ := shipped(t)
	first := receive(t, h, told()).Melding
	h.Clock.Set(apptest.Begin().Add(time.Hour))
	got, err := h.App.WijzigMelding(t.Context(), actor(), first.Kenmerk, app.Voorwaarde{Versies: []int{7, 1}}, hurt)
	require.NoError(t, err)
	m := got.Melding
	assert.Equal(t, domain.Onderzoeken, m.Advies.Advies)
	assert.Equal(t, 2, m.Versie)
	assert.Equal(t, apptest.Begin().Add(time.Hour), m.GewijzigdOp)
	require.Len(t, m.Eerdere, 1)
	assert.Equal(t, first.Advies, m.Eerdere[0])
	earlier, err := h.App.LeesAdvies(t.Context(), actor(), first.Advies.ID)
	require.NoError(t, err)
	assert.Equal(t, domain.Registreren, earlier.Advies)
	history, err := h.App.Geschiedenis(t.Context(), actor(), m.ID, time.Time{})
	require.NoError(t, err)
	assert.Equal(t, []domain.VoorvalSoort{domain.VoorvalOntvangen, domain.VoorvalAdvies, domain.VoorvalGewijzigd, domain.VoorvalAdvies}, events(m))
	assert.Equal(t, []domain.VeldWijziging{{Veld: "feiten.schade", Naar: "overleden"}, {Veld: "feiten.schadeDoorZorg", Naar: "ja"}}, history[2].Velden)
}

func TestAChangeOfAnotherVersionIsRefused(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	_, err := h.App.WijzigMelding(t.Context(), actor(), id, app.Voorwaarde{Versies: []int{2}}, hurt)
	assert.True(t, domain.IsCode(err, domain.Stale), "%v", err)
	_, err = h.App.WijzigMelding(t.Context(), actor(), id, app.Voorwaarde{}, hurt)
	assert.True(t, domain.IsCode(err, domain.Stale), "%v", err)
	got, err := h.App.LeesMelding(t.Context(), actor(), id)
	require.NoError(t, err)
	assert.Equal(t, 1, got.Melding.Versie)
	assert.Len(t, got.Melding.Geschiedenis, 2)
}

func TestAChangeThatChangesNothingWritesNothing(t *testing.T) {
	h, _ := shipped(t)
	first := receive(t, h, told())
	got, err := h.App.WijzigMelding(t.Context(), actor(), first.Melding.ID, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
		o.Melding.Ontvangstdatum = nil
		return o, nil
	})
	require.NoError(t, err)
	assert.Equal(t, first, got)
}

func TestAFaultyChangeLeavesWhatWasThere(t *testing.T) {
	h, _ := shipped(t)
	first := receive(t, h, told())
	_, err := h.App.WijzigMelding(t.Context(), actor(), first.Melding.ID, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
		o.Onderwerp, o.Melding.Feiten.BelangGoedeZorg = "a@b.nl", ptr("ja")
		return o, nil
	})
	requireFaults(t, err, "onderwerp persoonsgegeven_e_mail", "redenen.belangGoedeZorg reden_verplicht")
	got, err := h.App.LeesMelding(t.Context(), actor(), first.Melding.ID)
	require.NoError(t, err)
	assert.Equal(t, first, got)
}

func TestOfManyChangesOfOneVersionOneIsMade(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			_, errs[i] = h.App.WijzigMelding(t.Context(), actor(), id, app.Voorwaarde{Versies: []int{1}}, func(o domain.Opgave) (domain.Opgave, error) {
				o.Aard = string(rune('a' + i))
				return o, nil
			})
		})
	}
	all.Wait()
	made := 0
	for _, err := range errs {
		if err == nil {
			made++
		} else {
			assert.True(t, domain.IsCode(err, domain.Stale), "%v", err)
		}
	}
	assert.Equal(t, 1, made)
}

func TestManyChangesOfAnyVersionAreAllMade(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() {
			_, err := h.App.WijzigMelding(t.Context(), actor(), id, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
				o.Aard = strconv.Itoa(i)
				return o, nil
			})
			assert.NoError(t, err)
		})
	}
	all.Wait()
	m, err := h.Store.Melding(t.Context(), id)
	require.NoError(t, err)
	assert.Equal(t, 65, m.Versie)
}

func TestASearchForSignsFindsNoProvider(t *testing.T) {
	h, _ := shipped(t)
	receive(t, h, told())
	for text, want := range map[string]int{"%": 0, "_": 0, "***": 0, "linde": 1, "": 1} {
		page, err := h.App.ZoekAanbieders(t.Context(), actor(), domain.AanbiederVraag{Zoek: text, Aantal: 10})
		require.NoError(t, err)
		assert.Len(t, page.Aanbieders, want, text)
	}
}

func TestAComplaintStartsAndCorrectsItsClock(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	set := func(v app.Voorwaarde, k domain.AanvraagKlacht) app.MeldingBeeld {
		got, err := h.App.ZetKlacht(t.Context(), actor(), id, v, k, nil, nil)
		require.NoError(t, err)
		return got
	}
	got := set(app.Voorwaarde{Versies: []int{1}}, domain.AanvraagKlacht{IngediendOp: ptr("2026-10-30")})
	require.Len(t, got.Termijnen, 1)
	assert.Equal(t, "2026-12-11", got.Termijnen[0].Einddatum.String())
	assert.Contains(t, got.Melding.Advies.Stappen, "termijn_bewaken")

	got = set(app.Voorwaarde{Versies: []int{2}}, domain.AanvraagKlacht{IngediendOp: ptr("2026-10-30"), VerlengdOp: ptr("2026-11-19")})
	assert.Equal(t, "2027-01-08", got.Termijnen[0].Einddatum.String())

	_, err := h.App.ZetKlacht(t.Context(), actor(), id, app.Voorwaarde{Elke: true}, domain.AanvraagKlacht{IngediendOp: ptr("2026-11-21"), AntwoordOp: ptr("2026-11-01")}, nil, nil)
	requireFaults(t, err, "ingediendOp datum_toekomst", "antwoordOp voor_klacht")

	got = set(app.Voorwaarde{Elke: true}, domain.AanvraagKlacht{IngediendOp: ptr("2026-10-30"), AntwoordOp: ptr("2026-11-18"), AntwoordVoldoende: ptr("nee")})
	assert.Equal(t, term.Voldaan, got.Termijnen[0].Status)
	assert.Contains(t, got.Melding.Advies.Stappen, "geschilleninstantie_adviseren")

	moved, err := h.App.WijzigMelding(t.Context(), actor(), id, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
		o.Melding.Regime = ptr("jeugdwet")
		return o, nil
	})
	require.NoError(t, err)
	assert.Empty(t, moved.Termijnen, "there is no such term under the Jeugdwet")
	assert.Contains(t, events(moved.Melding), domain.VoorvalVervallen)
}

func TestASweepSaysWhatCameNearAndWhatPassed(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told(complained("2026-10-30"))).Melding.ID // ends on 11 December
	sweep := func(day int) app.VeegUitslag {
		h.Clock.Set(time.Date(2026, time.December, day, 23, 30, 0, 0, time.UTC)) // the next day in Amsterdam
		out, err := h.App.Veeg(t.Context(), nil)
		require.NoError(t, err)
		return out
	}
	assert.Equal(t, app.VeegUitslag{Herteld: 1}, sweep(2), "the one that was received")
	assert.Equal(t, app.VeegUitslag{Meldingen: 1, Genaderd: 1}, sweep(3))
	assert.Equal(t, app.VeegUitslag{}, sweep(3), "once")
	assert.Equal(t, app.VeegUitslag{}, sweep(10))
	before, err := h.App.LeesMelding(t.Context(), actor(), id)
	require.NoError(t, err)
	assert.Contains(t, before.Melding.Advies.Stappen, "termijn_bewaken")
	assert.Equal(t, app.VeegUitslag{Meldingen: 1, Verstreken: 1, Heradviezen: 1}, sweep(11))
	assert.Equal(t, app.VeegUitslag{}, sweep(30))
	after, err := h.App.LeesMelding(t.Context(), actor(), id)
	require.NoError(t, err)
	assert.Contains(t, after.Melding.Advies.Stappen, "geschilleninstantie_adviseren")
	assert.Equal(t, domain.BijTermijn, after.Melding.Advies.Aanleiding)
	assert.Equal(t, 1, after.Melding.Versie, "a sweep gives nobody a stale version")
	assert.Equal(t, []domain.VoorvalSoort{
		domain.VoorvalOntvangen, domain.VoorvalAdvies, domain.VoorvalTermijn, domain.VoorvalNadert, domain.VoorvalVerstreken, domain.VoorvalAdvies,
	}, events(after.Melding))
}

func TestSweepsAtTheSameMomentRecordOnce(t *testing.T) {
	h, _ := shipped(t)
	for range 20 {
		receive(t, h, told(complained("2026-10-01")))
	}
	h.Clock.Set(apptest.Begin().AddDate(0, 1, 0))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			_, err := h.App.Veeg(t.Context(), nil)
			assert.NoError(t, err)
		})
	}
	all.Wait()
	list, err := h.App.LijstMeldingen(t.Context(), actor(), domain.MeldingVraag{Aantal: 50, TermijnStatus: term.Verstreken})
	require.NoError(t, err)
	require.Len(t, list.Regels, 20)
	for _, r := range list.Regels {
		passed := 0
		for _, v := range r.Melding.Geschiedenis {
			if v.Soort == domain.VoorvalVerstreken {
				passed++
			}
		}
		assert.Equal(t, 1, passed)
	}
}

func TestAPolicyThatFailsTakesNoSeriousSignalAway(t *testing.T) {
	h, _ := shipped(t)
	var serious domain.Melding
	for range 3 {
		serious = receive(t, h, told(func(o *domain.Opgave) { o.Melding.Feiten.Bedreiging = ptr("mogelijk") })).Melding
	}
	other := receive(t, h, told()).Melding
	require.Equal(t, domain.Doorsturen, other.Advies.Advies, "three serious signals in a year")

	h.Activate(t, apptest.Small(t, "geen waarde"))
	for _, aard := range []string{"bejegening", "wachttijd"} { // it fails twice in a row
		got, err := h.App.WijzigMelding(t.Context(), actor(), serious.ID, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
			o.Aard = aard
			return o, nil
		})
		require.NoError(t, err)
		require.Equal(t, domain.Beoordelen, got.Melding.Advies.Advies)
	}
	counted, err := h.Store.TelSignalen(t.Context(), other.AanbiederID, other.Dag, "")
	require.NoError(t, err)
	assert.Equal(t, 3, counted.Ernstig365, "whether there is a ground is what was last said of it")

	h.Activate(t, apptest.Shipped(t))
	_, err = h.App.WijzigMelding(t.Context(), actor(), serious.ID, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
		o.Melding.Feiten.Bedreiging = ptr("nee")
		return o, nil
	})
	require.NoError(t, err)
	counted, err = h.Store.TelSignalen(t.Context(), other.AanbiederID, other.Dag, "")
	require.NoError(t, err)
	assert.Equal(t, 2, counted.Ernstig365, "an answer of the policy counts again")
}

func TestAnotherRegimeHoldsTheComplaintAgainstItsLaw(t *testing.T) {
	h, _ := shipped(t)
	m := receive(t, h, told(complained("2026-08-03"), func(o *domain.Opgave) {
		o.Melding.Regime = ptr("jeugdwet")
		o.Melding.KlachtBijAanbieder.NadereTermijnTot, o.Melding.KlachtBijAanbieder.NadereTermijnAkkoordOp = ptr("2026-08-20"), ptr("2026-08-05")
	})).Melding
	_, err := h.App.WijzigMelding(t.Context(), actor(), m.ID, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
		o.Melding.Regime = ptr("wkkgz")
		return o, nil
	})
	requireFaults(t, err, "klachtBijAanbieder.nadereTermijnTot termijn_nadere_niet_na_einde")
	kept, err := h.Store.Melding(t.Context(), m.ID)
	require.NoError(t, err)
	assert.Equal(t, m.Versie, kept.Versie)
}
