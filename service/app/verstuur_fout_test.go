package app_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	webhook "zorgmeldingen.nl/lmz-triage/service/events"
	"zorgmeldingen.nl/lmz-triage/service/post/posttest"
)

// rooster puts so many people on duty after each other, so that each of n alarms
// goes to another: "d0", "d1", …, with addresses like those.
func (p *postkamer) rooster(t *testing.T, n int) []domain.Melding {
	t.Helper()
	require.NoError(t, p.Store.HaalDienstWeg(t.Context(), "dienst-1"))
	var list []domain.Melding
	for i := range n {
		id := fmt.Sprintf("d%d", i)
		p.mens(t, domain.Gebruiker{ID: id, Naam: id, EMail: id + "@example.nl", Rollen: []domain.Rol{domain.Medewerker}})
		require.NoError(t, p.Store.ZetDienst(t.Context(), domain.Dienst{
			ID: "om-en-om", Gebruiker: id, Van: p.Clock.Now().Add(-time.Hour), Tot: p.Clock.Now().Add(time.Hour),
		}))
		list = append(list, p.alarmen(t, 1)...)
	}
	return list
}

func TestAServerThatIsDownGetsEveryMailOnceItIsUp(t *testing.T) {
	p := openPost(t)
	p.alarmen(t, 3)
	p.server.Stop()
	for i, minutes := range []int{2, 4, 8} {
		got := p.stuur(t, domain.BerichtAlarm)
		assert.Equal(t, map[domain.VerzendReden]int{domain.RedenVerbinding: 3}, got.Mislukt)
		require.Error(t, got.Oorzaak)
		assert.Empty(t, p.stuur(t, domain.BerichtAlarm).Mislukt, "not again at once")
		p.later(time.Duration(minutes)*time.Minute - time.Millisecond)
		assert.Empty(t, p.stuur(t, domain.BerichtAlarm).Mislukt, "nor a moment too early, time %d", i)
		p.later(time.Millisecond)
	}
	up := posttest.Start(t, posttest.Opties{Adres: p.server.Adres})
	assert.Equal(t, 3, p.stuur(t, domain.BerichtAlarm).Verzonden)
	assert.Equal(t, 3, maildOnce(t, up, 0))
	assert.Equal(t, map[domain.PostStand]int{domain.PostVerzonden: 3}, p.standen(t))
}

func TestOneAddressThatIsRefusedIsGivenUpAndHoldsUpNoOther(t *testing.T) {
	p := openPost(t)
	p.server.Doe(posttest.Gedrag{BijRcpt: func(to string) error {
		if to == "d2@example.nl" {
			return posttest.Weiger(550, "onbekend: "+to)
		}
		return nil
	}})
	p.rooster(t, 5)
	got := p.stuur(t, domain.BerichtAlarm)
	assert.Equal(t, 4, got.Verzonden)
	assert.Equal(t, 1, got.Opgegeven)
	assert.Equal(t, domain.PostOpgegeven, p.bericht(t, "d2").Post.Stand)
	assert.NotContains(t, got.Oorzaak.Error(), "example.nl", "what is logged names nobody")
	p.later(24 * time.Hour)
	assert.Empty(t, p.stuur(t, domain.BerichtAlarm).Mislukt, "it is not tried again")
	assert.Equal(t, 4, maildOnce(t, p.server, 0))
}

