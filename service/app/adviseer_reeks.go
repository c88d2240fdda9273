package app

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// ReeksVraag is one question of a series, with the caller's own mark. Err is why
// it could not be read at all.
type ReeksVraag struct {
	Kenmerk  string
	Aanvraag domain.Aanvraag
	Err      error
}

// ReeksAntwoord is the advice on one question of a series, or why there is none.
// ID is that of the advice, or of the refusal.
type ReeksAntwoord struct {
	Kenmerk string
	ID      string
	Advies  domain.TriageAdvies
	Err     error
}

// callReeks names this use case in a key.
const callReeks = "triage-adviezen/_reeks"

// AdviseerReeks answers every question for itself, in order: one that is refused
// or fails leaves the others alone. The answers are kept together; when that
// fails nothing is answered. At most parallel questions are decided at a time.
func (a *App) AdviseerReeks(ctx context.Context, actor domain.Actor, questions []ReeksVraag, parallel int) ([]ReeksAntwoord, error) {
	return a.AdviseerReeksEenmalig(ctx, actor, questions, parallel, Eenmalig{})
}

// AdviseerReeksEenmalig is AdviseerReeks for a request that may be sent again.
func (a *App) AdviseerReeksEenmalig(ctx context.Context, actor domain.Actor, questions []ReeksVraag, parallel int, once Eenmalig) ([]ReeksAntwoord, error) {
	b, err := a.begin(ctx, actor, callReeks, once)
	if err != nil {
		return nil, err
	}
	a = a.nu()
	answers, given, err := a.answerReeks(ctx, actor, questions, parallel, b)
	if err != nil {
		return nil, err
	}
	err = a.store.BewaarAdviezen(ctx, given)
	if b.fixed && domain.IsCode(err, domain.Conflict) { // the same request, at the same moment
		answers, _, err = a.answerReeks(ctx, actor, questions, parallel, b)
		return answers, err
	}
	if err != nil {
		return nil, fmt.Errorf("keep advices: %w", err)
	}
	for _, g := range given {
		a.meter.Advised(g.Besluit.Advies)
	}
	return answers, nil
}

// answerReeks gives the answers, and those of them that are not kept yet.
func (a *App) answerReeks(ctx context.Context, actor domain.Actor, questions []ReeksVraag, parallel int, b begun) ([]ReeksAntwoord, []domain.GegevenAdvies, error) {
	answers := make([]ReeksAntwoord, len(questions))
	fresh := make([]*domain.GegevenAdvies, len(questions))
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(max(1, parallel))
	for i, q := range questions {
		group.Go(func() (err error) {
			answers[i], fresh[i], err = a.answerPart(inner, actor, q, b, i)
			return err
		})
	}
	if err := errors.Join(group.Wait(), ctx.Err()); err != nil {
		return nil, nil, fmt.Errorf("answer series: %w", err)
	}
	given := make([]domain.GegevenAdvies, 0, len(questions))
	for _, g := range fresh {
		if g != nil {
			given = append(given, *g)
		}
	}
	return answers, given, nil
}

// answerPart answers question n. The entry is nil for a refusal, and for an
// answer that was given before.
func (a *App) answerPart(ctx context.Context, actor domain.Actor, q ReeksVraag, b begun, n int) (ReeksAntwoord, *domain.GegevenAdvies, error) {
	part, err := b.part(n)
	if err != nil {
		return ReeksAntwoord{}, nil, err
	}
	out := ReeksAntwoord{Kenmerk: q.Kenmerk, ID: part.id, Err: q.Err}
	var fresh *domain.GegevenAdvies
	if q.Err == nil {
		var found bool
		if out.Advies, found, err = a.earlier(ctx, part); found || err != nil {
			return out, nil, err
		}
		fresh, out.Advies, out.Err = a.decide(ctx, actor, q.Aanvraag, part)
	}
	return out, fresh, nil
}
