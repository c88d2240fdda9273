package app

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Berichten gives a page of the messages to actor, newest first.
func (a *App) Berichten(ctx context.Context, actor domain.Actor, q domain.BerichtVraag) (domain.BerichtPagina, error) {
	q.Gebruiker = actor.ID
	return a.store.Berichten(ctx, q)
}

// LeesBericht notes that actor read a message, the first time that he did. NotFound
// when it is not to him.
func (a *App) LeesBericht(ctx context.Context, actor domain.Actor, id string) (domain.Bericht, error) {
	now, _ := a.moment()
	return a.store.LeesBericht(ctx, actor.ID, id, now)
}
