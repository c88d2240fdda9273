package app_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

func TestASeriesKeepsItsOrderAndMarks(t *testing.T) {
	h, meter := small(t, "")
	questions := make([]app.ReeksVraag, 0, 60)
	for i := range 60 {
		q := app.ReeksVraag{Kenmerk: fmt.Sprintf("dossier-%d", i), Aanvraag: asked("nee", "nee")}
		if i%3 == 0 {
			q.Aanvraag = asked("nee", "ja")
		}
		questions = append(questions, q)
	}
	answers, err := h.App.AdviseerReeks(t.Context(), actor(), questions, 4)
	require.NoError(t, err)
	require.Len(t, answers, len(questions))
	ids := map[string]bool{}
	for i, a := range answers {
		assert.Equal(t, questions[i].Kenmerk, a.Kenmerk)
		want := domain.Registreren
		if i%3 == 0 {
			want = domain.Escaleren
		}
		require.NoError(t, a.Err)
		assert.Equal(t, want, a.Advies.Advies, i)
		assert.Equal(t, a.ID, a.Advies.ID)
		ids[a.ID] = true
		kept, err := h.App.LeesAdvies(t.Context(), actor(), a.ID)
		require.NoError(t, err)
		assert.Equal(t, a.Advies, kept)
	}
	assert.Len(t, ids, len(questions), "each has an id of its own")
	advised, _ := meter.Counts()
	assert.Equal(t, map[domain.Advies]int{domain.Registreren: 40, domain.Escaleren: 20}, advised)
}

func TestOneBadQuestionLeavesTheOthersOfASeriesAlone(t *testing.T) {
	h, meter := small(t, "")
	questions := series(asked("ja", "nee"), asked("nee", "nee"), asked("nee", "ja"))
	later := "2027-01-01"
	questions[1].Aanvraag.Melding.Ontvangstdatum = &later
	questions = append(questions, app.ReeksVraag{Kenmerk: "stuk", Err: domain.InvalidInput([]domain.Fault{{Field: "invoer", Code: "verplicht"}})})
	answers, err := h.App.AdviseerReeks(t.Context(), actor(), questions, 0)
	require.NoError(t, err)
	assert.Equal(t, domain.Onderzoeken, answers[0].Advies.Advies)
	requireFaults(t, answers[1].Err, "melding.ontvangstdatum na_peildatum")
	assert.Equal(t, domain.Escaleren, answers[2].Advies.Advies)
	requireFaults(t, answers[3].Err, "invoer verplicht")
	assert.Equal(t, "stuk", answers[3].Kenmerk)
	for _, a := range answers {
		assert.NotEmpty(t, a.ID)
	}
	assert.Equal(t, 2, h.Logged(t))
	advised, _ := meter.Counts()
	assert.Equal(t, map[domain.Advies]int{domain.Onderzoeken: 1, domain.Escaleren: 1}, advised)
}

func TestAPolicyThatFailsFailsEveryQuestionOfASeries(t *testing.T) {
	h, meter := small(t, "onbekend advies")
	answers, err := h.App.AdviseerReeks(t.Context(), actor(), series(asked("ja", "nee"), asked("nee", "nee")), 2)
	require.NoError(t, err)
	for _, a := range answers {
		assert.Equal(t, policy.Malformed, reason(t, a.Err))
	}
	assert.Zero(t, h.Logged(t))
	_, failed := meter.Counts()
	assert.Equal(t, map[policy.Reason]int{policy.Malformed: 2}, failed)
}

func TestASeriesThatCannotBeKeptIsNotAnswered(t *testing.T) {
	h, meter := small(t, "")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.App.AdviseerReeks(gone, actor(), series(asked("ja", "nee")), 1)
	require.ErrorIs(t, err, context.Canceled)
	assert.Zero(t, h.Logged(t))

	require.NoError(t, h.Store.Close())
	_, err = h.App.AdviseerReeks(t.Context(), actor(), series(asked("ja", "nee")), 1)
	require.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
	advised, _ := meter.Counts()
	assert.Empty(t, advised)
}

func TestASeriesOfNothingIsAnsweredWithNothing(t *testing.T) {
	h, _ := small(t, "")
	answers, err := h.App.AdviseerReeks(t.Context(), actor(), nil, 2)
	require.NoError(t, err)
	assert.Empty(t, answers)
}
