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
	l := &lead{
		app: a, houder: rand.Text(), duur: LeadTime, clock: clockwork.NewRealClock(),
		log: slog.New(slog.DiscardHandler), meter: unmetered{},
	}
	if _, err := l.take(ctx); err != nil {
		if domain.IsCode(err, domain.Conflict) {
			return nil
		}
		return err
	}
	keeping, cancel := context.WithCancel(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		l.keep(keeping, func(bool) {})
	}()
	held, _ := l.current()
	_, err := a.Veeg(ctx, &held)
	cancel()
	<-kept
	if app.LeidingVoorbij(err) {
		err = nil
	}
	return errors.Join(err, l.giveUp(context.WithoutCancel(ctx)))
}

// unmetered counts nothing.
type unmetered struct{}

func (unmetered) Swept(app.VeegUitslag)   {}
func (unmetered) Counted(app.VeegUitslag) {}
func (unmetered) JobFailed(string)        {}
func (unmetered) Leads(bool)              {}

func (unmetered) JobAdded(string)                  {}
func (unmetered) Measured(app.Cijfers)             {}
func (unmetered) TermsCounted(map[term.Status]int) {}
