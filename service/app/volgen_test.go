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
)

// followed asks for all that changed after the latest moment it saw, as another
// system does, and notes what it is given.
type followed struct {
	after time.Time
	seen  map[string]bool
}

func (f *followed) poll(t *testing.T, a *app.App) {
	t.Helper()
	q := domain.MeldingVraag{GewijzigdNa: f.after, Volgorde: domain.OpWijziging, Aantal: 7}
	for {
		got, err := a.LijstMeldingen(t.Context(), actor(), q)
		require.NoError(t, err)
		for _, r := range got.Regels {
			f.seen[r.Melding.ID] = true
			if r.Melding.GewijzigdOp.After(f.after) {
				f.after = r.Melding.GewijzigdOp
			}
		}
		if q.Na = got.Volgende; q.Na == "" {
			return
		}
	}
}

func TestWhoFollowsChangesMissesNone(t *testing.T) {
	h, _ := small(t, "")
	f := followed{after: apptest.Begin().Add(-time.Hour), seen: map[string]bool{}}
	var writers sync.WaitGroup
	var lock sync.Mutex
	written := map[string]bool{}
	for range 8 {
		writers.Go(func() {
			for range 25 {
				got, err := h.App.Ontvang(t.Context(), actor(), told(), app.Eenmalig{})
				if !assert.NoError(t, err) {
					return
				}
				lock.Lock()
				written[got.Melding.ID] = true
				lock.Unlock()
			}
		})
	}
	done := make(chan struct{})
	go func() { writers.Wait(); close(done) }()
	for busy := true; busy; {
		select {
		case <-done:
			busy = false
		default:
		}
		f.poll(t, h.App)
	}
	f.poll(t, h.App)
	assert.Equal(t, written, f.seen)
}

func TestWhatIsWrittenIsSeenAtOnce(t *testing.T) {
	h, _ := small(t, "")
	f := followed{after: apptest.Begin().Add(-time.Hour), seen: map[string]bool{}}
	for range 3 {
		id := receive(t, h, told()).Melding.ID
		f.poll(t, h.App)
		assert.True(t, f.seen[id])
	}
	h.Clock.Set(apptest.Begin().Add(-time.Minute)) // the clock goes back
	id := receive(t, h, told()).Melding.ID
	f.poll(t, h.App)
	assert.True(t, f.seen[id], "what is written later has a later moment")
}

func TestARefusedRequestFixesNothing(t *testing.T) {
	h, _ := small(t, "")
	named := func(o *domain.Opgave) { o.Klantkenmerk = "zaak-1" }
	first := receive(t, h, told(named))
	_, err := h.App.Ontvang(t.Context(), actor(), told(named), once("k", "a"))
	require.True(t, domain.IsCode(err, domain.Conflict), "%v", err)

	other, err := h.App.Ontvang(t.Context(), actor(), told(func(o *domain.Opgave) { o.Klantkenmerk = "zaak-2" }), once("k", "b"))
	require.NoError(t, err, "corrected, under the same key")
	assert.NotEqual(t, first.Melding.ID, other.Melding.ID)
	again, err := h.App.Ontvang(t.Context(), actor(), told(func(o *domain.Opgave) { o.Klantkenmerk = "zaak-2" }), once("k", "b"))
	require.NoError(t, err)
	assert.Equal(t, other, again)
}

func TestARetryHasTheMomentAtWhichItIsKept(t *testing.T) {
	h, _ := small(t, "")
	named := func(o *domain.Opgave) { o.Klantkenmerk = "zaak-1" }
	first := receive(t, h, told(named))
	_, err := h.App.Ontvang(t.Context(), actor(), told(named), once("k", "a"))
	require.Error(t, err)
	h.Clock.Set(apptest.Begin().Add(48 * time.Hour))
	_, err = h.App.WijzigMelding(t.Context(), actor(), first.Melding.ID, anyVersion(), func(o domain.Opgave) (domain.Opgave, error) {
		o.Klantkenmerk = ""
		return o, nil
	})
	require.NoError(t, err)
	late, err := h.App.Ontvang(t.Context(), actor(), told(named), once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, apptest.Begin().Add(48*time.Hour), late.Melding.OntvangenOp)
	assert.Equal(t, "2026-11-22", late.Melding.Dag.String())
}

