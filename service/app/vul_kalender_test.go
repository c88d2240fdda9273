package app_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// besluit is a decree with these days.
func besluit(dagen ...string) term.Besluit {
	b := term.Besluit{
		Besluit: "Besluit gelijkstelling voor deze test",
		Bron:    term.Bron{Titel: "koninklijk besluit, Staatscourant 2026, 40001", Verwijzing: "https://wetten.overheid.nl"},
	}
	for _, d := range dagen {
		b.Dagen = append(b.Dagen, term.Besluitdag{Datum: d, Naam: "gelijkgestelde dag"})
	}
	return b
}

func opgave(dagen ...string) app.KalenderOpgave {
	return app.KalenderOpgave{Aanvulling: term.Aanvulling{Besluiten: []term.Besluit{besluit(dagen...)}}, Reden: "Voor deze test."}
}

// weg is a change that takes days back.
func weg(dagen ...string) app.KalenderOpgave {
	o := app.KalenderOpgave{Reden: "Voor deze test."}
	for _, d := range dagen {
		o.Aanvulling.Vervallen = append(o.Aanvulling.Vervallen, term.Vervallen{Datum: d, Reden: "fout"})
	}
	return o
}

// vul adds decree days, which must be right.
func vul(t testing.TB, h *apptest.House, dagen ...string) domain.KalenderVersie {
	t.Helper()
	out, err := h.App.VulKalender(t.Context(), apptest.Beheerder(), opgave(dagen...), app.Eenmalig{})
	require.NoError(t, err)
	require.True(t, out.Nieuw)
	return out.Versie
}

func TestDecreeDaysMakeTheNextVersion(t *testing.T) {
	h, _ := shipped(t)
	receive(t, h, told(complained("2026-10-15")))
	receive(t, h, told(complained("2026-10-16")))
	got := vul(t, h, "2026-11-26")
	assert.Equal(t, 2, got.Versie)
	assert.Equal(t, "Voor deze test.", got.Reden)
	assert.Equal(t, apptest.Beheerder(), got.Door)
	assert.Equal(t, apptest.Begin(), got.Op)
	assert.Equal(t, []term.VrijeDag{{
		Datum: term.NewDate(2026, 11, 26), Naam: "gelijkgestelde dag (koninklijk besluit, Staatscourant 2026, 40001)",
	}}, got.Erbij)
	assert.Empty(t, got.Eraf)
	assert.Equal(t, 2, got.TeHerrekenen)
	assert.Equal(t, 2, h.Kalenders.Geldend().Versie, "it counts at once in this process")
	assert.Equal(t, h.Kalenders.Geldend().Digest(), got.Digest)

	back, err := h.App.VulKalender(t.Context(), apptest.Beheerder(), weg("2026-11-26"), app.Eenmalig{})
	require.NoError(t, err)
	assert.Equal(t, 3, back.Versie.Versie)
	assert.Equal(t, got.Erbij, back.Versie.Eraf)
	assert.Len(t, back.Inhoud.Besluiten, 3, "the decree stays, without its day")
}

func TestWhatIsKnownAlreadyChangesNothing(t *testing.T) {
	h, _ := shipped(t)
	first := vul(t, h, "2026-11-26")
	again, err := h.App.VulKalender(t.Context(), apptest.Beheerder(), opgave("2026-11-26"), app.Eenmalig{})
	require.NoError(t, err)
	assert.False(t, again.Nieuw)
	assert.Equal(t, first, again.Versie)
	assert.Len(t, versies(t, h), 2)
}

func TestAWrongDecreeIsRefusedWholeWithEveryFieldAndReason(t *testing.T) {
	h, _ := shipped(t)
	vul(t, h, "2026-11-26")
	o := opgave("2026-11-27", "2026-12-25", "2026-12-12", "2190-01-04", "2026-11-27")
	other := besluit("2026-11-26")
	other.Bron.Titel = "koninklijk besluit, Staatscourant 2026, 50002"
	o.Aanvulling.Besluiten = append(o.Aanvulling.Besluiten, other)
	o.Aanvulling.Vervallen = []term.Vervallen{{Datum: "2026-11-25", Reden: "x"}}
	o.Reden = "  "
	_, err := h.App.VulKalender(t.Context(), apptest.Beheerder(), o, app.Eenmalig{})
	requireFaults(
		t, err, "reden verplicht", "vervallen[0].datum kalender_niet_bekend",
		"besluiten[0].dagen[1].datum kalender_al_vrij", "besluiten[0].dagen[2].datum kalender_al_vrij",
		"besluiten[0].dagen[3].datum kalender_buiten_jaren", "besluiten[0].dagen[4].datum kalender_dubbel",
		"besluiten[1].dagen[0].datum kalender_spreekt_tegen",
	)
	assert.Len(t, versies(t, h), 2, "nothing changed")
	_, free := h.Kalenders.Geldend().OvergeslagenDag(term.NewDate(2026, 11, 27))
	assert.False(t, free)
}

func TestARuleOnAFieldThatWasNotReadIsSilent(t *testing.T) {
	h, _ := shipped(t)
	o := opgave("2031-05-23")
	o.Faults = []domain.Fault{{Field: "jaren.tot", Code: "type_geheel_getal"}, {Field: "reden", Code: "te_lang"}}
	o.Reden = ""
	_, err := h.App.VulKalender(t.Context(), apptest.Beheerder(), o, app.Eenmalig{})
	requireFaults(t, err, "jaren.tot type_geheel_getal", "reden te_lang")
}

