// Package schedule runs the jobs of the service on time: one table, each job a
// call of a use case. Of all processes on a store the one that has the lead runs
// them. Jobs may be missed and may run twice; the use cases see to that.
package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Meter counts what the jobs did. It holds no personal data.
type Meter interface {
	// Swept tells that a sweep ended well, and what it did.
	Swept(out app.VeegUitslag)
	// Counted tells that figures of providers were looked at again, and what it did.
	Counted(out app.VeegUitslag)
	// Measured tells how the work stands.
	Measured(c app.Cijfers)
	// TermsCounted tells how many open terms stand how.
	TermsCounted(perStatus map[term.Status]int)
	// JobAdded tells that there is such a job, before it runs.
	JobAdded(job string)
	// Recomputed tells what computing anew after a change of the calendar did, whether
	// it ended well or not.
	Recomputed(out app.HerrekenUitslag)
	// JobFailed counts a run of a job that failed.
	JobFailed(job string)
	// Leads tells whether this process has the lead, each time that it asked.
	Leads(is bool)
}

// job is one line of the table.
type job struct {
	name string
	pace time.Duration
	run  func(context.Context, *app.Leiding) error
}

// Schedule runs the jobs between New and Stop.
type Schedule struct {
	scheduler gocron.Scheduler
	log       *slog.Logger
	meter     Meter
	app       *app.App
	lead      *lead
	rows      []*row
	stopLead  func()
}

// row is a job that was added. Owed tells that it must run without waiting for
// its time: the lead was taken, or lost during a run.
type row struct {
	job

	entry gocron.Job
	owed  atomic.Bool
}

// The paces of the jobs and of the lead.
const (
	// SweepPace is how often the terms are looked at; a sweep runs also as soon as
	// the lead is taken.
	SweepPace = 15 * time.Minute
	// CountPace is how often the figures of providers are looked at again that changed
	// for other meldingen than the one that changed them.
	CountPace = time.Minute
	// RemindPace is how often reminders are looked at, in office hours.
	RemindPace = 15 * time.Minute
	// AlarmPace is how often alarms are looked at: whoever is on duty is told within it.
	AlarmPace = 5 * time.Second
	// PostPace is how often is looked at what is to be sent.
	PostPace = 5 * time.Second
	// FigurePace is how often is counted what waits for somebody, TotalsPace how often
	// all open terms are.
	FigurePace = time.Minute
	TotalsPace = 5 * time.Minute
	// RecomputePace is how often it is looked whether there are terms that an earlier
	// calendar computed; that happens also as soon as another calendar counts.
	RecomputePace = time.Minute
	// LeadTime is how long a process that died keeps the others from the jobs. They
	// take over within this and a tenth more.
	LeadTime = 30 * time.Second
)

// stopTime is how long the runs under way get when the schedule stops: a mail that is
// being handed over takes ten seconds, and is noted after that.
const stopTime = 15 * time.Second

// Options are what a schedule needs. Zone is that in which the law counts its
// days.
type Options struct {
	App *app.App
	// Post sends messages; nil: nothing is sent.
	Post *app.Expeditie
	Zone *time.Location
	Log  *slog.Logger
	// Meter is told what happened.
	Meter Meter
	// Houder names the process among those on the same store: no two that run at
	// the same time have the same.
	Houder string
	// LeadTime is that of the package when it is zero.
	LeadTime time.Duration
	// Clock is that of the scheduler and of the lead; nil is that of the machine.
	Clock clockwork.Clock
}

// New starts the jobs: one run of a job at a time, while this process has the
// lead, until Stop. It does not wait for the store.
func New(ctx context.Context, o Options) (*Schedule, error) {
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	if o.LeadTime == 0 {
		o.LeadTime = LeadTime
	}
	l := &lead{app: o.App, houder: o.Houder, duur: o.LeadTime, clock: o.Clock, log: o.Log, meter: o.Meter}
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(o.Zone), gocron.WithClock(o.Clock), gocron.WithDistributedElector(l),
		gocron.WithStopTimeout(stopTime))
	if err != nil {
		return nil, fmt.Errorf("make scheduler: %w", err)
	}
	s := &Schedule{scheduler: scheduler, log: o.Log, meter: o.Meter, app: o.App, lead: l}
	table := s.jobs(o.App)
	if o.Post != nil {
		table = append(table, s.postJobs(o.Post)...)
	}
	for _, j := range table {
		if err := s.add(ctx, j); err != nil {
			return nil, err
		}
	}
	scheduler.Start()
	keeping, cancel := context.WithCancel(context.WithoutCancel(ctx)) // kept until the last run has ended
	var kept sync.WaitGroup
	kept.Go(func() { l.keep(keeping, s.runOwed) })
	kept.Go(func() { s.onKalender(keeping) })
	s.stopLead = func() { cancel(); kept.Wait() }
	return s, nil
}