func TestWhatAMelderTakesBackIsNotGivenOutAgain(t *testing.T) {
	h, _ := small(t, "")
	known := func(o *domain.Opgave) {
		o.Melder, o.Omschrijving = &domain.Melder{Naam: "A. Bee", Telefoon: "0612345678"}, "Ik viel van de trap."
	}
	first, err := h.App.Ontvang(t.Context(), actor(), told(known), once("k", "a"))
	require.NoError(t, err)
	_, err = h.App.WijzigMelding(t.Context(), actor(), first.Melding.ID, anyVersion(), func(o domain.Opgave) (domain.Opgave, error) {
		o.Aard = "valincident"
		return o, nil
	})
	require.NoError(t, err)
	again, err := h.App.Ontvang(t.Context(), actor(), told(known), once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, first, again, "the first answer while nothing is taken back")

	_, err = h.App.WijzigMelding(t.Context(), actor(), first.Melding.ID, anyVersion(), func(o domain.Opgave) (domain.Opgave, error) {
		o.Melder, o.Omschrijving, o.Melding.Anonimiteit = nil, "", ptr("volledig")
		return o, nil
	})
	require.NoError(t, err)
	again, err = h.App.Ontvang(t.Context(), actor(), told(known), once("k", "a"))
	require.NoError(t, err)
	assert.Equal(t, first.Melding.ID, again.Melding.ID)
	assert.Nil(t, again.Melding.Opgave.Melder)
	assert.Empty(t, again.Melding.Opgave.Omschrijving)
	assert.Empty(t, again.Melding.Opgave.Aard, "else it is the first answer")
}

func TestAQuestionFollowsTheFiguresOfItsProvider(t *testing.T) {
	h, _ := shipped(t)
	about := func(soort string) domain.Opgave {
		return told(func(o *domain.Opgave) {
			o.Melding.Soort, o.Aanbieder = ptr(soort), &domain.AanbiederOpgave{Naam: "Zorggroep De Horst", Plaats: "Zutphen"}
		})
	}
	question := receive(t, h, about("vraag"))
	require.Equal(t, domain.Registreren, question.Melding.Advies.Advies)
	for range 10 {
		receive(t, h, about("klacht"))
	}
	_, err := h.App.Veeg(t.Context(), nil)
	require.NoError(t, err)
	now, err := h.App.LeesMelding(t.Context(), actor(), question.Melding.ID)
	require.NoError(t, err)
	same := receive(t, h, about("vraag"))
	assert.Equal(t, same.Melding.Advies.Advies, now.Melding.Advies.Advies)
	assert.Equal(t, domain.BijSignalen, now.Melding.Advies.Aanleiding)
}

func TestAComplaintOnTheWrongMeldingIsTakenBack(t *testing.T) {
	h, _ := shipped(t)
	m := receive(t, h, told(complained("2026-10-30")))
	require.Len(t, m.Termijnen, 1)
	require.Contains(t, m.Melding.Advies.Stappen, "termijn_bewaken")
	_, err := h.App.TrekKlachtIn(t.Context(), actor(), m.Melding.ID, app.Voorwaarde{Versies: []int{9}})
	require.True(t, domain.IsCode(err, domain.Stale), "%v", err)
	got, err := h.App.TrekKlachtIn(t.Context(), actor(), m.Melding.ID, anyVersion())
	require.NoError(t, err)
	assert.Empty(t, got.Termijnen)
	assert.NotContains(t, got.Melding.Advies.Stappen, "termijn_bewaken")
	assert.Contains(t, events(got.Melding), domain.VoorvalKlachtWeg)
	_, err = h.App.TrekKlachtIn(t.Context(), actor(), m.Melding.ID, anyVersion())
	assert.True(t, domain.IsCode(err, domain.NotFound), "%v", err)
}

func TestAPolicyThatIsMendedIsAskedAgain(t *testing.T) {
	h, _ := small(t, "geen waarde")
	id := receive(t, h, told(violence)).Melding.ID
	swept, err := h.App.Veeg(t.Context(), nil)
	require.NoError(t, err)
	assert.Zero(t, swept.Heradviezen, "it fails still")
	h.Activate(t, apptest.Shipped(t))
	swept, err = h.App.Veeg(t.Context(), nil)
	require.NoError(t, err)
	assert.Equal(t, 1, swept.Heradviezen)
	now, err := h.App.LeesMelding(t.Context(), actor(), id)
	require.NoError(t, err)
	assert.Equal(t, domain.Escaleren, now.Melding.Advies.Advies)
	assert.Equal(t, domain.BijBeleid, now.Melding.Advies.Aanleiding)
}
