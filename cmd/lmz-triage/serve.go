package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// The pace at which a running service looks for a newly activated policy, and
// how long requests under way get when it stops.
const (
	followPace = time.Second
	stopTime   = 15 * time.Second
)

// leastLease is the shortest time for a lead: it is renewed three times in it, over
// a network.
const leastLease = time.Second

// leadShare is how much of the lease, in hundredths, a lead lasts: others ask for it
// every tenth of that, so that they have it within the lease.
const leadShare = 85

// serveCommand runs the service until it is told to stop.
type serveCommand struct {
	config.Serve
}

// memoryForSpeed is by how many per cent the heap may grow before the garbage
// collector runs: it is small beside what is allocated for each request.
const memoryForSpeed = 300

// preferSpeed spends memory on speed, unless GOGC says otherwise.
func preferSpeed() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(memoryForSpeed)
	}
}

// check refuses times that cannot be kept.
func (s serveCommand) check() error {
	if s.Evaluation <= 0 {
		return &domain.Error{Code: domain.Invalid, Key: "fout.rekentijd", Args: []any{s.Evaluation.String()}}
	}
	if s.Lease < leastLease {
		return &domain.Error{Code: domain.Invalid, Key: "fout.lease", Args: []any{s.Lease.String(), leastLease.String()}}
	}
	return nil
}

// Run starts the service. It answers on its address when it is ready, and stops
// cleanly on an interrupt.
func (s serveCommand) Run(ctx context.Context, c console) error {
	if err := s.check(); err != nil {
		return err
	}
	preferSpeed()
	tokens, shown, err := s.tokens()
	if err != nil {
		return err
	}
	ways, err := channels(s.Post, c.texts)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(c.err, nil))
	st, err := openForServing(ctx, c, s.Store)
	if err != nil {
		return err
	}
	defer st.release()
	return s.serve(ctx, c, st, serving{tokens, shown, log, ways})
}

// serving is what a service is started with beside its settings: its callers,
// those to show on the page, where to log, and by which ways messages leave.
type serving struct {
	tokens server.Tokens
	shown  []string
	log    *slog.Logger
	ways   map[domain.Kanaal]app.Verzender
}

// options are what the use cases do beside what they always do.
func (s serving) options() []app.Option {
	if s.ways[domain.KanaalEvent] != nil {
		return []app.Option{app.WithEvents()}
	}
	return nil
}

// serve answers from st until it is told to stop. What a store that is not there yet
// is not needed for is answered at once.
func (s serveCommand) serve(ctx context.Context, c console, st served, with serving) error {
	log := with.log
	kept, closeKept, err := withSpool(ctx, s.Serve, st, log)
	if err != nil {
		return err
	}
	defer func() { _ = closeKept() }()
	metrics := server.NewMetrics()
	parts, err := loadParts(kept, metrics, s.limits(), with.options()...)
	if err != nil {
		return err
	}
	defer parts.policies.Close()
	metrics.Follow(parts.policies)
	metrics.FollowKalender(parts.app)
	metrics.FollowSpool(parts.app)
	srv, err := server.New(server.Options{
		App: parts.app, Clock: clock.System{}, Texts: c.texts, Tokens: with.tokens, Metrics: metrics, Log: log, Demo: with.shown, Geduld: st.geduld,
	})
	if err != nil {
		return err
	}
	at := entrance{server: srv, addr: s.Addr}
	if err := s.ready(ctx, c, &at, st, parts, log); err != nil {
		if ctx.Err() != nil { // told to stop while it waited
			return nil
		}
		return err
	}
	defer at.close()
	s.welcome(c, at.listener.Addr().String(), with.shown)
	go follow(ctx, log, parts)
	stopJobs, err := s.startJobs(ctx, c, parts, with, metrics, st.houder)
	if err != nil {
		return err
	}
	return errors.Join(at.answer(ctx, c), stopJobs())
}

// startJobs starts the jobs and gives a demonstration its meldingen. The function it
// gives stops both.
func (s serveCommand) startJobs(ctx context.Context, c console, p parts, with serving, m *server.Metrics, houder string) (func() error, error) {
	zone, err := clock.Amsterdam()
	if err != nil {
		return nil, fmt.Errorf("load time zone: %w", err)
	}
	jobs, err := schedule.New(ctx, schedule.Options{
		App: p.app, Post: p.app.Expeditie(with.ways, m), Zone: zone, Log: with.log, Meter: m, Houder: houder, LeadTime: s.Lease * leadShare / 100,
	})
	if err != nil {
		return nil, err
	}
	filling, cancel := context.WithCancel(ctx)
	filled := make(chan struct{})
	go func() {
		defer close(filled)
		if s.Demo && !s.NoSeed {
			demonstration{app: p.app, zone: zone, log: with.log, filled: jobs.RunAll}.run(filling, c)
		}
	}()
	return func() error {
		cancel()
		<-filled
		return jobs.Stop()
	}, nil
}

