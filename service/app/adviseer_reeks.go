package app

import (
	"context"
	"fmt"
	"sync"

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

// AdviseerReeks answers every question for itself, in order: one that is refused
// or fails leaves the others alone. The answers are kept together; when that
// fails nothing is answered.
func (a *App) AdviseerReeks(ctx context.Context, actor domain.Actor, questions []ReeksVraag, parallel int) ([]ReeksAntwoord, error) {
	now, today := a.moment()
	answers := make([]ReeksAntwoord, len(questions))
	given := make([]domain.GegevenAdvies, 0, len(questions))
	var lock sync.Mutex
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(max(1, parallel))
	for i, q := range questions {
		group.Go(func() error {
			g, advice, err := domain.GegevenAdvies{}, domain.TriageAdvies{}, q.Err
			if err == nil {
				g, advice, err = a.decide(inner, actor, q.Aanvraag, now, today)
			}
			if err != nil {
				id, idErr := newID()
				answers[i] = ReeksAntwoord{Kenmerk: q.Kenmerk, ID: id, Err: err}
				return idErr
			}
			answers[i] = ReeksAntwoord{Kenmerk: q.Kenmerk, ID: g.ID, Advies: advice}
			lock.Lock()
			defer lock.Unlock()
			given = append(given, g)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("answer series: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("answer series: %w", err)
	}
	if err := a.store.BewaarAdviezen(ctx, given); err != nil {
		return nil, fmt.Errorf("keep advices: %w", err)
	}
	for _, r := range answers {
		if r.Err == nil {
			a.meter.Advised(r.Advies.Advies)
		}
	}
	return answers, nil
}
