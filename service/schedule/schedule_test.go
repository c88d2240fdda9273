package schedule_test

import (
	"bytes"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
)

// tally tells on a channel what the jobs did.
type tally struct {
	swept             chan app.VeegUitslag
	failed            chan string
	leads             atomic.Bool
	measured, counted atomic.Int32
}

func (m *tally) Swept(out app.VeegUitslag)      { m.swept <- out }
func (m *tally) Counted(app.VeegUitslag)        {}
func (m *tally) Recomputed(app.HerrekenUitslag) {}

func (m *tally) JobFailed(job string) { m.failed <- job }
func (m *tally) Leads(is bool)        { m.leads.Store(is) }

// log keeps what is logged.
type log struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.String()
}

// started is a schedule on a clock of its own, of a house that stands at
// apptest.Begin.
type started struct {
	house *apptest.House
	clock *clockwork.FakeClock
	tally *tally
	log   *log
	stop  func() error
}

func start(t *testing.T) started {
	t.Helper()
	h := apptest.Open(t, apptest.NewMeter(), apptest.Shipped(t))
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	s := started{
		house: h, clock: clockwork.NewFakeClockAt(apptest.Begin()), log: &log{},
		tally: &tally{swept: make(chan app.VeegUitslag, 100), failed: make(chan string, 100)},
	}
	running, err := schedule.New(t.Context(), schedule.Options{
		App: h.App, Zone: zone, Clock: s.clock, Log: slog.New(slog.NewTextHandler(s.log, nil)), Meter: s.tally, Houder: "a",
	})
	require.NoError(t, err)
	s.stop = sync.OnceValue(running.Stop)
	t.Cleanup(func() { _ = s.stop() })
	return s
}

// sweep waits for the sweep at the start to end.
func (s started) sweep(t *testing.T) app.VeegUitslag {
	t.Helper()
	return wait(t, s.tally.swept, func() {})
}

// pass lets time pass, for the house and for the schedule.
func (s started) pass(d time.Duration) {
	s.house.Clock.Set(s.house.Clock.Now().Add(d))
	s.clock.Advance(d)
}

// next lets time pass until a job told something on told. A tick that comes while
// a run is still on its way out is left out, so one tick may not be enough.
func next[T any](t *testing.T, s started, told <-chan T) T {
	t.Helper()
	return wait(t, told, func() { s.pass(schedule.SweepPace) })
}

// wait waits for a word on told, and asks for it again and again.
func wait[T any](t *testing.T, told <-chan T, ask func()) T {
	t.Helper()
	end := time.After(20 * time.Second)
	for {
		ask()
		select {
		case out := <-told:
			return out
		case <-time.After(200 * time.Millisecond):
		case <-end:
			require.Fail(t, "nothing was told")
		}
	}
}

func TestTheTermsAreSweptAtTheStartAndEveryQuarterOfAnHour(t *testing.T) {
	s := start(t)
	assert.Equal(t, app.VeegUitslag{}, s.sweep(t), "there is nothing yet")
	kind, made := "klacht", "2026-10-17" // ends on 30 November, near on the twenty-third
	_, err := s.house.App.Ontvang(t.Context(), domain.Actor{ID: "a"}, domain.Opgave{
		Kanaal: "telefoon", Melding: domain.AanvraagMelding{Soort: &kind, KlachtBijAanbieder: &domain.AanvraagKlacht{IngediendOp: &made}},
	}, app.Eenmalig{})
	require.NoError(t, err)
	assert.Equal(t, app.VeegUitslag{}, next(t, s, s.tally.swept), "not yet")
	s.house.Clock.Set(apptest.Begin().AddDate(0, 0, 3))
	assert.Equal(t, app.VeegUitslag{Meldingen: 1, Genaderd: 1}, next(t, s, s.tally.swept))
	assert.Equal(t, app.VeegUitslag{}, next(t, s, s.tally.swept), "once")
}

func TestAStoreThatIsAwayIsToldAgainAndAgain(t *testing.T) {
	s := start(t)
	s.sweep(t)
	require.NoError(t, s.house.Store.Close())
	for range 2 {
		for next(t, s, s.tally.failed) != "leiding" { // the jobs under way failed too
			continue
		}
	}
	assert.Eventually(t, func() bool { return !s.tally.leads.Load() }, 10*time.Second, time.Millisecond)
	assert.Contains(t, s.log.String(), "take lead")
}

func TestAStoppedScheduleRunsNothing(t *testing.T) {
	s := start(t)
	s.sweep(t)
	require.NoError(t, s.stop())
	s.clock.Advance(10 * schedule.SweepPace)
	assert.Empty(t, s.tally.swept)
}
