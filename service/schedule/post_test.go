package schedule_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
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
)

// way takes on what it is given, or fails as it is told to.
type way struct {
	lock  sync.Mutex
	fails error
	hold  map[string]chan struct{} // what is sent to these waits
	taken []domain.Bericht
}

func (w *way) Verzend(ctx context.Context, b domain.Bericht, aan string, begin func(context.Context) error) error {
	w.lock.Lock()
	fails, wait := w.fails, w.hold[aan]
	w.lock.Unlock()
	if fails != nil {
		return fails
	}
	if err := begin(ctx); err != nil {
		return err
	}
	if wait != nil {
		<-wait
	}
	w.lock.Lock()
	defer w.lock.Unlock()
	w.taken = append(w.taken, b)
	return nil
}

func (w *way) got() int {
	w.lock.Lock()
	defer w.lock.Unlock()
	return len(w.taken)
}

// uncounted counts nothing.
type uncounted struct{}

func (uncounted) Posted(domain.Kanaal)                          {}
func (uncounted) PostFailed(domain.Kanaal, domain.VerzendReden) {}
func (uncounted) PostUnderWay(domain.Kanaal, int)               {}

// sender is a schedule that sends, on the clock of the machine.
func sender(t *testing.T, h *apptest.House, houder string, ways map[domain.Kanaal]app.Verzender) process {
	t.Helper()
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	p := process{log: &log{}, tally: &tally{swept: make(chan app.VeegUitslag, 100), failed: make(chan string, 1000)}}
	running, err := schedule.New(t.Context(), schedule.Options{
		App: h.App, Post: h.App.Expeditie(ways, uncounted{}), Zone: zone, Log: slog.New(slog.NewTextHandler(p.log, nil)),
		Meter: p.tally, Houder: houder, LeadTime: lease,
	})
	require.NoError(t, err)
	p.stop = sync.OnceValue(running.Stop)
	t.Cleanup(func() { _ = p.stop() })
	return p
}

// waiting keeps a message that waits to be sent.
func waiting(t *testing.T, h *apptest.House, of func(*domain.Melding, time.Time) domain.Bericht) {
	t.Helper()
	m, err := h.Store.Meldingen(t.Context(), domain.MeldingVraag{Aantal: 1})
	require.NoError(t, err)
	one := m.Meldingen[0]
	require.NoError(t, h.Store.VervangMelding(t.Context(), one, store.Bij{Berichten: []domain.Bericht{of(&one, h.Clock.Now())}}))
}

func TestWhatWaitsIsSentByItsWayAsSoonAsTheLeadIsTaken(t *testing.T) {
	h := house(t)
	due(t, h)
	waiting(t, h, func(m *domain.Melding, now time.Time) domain.Bericht {
		return m.AlarmBericht(domain.Alarm{Sinds: now, Rondes: 1, Advies: domain.Escaleren}, now, domain.Geadresseerde{})
	})
	waiting(t, h, func(m *domain.Melding, now time.Time) domain.Bericht {
		return m.HerinneringBericht(domain.Herinnering{Termijn: m.Termijnen[0]}, m.Dag, now, domain.Geadresseerde{})
	})
	hook := &way{}
	p := sender(t, h, "a", map[domain.Kanaal]app.Verzender{domain.KanaalEvent: hook})
	eventually(t, "both are sent", func() bool { return hook.got() == 2 })
	eventually(t, "the work was counted", func() bool { return p.tally.measured.Load() > 0 && p.tally.counted.Load() > 0 })
	require.NoError(t, p.stop())
	assert.NotContains(t, p.log.String(), "post not sent")
}

func TestWhatCannotBeSentIsLoggedInOneLineThatNamesNobody(t *testing.T) {
	h := house(t)
	due(t, h)
	waiting(t, h, func(m *domain.Melding, now time.Time) domain.Bericht {
		return m.AlarmBericht(domain.Alarm{Sinds: now, Rondes: 1, Advies: domain.Escaleren}, now, domain.Geadresseerde{})
	})
	hook := &way{fails: &domain.VerzendError{Reden: domain.RedenToegang, Code: 401}}
	p := sender(t, h, "a", map[domain.Kanaal]app.Verzender{domain.KanaalEvent: hook})
	eventually(t, "it is logged", func() bool { return strings.Contains(p.log.String(), "post not sent") })
	require.NoError(t, p.stop())
	assert.Contains(t, p.log.String(), `job=post_event_alarm sent=0 givenUp=0 failed.toegang=1 error="send message: toegang (401)"`)
	assert.NotContains(t, p.log.String(), "job failed", "the job itself went well")
	assert.NotContains(t, p.log.String(), "LMZ-")
}

func TestAScheduleThatStopsWaitsForWhatIsBeingHandedOver(t *testing.T) {
	h := house(t)
	due(t, h)
	waiting(t, h, func(m *domain.Melding, now time.Time) domain.Bericht {
		return m.AlarmBericht(domain.Alarm{Sinds: now, Rondes: 1, Advies: domain.Escaleren}, now, domain.Geadresseerde{})
	})
	gate := make(chan struct{})
	hook := &way{hold: map[string]chan struct{}{"": gate}}
	p := sender(t, h, "a", map[domain.Kanaal]app.Verzender{domain.KanaalEvent: hook})
	eventually(t, "it is claimed", func() bool {
		list, err := h.Store.TeVersturen(t.Context(), domain.BerichtAlarm, true, h.Clock.Now(), 1)
		return err == nil && len(list) == 0
	})
	stopped := make(chan error, 1)
	go func() { stopped <- p.stop() }()
	select {
	case err := <-stopped:
		require.Fail(t, "it did not wait", "%v", err)
	case <-time.After(lease / 2):
	}
	close(gate)
	require.NoError(t, <-stopped)
	n, err := h.Store.TelPost(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, n[domain.PostVerzonden])
}
