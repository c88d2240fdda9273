package app_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func beheerder() domain.Actor { return domain.Actor{ID: "beheer-1", Rol: domain.Beheer} }

// engage adds a user with this id.
func engage(t *testing.T, h *apptest.House, id string) {
	t.Helper()
	_, err := h.App.VoegGebruikerToe(t.Context(), beheerder(), domain.GebruikerOpgave{ID: &id, Naam: ptr("Naam van " + id), Rollen: []string{"medewerker"}}, app.Eenmalig{})
	require.NoError(t, err)
}

func TestOfManyWhoChangeAUserOnOneVersionOneDoes(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	engage(t, h, "m.devries")
	errs := make([]error, 8)
	var callers sync.WaitGroup
	for i := range errs {
		callers.Go(func() {
			name := fmt.Sprint("naam ", i)
			_, errs[i] = h.App.WijzigGebruiker(t.Context(), beheerder(), "m.devries", app.Voorwaarde{Versies: []int{1}}, domain.GebruikerOpgave{Naam: &name, Rollen: []string{"beleid"}})
		})
	}
	callers.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
			continue
		}
		require.True(t, domain.IsCode(err, domain.Stale), "%v", err)
	}
	require.Equal(t, 1, done)
}

func TestWhoChangesAnyVersionIsNeverRefused(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	engage(t, h, "m.devries")
	var callers sync.WaitGroup
	for i := range 4 {
		callers.Go(func() {
			for n := range 5 {
				name := fmt.Sprint("naam ", i, n)
				_, err := h.App.WijzigGebruiker(t.Context(), beheerder(), "m.devries", anyVersion(), domain.GebruikerOpgave{Naam: &name, Rollen: []string{"beleid"}})
				assert.NoError(t, err)
			}
		})
	}
	callers.Wait()
	g, err := h.App.LeesGebruiker(t.Context(), beheerder(), "m.devries")
	require.NoError(t, err)
	require.Equal(t, 21, g.Versie)
}

// A process that ended between a key and its user leaves a key, and the same request
// adds the user.
func TestARequestThatWasBrokenOffIsCarriedOutLater(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	away := &storetest.Switch{Store: h.Store}
	a := h.Over(t, keyOnly{away}, apptest.NewMeter())
	id, once := "m.devries", app.Eenmalig{Sleutel: "s", Digest: "d"}
	told := domain.GebruikerOpgave{ID: &id, Naam: ptr("M"), Rollen: []string{"medewerker"}}
	_, err := a.VoegGebruikerToe(t.Context(), beheerder(), told, once)
	require.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
	for range 2 {
		g, err := h.App.VoegGebruikerToe(t.Context(), beheerder(), told, once)
		require.NoError(t, err)
		require.Equal(t, 1, g.Versie)
	}
}

// keyOnly is a store that goes away when a user is kept.
type keyOnly struct{ *storetest.Switch }

func (k keyOnly) ZetGebruiker(ctx context.Context, g domain.Gebruiker) (domain.Gebruiker, error) {
	k.Set(storetest.Off)
	return k.Switch.ZetGebruiker(ctx, g)
}

func TestACalendarShowsTheTermsThatEndFirstAndCountsTheOthers(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	engage(t, h, "m.devries")
	const all = 503
	var writers sync.WaitGroup
	for c := range 8 {
		writers.Go(func() {
			for n := c; n < all; n += 8 {
				m := storetest.Melding(n)
				end := term.NewDate(2026, time.December, 1).AddDays(n)
				m.Behandelaar = "m.devries"
				m.Termijnen = []domain.MeldingTermijn{{Soort: "terugbellen_lmz", Grond: domain.GrondOntvangst, Start: end.AddDays(-7), Einddatum: end}}
				_, err := h.Store.BewaarMelding(t.Context(), m, store.Bij{})
				assert.NoError(t, err)
			}
		})
	}
	writers.Wait()
	_, secret, err := h.App.MaakAgenda(t.Context(), beheerder(), "m.devries", anyVersion())
	require.NoError(t, err)
	seen, err := h.App.LeesAgenda(t.Context(), secret)
	require.NoError(t, err)
	assert.Len(t, seen.Termijnen, 500)
	assert.Equal(t, 3, seen.Meer)
	assert.Equal(t, term.NewDate(2026, time.November, 20), seen.Dag)
	last := seen.Termijnen[0]
	for _, one := range seen.Termijnen {
		require.False(t, one.Einddatum.Before(last.Einddatum))
		last = one
	}
	assert.False(t, last.Einddatum.After(term.NewDate(2026, time.December, 1).AddDays(503)))
}

func TestOnlyTheDigestOfASecretIsKept(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	engage(t, h, "m.devries")
	seen, secret, err := h.App.MaakAgenda(t.Context(), beheerder(), "m.devries", anyVersion())
	require.NoError(t, err)
	assert.Len(t, secret, 43, "256 bits")
	assert.Empty(t, seen.Agenda)
	kept, err := h.Store.Gebruiker(t.Context(), "m.devries")
	require.NoError(t, err)
	assert.Regexp(t, `^[0-9a-f]{64}$`, kept.Agenda)
	for _, g := range []string{secret, kept.Agenda, ""} {
		_, err := h.App.LeesAgenda(t.Context(), g)
		assert.Equal(t, g != secret, domain.IsCode(err, domain.NotFound), "%v", err)
	}
}
