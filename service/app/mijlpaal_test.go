package app_test

import (
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

// handled is a happening: the inspectorate takes a melding into handling today.
func handled() domain.MijlpaalOpgave { return domain.MijlpaalOpgave{Soort: "in_behandeling_genomen"} }

func anyVersion() app.Voorwaarde { return app.Voorwaarde{Elke: true} }

func TestAHappeningIsKeptWithTheTermItStarts(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	got, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, app.Voorwaarde{Versies: []int{1}}, handled(), app.Eenmalig{})
	require.NoError(t, err)
	assert.Equal(t, term.NewDate(2026, 11, 20), got.Mijlpaal.Datum, "a day that is not told is today")
	assert.Equal(t, actor(), got.Mijlpaal.Door)
	assert.Equal(t, 2, got.Melding.Melding.Versie)
	require.Len(t, got.Voorvallen, 2)
	assert.Equal(t, domain.VoorvalMijlpaal, got.Voorvallen[0].Soort)
	assert.Equal(t, domain.VoorvalTermijn, got.Voorvallen[1].Soort)
	assert.Equal(t, got.Mijlpaal.ID, got.Melding.Melding.Termijnen[0].Mijlpaal())

	read, err := h.App.LeesMelding(t.Context(), actor(), id)
	require.NoError(t, err)
	require.Len(t, read.Termijnen, 1)
	assert.Equal(t, "2026-12-18", read.Termijnen[0].Einddatum.String())
	assert.Equal(t, got.Melding, read)

	_, err = h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), handled(), app.Eenmalig{})
	requireFaults(t, err, "soort mijlpaal_loopt_al")
	_, err = h.App.LegMijlpaalVast(t.Context(), actor(), id, app.Voorwaarde{Versies: []int{1}}, handled(), app.Eenmalig{})
	assert.True(t, domain.IsCode(err, domain.Stale), "%v", err)
	_, err = h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{}, app.Eenmalig{})
	requireFaults(t, err, "soort verplicht")
	unchanged, err := h.App.LeesMelding(t.Context(), actor(), id)
	require.NoError(t, err)
	assert.Equal(t, read, unchanged)
}

func TestAHappeningThatIsSentAgainIsThereOnce(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	answers, errs := make([]app.MijlpaalBeeld, 8), make([]error, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			answers[i], errs[i] = h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), handled(), once("k", "a"))
		})
	}
	all.Wait()
	for i := range answers {
		require.NoError(t, errs[i])
		assert.Equal(t, answers[0].Mijlpaal, answers[i].Mijlpaal)
		assert.Equal(t, answers[0].Voorvallen, answers[i].Voorvallen)
	}
	read, err := h.App.LeesMelding(t.Context(), actor(), id)
	require.NoError(t, err)
	assert.Len(t, read.Melding.Mijlpalen, 1)

	_, err = h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), handled(), once("k", "b"))
	assert.True(t, domain.IsCode(err, domain.Conflict), "%v", err)
	old, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, app.Voorwaarde{Versies: []int{1}}, handled(), once("k", "a"))
	require.NoError(t, err, "the first answer, whatever version is named")
	assert.Equal(t, answers[0].Mijlpaal, old.Mijlpaal)
	other := receive(t, h, told()).Melding.ID
	_, err = h.App.LegMijlpaalVast(t.Context(), actor(), other, anyVersion(), handled(), once("k", "a"))
	assert.NoError(t, err, "another melding has keys of its own")
}

func TestAHappeningIsTakenBack(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	first, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), handled(), app.Eenmalig{})
	require.NoError(t, err)
	opened, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: "concept_verstuurd"}, app.Eenmalig{})
	require.NoError(t, err)
	answered, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: "reactie_concept_ontvangen"}, app.Eenmalig{})
	require.NoError(t, err)

	_, err = h.App.TrekMijlpaalIn(t.Context(), actor(), id, opened.Mijlpaal.ID, anyVersion())
	requireFaults(t, err, "id mijlpaal_eerst_andere")
	_, err = h.App.TrekMijlpaalIn(t.Context(), actor(), id, "x", anyVersion())
	assert.True(t, domain.IsCode(err, domain.NotFound), "%v", err)
	_, err = h.App.TrekMijlpaalIn(t.Context(), actor(), id, first.Mijlpaal.ID, app.Voorwaarde{Versies: []int{1}})
	assert.True(t, domain.IsCode(err, domain.Stale), "%v", err)

	for _, p := range []string{answered.Mijlpaal.ID, opened.Mijlpaal.ID, first.Mijlpaal.ID} {
		_, err = h.App.TrekMijlpaalIn(t.Context(), actor(), id, p, anyVersion())
		require.NoError(t, err)
	}
	_, err = h.App.TrekMijlpaalIn(t.Context(), actor(), id, first.Mijlpaal.ID, anyVersion())
	assert.True(t, domain.IsCode(err, domain.NotFound), "what is taken back is gone: %v", err)
	again, err := h.App.LeesMelding(t.Context(), actor(), id)
	require.NoError(t, err)
	assert.Empty(t, again.Termijnen)
	assert.Equal(t, 7, again.Melding.Versie)
	assert.Contains(t, events(again.Melding), domain.VoorvalMijlpaalWeg)
	assert.Contains(t, events(again.Melding), domain.VoorvalVervallen)
}

