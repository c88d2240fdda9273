package schedule

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"

	"github.com/jonboulle/clockwork"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// SweepOnce sweeps for a tool, under the lead of the jobs, which it gives up
// afterwards. Where a running service has the lead the sweep is left to that, and
// so is one of which the lead was lost meanwhile: both are no error.
func SweepOnce(ctx context.Context, a *app.App) error {
	_, err := once(ctx, a, func(ctx context.Context, onder *app.Leiding) error {
		_, err := a.Veeg(ctx, onder)
		return err
	})
	return err
}

// RecomputeOnce computes for a tool anew what an earlier calendar computed, as
// SweepOnce sweeps, and tells each of how many meldingen that was done. It reports false
// where it was left to a running service.
func RecomputeOnce(ctx context.Context, a *app.App, each func(n int)) (out app.HerrekenUitslag, done bool, err error) {
	done, err = once(ctx, a, func(ctx context.Context, onder *app.Leiding) (err error) {
		out, err = a.Herreken(ctx, onder, each)
		return err
	})
	return out, done, err
}

// once does work under the lead of the jobs, with the newest calendar. It reports false
// where another has the lead, or took it meanwhile.
func once(ctx context.Context, a *app.App, work func(context.Context, *app.Leiding) error) (done bool, err error) {
	if err := a.VolgKalender(ctx); err != nil {
		return false, err
	}
	l := &lead{
		app: a, houder: rand.Text(), duur: LeadTime, clock: clockwork.NewRealClock(),
		log: slog.New(slog.DiscardHandler), meter: unmetered{},
	}
	if _, err := l.take(ctx); err != nil {
		if domain.IsCode(err, domain.Conflict) {
			return false, nil
		}
		return false, err
	}
	keeping, cancel := context.WithCancel(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		l.keep(keeping, func(bool) {})
	}()
	held, _ := l.current()
	err = work(ctx, &held)
	cancel()
	<-kept
	done = true
	if app.LeidingVoorbij(err) {
		done, err = false, nil
	}
	return done, errors.Join(err, l.giveUp(context.WithoutCancel(ctx)))
}

// unmetered counts nothing.
type unmetered struct{}

func (unmetered) Swept(app.VeegUitslag)          {}
func (unmetered) Counted(app.VeegUitslag)        {}
func (unmetered) Recomputed(app.HerrekenUitslag) {}
func (unmetered) JobFailed(string)               {}
func (unmetered) Leads(bool)                     {}

func (unmetered) JobAdded(string)                  {}
func (unmetered) Measured(app.Cijfers)             {}
func (unmetered) TermsCounted(map[term.Status]int) {}