// onKalender has terms computed anew as soon as another calendar counts, until ctx
// ends. Whoever does not lead leaves it to the leader, who follows the same calendar.
func (s *Schedule) onKalender(ctx context.Context) {
	anders := s.app.Kalenders().Anders()
	for {
		select {
		case <-anders:
		case <-ctx.Done():
			return
		}
		anders = s.app.Kalenders().Anders() // before the run, which sees what came until then
		for _, r := range s.rows {
			if r.name == herrekenen {
				r.owed.Store(true)
			}
		}
		s.runOwed(false)
	}
}

// herrekenen is the job that computes terms anew after a change of the calendar.
const herrekenen = "herrekenen"

// jobs is the table of jobs. Each begins with the newest calendar, see run.
func (s *Schedule) jobs(a *app.App) []job {
	recompute := func(ctx context.Context, onder *app.Leiding) error {
		out, err := a.Herreken(ctx, onder, func(int) {})
		s.meter.Recomputed(out)
		return err
	}
	return []job{
		{"termijnen", SweepPace, func(ctx context.Context, onder *app.Leiding) error {
			behind := recompute(ctx, onder) // those that failed do not hold up the sweep
			if app.LeidingVoorbij(behind) {
				return behind
			}
			out, err := a.Veeg(ctx, onder)
			if err == nil {
				s.meter.Swept(out)
			}
			return errors.Join(behind, err)
		}},
		{"tellingen", CountPace, func(ctx context.Context, onder *app.Leiding) error {
			out, err := a.Hertel(ctx, onder)
			if err == nil {
				s.meter.Counted(out)
			}
			return err
		}},
		{"herinneringen", RemindPace, a.Herinner},
		{"alarm", AlarmPace, a.Alarmeer},
		{"cijfers", FigurePace, measured(a.Cijfers, s.meter.Measured)},
		{"termijntotalen", TotalsPace, measured(a.TermijnStanden, s.meter.TermsCounted)},
		{herrekenen, RecomputePace, recompute},
	}
}

// measured is a job that reads something and tells it.
func measured[T any](read func(context.Context) (T, error), tell func(T)) func(context.Context, *app.Leiding) error {
	return func(ctx context.Context, _ *app.Leiding) error {
		found, err := read(ctx)
		if err == nil {
			tell(found)
		}
		return err
	}
}

// RunAll has every job run as soon as it can, without waiting for its time: much was
// written at once. Only who has the lead does so.
func (s *Schedule) RunAll() { s.runOwed(true) }

func (s *Schedule) add(ctx context.Context, j job) (err error) {
	r := &row{job: j}
	r.entry, err = s.scheduler.NewJob(gocron.DurationJob(j.pace), gocron.NewTask(func() { s.run(ctx, r) }),
		gocron.WithName(j.name), gocron.WithSingletonMode(gocron.LimitModeReschedule))
	if err != nil {
		return fmt.Errorf("add job %s: %w", j.name, err)
	}
	s.rows = append(s.rows, r)
	s.meter.JobAdded(j.name)
	return nil
}

// runOwed starts what must run without waiting for its time. What does not start
// is tried again when the lead is renewed.
func (s *Schedule) runOwed(anew bool) {
	for _, r := range s.rows {
		if anew {
			r.owed.Store(true)
		}
		if !r.owed.Load() {
			continue
		}
		if err := r.entry.RunNow(); err != nil {
			s.log.Warn("start job", "job", r.name, "error", err.Error())
		}
	}
}

// run runs a job once; a failure is logged and counted, and the next run comes.
func (s *Schedule) run(ctx context.Context, r *row) {
	defer func() {
		if p := recover(); p != nil {
			s.meter.JobFailed(r.name)
			s.log.Error("job panicked", "job", r.name, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	held, leads := s.lead.current()
	if ctx.Err() != nil || !leads {
		return
	}
	r.owed.Store(false)
	err := s.app.VolgKalender(ctx)
	if err == nil {
		err = r.run(ctx, &held)
	}
	switch {
	case err == nil || ctx.Err() != nil:
	case app.LeidingVoorbij(err):
		r.owed.Store(true)
		s.log.Info("job left to the leader", "job", r.name, "nr", held.Nr)
	default:
		s.meter.JobFailed(r.name)
		s.log.Error("job failed", "job", r.name, "error", err.Error())
	}
}

// Stop lets the run under way end, starts no other and gives the lead up.
func (s *Schedule) Stop() error {
	err := s.scheduler.Shutdown()
	s.stopLead()
	if err != nil {
		err = fmt.Errorf("stop scheduler: %w", err)
	}
	if given := s.lead.giveUp(context.Background()); given != nil {
		s.log.Warn("give lead up", "error", given.Error())
	}
	return err
}