func TestOnlyBeheerChangesTheCalendar(t *testing.T) {
	h, _ := shipped(t)
	for _, rol := range domain.Rollen() {
		if rol == domain.Beheer {
			continue
		}
		_, err := h.App.VulKalender(t.Context(), domain.Actor{ID: "a", Rol: rol}, opgave("2026-11-26"), app.Eenmalig{})
		assert.True(t, domain.IsCode(err, domain.Forbidden), rol)
	}
	assert.Len(t, versies(t, h), 1)
}

func TestAChangeOfTheCalendarThatIsSentAgainCountsOnce(t *testing.T) {
	h, _ := shipped(t)
	once := app.Eenmalig{Sleutel: "k", Digest: "d"}
	send := func(o app.KalenderOpgave, once app.Eenmalig) (app.KalenderBesluit, error) {
		return h.App.VulKalender(t.Context(), apptest.Beheerder(), o, once)
	}
	wrong := opgave("2026-12-25")
	_, err := send(wrong, once)
	requireFaults(t, err, "besluiten[0].dagen[0].datum kalender_al_vrij")
	first, err := send(opgave("2026-11-26"), app.Eenmalig{Sleutel: "k", Digest: "other"})
	require.NoError(t, err, "what was refused fixed nothing under its key")
	_, err = h.App.VulKalender(t.Context(), apptest.Beheerder(), weg("2026-11-26"), app.Eenmalig{})
	require.NoError(t, err)
	again, err := send(opgave("2026-11-26"), app.Eenmalig{Sleutel: "k", Digest: "other"})
	require.NoError(t, err)
	assert.Equal(t, first, again, "the first answer, whatever happened since")
	assert.Len(t, versies(t, h), 3)
	_, err = send(opgave("2026-11-30"), once)
	assert.True(t, domain.IsCode(err, domain.Conflict))

	errs, got := make([]error, 6), make([]app.KalenderBesluit, 6)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { got[i], errs[i] = send(opgave("2026-12-01"), app.Eenmalig{Sleutel: "samen", Digest: "d"}) })
	}
	all.Wait()
	for i := range errs {
		require.NoError(t, errs[i])
		assert.Equal(t, got[0], got[i])
	}
	assert.Len(t, versies(t, h), 4)
}

// TestOfDecreesThatContradictAtTheSameMomentOneCounts: the others are told which field
// contradicts, as if they had come after it.
func TestOfDecreesThatContradictAtTheSameMomentOneCounts(t *testing.T) {
	h, _ := shipped(t)
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		copyOfService := app.NewKalenders(h.Store, h.Kalenders.Eigen())
		a := h.With(t, copyOfService)
		o := opgave("2026-11-26")
		o.Aanvulling.Besluiten[0].Bron.Titel = fmt.Sprint("koninklijk besluit, Staatscourant 2026, ", i+1)
		all.Go(func() { _, errs[i] = a.VulKalender(t.Context(), apptest.Beheerder(), o, app.Eenmalig{}) })
	}
	all.Wait()
	kept := 0
	for _, err := range errs {
		if err == nil {
			kept++
			continue
		}
		requireFaults(t, err, "besluiten[0].dagen[0].datum kalender_spreekt_tegen")
	}
	assert.Equal(t, 1, kept)
	assert.Len(t, versies(t, h), 2)
}

func TestTheCalendarIsReadByYearAndByVersion(t *testing.T) {
	h, _ := shipped(t)
	year := h.App.LeesKalender(t.Context(), actor(), 2026)
	assert.True(t, year.Bekend)
	assert.Len(t, year.Dagen, 104+10)
	assert.Empty(t, year.Waarschuwingen)
	far := h.App.LeesKalender(t.Context(), actor(), 2199)
	assert.False(t, far.Bekend)
	assert.Equal(t, []term.Sentence{{Key: "kalender.jaar_onbekend", Args: []any{2199, 2024, 2028}}}, far.Waarschuwingen)
	h.Clock.Set(apptest.Begin().AddDate(2, 0, 0)) // November 2028
	assert.Equal(t, "kalender.jaren_bijna_voorbij", h.App.LeesKalender(t.Context(), actor(), 2028).Waarschuwingen[0].Key)

	for n := range 3 {
		vul(t, h, fmt.Sprint("2026-12-0", n+1))
	}
	page, err := h.App.LijstKalenders(t.Context(), actor(), domain.KalenderVraag{Aantal: 3})
	require.NoError(t, err)
	assert.Equal(t, []int{4, 3, 2}, []int{page.Versies[0].Versie, page.Versies[1].Versie, page.Versies[2].Versie})
	assert.Equal(t, "1", page.Volgende)
	assert.Equal(t, "kalender.jaren_bijna_voorbij", page.Waarschuwingen[0].Key)
	last, err := h.App.LijstKalenders(t.Context(), actor(), domain.KalenderVraag{Van: 1, Aantal: 3})
	require.NoError(t, err)
	assert.Len(t, last.Versies, 1)
	assert.Empty(t, last.Volgende)

	one, err := h.App.LeesKalenderversie(t.Context(), actor(), "2")
	require.NoError(t, err)
	assert.Equal(t, besluit("2026-12-01"), one.Inhoud.Besluiten[2])
	for _, none := range []string{"5", "0", "x", "02"} {
		_, err := h.App.LeesKalenderversie(t.Context(), actor(), none)
		assert.True(t, domain.IsCode(err, domain.NotFound), none)
	}
}
