// Package schedule runs the jobs of the service on time: one table, each job a
// call of a use case. Jobs may be missed and may run twice; the use cases see to
// that.
package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"

	"zorgmeldingen.nl/lmz-triage/service/app"
)

// Meter counts what the jobs did. It holds no personal data.
type Meter interface {
	// Swept tells that a sweep ended well, and what it did.
	Swept(out app.VeegUitslag)
	// JobFailed counts a run of a job that failed.
	JobFailed(job string)
}

// job is one line of the table.
type job struct {
	name string
	pace time.Duration
	run  func(context.Context) error
}

// Schedule runs the jobs between New and Stop.
type Schedule struct {
	scheduler gocron.Scheduler
	log       *slog.Logger
	meter     Meter
}

// SweepPace is how often the terms are looked at; a sweep runs at the start too.
const SweepPace = 15 * time.Minute

// New starts the jobs of a. They run in the zone in which the law counts its days,
// one run of a job at a time, until Stop. clock is the clock of the scheduler; nil
// is that of the machine.
func New(ctx context.Context, a *app.App, zone *time.Location, clock clockwork.Clock, log *slog.Logger, m Meter) (*Schedule, error) {
	if clock == nil {
		clock = clockwork.NewRealClock()
	}
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(zone), gocron.WithClock(clock))
	if err != nil {
		return nil, fmt.Errorf("make scheduler: %w", err)
	}
	s := &Schedule{scheduler: scheduler, log: log, meter: m}
	for _, j := range s.jobs(a) {
		if err := s.add(ctx, j); err != nil {
			return nil, err
		}
	}
	scheduler.Start()
	return s, nil
}

// jobs is the table of jobs.
func (s *Schedule) jobs(a *app.App) []job {
	return []job{
		{"termijnen", SweepPace, func(ctx context.Context) error {
			out, err := a.Veeg(ctx)
			if err == nil {
				s.meter.Swept(out)
			}
			return err
		}},
	}
}

func (s *Schedule) add(ctx context.Context, j job) error {
	_, err := s.scheduler.NewJob(gocron.DurationJob(j.pace), gocron.NewTask(func() { s.run(ctx, j) }),
		gocron.WithName(j.name), gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
	if err != nil {
		return fmt.Errorf("add job %s: %w", j.name, err)
	}
	return nil
}

// run runs a job once; a failure is logged and counted, and the next run comes.
func (s *Schedule) run(ctx context.Context, j job) {
	defer func() {
		if r := recover(); r != nil {
			s.meter.JobFailed(j.name)
			s.log.Error("job panicked", "job", j.name, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		}
	}()
	if ctx.Err() != nil {
		return
	}
	if err := j.run(ctx); err != nil && ctx.Err() == nil {
		s.meter.JobFailed(j.name)
		s.log.Error("job failed", "job", j.name, "error", err.Error())
	}
}

// Stop lets the run under way end and starts no other.
func (s *Schedule) Stop() error {
	if err := s.scheduler.Shutdown(); err != nil {
		return fmt.Errorf("stop scheduler: %w", err)
	}
	return nil
}