func TestATermOfAHappeningIsSweptLikeAnyOther(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	_, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: "aanvulling_gevraagd"}, app.Eenmalig{})
	require.NoError(t, err)
	h.Clock.Set(apptest.Begin().Add(15 * 24 * time.Hour))
	swept, err := h.App.Veeg(t.Context(), nil)
	require.NoError(t, err)
	assert.Equal(t, 1, swept.Verstreken)
	late, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: "aanvulling_ontvangen"}, app.Eenmalig{})
	require.NoError(t, err)
	assert.Equal(t, term.TeLaatVoldaan, late.Melding.Termijnen[0].Status)
}

func TestAReceiptIsNotCorrectedPastWhatHappened(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told(func(o *domain.Opgave) { o.Melding.Ontvangstdatum = ptr("2026-11-10") })).Melding.ID
	_, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: "aanvulling_gevraagd", Datum: ptr("2026-11-12")}, app.Eenmalig{})
	require.NoError(t, err)
	move := func(day string) error {
		_, err := h.App.WijzigMelding(t.Context(), actor(), id, anyVersion(), func(o domain.Opgave) (domain.Opgave, error) {
			o.Melding.Ontvangstdatum = &day
			return o, nil
		})
		return err
	}
	requireFaults(t, move("2026-11-13"), "ontvangstdatum wijziging_na_mijlpaal")
	assert.NoError(t, move("2026-11-12"))
}

func TestWhatAnAnswerMustStateIsKept(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	k := domain.AanvraagKlacht{IngediendOp: ptr("2026-10-30"), AntwoordOp: ptr("2026-11-18")}
	got, err := h.App.ZetKlacht(t.Context(), actor(), id, anyVersion(), k, &domain.AntwoordOpgave{Oordeel: "ja", Besluiten: "nee"}, nil)
	require.NoError(t, err)
	require.Len(t, got.Termijnen[0].Waarschuwingen, 1)
	assert.Equal(t, "term.waarschuwing.antwoord_zonder_besluiten", got.Termijnen[0].Waarschuwingen[0].Key)

	k.AntwoordOp = nil
	_, err = h.App.ZetKlacht(t.Context(), actor(), id, anyVersion(), k, &domain.AntwoordOpgave{Oordeel: "ja"}, nil)
	requireFaults(t, err, "antwoordBevat bevat_zonder_antwoord")
	_, err = h.App.ZetKlacht(t.Context(), actor(), id, anyVersion(), k, &domain.AntwoordOpgave{EigenTermijnTot: "2026-12-01"}, nil)
	requireFaults(t, err, "eigenTermijnTot eigen_termijn_regime")

	_, err = h.App.WijzigMelding(t.Context(), actor(), id, anyVersion(), func(o domain.Opgave) (domain.Opgave, error) {
		o.Melding.Regime = ptr("jeugdwet")
		return o, nil
	})
	require.NoError(t, err)
	for day, code := range map[string]string{"2026-10-29": "voor_klacht", "2028-10-31": "mijlpaal_te_ver", "2026-13-01": "datum"} {
		_, err = h.App.ZetKlacht(t.Context(), actor(), id, anyVersion(), k, &domain.AntwoordOpgave{EigenTermijnTot: day}, nil)
		requireFaults(t, err, "eigenTermijnTot "+code)
	}
	own, err := h.App.ZetKlacht(t.Context(), actor(), id, anyVersion(), k, &domain.AntwoordOpgave{EigenTermijnTot: "2026-12-25"}, nil)
	require.NoError(t, err)
	require.Len(t, own.Termijnen, 1)
	assert.Equal(t, "2026-12-25", own.Termijnen[0].Einddatum.String(), "a day as told, also a holiday")
	assert.True(t, own.Termijnen[0].EigenNorm)
}