func TestOneAddressForWhichTheServerIsSlowDelaysThatMailOnly(t *testing.T) {
	for name, does := range map[string]func(posttest.Mail, string) bool{
		"at RCPT":             func(_ posttest.Mail, to string) bool { return to == "d0@example.nl" },
		"after the last word": func(m posttest.Mail, _ string) bool { return m.Aan == "d0@example.nl" },
	} {
		t.Run(name, func(t *testing.T) {
			p := openPost(t)
			p.rooster(t, 12)
			slowly := posttest.Wacht(t, 3*postLimiet)
			p.server.Doe(posttest.Gedrag{
				BijRcpt: func(to string) error {
					if does(posttest.Mail{}, to) {
						slowly()
					}
					return nil
				},
				BijPunt: func(m posttest.Mail) error {
					if does(m, "") {
						slowly()
					}
					return nil
				},
			})
			begin := time.Now() //nolint:forbidigo // measures the machine
			got := p.stuur(t, domain.BerichtAlarm)
			assert.Equal(t, 11, got.Verzonden)
			assert.Equal(t, map[domain.VerzendReden]int{domain.RedenTijd: 1}, got.Mislukt)
			assert.Less(t, time.Since(begin), 2*postLimiet+time.Second) //nolint:forbidigo // measures the machine
			b := p.bericht(t, "d0")
			assert.Equal(t, domain.PostWacht, b.Post.Stand)
			assert.Equal(t, p.Clock.Now().Add(domain.PostWachtMinst), b.Post.Volgende)
		})
	}
}

func TestAMailThatIsRefusedForNowGoesLater(t *testing.T) {
	p := openPost(t)
	var asked atomic.Int32
	p.server.Doe(posttest.Gedrag{BijRcpt: func(to string) error {
		if asked.Add(1) == 1 {
			return posttest.Weiger(451, "later: "+to)
		}
		return nil
	}})
	p.alarmen(t, 1)
	assert.Equal(t, map[domain.VerzendReden]int{domain.RedenUitgesteld: 1}, p.stuur(t, domain.BerichtAlarm).Mislukt)
	p.later(domain.PostWachtMinst)
	assert.Equal(t, 1, p.stuur(t, domain.BerichtAlarm).Verzonden)
	assert.Equal(t, 2, p.bericht(t, "dienst").Post.Pogingen)
}

func TestAMailIsGivenUpAfterThreeDays(t *testing.T) {
	p := openPost(t)
	p.herinnering(t)
	p.server.Stop()
	begin, tries := p.Clock.Now(), 0
	for p.bericht(t, "leider").Post.Stand == domain.PostWacht {
		tries += len(p.stuur(t, domain.BerichtHerinnering).Mislukt)
		p.later(10 * time.Minute)
	}
	assert.Equal(t, domain.PostOpgegeven, p.bericht(t, "leider").Post.Stand)
	assert.InDelta(t, 72, p.Clock.Now().Sub(begin).Hours(), 1)
	assert.InDelta(t, 35, tries, 4, "in the hours of the office of four days")
}

func TestAlarmsDoNotWaitForReminders(t *testing.T) {
	p := openPost(t)
	p.alarmen(t, 1)
	p.Clock.Set(apptest.Begin())
	for range 6 {
		receive(t, p.House, told(complained("2026-10-17")))
	}
	p.Clock.Set(apptest.Begin().AddDate(0, 0, 3))
	require.NoError(t, p.App.Herinner(t.Context(), nil))
	began := make(chan struct{}, 10)
	order := make(chan string, 10)
	p.server.Doe(posttest.Gedrag{BijPunt: func(m posttest.Mail) error {
		order <- m.Kop("Subject")[:5]
		began <- struct{}{}
		time.Sleep(postLimiet / 4)
		return nil
	}})
	reminders := make(chan error, 1)
	go func() {
		_, err := p.post.Verstuur(context.WithoutCancel(t.Context()), nil, domain.BerichtHerinnering, domain.KanaalMail)
		reminders <- err
	}()
	<-began // one reminder is being handed over, the others wait for their turn
	assert.Equal(t, 1, p.stuur(t, domain.BerichtAlarm).Verzonden)
	require.NoError(t, <-reminders)
	place := 1
	for (<-order) != "ALARM" {
		place++
	}
	assert.LessOrEqual(t, place, 3, "the alarm goes before the reminders that wait")
}

