package app_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/post/posttest"
)

func TestAnAlarmIsMailedOnceToWhoIsOnDuty(t *testing.T) {
	p := openPost(t)
	m := p.alarmen(t, 1)[0]
	assert.Equal(t, 1, p.stuur(t, domain.BerichtAlarm).Verzonden)
	assert.Equal(t, app.VerstuurUitslag{Mislukt: map[domain.VerzendReden]int{}}, p.stuur(t, domain.BerichtAlarm), "nothing is left")
	got := p.server.Mails()
	require.Len(t, got, 1)
	assert.Equal(t, "dienst@example.nl", got[0].Aan)
	assert.Contains(t, got[0].Kop("Subject"), m.Kenmerk)
	b := p.bericht(t, "dienst")
	assert.Equal(t, domain.Post{Stand: domain.PostVerzonden, Pogingen: 1, VerzondenOp: p.Clock.Now()}, b.Post)
	assert.Equal(t, "<"+b.ID+"@example.nl>", got[0].Kop("Message-ID"))
	assert.Equal(t, 1, p.meter.gone)
	assert.Zero(t, p.meter.under)
}

func TestAReminderIsMailedInOfficeHoursAndAnAlarmAlways(t *testing.T) {
	for name, c := range map[string]struct {
		moment string
		want   int
	}{
		"as it is given":                      {"2026-11-23T10:30:00+01:00", 2},
		"before the office opens":             {"2026-11-24T07:59:59+01:00", 1},
		"as it opens":                         {"2026-11-24T08:00:00+01:00", 2},
		"before it closes":                    {"2026-11-23T17:59:59+01:00", 2},
		"as it closes":                        {"2026-11-23T18:00:00+01:00", 1},
		"on a Saturday":                       {"2026-11-28T12:00:00+01:00", 1},
		"on a day that is no working day":     {"2026-12-25T12:00:00+01:00", 1},
		"in summer, by the clock of the wall": {"2027-03-30T08:30:00+02:00", 2},
	} {
		t.Run(name, func(t *testing.T) {
			p := openPost(t)
			p.alarmen(t, 1)
			p.herinnering(t)
			moment, err := time.Parse(time.RFC3339, c.moment)
			require.NoError(t, err)
			p.Clock.Set(moment)
			p.stuur(t, domain.BerichtHerinnering)
			p.stuur(t, domain.BerichtAlarm)
			assert.Len(t, p.server.Mails(), c.want)
			assert.Equal(t, 2-c.want, p.standen(t)[domain.PostWacht], "it waits")
		})
	}
}

func TestWhatDoesNotHoldAnyMoreIsNotMailed(t *testing.T) {
	leider := domain.Gebruiker{ID: "leider", Naam: "Lies", EMail: "leider@example.nl", Rollen: []domain.Rol{domain.Teamleider}}
	for name, c := range map[string]struct {
		change func(t *testing.T, p *postkamer, m domain.Melding)
		want   domain.PostStand
	}{
		"all as it was": {func(*testing.T, *postkamer, domain.Melding) {}, domain.PostVerzonden},
		"the provider answered": {func(t *testing.T, p *postkamer, m domain.Melding) {
			t.Helper()
			made, answered := "2026-10-17", "2026-11-23"
			p.klacht(t, m, domain.AanvraagKlacht{IngediendOp: &made, AntwoordOp: &answered})
		}, domain.PostVervallen},
		"the term ends on another day": {func(t *testing.T, p *postkamer, m domain.Melding) {
			t.Helper()
			made := "2026-10-16"
			p.klacht(t, m, domain.AanvraagKlacht{IngediendOp: &made})
		}, domain.PostVervallen},
		"the receiver left": {func(t *testing.T, p *postkamer, _ domain.Melding) {
			t.Helper()
			g := leider
			g.Inactief = true
			p.mens(t, g)
		}, domain.PostVervallen},
		"the receiver has no address any more": {func(t *testing.T, p *postkamer, _ domain.Melding) {
			t.Helper()
			g := leider
			g.EMail = ""
			p.mens(t, g)
		}, domain.PostGeen},
		"the receiver has another address": {func(t *testing.T, p *postkamer, _ domain.Melding) {
			t.Helper()
			g := leider
			g.EMail = "nieuw@example.nl"
			p.mens(t, g)
		}, domain.PostVerzonden},
	} {
		t.Run(name, func(t *testing.T) {
			p := openPost(t)
			c.change(t, p, p.herinnering(t))
			p.stuur(t, domain.BerichtHerinnering)
			assert.Equal(t, c.want, p.bericht(t, "leider").Post.Stand)
			assert.Equal(t, map[bool]int{true: 1}[c.want == domain.PostVerzonden], len(p.server.Mails()))
		})
	}
}

