package schedule_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// lease is how long a lead lasts in these tests, on the clock of the machine.
const lease = time.Second

// path is a process's own way to the store it shares: it can hang, be cut off
// from the lead, and fail.
type path struct {
	store.Store

	hang   atomic.Pointer[chan struct{}] // a write of a job waits for it
	hangs  chan struct{}
	cut    atomic.Bool // no lead is renewed
	failed atomic.Bool // nothing due can be read

	noKalender bool // the calendar cannot be read
}

func (p *path) Kalender(ctx context.Context) (domain.KalenderVersie, error) {
	if p.noKalender {
		return domain.KalenderVersie{}, &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
	}
	return p.Store.Kalender(ctx)
}

func (p *path) VervangMelding(ctx context.Context, m domain.Melding, bij store.Bij) error {
	if wait := p.hang.Load(); wait != nil {
		p.hangs <- struct{}{}
		<-*wait
	}
	return p.Store.VervangMelding(ctx, m, bij)
}

func (p *path) NeemLeiding(ctx context.Context, naam, houder string, duur time.Duration) (store.Leiding, error) {
	if p.cut.Load() {
		return store.Leiding{}, &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
	}
	return p.Store.NeemLeiding(ctx, naam, houder, duur)
}

func (p *path) TeControleren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	if p.failed.Load() {
		return nil, &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
	}
	return p.Store.TeControleren(ctx, dag, n)
}

// process is a schedule beside others on one store.
type process struct {
	path  *path
	tally *tally
	log   *log
	stop  func() error
}

func (p process) leads() bool { return p.tally.leads.Load() }

func run(t *testing.T, h *apptest.House, houder string, first ...func(*path)) process {
	t.Helper()
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	p := process{
		path: &path{Store: h.Store, hangs: make(chan struct{}, 100)}, log: &log{},
		tally: &tally{swept: make(chan app.VeegUitslag, 100), failed: make(chan string, 1000)},
	}
	for _, prepare := range first {
		prepare(p.path)
	}
	running, err := schedule.New(t.Context(), schedule.Options{
		App: h.Over(t, p.path, apptest.NewMeter()), Zone: zone, Log: slog.New(slog.NewTextHandler(p.log, nil)),
		Meter: p.tally, Houder: houder, LeadTime: lease,
	})
	require.NoError(t, err)
	p.stop = sync.OnceValue(running.Stop)
	t.Cleanup(func() { _ = p.stop() })
	return p
}

// eventually waits far longer than a lease for what must come to hold.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	require.Eventually(t, holds, 20*time.Second, 5*time.Millisecond, what)
}

// due receives a complaint of which a term is near three days later, and lets
// these days pass.
func due(t *testing.T, h *apptest.House) domain.Melding {
	t.Helper()
	kind, made := "klacht", "2026-10-17"
	out, err := h.App.Ontvang(t.Context(), domain.Actor{ID: "a"}, domain.Opgave{
		Kanaal: "telefoon", Melding: domain.AanvraagMelding{Soort: &kind, KlachtBijAanbieder: &domain.AanvraagKlacht{IngediendOp: &made}},
	}, app.Eenmalig{})
	require.NoError(t, err)
	h.Clock.Set(apptest.Begin().AddDate(0, 0, 3))
	kept, err := h.Store.MeldingMetKenmerk(t.Context(), out.Melding.Kenmerk)
	require.NoError(t, err)
	return kept
}

// recorded is how often a sweep added to the history of m since.
func recorded(t *testing.T, h *apptest.House, m domain.Melding) int {
	t.Helper()
	return happened(t, h, m, domain.VoorvalNadert)
}

// happened is how often something of a kind was added to the history of m since.
func happened(t *testing.T, h *apptest.House, m domain.Melding, soort domain.VoorvalSoort) (n int) {
	t.Helper()
	kept, err := h.Store.Melding(t.Context(), m.ID)
	require.NoError(t, err)
	for _, v := range kept.Geschiedenis[len(m.Geschiedenis):] {
		if v.Soort == soort {
			n++
		}
	}
	return n
}

func house(t *testing.T) *apptest.House {
	t.Helper()
	return apptest.Open(t, apptest.NewMeter(), apptest.Shipped(t))
}

