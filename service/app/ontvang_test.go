package app_test

import (
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// told is a complaint by phone about De Linde, changed as wished.
func told(changes ...func(o *domain.Opgave)) domain.Opgave {
	kind := "klacht"
	o := domain.Opgave{
		Kanaal: "telefoon", Melding: domain.AanvraagMelding{Soort: &kind},
		Aanbieder: &domain.AanbiederOpgave{Naam: "De Linde", Plaats: "Delft"},
	}
	for _, change := range changes {
		change(&o)
	}
	return o
}

func violence(o *domain.Opgave) { o.Melding.Feiten.Geweld = ptr("ja") }

func complained(on string) func(o *domain.Opgave) {
	return func(o *domain.Opgave) {
		o.Melding.KlachtBijAanbieder = &domain.AanvraagKlacht{IngediendOp: &on}
	}
}

func received(on string) func(o *domain.Opgave) {
	return func(o *domain.Opgave) { o.Melding.Ontvangstdatum = &on }
}

func ptr(s string) *string { return &s }

// receive receives a melding that must be right.
func receive(t require.TestingT, h *apptest.House, o domain.Opgave) app.MeldingBeeld {
	out, err := h.App.Ontvang(ctxOf(t), actor(), o, app.Eenmalig{})
	require.NoError(t, err)
	return out
}

// events lists the kinds of what happened to a melding.
func events(m domain.Melding) []domain.VoorvalSoort {
	out := []domain.VoorvalSoort{}
	for _, v := range m.Geschiedenis {
		out = append(out, v.Soort)
	}
	return out
}

func TestAMeldingIsKeptWithItsAdviceAndItsTerms(t *testing.T) {
	h, meter := shipped(t)
	o := told(violence, complained("2026-10-15"), func(o *domain.Opgave) {
		o.Kanaal, o.Onderwerp, o.Omschrijving = "brief", "Ruw behandeld", "Het ging mis bij het wassen."
		o.Melder = &domain.Melder{Naam: "A. Bee", Telefoon: "0612345678"}
		o.Melding.Toestemming.Inspecteur = ptr("gegeven")
	})
	got := receive(t, h, o)
	m := got.Melding
	assert.Regexp(t, `^LMZ-[0-9A-Z]{4}-[0-9A-Z]{4}$`, m.Kenmerk)
	assert.Equal(t, domain.StatusOntvangen, m.Status)
	assert.Equal(t, 1, m.Versie)
	assert.Equal(t, domain.Escaleren, m.Advies.Advies)
	require.NotNil(t, got.Advies)
	assert.Equal(t, m.Advies.ID, got.Advies.ID)
	assert.NotNil(t, got.Advies.Bandbreedte)
	assert.Equal(t, "De Linde", got.Aanbieder.Naam)
	assert.Equal(t, domain.Signalen{Aantal30: 1, Aantal90: 1, Aantal365: 1, Ernstig365: 1, Overschrijdingskans: domain.Overschrijdingskans(1, 90.0/365)}, *m.Advies.Signalen)
	ends := map[term.Soort]string{}
	for _, one := range got.Termijnen {
		ends[one.Soort] = one.Einddatum.String()
	}
	assert.Equal(t, map[term.Soort]string{"reactie_aanbieder": "2026-11-26", "terugbellen_lmz": "2026-11-27"}, ends)
	assert.Equal(t, []domain.VoorvalSoort{
		domain.VoorvalOntvangen, domain.VoorvalToestemming, domain.VoorvalAdvies, domain.VoorvalAlarm, domain.VoorvalTermijn, domain.VoorvalTermijn,
		domain.VoorvalNadert,
	}, events(m))
	advised, _ := meter.Counts()
	assert.Equal(t, map[domain.Advies]int{domain.Escaleren: 1}, advised)

	for _, id := range []string{m.ID, m.Kenmerk, m.Kenmerk[4:]} {
		again, err := h.App.LeesMelding(t.Context(), actor(), id)
		require.NoError(t, err)
		assert.Equal(t, got, again)
	}
	_, err := h.App.LeesMelding(t.Context(), actor(), "LMZ-0000-0000")
	assert.True(t, domain.IsCode(err, domain.NotFound))
	_, err = h.App.LeesMelding(t.Context(), actor(), "nonsense")
	assert.True(t, domain.IsCode(err, domain.NotFound))
}

func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	h, _ := shipped(t)
	_, err := h.App.Ontvang(t.Context(), actor(), told(received("2026-11-21"), func(o *domain.Opgave) {
		o.Onderwerp, o.Aanbieder = "bel 0612345678", &domain.AanbiederOpgave{ID: "onbekend"}
	}), once("k", "a"))
	requireFaults(t, err, "aanbieder.id onbekende_aanbieder", "onderwerp persoonsgegeven_telefoon", "ontvangstdatum datum_toekomst")
	count, err := h.App.Telling(t.Context(), actor())
	require.NoError(t, err)
	assert.Zero(t, count.Meldingen)
	assert.Zero(t, count.Aanbieders)
	_, err = h.App.Ontvang(t.Context(), actor(), told(), once("k", "b"))
	assert.NoError(t, err, "what is refused fixes nothing under its key")
}

