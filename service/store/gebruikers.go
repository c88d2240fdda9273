package store

import (
	"context"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Gebruikers keeps the people of the office and who of them is on duty. There are
// some hundreds at most.
type Gebruikers interface {
	// ZetGebruiker keeps g, with its Versie one higher: a new one has Versie 0. It
	// gives it as it was kept. Stale when what is kept has another Versie, or when
	// there is one and g is new, or none and g is not.
	ZetGebruiker(ctx context.Context, g domain.Gebruiker) (domain.Gebruiker, error)
	// Gebruiker gives a user by its ID. NotFound when there is none.
	Gebruiker(ctx context.Context, id string) (domain.Gebruiker, error)
	// GebruikerMetAgenda gives the user whose Agenda that is. NotFound when nobody's,
	// and for an empty text.
	GebruikerMetAgenda(ctx context.Context, agenda string) (domain.Gebruiker, error)
	// Gebruikers gives all of them, by ID; none is an empty list.
	Gebruikers(ctx context.Context) ([]domain.Gebruiker, error)
	// ZetDienst keeps a turn on duty by its ID, in the place of what was kept there.
	ZetDienst(ctx context.Context, d domain.Dienst) error
	// HaalDienstWeg takes a turn away. NotFound when there is none.
	HaalDienstWeg(ctx context.Context, id string) error
	// Diensten gives the turns that lie at least in part from van until tot, by Van,
	// then Volgorde, then ID; none is an empty list.
	Diensten(ctx context.Context, van, tot time.Time) ([]domain.Dienst, error)
}
