package storetest

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// KeepTermijnen keeps meldingen with all kinds of terms, for an adapter that brings
// an earlier form to the newest.
func KeepTermijnen(t *testing.T, s store.Store, seed uint64) []domain.Melding {
	t.Helper()
	vestig(t, s, Aanbieder(1), Aanbieder(2), Aanbieder(3))
	all, r := AnyMeldingen(seed, 60), rand.New(rand.NewPCG(seed, 1))
	for i := range all {
		all[i] = anyOwner(r, all[i])
		keepMelding(t, s, all[i])
	}
	return all
}

// RequireTermijnen requires that the lists of terms are those of all.
func RequireTermijnen(t *testing.T, s store.Store, all []domain.Melding) {
	t.Helper()
	for _, q := range termijnFilters() {
		requireTermijnen(t, s, all, q, 50)
		requireTelling(t, s, all, q)
	}
	q := domain.StiptheidVraag{Aantal: 10, Vandaag: term.NewDate(2026, time.November, 5)}
	page, err := s.Stiptheid(t.Context(), q)
	require.NoError(t, err)
	require.Equal(t, wantedStiptheid(all, q), page.Cijfers)
}
