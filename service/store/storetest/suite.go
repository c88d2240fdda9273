// Package storetest is the contract suite of the store port: every promise of
// package store has a case here, and every adapter passes them all.
package storetest

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// Stores is how the suite gets at an adapter.
type Stores struct {
	// Open gives an empty store, which lasts until the end of t.
	Open func(t *testing.T) store.Store
	// Reopen opens what s has kept once more. It closes s when that was not done.
	Reopen func(t *testing.T, s store.Store) store.Store
}

type testCase func(t *testing.T, s Stores)

// Run holds the adapter behind open and reopen to every promise of the port.
func Run(t *testing.T, open func(t *testing.T) store.Store, reopen func(t *testing.T, s store.Store) store.Store) {
	t.Helper()
	cases := map[string]testCase{}
	for _, group := range []map[string]testCase{
		exactCases(), adviezenCases(), parallelCases(), beleidCases(), sleutelCases(), lifeCases(),
		meldingExactCases(), meldingCases(), eersteCases(), bijCases(), lijstCases(), tellingCases(),
		aanbiederCases(), aanbiedersCases(), hertelingCases(), leidingCases(), termijnCases(), gebruikerCases(),
		berichtCases(), alarmCases(), kalenderCases(), herrekenCases(),
	} {
		maps.Copy(cases, group)
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Run(name, func(t *testing.T) { cases[name](t, Stores{Open: open, Reopen: reopen}) })
	}
}

// RequireFailure requires that err is a failure of kind code with a sentence to
// show.
func RequireFailure(t *testing.T, err error, code domain.Code) {
	t.Helper()
	var e *domain.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code, "%v", err)
	texts, loadErr := domain.LoadTexts()
	require.NoError(t, loadErr)
	sentence := texts.Sentence(e.Key, e.Args...)
	require.NotEqual(t, e.Key, sentence, "no sentence for the user")
	require.NotContains(t, sentence, "%!", "the sentence and its arguments do not fit")
}

// keep keeps entries and requires that it worked.
func keep(t *testing.T, s store.Store, entries ...domain.GegevenAdvies) {
	t.Helper()
	require.NoError(t, s.BewaarAdviezen(t.Context(), entries))
}

// requireKept requires that s gives every entry back exactly.
func requireKept(t *testing.T, s store.Store, entries ...domain.GegevenAdvies) {
	t.Helper()
	for _, want := range entries {
		got, err := s.Advies(context.WithoutCancel(t.Context()), want.ID)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

// requireAbsent requires that s holds none of entries.
func requireAbsent(t *testing.T, s store.Store, entries ...domain.GegevenAdvies) {
	t.Helper()
	for _, e := range entries {
		_, err := s.Advies(t.Context(), e.ID)
		RequireFailure(t, err, domain.NotFound)
	}
}
