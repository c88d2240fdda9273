package app_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// halting is a store that stops writing meldingen after so many.
type halting struct {
	store.Store
	left atomic.Int64
}

func (s *halting) VervangMelding(ctx context.Context, m domain.Melding, bij store.Bij) error {
	if s.left.Add(-1) < 0 {
		return errors.New("killed")
	}
	return s.Store.VervangMelding(ctx, m, bij)
}

// massFailure is an office with somebody on duty, and n meldingen of which the policy
// made nothing.
func massFailure(t *testing.T, n int) *apptest.House {
	t.Helper()
	h, _ := small(t, "onbekend advies")
	user(t, h, "dienst", domain.Medewerker)
	user(t, h, "leider", domain.Teamleider)
	onDuty(t, h, "dienst", 1)
	for range n {
		h.Clock.Set(h.Clock.Now().Add(time.Millisecond))
		require.Equal(t, domain.Beoordelen, receive(t, h, told(violence)).Melding.Advies.Advies)
	}
	return h
}

// requireRounds requires that every melding says of n rounds that "dienst" was told.
func requireRounds(t *testing.T, h *apptest.House, n int) {
	t.Helper()
	for _, m := range everything(t, h) {
		open, is := m.Alarm()
		require.True(t, is)
		require.Equal(t, n, open.Rondes)
		last := m.Geschiedenis[len(m.Geschiedenis)-1]
		require.Equal(t, domain.VoorvalAlarmRonde, last.Soort)
		require.Contains(t, last.Gegevens["aan"], "dienst")
	}
}

func TestWhoIsToldOfManyFailuresAtOnceIsToldInOneMessage(t *testing.T) {
	for n, want := range map[int]int{domain.AlarmBundelBoven: domain.AlarmBundelBoven, domain.AlarmBundelBoven + 1: 1, 250: 1} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			h := massFailure(t, n)
			begin := h.Clock.Now()
			require.NoError(t, h.App.Alarmeer(t.Context(), nil))
			require.NoError(t, h.App.Alarmeer(t.Context(), nil))
			got := inbox(t, h, "dienst")
			require.Len(t, got, want)
			requireRounds(t, h, 1)
			if want > 1 {
				assert.Zero(t, got[0].Aantal)
				return
			}
			first := everything(t, h)[0]
			for _, m := range everything(t, h) {
				if m.OntvangenOp.Before(first.OntvangenOp) {
					first = m
				}
			}
			assert.Equal(t, domain.Bericht{
				ID: got[0].ID, Soort: domain.BerichtAlarm, Gebruiker: "dienst", MeldingID: first.ID, Kenmerk: first.Kenmerk, Advies: domain.Beoordelen,
				Ronde: 1, Aantal: n, Sinds: first.OntvangenOp, Beleid: 1, Over: got[0].Over, Op: begin, Post: got[0].Post,
			}, got[0])
			h.Clock.Set(begin.Add(15 * time.Minute))
			require.NoError(t, h.App.Alarmeer(t.Context(), nil))
			require.Len(t, inbox(t, h, "dienst"), 2, "again after a quarter")
			requireRounds(t, h, 2)
		})
	}
}

func TestAMessageOfManyIsThereOnceHoweverOftenItIsBrokenOff(t *testing.T) {
	const n = 9
	for writes := range int64(n + 1) {
		t.Run(fmt.Sprint(writes), func(t *testing.T) {
			h := massFailure(t, n)
			path := &halting{Store: h.Store}
			for _, left := range []int64{writes, 0, 1} {
				path.left.Store(left)
				_ = h.Over(t, path, apptest.NewMeter()).Alarmeer(t.Context(), nil)
				h.Clock.Set(h.Clock.Now().Add(time.Second))
			}
			require.NoError(t, h.App.Alarmeer(t.Context(), nil))
			got := inbox(t, h, "dienst")
			require.Len(t, got, 1)
			assert.Equal(t, n, got[0].Aantal)
			requireRounds(t, h, 1)
		})
	}
}

func TestARoundThatCannotBeWrittenHoldsUpNoLaterMessageOfMany(t *testing.T) {
	h := massFailure(t, 9)
	oldest := everything(t, h)[0]
	for _, m := range everything(t, h) {
		if m.OntvangenOp.Before(oldest.OntvangenOp) {
			oldest = m
		}
	}
	a := h.Over(t, &failing{Store: h.Store, fails: map[string]bool{oldest.ID: true}}, apptest.NewMeter())
	for round := 1; round <= 3; round++ {
		for range 2 {
			require.Error(t, a.Alarmeer(t.Context(), nil))
		}
		require.Len(t, inbox(t, h, "dienst"), round)
		h.Clock.Set(h.Clock.Now().Add(domain.AlarmRonde))
	}
}

func TestWhatFailsAfterAMessageOfManyIsToldOfItself(t *testing.T) {
	h := massFailure(t, 9)
	path := &halting{Store: h.Store}
	path.left.Store(4)
	require.Error(t, h.Over(t, path, apptest.NewMeter()).Alarmeer(t.Context(), nil))
	h.Clock.Set(h.Clock.Now().Add(time.Second))
	later := receive(t, h, told(violence)).Melding
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	got := inbox(t, h, "dienst")
	require.Len(t, got, 2)
	assert.Equal(t, later.Kenmerk, got[0].Kenmerk)
	assert.Zero(t, got[0].Aantal)
}

// crossed is a store in which a melding is written right after what is due was read.
type crossed struct {
	store.Store
	once sync.Once
	then func()
}

func (s *crossed) TeAlarmeren(ctx context.Context, op time.Time, n int) ([]domain.Melding, error) {
	due, err := s.Store.TeAlarmeren(ctx, op, n)
	s.once.Do(s.then)
	return due, err
}