func TestARunEndsWhenTheServiceStopsAndLosesNothing(t *testing.T) {
	p := openPost(t)
	p.alarmen(t, 12)
	ctx, stop := context.WithCancel(t.Context())
	var seen atomic.Int32
	p.server.Doe(posttest.Gedrag{BijRcpt: func(string) error {
		if seen.Add(1) == 5 {
			stop()
		}
		return nil
	}})
	_, err := p.post.Verstuur(ctx, nil, domain.BerichtAlarm, domain.KanaalMail)
	require.NoError(t, err)
	standen := p.standen(t)
	assert.Equal(t, 12, standen[domain.PostWacht]+standen[domain.PostVerzonden])
	assert.Len(t, p.server.Mails(), standen[domain.PostVerzonden], "what was handed over is noted")
	assert.Equal(t, 12-standen[domain.PostVerzonden], p.stuur(t, domain.BerichtAlarm).Verzonden, "the rest goes at once after a restart")
	assert.Equal(t, 12, maildOnce(t, p.server, 0))
}

// haak is another system that answers as do says, and the events it is sent.
func (p *postkamer) haak(t *testing.T, do http.HandlerFunc) *app.Expeditie {
	t.Helper()
	s := httptest.NewServer(do)
	t.Cleanup(s.Close)
	v, err := webhook.New(webhook.Instellingen{Adres: s.URL, Token: "geheim", OIN: strings.Repeat("1", 20), Limiet: postLimiet})
	require.NoError(t, err)
	p.App = p.Over(t, p.Store, apptest.NewMeter(), app.WithEvents())
	return p.App.Expeditie(map[domain.Kanaal]app.Verzender{domain.KanaalEvent: v}, p.meter)
}

func TestEventsGoAtAnyHourAndAlsoWhenTheyDoNotHoldAnyMore(t *testing.T) {
	p := openPost(t)
	var bodies []string
	out := p.haak(t, func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		bodies = append(bodies, string(raw))
		w.WriteHeader(http.StatusAccepted)
	})
	m := p.herinnering(t)
	made, answered := "2026-10-17", "2026-11-23"
	p.klacht(t, m, domain.AanvraagKlacht{IngediendOp: &made, AntwoordOp: &answered})
	p.later(14 * time.Hour) // in the night
	got, err := out.Verstuur(t.Context(), nil, domain.BerichtHerinnering, domain.KanaalEvent)
	require.NoError(t, err)
	assert.Equal(t, 1, got.Verzonden)
	require.Len(t, bodies, 1)
	assert.Contains(t, bodies[0], m.Kenmerk)
	assert.NotContains(t, bodies[0], m.ID)
	assert.Equal(t, domain.PostWacht, p.bericht(t, "leider").Post.Stand, "a mail has a lane of its own")
}

func TestAReceiverThatAsksToWaitIsLeftAloneForThatLong(t *testing.T) {
	p := openPost(t)
	var asked atomic.Int32
	busy := atomic.Bool{}
	busy.Store(true)
	out := p.haak(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		if busy.Load() {
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	p.alarmen(t, 30)
	send := func() app.VerstuurUitslag {
		got, err := out.Verstuur(t.Context(), nil, domain.BerichtAlarm, domain.KanaalEvent)
		require.NoError(t, err)
		return got
	}
	send()
	first := asked.Load()
	assert.LessOrEqual(t, first, int32(16), "those that were under way, not all")
	p.later(599 * time.Second)
	send()
	assert.Equal(t, first, asked.Load())
	busy.Store(false)
	p.later(time.Second)
	send()
	p.later(time.Hour)
	send()
	assert.Equal(t, 30, p.standen(t)[domain.PostVerzonden])
}

func TestAReceiverThatWantsNoMoreIsToldNoMore(t *testing.T) {
	p := openPost(t)
	out := p.haak(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	p.alarmen(t, 2)
	got, err := out.Verstuur(t.Context(), nil, domain.BerichtAlarm, domain.KanaalEvent)
	require.NoError(t, err)
	assert.Equal(t, 2, got.Opgegeven)
	assert.Equal(t, map[domain.VerzendReden]int{domain.RedenWeg: 2}, got.Mislukt)
}
