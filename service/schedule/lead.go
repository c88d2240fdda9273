package schedule

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// A lead is renewed at a third of its duration. Who does not have it asks more
// often, so that it is taken over soon after it ended.
const (
	renewals = 3
	asks     = 10
)

// lead keeps the lead of the jobs for one holder. It is the elector of gocron.
type lead struct {
	app    *app.App
	houder string
	duur   time.Duration
	clock  clockwork.Clock
	log    *slog.Logger
	meter  Meter
	lock   sync.Mutex
	held   app.Leiding
	until  time.Time // by our clock, never later than the end by that of the store
}

// IsLeader implements gocron.Elector: it is nil for who has the lead, or can take
// it at this moment.
func (l *lead) IsLeader(ctx context.Context) error {
	if _, ok := l.current(); ok {
		return nil
	}
	_, err := l.take(ctx)
	return err
}

// current gives the lead, and whether it is ours still.
func (l *lead) current() (app.Leiding, bool) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.held, l.clock.Now().Before(l.until)
}

// take takes or renews the lead. It reports whether it is another than before.
func (l *lead) take(ctx context.Context) (anew bool, err error) {
	bounded, cancel := context.WithTimeout(ctx, l.duur/renewals)
	defer cancel()
	if l.app.Kalenders().Ouder() { // a newer version of the service is there to do the work
		return false, l.stand(ctx)
	}
	asked := l.clock.Now()
	held, err := l.app.NeemLeiding(bounded, l.houder, l.duur)
	l.lock.Lock()
	defer l.lock.Unlock()
	now := l.clock.Now()
	led := now.Before(l.until)
	switch {
	case err == nil:
		anew = held.Nr != l.held.Nr
		l.held, l.until = held, asked.Add(l.duur)
	case domain.IsCode(err, domain.Conflict):
		l.until = time.Time{}
	case ctx.Err() == nil:
		l.meter.JobFailed("leiding")
		l.log.Error("take lead", "error", err.Error())
	}
	leads := now.Before(l.until)
	if anew {
		l.log.Info("lead taken", "nr", held.Nr)
	}
	if led && !leads {
		l.log.Info("lead lost", "nr", l.held.Nr)
	}
	l.meter.Leads(leads)
	return anew, err
}

// stand gives the lead up and says that it is not for this process.
func (l *lead) stand(ctx context.Context) error {
	if _, leads := l.current(); leads {
		l.log.Warn("lead given up: a newer version of the service counts")
		if err := l.giveUp(ctx); err != nil {
			l.log.Error("give lead up", "error", err.Error())
		}
	}
	return &domain.Error{Code: domain.Conflict, Key: "fout.leiding_bezet"}
}

// keep takes and renews the lead until ctx ends; it calls leads after each time
// that it has it.
func (l *lead) keep(ctx context.Context, leads func(anew bool)) {
	for {
		anew, err := l.take(ctx)
		pace := l.duur / asks
		if err == nil {
			pace = l.duur / renewals
			leads(anew)
		}
		select {
		case <-ctx.Done():
			return
		case <-l.clock.After(pace):
		}
	}
}

// giveUp lets another take the lead at once.
func (l *lead) giveUp(ctx context.Context) error {
	l.lock.Lock()
	held := l.held
	l.until = time.Time{}
	l.lock.Unlock()
	l.meter.Leads(false)
	if held.Nr == 0 {
		return nil
	}
	bounded, cancel := context.WithTimeout(ctx, l.duur/renewals)
	defer cancel()
	return l.app.LaatLeiding(bounded, held)
}
