package app

import (
	"context"

	"github.com/google/uuid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// LeesAdvies gives a decision as it was given. NotFound when there is none, also
// for an id that is no UUID.
func (a *App) LeesAdvies(ctx context.Context, _ domain.Actor, id string) (domain.TriageAdvies, error) {
	parsed, err := uuid.Parse(id)
	if err != nil || parsed.String() != id {
		return domain.TriageAdvies{}, &domain.Error{Code: domain.NotFound, Key: "fout.opslag_advies_onbekend", Args: []any{id}}
	}
	return a.given(ctx, id)
}

// given reads a decision and explains it.
func (a *App) given(ctx context.Context, id string) (domain.TriageAdvies, error) {
	given, err := a.store.Advies(ctx, id)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	catalogue, err := a.policies.Catalogue(ctx, given.Beleid.Digest)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	facts, err := policy.ReadFacts(given.Invoer)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	return explain(given, facts, catalogue), nil
}
