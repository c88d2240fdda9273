package store

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Termijnen gives the terms of the meldingen that are kept (Melding.TermijnRegels),
// over all meldingen. They change in the same write as their melding.
type Termijnen interface {
	// Termijnen gives a page of terms by Einddatum, then MeldingID, then Nr. A list
	// read page by page holds every term once of which these did not change
	// meanwhile, whatever else is written. It reads only its page where at most one
	// of Soorten, AanbiederID and Behandelaar is asked for. With q.Tel it counts as
	// TelTermijnen does, and a store that can read at one moment counts what is there as
	// it reads the page.
	Termijnen(ctx context.Context, q domain.TermijnVraag) (domain.TermijnPagina, error)
	// TelTermijnen counts the open terms that q asks for, all pages of them, in no
	// order: those that are alike may be counted in parts. q.Afloop is not looked at.
	TelTermijnen(ctx context.Context, q domain.TermijnVraag) ([]domain.TermijnAantal, error)
	// Stiptheid gives a page of figures, by AanbiederID, then Sector, of providers
	// that are kept. A provider of which nothing counts is not there.
	Stiptheid(ctx context.Context, q domain.StiptheidVraag) (domain.StiptheidPagina, error)
}
