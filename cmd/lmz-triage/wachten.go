package main

import (
	"context"
	"log/slog"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
)

// The pauses between two looks at a store that is not there.
const (
	firstPause = 250 * time.Millisecond
	mostPause  = 5 * time.Second
)

// tellPace is how often the log is told how far the same long work is.
const tellPace = 10 * time.Second

// begin makes sure that there is a calendar to count with and an active policy.
func (s serveCommand) begin(ctx context.Context, c console, st served, p parts) error {
	if err := beginKalender(ctx, p.kalenders); err != nil {
		return err
	}
	tellKalender(c, p.kalenders)
	return s.startPolicy(ctx, c, st, p.policies)
}

// ready opens the entrance once a policy is active. Where the store need not be there
// yet it does so at once, and waits for that.
func (s serveCommand) ready(ctx context.Context, c console, at *entrance, st served, p parts, log *slog.Logger) error {
	if st.prepare == nil {
		if err := s.begin(ctx, c, st, p); err != nil {
			return err
		}
		return at.listen(ctx)
	}
	if err := at.listen(ctx); err != nil {
		return err
	}
	w := waiting{c: c, log: log, policies: p.policies}
	err := w.wait(ctx, func() error {
		if err := st.prepare(ctx, w.doing); err != nil {
			return err
		}
		return s.begin(ctx, c, st, p)
	})
	if err != nil {
		at.close()
	}
	return err
}

// waiting tells what a service waits for at its start.
type waiting struct {
	c        console
	log      *slog.Logger
	policies *app.Policies

	told string    // the key of what was told last
	at   time.Time // when
}

// wait does open until that succeeds. What only somebody can mend is an error at once.
func (w *waiting) wait(ctx context.Context, open func() error) error {
	for pause := firstPause; ; pause = min(2*pause, mostPause) {
		err := open()
		if err == nil || !domain.IsCode(err, domain.Unavailable) || !mongo.Passing(err) {
			return err
		}
		w.away(ctx, err)
		w.log.Warn("store is not there yet", "error", err.Error(), "next", pause.String())
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return err
		}
	}
}

// away tells the user once why the store is not there, and whether decisions go on: a
// spool may remember by which policy.
func (w *waiting) away(ctx context.Context, err error) {
	e := domain.AsError(err)
	if w.told == e.Key {
		return
	}
	w.told = e.Key
	w.c.say(e.Key, e.Args...)
	w.c.say("cli.wacht_op_opslag")
	if _, err := w.policies.Follow(ctx); err != nil {
		return // there is none
	}
	if active, err := w.policies.Active(); err == nil {
		w.c.say("cli.adviseert_zonder_opslag", active.Activation.Versie)
	}
}

// doing logs the long work that is done before the store can be used.
func (w *waiting) doing(e *domain.Error) {
	now := clock.System{}.Now()
	if w.told == e.Key && now.Sub(w.at) < tellPace {
		return
	}
	w.told, w.at = e.Key, now
	text := w.c.texts.Sentence(e.Key, e.Args...)
	w.c.printf("%s\n", text)
	if w.log != nil { // a tool has none
		w.log.Info("preparing the store", "doing", text)
	}
}