func TestAHappeningIsCorrected(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told(func(o *domain.Opgave) { o.Melding.Ontvangstdatum = ptr("2026-11-02") })).Melding.ID
	asked, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: "aanvulling_gevraagd", Datum: ptr("2026-11-03")}, app.Eenmalig{})
	require.NoError(t, err)
	got, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: "aanvulling_ontvangen", Datum: ptr("2026-11-18")}, app.Eenmalig{})
	require.NoError(t, err)
	require.Equal(t, term.TeLaatVoldaan, got.Melding.Termijnen[0].Status)

	later := domain.MijlpaalOpgave{Soort: "aanvulling_gevraagd", Datum: ptr("2026-11-05")}
	fixed, err := h.App.VerzetMijlpaal(t.Context(), actor(), id, asked.Mijlpaal.ID, anyVersion(), later)
	require.NoError(t, err)
	assert.Equal(t, term.Voldaan, fixed.Termijnen[0].Status)
	assert.Equal(t, "2026-11-19", fixed.Termijnen[0].Einddatum.String())
	assert.Equal(t, asked.Mijlpaal.ID, fixed.Melding.Termijnen[0].Grond, "it is the same term")
	assert.Equal(t, 4, fixed.Melding.Versie)
	assert.Contains(t, events(fixed.Melding), domain.VoorvalMijlpaalAf)

	_, err = h.App.VerzetMijlpaal(t.Context(), actor(), id, asked.Mijlpaal.ID, app.Voorwaarde{Versies: []int{1}}, later)
	assert.True(t, domain.IsCode(err, domain.Stale), "%v", err)
	_, err = h.App.VerzetMijlpaal(t.Context(), actor(), id, asked.Mijlpaal.ID, anyVersion(), domain.MijlpaalOpgave{Soort: "aanvulling_gevraagd", Datum: ptr("2026-11-19")})
	requireFaults(t, err, "datum mijlpaal_botst")
	_, err = h.App.VerzetMijlpaal(t.Context(), actor(), id, asked.Mijlpaal.ID, anyVersion(), domain.MijlpaalOpgave{})
	requireFaults(t, err, "soort verplicht")
}

func TestTheRegimeIsNotChangedUnderAHappening(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	_, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), domain.MijlpaalOpgave{Soort: "geschil_voorgelegd", Datum: ptr("2026-11-01")}, app.Eenmalig{})
	require.NoError(t, err)
	_, err = h.App.WijzigMelding(t.Context(), actor(), id, anyVersion(), func(o domain.Opgave) (domain.Opgave, error) {
		o.Melding.Regime = ptr("jeugdwet")
		return o, nil
	})
	requireFaults(t, err, "regime wijziging_na_mijlpaal")
}

func TestAHappeningSentAgainAfterACorrectionIsAnsweredAsItWas(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	first, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), handled(), once("k", "a"))
	require.NoError(t, err)

	same, err := h.App.VerzetMijlpaal(t.Context(), actor(), id, first.Mijlpaal.ID, anyVersion(), domain.MijlpaalOpgave{Soort: "in_behandeling_genomen", Datum: ptr("2026-11-20")})
	require.NoError(t, err)
	assert.Equal(t, first.Melding, same, "what says the same is not kept again")

	h.Clock.Set(apptest.Begin().AddDate(0, 0, 3))
	_, err = h.App.VerzetMijlpaal(t.Context(), actor(), id, first.Mijlpaal.ID, anyVersion(), domain.MijlpaalOpgave{Soort: "in_behandeling_genomen", Datum: ptr("2026-11-23")})
	require.NoError(t, err)
	again, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), handled(), once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, first.Mijlpaal, again.Mijlpaal)
	assert.Equal(t, first.Voorvallen, again.Voorvallen)
	_, err = h.App.TrekMijlpaalIn(t.Context(), actor(), id, first.Mijlpaal.ID, anyVersion())
	require.NoError(t, err)
	again, err = h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), handled(), once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, first.Mijlpaal, again.Mijlpaal)
}

