package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// wachtend is when this process last asked the policy again about the meldingen
// that it gave no advice on, and which policy that was.
type wachtend struct {
	lock   sync.Mutex
	beleid string
	op     time.Time
}

// geduld is after how long a policy that did not change is asked again: it may have
// failed for want of time.
const geduld = time.Hour

// beurt reports that it is time to ask the policy with this digest again.
func (w *wachtend) beurt(beleid string, now time.Time) bool {
	w.lock.Lock()
	defer w.lock.Unlock()
	if w.beleid == beleid && now.Sub(w.op) < geduld && !now.Before(w.op) {
		return false
	}
	w.beleid, w.op = beleid, now
	return true
}

// herbeoordeel evaluates the meldingen again that have no advice because the policy
// failed: after another policy became active, and every geduld. It gives how many
// have one now.
func (a *App) herbeoordeel(ctx context.Context, onder *Leiding) (advices int, err error) {
	active, err := a.policies.Active()
	if err != nil {
		return 0, nil //nolint:nilerr // without a policy there is nothing to ask
	}
	if now, _ := a.moment(); !a.wachtend.beurt(active.Version.Digest(), now) {
		return 0, nil
	}
	ids, err := a.zonderAdvies(ctx)
	if err != nil {
		return 0, err
	}
	var lock sync.Mutex
	var failed []error
	var writers errgroup.Group
	writers.SetLimit(sweepers)
	for _, id := range ids {
		writers.Go(func() error {
			is, err := a.heradviseer(ctx, onder, dienst(), id, domain.BijBeleid)
			lock.Lock()
			defer lock.Unlock()
			if is {
				advices++
			}
			if err != nil {
				failed = append(failed, fmt.Errorf("evaluate %s again: %w", id, err))
			}
			return ctx.Err() //nolint:wrapcheck // the caller ended
		})
	}
	return advices, errors.Join(append(failed, writers.Wait())...)
}

// zonderAdvies gives the ids of the meldingen that a person must judge.
func (a *App) zonderAdvies(ctx context.Context) ([]string, error) {
	var ids []string
	q := domain.MeldingVraag{Advies: domain.Beoordelen, Volgorde: domain.OpWijziging, Aantal: page}
	for {
		found, err := a.store.Meldingen(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("list without advice: %w", err)
		}
		for _, m := range found.Meldingen {
			if m.Status != domain.StatusAfgesloten {
				ids = append(ids, m.ID)
			}
		}
		if q.Na = found.Volgende; q.Na == "" {
			return ids, nil
		}
	}
}