// tellKalender says how many decree days this binary knows that the store does not
// count with: a person must add them.
func tellKalender(c console, k *app.Kalenders) {
	if more, _ := k.Geldend().Verschil(k.Eigen()); len(more) > 0 {
		c.say("cli.kalender_kent_meer", len(more))
	}
}

// follow takes over a newly activated policy and another calendar until ctx ends.
func follow(ctx context.Context, log *slog.Logger, p parts) {
	tick := time.NewTicker(followPace)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		changed, err := p.policies.Follow(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			log.Error("follow active policy", "error", err.Error())
		case changed:
			if a, err := p.policies.Active(); err == nil {
				log.Info("policy taken over", "version", a.Activation.Versie, "digest", a.Activation.Digest)
			}
		}
		changed, err = p.kalenders.Follow(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			log.Error("follow calendar", "error", err.Error())
		case changed:
			k := p.kalenders.Geldend()
			log.Info("calendar taken over", "version", k.Versie, "digest", k.Digest())
		}
	}
}

// tokens gives the callers, and in a demonstration the tokens to show.
func (s serveCommand) tokens() (server.Tokens, []string, error) {
	if s.Demo {
		if !s.Loopback() {
			return nil, nil, &domain.Error{Code: domain.Invalid, Key: "fout.demo_alleen_hier", Args: []any{s.Addr}}
		}
		tokens, shown := server.DemoTokens()
		return tokens, shown, nil
	}
	if s.Tokens == "" {
		return nil, nil, &domain.Error{Code: domain.Invalid, Key: "fout.geen_tokens"}
	}
	f, err := os.Open(s.Tokens)
	if err != nil {
		return nil, nil, fmt.Errorf("open tokens: %w", err)
	}
	defer func() { _ = f.Close() }()
	tokens, err := server.ReadTokens(f)
	return tokens, nil, err
}

// startPolicy makes sure that a version is active and says when the tree at hand
// is another. In a demonstration a tree that was named on the command line is
// made active, unless a person chose the present one; otherwise only an empty
// store takes the tree at hand.
func (s serveCommand) startPolicy(ctx context.Context, c console, st store.Store, p *app.Policies) error {
	tree, err := readTree(s.Policies)
	if err != nil {
		return err
	}
	active, err := st.ActieveActivering(ctx)
	empty := domain.IsCode(err, domain.NotFound)
	if err != nil && !empty {
		return err
	}
	differs := empty || active.Digest != tree.Digest()
	if empty || (differs && s.Demo && s.Policies != "" && active.Door == starter().ID) {
		reason := c.texts.Sentence("cli.reden_eerste_start")
		if !empty {
			reason = c.texts.Sentence("cli.reden_demo_beleid")
		}
		if err := app.ActivateAfter(ctx, st, clock.System{}, starter(), tree, reason, active.Versie); err != nil {
			return err
		}
		differs = false
	}
	if differs {
		c.say("cli.beleid_verschilt", active.Versie, active.Digest[:12], tree.Digest()[:12])
	}
	_, err = p.Follow(ctx)
	return err
}

// starter is the actor of what the service does by itself at its start.
func starter() domain.Actor { return domain.Actor{ID: "lmz-triage", Rol: domain.Beheer} }

// welcome tells where the service is and, in a demonstration, how to get in.
func (s serveCommand) welcome(c console, addr string, shown []string) {
	if s.Demo {
		c.say("cli.demo_waarschuwing")
		c.say("cli.demo_tokens")
		for _, t := range shown {
			c.printf("  %s\n", t)
		}
	}
	if s.SMTP != "" {
		c.say("cli.mail_via", s.SMTP)
	}
	if s.Webhook != "" {
		c.say("cli.gebeurtenissen")
	}
	c.say("cli.gereed", "http://"+addr)
}

// limits are what the policy may cost on this machine.
func (s serveCommand) limits() policy.Limits {
	l := policy.DefaultLimits(s.Processors())
	l.Evaluation = s.Evaluation
	return l
}
