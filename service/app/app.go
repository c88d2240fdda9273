// Package app holds the use cases, one per file. Each takes the actor, reads the
// clock once, and knows neither HTTP nor SQL. A rule that is not the law's or the
// policy's stands here.
package app

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Meter counts what the use cases did. It holds no personal data.
type Meter interface {
	// Advised counts an advice that was given.
	Advised(a domain.Advies)
	// Failed counts a policy that gave no usable answer.
	Failed(r policy.Reason)
	// Reminded counts the reminders of a melding that were given, and those of them of
	// which there was nobody to tell.
	Reminded(given, unheard int)
	// Alarmed counts a round of an alarm: the first one, and one of which there was
	// nobody to tell.
	Alarmed(first, unheard bool)
}

// App is the service without a transport.
type App struct {
	clock     clock.Clock
	zone      *time.Location
	store     store.Store
	kalenders *Kalenders
	policies  *Policies
	meter     Meter
	// vast is the calendar that a use case began with; nil outside one. See nu.
	vast *domain.GeldendeKalender
	// gevestigd spares a write for a provider that was named before.
	gevestigd *gevestigd
	stempels  *stempels
	wachtend  *wachtend
	herrekent chan struct{} // holds one: who computes terms anew
	events    bool          // see WithEvents
}

// Option changes what an App does.
type Option func(*App)

// WithEvents has an event for other systems made of every reminder and of every round
// of an alarm.
func WithEvents() Option { return func(a *App) { a.events = true } }

// New puts the service together. policies must have a version that is active, and
// calendars one to count with.
func New(c clock.Clock, zone *time.Location, s store.Store, k *Kalenders, p *Policies, m Meter, opts ...Option) *App {
	a := &App{
		clock: c, zone: zone, store: s, kalenders: k, policies: p, meter: m,
		gevestigd: &gevestigd{}, stempels: &stempels{}, wachtend: &wachtend{}, herrekent: make(chan struct{}, 1),
	}
	for _, set := range opts {
		set(a)
	}
	return a
}

// Kalenders is the calendars that this process follows.
func (a *App) Kalenders() *Kalenders { return a.kalenders }

// nu is the service with the calendar of this moment. A use case that counts begins
// with it, and again with each write that it tries anew, so that all it does for that
// is of one calendar, whatever comes to count meanwhile.
func (a *App) nu() *App {
	fixed, k := *a, a.kalenders.Geldend()
	fixed.vast = &k
	return &fixed
}

// geldend is the calendar that the use case began with; outside one, that of this
// moment.
func (a *App) geldend() domain.GeldendeKalender {
	if a.vast != nil {
		return *a.vast
	}
	return a.kalenders.Geldend()
}

// kalender is geldend without its version.
func (a *App) kalender() *term.Kalender { return a.geldend().Kalender }

// Policies is the versions of the policy this process has loaded.
func (a *App) Policies() *Policies { return a.policies }

// moment is one reading of the clock: the moment and the civil day.
func (a *App) moment() (time.Time, term.Date) {
	now := a.clock.Now()
	return now, term.DateIn(now, a.zone)
}

// newID draws an id that sorts by time (UUIDv7, RFC 9562).
func newID() (string, error) {
	id, err := uuid.NewV7()
	return id.String(), err
}

// Ready reports whether a decision could be given at this moment: nil, or why not.
func (a *App) Ready(ctx context.Context) error {
	if err := a.store.Ping(ctx); err != nil {
		return err
	}
	if _, err := a.policies.Active(); err != nil {
		return err
	}
	return nil
}

// Wachtstand is how many entries of the decision log wait for their store.
type Wachtstand = store.Wachtstand

// Wachtstand tells how many entries wait for the store; false when they cannot,
// so that no decision is given while it is away.
func (a *App) Wachtstand() (Wachtstand, bool) {
	u, is := a.store.(store.Uitwijk)
	if !is {
		return Wachtstand{}, false
	}
	return u.Wachtstand(), true
}

// countFailure counts err when it is a failure of the policy.
func (a *App) countFailure(err error) {
	var f *policy.EvaluationError
	if errors.As(err, &f) {
		a.meter.Failed(f.Reason)
	}
}