func TestAPolicyThatFailsLosesNoMelding(t *testing.T) {
	h, meter := small(t, "geen waarde")
	got := receive(t, h, told(violence))
	assert.Equal(t, domain.Beoordelen, got.Melding.Advies.Advies)
	assert.Equal(t, "ongedefinieerd", got.Melding.Advies.Reden)
	assert.Nil(t, got.Advies)
	_, failed := meter.Counts()
	assert.Len(t, failed, 1)

	h.Activate(t, apptest.Shipped(t))
	later, err := h.App.WijzigMelding(t.Context(), actor(), got.Melding.ID, app.Voorwaarde{Versies: []int{1}}, func(o domain.Opgave) (domain.Opgave, error) {
		o.Melding.Feiten.Schade = ptr("licht")
		return o, nil
	})
	require.NoError(t, err)
	assert.Equal(t, domain.Escaleren, later.Melding.Advies.Advies)
	require.Len(t, later.Melding.Eerdere, 1)
	assert.Equal(t, domain.Beoordelen, later.Melding.Eerdere[0].Advies, "what stood there is kept")
}

func TestAMeldingThatIsSentAgainIsThereOnce(t *testing.T) {
	h, _ := shipped(t)
	answers := make([]app.MeldingBeeld, 12)
	errs := make([]error, len(answers))
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i], errs[i] = h.App.Ontvang(t.Context(), actor(), told(violence), once("k", "a")) })
	}
	all.Wait()
	for i := range answers {
		require.NoError(t, errs[i])
		assert.Equal(t, answers[0].Melding.ID, answers[i].Melding.ID)
	}
	count, err := h.App.Telling(t.Context(), actor())
	require.NoError(t, err)
	assert.Equal(t, 1, count.Meldingen)

	first := answers[0]
	_, err = h.App.ZetKlacht(t.Context(), actor(), first.Melding.ID, app.Voorwaarde{Elke: true}, domain.AanvraagKlacht{IngediendOp: ptr("2026-10-01")}, nil, nil)
	require.NoError(t, err)
	h.Clock.Set(apptest.Begin().Add(72 * time.Hour))
	again, err := h.App.Ontvang(t.Context(), actor(), told(violence), once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, first, again, "the first answer, whatever happened since")
	_, err = h.App.Ontvang(t.Context(), actor(), told(), once("k", "b"))
	assert.True(t, domain.IsCode(err, domain.Conflict))
}

func TestAnOwnReferenceIsOfOneMelding(t *testing.T) {
	h, _ := shipped(t)
	mine := func(o *domain.Opgave) { o.Klantkenmerk = "zaak-1" }
	first := receive(t, h, told(mine))
	_, err := h.App.Ontvang(t.Context(), actor(), told(mine), app.Eenmalig{})
	require.True(t, domain.IsCode(err, domain.Conflict), "%v", err)
	assert.Equal(t, []any{first.Melding.Kenmerk}, domain.AsError(err).Args)
	_, err = h.App.Ontvang(t.Context(), domain.Actor{ID: "systeem-2"}, told(mine), app.Eenmalig{})
	assert.NoError(t, err, "another client has references of its own")
}