func TestOfTwoSchedulesOneLeadsAndTheOtherTakesOverWhenItStops(t *testing.T) {
	h := house(t)
	one := run(t, h, "a")
	wait(t, one.tally.swept, func() {})
	two := run(t, h, "b")
	assert.Never(t, two.leads, 2*lease, lease/20, "the lead is renewed")
	assert.True(t, one.leads())
	assert.Empty(t, two.tally.swept)
	m := due(t, h)
	begin := time.Now() //nolint:forbidigo // measures the machine
	require.NoError(t, one.stop())
	assert.Equal(t, app.VeegUitslag{Meldingen: 1, Genaderd: 1}, wait(t, two.tally.swept, func() {}))
	assert.Less(t, time.Since(begin), lease, "who stops gives the lead up") //nolint:forbidigo // as above
	assert.False(t, one.leads())
	assert.True(t, two.leads())
	assert.Equal(t, 1, recorded(t, h, m))
}

func TestTheOtherTakesOverFromOneThatCannotRenew(t *testing.T) {
	h := house(t)
	one := run(t, h, "a")
	wait(t, one.tally.swept, func() {})
	two := run(t, h, "b")
	one.path.cut.Store(true)
	wait(t, two.tally.swept, func() {})
	eventually(t, "the one knows that it lost the lead", func() bool { return !one.leads() })
	one.path.cut.Store(false)
	assert.Never(t, one.leads, lease, lease/20)
	assert.True(t, two.leads())
}

func TestWhatALeaderWritesAfterItsLeadEndedIsRefused(t *testing.T) {
	h := house(t)
	m := due(t, h)
	gate := make(chan struct{})
	one := run(t, h, "a", func(p *path) { p.hang.Store(&gate) })
	<-one.path.hangs // its sweep stands before its first write
	one.path.cut.Store(true)
	two := run(t, h, "b")
	assert.Equal(t, app.VeegUitslag{Meldingen: 1, Genaderd: 1}, wait(t, two.tally.swept, func() {}))
	close(gate)
	eventually(t, "the late write is refused", func() bool { return strings.Contains(one.log.String(), "job left to the leader") })
	assert.Equal(t, 1, recorded(t, h, m), "no event is missing or double")
	assert.NotContains(t, one.log.String(), "job failed")
	assert.Empty(t, one.tally.swept, "it is not told as a sweep that ended well")
	one.path.cut.Store(false)
	require.NoError(t, two.stop())
	assert.Equal(t, app.VeegUitslag{}, wait(t, one.tally.swept, func() {}), "it leads again, and finds all done")
}

func TestALeadThatEndedWhileNobodyTookItEndsTheSweepAndTheNextOneDoesItsWork(t *testing.T) {
	h := house(t)
	m := due(t, h)
	gate := make(chan struct{})
	one := run(t, h, "a", func(p *path) { p.hang.Store(&gate) })
	<-one.path.hangs
	one.path.cut.Store(true)
	eventually(t, "the lead ended", func() bool { return !one.leads() })
	close(gate)
	eventually(t, "the late write is refused", func() bool { return strings.Contains(one.log.String(), "job left to the leader") })
	assert.Zero(t, recorded(t, h, m))
	one.path.cut.Store(false)
	assert.Equal(t, app.VeegUitslag{Meldingen: 1, Genaderd: 1}, wait(t, one.tally.swept, func() {}), "without waiting for the next tick")
	assert.Equal(t, 1, recorded(t, h, m))
}

func TestASweepThatFailsIsToldAndTheLeadIsKept(t *testing.T) {
	h := house(t)
	one := run(t, h, "a", func(p *path) { p.failed.Store(true) })
	assert.Equal(t, "termijnen", wait(t, one.tally.failed, func() {}))
	eventually(t, "it is logged", func() bool { return strings.Contains(one.log.String(), "job failed") })
	assert.True(t, one.leads())
}

func TestAToolSweepsUnlessAServiceLeads(t *testing.T) {
	h := house(t)
	m := due(t, h)
	one := run(t, h, "a", func(p *path) { p.failed.Store(true) }) // leads, and sweeps nothing
	wait(t, one.tally.failed, func() {})
	require.NoError(t, schedule.SweepOnce(t.Context(), h.App))
	assert.Zero(t, recorded(t, h, m), "left to the service")
	require.NoError(t, one.stop())
	require.NoError(t, schedule.SweepOnce(t.Context(), h.App))
	assert.Equal(t, 1, recorded(t, h, m))
	_, err := h.App.NeemLeiding(t.Context(), "b", lease)
	assert.NoError(t, err, "the tool gave the lead up")
}
