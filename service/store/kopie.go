package store

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Kopie is what a store offers beside its promises, so that all it keeps can be
// copied to another one (see package kopie). Each list comes by key, at most n
// after the key na.
type Kopie interface {
	Store
	// Stukken is about how many things there are to copy.
	Stukken(ctx context.Context) (int64, error)
	AlleSleutels(ctx context.Context, na string, n int) ([]domain.Sleutel, error)       // by Naam
	AlleAdviezen(ctx context.Context, na string, n int) ([]domain.GegevenAdvies, error) // by ID
	AlleAanbieders(ctx context.Context, na string, n int) ([]AanbiederKopie, error)     // by ID
	AlleMeldingen(ctx context.Context, na string, n int) ([]MeldingKopie, error)        // by ID
	AlleBerichten(ctx context.Context, na string, n int) ([]domain.Bericht, error)      // by ID
	AlleDiensten(ctx context.Context, na string, n int) ([]domain.Dienst, error)        // by ID
	// ZetAanbieders, ZetMeldingen and ZetBerichten keep each of list exactly as it is, with its Rev.
	// One that is there already, the same, is left; one that is there otherwise, or
	// of which another has a name, is a Conflict with the Key fout.kopie_anders.
	ZetAanbieders(ctx context.Context, list []AanbiederKopie) error
	ZetMeldingen(ctx context.Context, list []MeldingKopie) error
	ZetBerichten(ctx context.Context, list []domain.Bericht) error
	// ZetGebruikers keeps each of list with the Versie that it has, as those do.
	ZetGebruikers(ctx context.Context, list []domain.Gebruiker) error
}

// AanbiederKopie is a provider with every name that leads to it, sorted.
type AanbiederKopie struct {
	Aanbieder domain.Aanbieder
	Sleutels  []string
}

// MeldingKopie is a melding as it stands, and as it was first kept.
type MeldingKopie struct{ Melding, Eerste domain.Melding }