func TestTheFourthMeldingOfAQuietYearIsASignal(t *testing.T) {
	h, _ := shipped(t)
	var last app.MeldingBeeld
	for n := range 5 {
		last = receive(t, h, told())
		assert.Equal(t, n >= 3, last.Melding.Advies.Advies == domain.Doorsturen, "melding %d", n+1)
	}
	question := receive(t, h, told(func(o *domain.Opgave) { o.Melding.Soort = ptr("vraag") }))
	assert.Equal(t, 5, question.Melding.Advies.Signalen.Aantal365, "a question does not count itself")
	seen, err := h.App.AanbiederSignalen(t.Context(), actor(), last.Aanbieder.ID, term.Date{})
	require.NoError(t, err)
	assert.Equal(t, 5, seen.Signalen.Aantal365)
	first, err := h.App.LijstMeldingen(t.Context(), actor(), domain.MeldingVraag{Volgorde: domain.OpOntvangst, Aantal: 50})
	require.NoError(t, err)
	for _, r := range first.Regels {
		assert.Equal(t, domain.Doorsturen, r.Melding.Advies.Advies, "the others of that day saw the fourth too")
	}
	stateless := asked("nee", "nee")
	stateless.Aanbieder = &domain.AanvraagAanbieder{ID: &last.Aanbieder.ID}
	given, err := h.App.Adviseer(t.Context(), actor(), stateless)
	require.NoError(t, err)
	assert.Equal(t, domain.Doorsturen, given.Advies, "a question on its own counts what is stored")
}

func TestAProviderThatTheStoreLostIsMadeAnew(t *testing.T) {
	h, _ := shipped(t)
	first := receive(t, h, told())
	pool, err := sql.Open("sqlite", h.Path)
	require.NoError(t, err)
	for _, table := range []string{"aanbieder_sleutel", "aanbieder"} { // as when an older copy was put back
		_, err = pool.ExecContext(t.Context(), "DELETE FROM "+table)
		require.NoError(t, err)
	}
	require.NoError(t, pool.Close())
	second := receive(t, h, told())
	assert.NotEqual(t, first.Aanbieder.ID, second.Aanbieder.ID)
	assert.Equal(t, first.Aanbieder.Naam, second.Aanbieder.Naam)
}

func TestASignalForAnotherSectorIsSeenByTheNextSweep(t *testing.T) {
	tree := apptest.Shipped(t)
	tree["data/drempels.yaml"] += "  mondzorg:\n    aantal365: 2\n"
	h := apptest.Open(t, apptest.NewMeter(), tree)
	of := func(sector string) string {
		return receive(t, h, told(func(o *domain.Opgave) { o.Melding.Sector = ptr(sector) })).Melding.ID
	}
	teeth, mind := of("mondzorg"), of("ggz")
	_, err := h.App.Veeg(t.Context(), nil)
	require.NoError(t, err)
	for id, want := range map[string]domain.Advies{teeth: domain.Doorsturen, mind: domain.Registreren} {
		got, err := h.App.LeesMelding(t.Context(), actor(), id)
		require.NoError(t, err)
		assert.Equal(t, want, got.Melding.Advies.Advies)
	}
}

func TestTwoMeldingenAtTheSameMomentBothCount(t *testing.T) {
	h, _ := shipped(t)
	for range 2 {
		receive(t, h, told())
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			_, err := h.App.Ontvang(t.Context(), actor(), told(), app.Eenmalig{})
			assert.NoError(t, err)
		})
	}
	both.Wait()
	list, err := h.App.LijstMeldingen(t.Context(), actor(), domain.MeldingVraag{Aantal: 50})
	require.NoError(t, err)
	require.Len(t, list.Regels, 4)
	for _, r := range list.Regels {
		assert.Equal(t, domain.Doorsturen, r.Melding.Advies.Advies)
	}
}

// counted counts the figures of a provider from all meldingen, by the definition.
func counted(all []domain.Melding, provider string, day term.Date) domain.SignaalTelling {
	var out domain.SignaalTelling
	for _, m := range all {
		back := m.Dag.DaysUntil(day)
		if m.AanbiederID != provider || *m.Opgave.Melding.Soort == "vraag" || back < 0 || back >= 730 {
			continue
		}
		if back >= 365 {
			out.AantalVorigJaar++
			continue
		}
		out.Aantal365++
		if back < 90 {
			out.Aantal90++
		}
		if back < 30 {
			out.Aantal30++
		}
		if m.Advies.Ernstig {
			out.Ernstig365++
		}
	}
	return out
}