func TestAnAlarmThatWasTakenOnOrGivenAgainIsNotMailed(t *testing.T) {
	p := openPost(t)
	m := p.alarmen(t, 1)[0]
	p.later(15 * time.Minute)
	require.NoError(t, p.App.Alarmeer(t.Context(), nil))
	assert.Equal(t, app.VerstuurUitslag{Verzonden: 1, Vervallen: 1, Mislukt: map[domain.VerzendReden]int{}}, p.stuur(t, domain.BerichtAlarm), "the newest round alone")
	p.later(15 * time.Minute)
	require.NoError(t, p.App.Alarmeer(t.Context(), nil))
	_, err := p.App.NeemAan(t.Context(), domain.Actor{ID: "dienst", Rol: domain.Medewerker}, m.ID, anyVersion(), app.Eenmalig{})
	require.NoError(t, err)
	got := p.stuur(t, domain.BerichtAlarm)
	assert.Zero(t, got.Verzonden)
	assert.Positive(t, got.Vervallen)
	assert.Len(t, p.server.Mails(), 1)
}

func TestWithoutAMailServerMessagesStayInTheProduct(t *testing.T) {
	p := openPost(t)
	p.alarmen(t, 3)
	p.herinnering(t)
	p.Clock.Set(time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)) // a Sunday night
	none := p.Over(t, p.Store, apptest.NewMeter()).Expeditie(nil, p.meter)
	for _, soort := range domain.BerichtSoorten() {
		p.Clock.Set(apptest.Begin().AddDate(0, 0, 3))
		_, err := none.Verstuur(t.Context(), nil, soort, domain.KanaalMail)
		require.NoError(t, err)
	}
	assert.Equal(t, map[domain.PostStand]int{domain.PostGeen: 4}, p.standen(t))
	assert.Equal(t, domain.PostGeen, p.bericht(t, "leider").Post.Stand)
}

func TestNothingOfAMeldingLeavesInAMailOrAnEvent(t *testing.T) {
	p := openPost(t)
	var left []string
	hook := p.haak(t, func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		left = append(left, string(raw)+r.URL.String()+fmt.Sprint(r.Header))
		w.WriteHeader(http.StatusNoContent)
	})
	secret := func(o *domain.Opgave) {
		o.Onderwerp, o.Omschrijving, o.Klantkenmerk, o.Aard = "merkteken onderwerp", "merkteken omschrijving", "merkteken-klant", "merkteken aard"
		o.Melder = &domain.Melder{Naam: "Merkteken Melder", EMail: "merkteken@example.nl", Telefoon: "0612345678", Adres: "Merktekenstraat 1"}
		o.Aanbieder = &domain.AanbiederOpgave{Naam: "Merkteken Zorg", Plaats: "Merktekendorp"}
	}
	m := p.kept(t, receive(t, p.House, told(violence, complained("2026-10-17"), secret)).Melding.ID)
	require.NoError(t, p.App.Alarmeer(t.Context(), nil))
	p.Clock.Set(apptest.Begin().AddDate(0, 0, 3))
	require.NoError(t, p.App.Herinner(t.Context(), nil))
	p.stuur(t, domain.BerichtHerinnering)
	require.Equal(t, 1, p.stuur(t, domain.BerichtAlarm).Verzonden)
	for _, soort := range domain.BerichtSoorten() {
		_, err := hook.Verstuur(t.Context(), nil, soort, domain.KanaalEvent)
		require.NoError(t, err)
	}
	for _, mail := range p.server.Mails() {
		left = append(left, mail.Ruw)
	}
	require.Len(t, left, 4, "a reminder and an alarm, by both ways")
	for _, text := range left {
		assert.Contains(t, text, m.Kenmerk)
		low := strings.ToLower(text)
		for _, secret := range []string{"merkteken", "0612345678", m.ID, "noor", "lies"} {
			assert.NotContains(t, low, strings.ToLower(secret))
		}
	}
}

func TestMailsGoEightAtATimeAndAreHandedOverOneByOne(t *testing.T) {
	p := openPost(t)
	var lock sync.Mutex
	handed, noted, most := 0, 0, 0
	p.server.Doe(posttest.Gedrag{
		BijRcpt: func(string) error { time.Sleep(20 * time.Millisecond); return nil },
		BijPunt: func(posttest.Mail) error {
			lock.Lock()
			defer lock.Unlock()
			handed++
			most = max(most, handed-noted)
			return nil
		},
	})
	st := &postStore{Store: p.Store}
	st.before = func(_ context.Context, _ string, post domain.Post) error {
		if post.Stand == domain.PostVerzonden {
			time.Sleep(5 * time.Millisecond)
			lock.Lock()
			defer lock.Unlock()
			noted++
		}
		return nil
	}
	p.post = p.over(t, st)
	p.alarmen(t, 40)
	assert.Equal(t, 40, p.stuur(t, domain.BerichtAlarm).Verzonden)
	assert.Equal(t, 40, maildOnce(t, p.server, 0))
	assert.Equal(t, 1, most, "at most one is handed over and not noted")
	assert.Equal(t, 8, p.meter.top)
}