func TestWhatIsWrittenWhileAMessageOfManyIsMadeIsToldOfItself(t *testing.T) {
	for name, writes := range map[string]int64{"at once": 1000, "after a stop": 1, "after a later stop": 5} {
		t.Run(name, func(t *testing.T) {
			h := massFailure(t, 9)
			var late domain.Melding
			path := &halting{Store: &crossed{Store: h.Store, then: func() { late = receive(t, h, told(violence)).Melding }}}
			path.left.Store(writes)
			_ = h.Over(t, path, apptest.NewMeter()).Alarmeer(t.Context(), nil)
			require.Equal(t, h.Clock.Now(), late.Alarmen[0].Sinds, "it has the same moment")
			for range 2 {
				h.Clock.Set(h.Clock.Now().Add(time.Second))
				require.NoError(t, h.App.Alarmeer(t.Context(), nil))
			}
			counted := 0
			for _, b := range inbox(t, h, "dienst") {
				switch {
				case b.Bundel():
					counted += b.Aantal
				default:
					counted++
					assert.Equal(t, late.Kenmerk, b.Kenmerk)
				}
			}
			assert.Equal(t, 10, counted)
			assert.Len(t, inbox(t, h, "dienst"), 2)
			requireRounds(t, h, 1)
		})
	}
}

func TestAnAlarmThatEscalatesIsToldOfItselfAmongMany(t *testing.T) {
	h := massFailure(t, 9)
	h.Activate(t, apptest.Shipped(t))
	urgent := receive(t, h, told(violence)).Melding
	require.Equal(t, domain.Escaleren, urgent.Advies.Advies)
	require.NoError(t, h.App.Alarmeer(t.Context(), nil))
	got := inbox(t, h, "dienst")
	require.Len(t, got, 2)
	alone := got[0]
	if alone.Bundel() {
		alone = got[1]
	}
	assert.Equal(t, urgent.Kenmerk, alone.Kenmerk)
}

func neemAan(t *testing.T, p *postkamer, m domain.Melding) {
	t.Helper()
	_, err := p.App.NeemAan(t.Context(), domain.Actor{ID: "dienst", Rol: domain.Medewerker}, m.ID, anyVersion(), once("", ""))
	require.NoError(t, err)
}

func TestAMessageOfManyIsMailedOnceAndNotWhenItIsOver(t *testing.T) {
	for name, c := range map[string]struct {
		change func(t *testing.T, p *postkamer, all []domain.Melding)
		want   domain.PostStand
	}{
		"as it was": {func(*testing.T, *postkamer, []domain.Melding) {}, domain.PostVerzonden},
		"the first was taken on": {func(t *testing.T, p *postkamer, all []domain.Melding) {
			t.Helper()
			neemAan(t, p, all[0])
		}, domain.PostVerzonden},
		"all were taken on": {func(t *testing.T, p *postkamer, all []domain.Melding) {
			t.Helper()
			for _, m := range all {
				neemAan(t, p, m)
			}
		}, domain.PostVervallen},
		"the next round is due": {func(_ *testing.T, p *postkamer, _ []domain.Melding) {
			p.Clock.Set(p.Clock.Now().Add(domain.AlarmRonde))
		}, domain.PostVervallen},
	} {
		t.Run(name, func(t *testing.T) {
			p := openPost(t)
			var all []domain.Melding
			p.Activate(t, apptest.Small(t, "onbekend advies"))
			for range 7 {
				all = append(all, receive(t, p.House, told(violence)).Melding)
			}
			require.NoError(t, p.App.Alarmeer(t.Context(), nil))
			c.change(t, p, all)
			p.stuur(t, domain.BerichtAlarm)
			assert.Equal(t, map[domain.PostStand]int{c.want: 1}, p.standen(t))
			p.stuur(t, domain.BerichtAlarm)
			if c.want == domain.PostVerzonden {
				require.Len(t, p.server.Mails(), 1)
				assert.Contains(t, p.server.Mails()[0].Kop("Subject"), "7 meldingen")
			}
		})
	}
}

func TestAnOpenAlarmThatEscalatesIsToldAtOnceAlsoWhenItWasBundled(t *testing.T) {
	for _, n := range []int{1, 9} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			h := massFailure(t, n)
			require.NoError(t, h.App.Alarmeer(t.Context(), nil))
			require.Len(t, inbox(t, h, "dienst"), 1)
			h.Activate(t, apptest.Shipped(t))
			seen := h.Clock.Now()
			h.Clock.Set(seen.Add(2 * time.Minute))
			// Which has the others of the same provider evaluated again.
			require.NoError(t, correct(t.Context(), h.App, everything(t, h)[0].ID, func(o *domain.Opgave) { o.Onderwerp = "Valpartij" }))
			changed, err := h.App.LijstAlarmen(t.Context(), domain.Actor{ID: "leider", Rol: domain.Teamleider}, domain.AlarmFilter{Aantal: 20, GewijzigdNa: seen})
			require.NoError(t, err)
			require.Len(t, changed.Regels, 2*n, "those that lapsed and those that began")
			assert.Equal(t, domain.Escaleren, changed.Regels[0].Advies)
			for range 2 {
				require.NoError(t, h.App.Alarmeer(t.Context(), nil))
				got := inbox(t, h, "dienst")
				require.Len(t, got, 1+n, "each once")
				assert.Equal(t, domain.Escaleren, got[0].Advies)
				assert.Zero(t, got[0].Aantal)
			}
			h.Clock.Set(seen.Add(domain.AlarmRonde))
			require.NoError(t, h.App.Alarmeer(t.Context(), nil))
			assert.Len(t, inbox(t, h, "dienst"), 1+n, "what lapsed is not told again")
		})
	}
}