func TestCountsAreRightAfterAnyCorrection(t *testing.T) {
	h, _ := shipped(t)
	providers := []string{"De Linde", "De Eik", "De Wilg"}
	days := []string{"2026-11-20", "2026-11-19", "2026-10-22", "2026-10-21", "2026-08-23", "2026-08-22", "2025-11-21", "2025-11-20", "2024-11-20"}
	drawn := func(r *rapid.T, o *domain.Opgave) {
		o.Aanbieder.Naam = rapid.SampledFrom(providers).Draw(r, "provider")
		o.Melding.Soort = ptr(rapid.SampledFrom([]string{"klacht", "klacht", "vraag"}).Draw(r, "kind"))
		o.Melding.Ontvangstdatum = ptr(rapid.SampledFrom(days).Draw(r, "day"))
		o.Melding.Feiten.Bedreiging = ptr(rapid.SampledFrom([]string{"ja", "nee"}).Draw(r, "threat"))
	}
	var ids []string
	rapid.Check(t, func(r *rapid.T) {
		if len(ids) == 0 || rapid.Bool().Draw(r, "new") {
			ids = append(ids, receive(r, h, told(func(o *domain.Opgave) { drawn(r, o) })).Melding.ID)
		} else {
			_, err := h.App.WijzigMelding(r.Context(), actor(), rapid.SampledFrom(ids).Draw(r, "id"), app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
				o.Aanbieder = &domain.AanbiederOpgave{Plaats: "Delft"}
				drawn(r, &o)
				return o, nil
			})
			require.NoError(r, err)
		}
	})
	_, err := h.App.Veeg(t.Context(), nil)
	require.NoError(t, err)
	all := requireCounted(t, h)
	require.Len(t, all, len(ids))
	known := map[string]bool{}
	for _, m := range all {
		known[m.AanbiederID] = true
	}
	for _, p := range slices.Sorted(maps.Keys(known)) {
		for _, day := range days {
			on, err := term.ParseDate(day)
			require.NoError(t, err)
			got, err := h.App.AanbiederSignalen(t.Context(), actor(), p, on)
			require.NoError(t, err)
			assert.Equal(t, counted(all, p, on).Signalen(), got.Signalen, "%s on %s", p, day)
		}
	}
}

// requireCounted requires that the advice on every melding rests on the count of
// all of them, and gives them.
func requireCounted(t *testing.T, h *apptest.House) []domain.Melding {
	t.Helper()
	found, err := h.Store.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: domain.OpOntvangst, Aantal: 1000})
	require.NoError(t, err)
	for _, m := range found.Meldingen {
		want := counted(found.Meldingen, m.AanbiederID, m.Dag).Signalen()
		high := want.Aantal365 >= 10 || want.Ernstig365 >= 3 || (want.Aantal90 >= 4 && want.Overschrijdingskans < 0.01)
		at := slices.IndexFunc(m.Advies.Criteria, func(c domain.CriteriumUitkomst) bool { return c.Code == "signaalvolume" })
		if m.Telt() {
			assert.Equal(t, high, m.Advies.Criteria[at].Uitkomst == domain.Ja, "%s of %s", m.ID, m.Dag)
		}
	}
	return found.Meldingen
}

func TestTheQueueIsFilteredAndPaged(t *testing.T) {
	h, _ := shipped(t)
	for n := range 7 {
		receive(t, h, told(func(o *domain.Opgave) {
			o.Melding.Sector = ptr([]string{"ggz", "mondzorg"}[n%2])
			o.Klantkenmerk = "zaak-" + strconv.Itoa(n)
		}))
	}
	urgent := receive(t, h, told(violence))
	page, err := h.App.LijstMeldingen(t.Context(), actor(), domain.MeldingVraag{Volgorde: domain.OpUrgentie, Aantal: 3})
	require.NoError(t, err)
	assert.Equal(t, urgent.Melding.ID, page.Regels[0].Melding.ID)
	assert.Equal(t, "De Linde", page.Regels[0].Aanbieder.Naam)
	seen := map[string]bool{}
	for q := (domain.MeldingVraag{Sector: "ggz", Volgorde: domain.OpOntvangst, Aantal: 3}); ; {
		page, err := h.App.LijstMeldingen(t.Context(), actor(), q)
		require.NoError(t, err)
		for _, r := range page.Regels {
			assert.False(t, seen[r.Melding.ID])
			seen[r.Melding.ID] = true
		}
		if q.Na = page.Volgende; q.Na == "" {
			break
		}
	}
	assert.Len(t, seen, 4)
}