func TestWhoIsWhollyAnonymousIsNotAskedForMoreAndWhatWasAskedStays(t *testing.T) {
	h, _ := shipped(t)
	asked := func(day string) domain.MijlpaalOpgave {
		return domain.MijlpaalOpgave{Soort: "aanvulling_gevraagd", Datum: &day}
	}
	anonymous := func(o domain.Opgave) (domain.Opgave, error) {
		o.Melder, o.Omschrijving, o.Melding.Anonimiteit = nil, "", ptr("volledig")
		return o, nil
	}
	id := receive(t, h, told()).Melding.ID
	first, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), asked("2026-11-20"), once("k", "a"))
	require.NoError(t, err)
	_, err = h.App.WijzigMelding(t.Context(), actor(), id, anyVersion(), anonymous)
	require.NoError(t, err)
	again, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), asked("2026-11-20"), once("k", "a"))
	require.NoError(t, err, "a retry is no question")
	assert.Equal(t, first.Mijlpaal, again.Mijlpaal)
	h.Clock.Set(apptest.Begin().AddDate(0, 0, 1))
	moved, err := h.App.VerzetMijlpaal(t.Context(), actor(), id, first.Mijlpaal.ID, anyVersion(), asked("2026-11-21"))
	require.NoError(t, err)
	require.Len(t, moved.Termijnen, 1)
	assert.Equal(t, "2026-12-07", moved.Termijnen[0].Einddatum.String())

	other := receive(t, h, told()).Melding.ID
	_, err = h.App.WijzigMelding(t.Context(), actor(), other, anyVersion(), anonymous)
	require.NoError(t, err)
	_, err = h.App.LegMijlpaalVast(t.Context(), actor(), other, anyVersion(), asked("2026-11-21"), app.Eenmalig{})
	requireFaults(t, err, "soort mijlpaal_anoniem")
	_, err = h.App.LegMijlpaalVast(t.Context(), actor(), other, anyVersion(), asked("2027-11-21"), app.Eenmalig{})
	requireFaults(t, err, "datum datum_toekomst", "soort mijlpaal_anoniem")
	_, err = h.App.LegMijlpaalVast(t.Context(), actor(), other, anyVersion(), handled(), app.Eenmalig{})
	require.NoError(t, err, "the inspectorate can go on without him")
}

func TestWhoIsWhollyAnonymousIsNotCalledBackAndIsSentNothing(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told(func(o *domain.Opgave) {
		o.Kanaal, o.Melder, o.Omschrijving, o.Melding.Anonimiteit = "brief", nil, "", ptr("volledig")
	})).Melding.ID
	record := func(kind, party string) (app.MijlpaalBeeld, error) {
		o := domain.MijlpaalOpgave{Soort: kind, Datum: ptr("2026-11-20")}
		if party != "" {
			o.Partij = &party
		}
		return h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), o, app.Eenmalig{})
	}
	_, err := record("melder_teruggebeld", "")
	requireFaults(t, err, "soort mijlpaal_anoniem_bellen")
	_, err = record("gespreksverslag_verstuurd", "melder")
	requireFaults(t, err, "partij mijlpaal_anoniem_verslag")
	sent, err := record("gespreksverslag_verstuurd", "aanbieder")
	require.NoError(t, err, "another party is known")
	to := domain.MijlpaalOpgave{Soort: "gespreksverslag_verstuurd", Datum: ptr("2026-11-20"), Partij: ptr("melder")}
	_, err = h.App.VerzetMijlpaal(t.Context(), actor(), id, sent.Mijlpaal.ID, anyVersion(), to)
	requireFaults(t, err, "partij mijlpaal_anoniem_verslag")
}

func TestAReportThatWasSentStaysWhenTheMelderBecomesAnonymous(t *testing.T) {
	h, _ := shipped(t)
	id := receive(t, h, told()).Melding.ID
	o := domain.MijlpaalOpgave{Soort: "gespreksverslag_verstuurd", Datum: ptr("2026-11-20"), Partij: ptr("melder")}
	sent, err := h.App.LegMijlpaalVast(t.Context(), actor(), id, anyVersion(), o, app.Eenmalig{})
	require.NoError(t, err)
	_, err = h.App.WijzigMelding(t.Context(), actor(), id, anyVersion(), func(o domain.Opgave) (domain.Opgave, error) {
		o.Melder, o.Omschrijving, o.Melding.Anonimiteit = nil, "", ptr("volledig")
		return o, nil
	})
	require.NoError(t, err)
	h.Clock.Set(apptest.Begin().AddDate(0, 0, 1))
	o.Datum = ptr("2026-11-21")
	_, err = h.App.VerzetMijlpaal(t.Context(), actor(), id, sent.Mijlpaal.ID, anyVersion(), o)
	require.NoError(t, err)
}
