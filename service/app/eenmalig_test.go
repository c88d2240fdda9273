package app_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// once is a key for a request with this digest.
func once(key, digest string) app.Eenmalig { return app.Eenmalig{Sleutel: key, Digest: digest} }

func TestARequestSentAgainGetsTheFirstAnswer(t *testing.T) {
	h, meter := small(t, "")
	first, err := h.App.AdviseerEenmalig(t.Context(), actor(), asked("nee", "ja"), once("k", "a"))
	require.NoError(t, err)
	h.Clock.Set(apptest.Begin().Add(48 * time.Hour))
	h.Activate(t, apptest.Shipped(t))
	again, err := h.App.AdviseerEenmalig(t.Context(), actor(), asked("nee", "ja"), once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, first, again, "also on another day, under another policy")
	assert.Equal(t, 1, h.Logged(t))
	advised, _ := meter.Counts()
	assert.Equal(t, map[domain.Advies]int{domain.Escaleren: 1}, advised)

	_, err = h.App.AdviseerEenmalig(t.Context(), actor(), asked("nee", "nee"), once("k", "b"))
	assert.True(t, domain.IsCode(err, domain.Conflict), "another question under the same key: %v", err)
	other, err := h.App.AdviseerEenmalig(t.Context(), domain.Actor{ID: "systeem-2"}, asked("nee", "ja"), once("k", "b"))
	require.NoError(t, err)
	assert.NotEqual(t, first.ID, other.ID, "keys of two callers have nothing to do with each other")
}

func TestTheSameRequestAtTheSameMomentIsAnsweredOnce(t *testing.T) {
	h, _ := small(t, "")
	answers := make([]domain.TriageAdvies, 16)
	errs := make([]error, len(answers))
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			answers[i], errs[i] = h.App.AdviseerEenmalig(t.Context(), actor(), asked("ja", "nee"), once("k", "a"))
		})
	}
	all.Wait()
	for i := range answers {
		require.NoError(t, errs[i])
		assert.Equal(t, answers[0], answers[i])
	}
	assert.Equal(t, 1, h.Logged(t))
}

func TestARefusedRequestFixesNothingUnderItsKey(t *testing.T) {
	h, _ := small(t, "")
	_, err := h.App.AdviseerEenmalig(t.Context(), actor(), domain.Aanvraag{}, once("k", "a"))
	requireFaults(t, err, "melding.soort verplicht")
	_, err = h.App.AdviseerEenmalig(t.Context(), actor(), asked("nee", "nee"), once("k", "b"))
	require.NoError(t, err, "the mended question may use the same key")
}

func TestAFailedRequestCanBeSentAgain(t *testing.T) {
	h, _ := small(t, "onbekend advies")
	_, err := h.App.AdviseerEenmalig(t.Context(), actor(), asked("nee", "nee"), once("k", "a"))
	require.True(t, domain.IsCode(err, domain.PolicyFailed))
	h.Activate(t, apptest.Small(t, ""))
	_, err = h.App.AdviseerEenmalig(t.Context(), actor(), asked("nee", "nee"), once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, 1, h.Logged(t))
}

func TestASeriesSentAgainGetsTheFirstAnswers(t *testing.T) {
	h, _ := small(t, "")
	questions := series(asked("nee", "ja"), domain.Aanvraag{}, asked("ja", "nee"))
	first, err := h.App.AdviseerReeksEenmalig(t.Context(), actor(), questions, 2, once("k", "a"))
	require.NoError(t, err)
	h.Clock.Set(apptest.Begin().Add(time.Hour))
	again, err := h.App.AdviseerReeksEenmalig(t.Context(), actor(), questions, 2, once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, first, again)
	assert.Equal(t, 2, h.Logged(t))
	ids := map[string]bool{}
	for _, a := range first {
		id, err := uuid.Parse(a.ID)
		require.NoError(t, err)
		assert.Equal(t, uuid.Version(7), id.Version())
		assert.Equal(t, uuid.RFC4122, id.Variant())
		ids[a.ID] = true
	}
	assert.Len(t, ids, 3)
	_, err = h.App.AdviseerReeksEenmalig(t.Context(), actor(), questions, 2, once("k", "b"))
	assert.True(t, domain.IsCode(err, domain.Conflict))
}

func TestACalculationSentAgainLooksFromTheFirstDay(t *testing.T) {
	h, _ := small(t, "")
	kind, start := "reactie_aanbieder", "2026-11-02"
	q := app.TermijnVraag{Soort: &kind, Start: &start}
	first, err := h.App.BerekenTermijnEenmalig(t.Context(), actor(), q, once("k", "a"))
	require.NoError(t, err)
	h.Clock.Set(apptest.Begin().Add(72 * time.Hour))
	again, err := h.App.BerekenTermijnEenmalig(t.Context(), actor(), q, once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, first, again)
	without, err := h.App.BerekenTermijn(t.Context(), actor(), q)
	require.NoError(t, err)
	assert.NotEqual(t, first.DagenResterend, without.DagenResterend)
	_, err = h.App.BerekenTermijnEenmalig(t.Context(), actor(), q, once("k", "b"))
	assert.True(t, domain.IsCode(err, domain.Conflict))
}
