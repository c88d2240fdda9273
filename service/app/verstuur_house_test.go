package app_test

import (
	"context"
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
	"zorgmeldingen.nl/lmz-triage/service/post"
	"zorgmeldingen.nl/lmz-triage/service/post/posttest"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// postLimiet is a limit in which a server on this machine answers, and a slow one
// does not.
const postLimiet = 700 * time.Millisecond

// postkamer is a house that sends mails to a real server, and the people it tells:
// "dienst" is on duty, "leider" leads the team.
type postkamer struct {
	*apptest.House

	server *posttest.Server
	post   *app.Expeditie
	meter  *postMeter
}

func openPost(t *testing.T) *postkamer {
	t.Helper()
	h, _ := shipped(t)
	p := &postkamer{House: h, server: posttest.Start(t, posttest.Opties{}), meter: &postMeter{}}
	p.post = p.over(t, h.Store)
	p.mens(t, domain.Gebruiker{ID: "dienst", Naam: "Noor", EMail: "dienst@example.nl", Rollen: []domain.Rol{domain.Medewerker}})
	p.mens(t, domain.Gebruiker{ID: "leider", Naam: "Lies", EMail: "leider@example.nl", Rollen: []domain.Rol{domain.Teamleider}})
	require.NoError(t, h.Store.ZetDienst(t.Context(), domain.Dienst{
		ID: "dienst-1", Gebruiker: "dienst", Van: apptest.Begin().AddDate(0, 0, -1), Tot: apptest.Begin().AddDate(1, 0, 0),
	}))
	return p
}

// over sends by the server what another way to the store gives.
func (p *postkamer) over(t *testing.T, st store.Store) *app.Expeditie {
	t.Helper()
	return p.Over(t, st, apptest.NewMeter()).Expeditie(map[domain.Kanaal]app.Verzender{domain.KanaalMail: mailer(t, p.server.Adres)}, p.meter)
}

// mailer sends to a server on this machine.
func mailer(t *testing.T, adres string) *post.Verzender {
	t.Helper()
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	v, err := post.New(post.Instellingen{Adres: adres, Beveiliging: post.Geen, Afzender: "lmz@example.nl", Limiet: postLimiet},
		texts, func(s term.Soort) string { return string(s) }, zone)
	require.NoError(t, err)
	return v
}

// mens keeps a user, new or changed.
func (p *postkamer) mens(t *testing.T, g domain.Gebruiker) {
	t.Helper()
	if kept, err := p.Store.Gebruiker(t.Context(), g.ID); err == nil {
		g.Versie = kept.Versie
	}
	_, err := p.Store.ZetGebruiker(t.Context(), g)
	require.NoError(t, err)
}

// alarmen receives so many meldingen that do not wait, and gives their first round.
func (p *postkamer) alarmen(t *testing.T, n int) []domain.Melding {
	t.Helper()
	var list []domain.Melding
	for range n {
		list = append(list, p.kept(t, receive(t, p.House, told(violence)).Melding.ID))
	}
	require.NoError(t, p.App.Alarmeer(t.Context(), nil))
	return list
}

// herinnering receives a complaint and lets time pass until its reminder is given to
// the team leader.
func (p *postkamer) herinnering(t *testing.T) domain.Melding {
	t.Helper()
	m := p.kept(t, receive(t, p.House, told(complained("2026-10-17"))).Melding.ID)
	p.Clock.Set(apptest.Begin().AddDate(0, 0, 3)) // Monday, seven days before the end
	require.NoError(t, p.App.Herinner(t.Context(), nil))
	return m
}

// klacht corrects the complaint of a melding.
func (p *postkamer) klacht(t *testing.T, m domain.Melding, k domain.AanvraagKlacht) {
	t.Helper()
	_, err := p.App.ZetKlacht(t.Context(), actor(), m.ID, anyVersion(), k, nil, nil)
	require.NoError(t, err)
}

func (p *postkamer) kept(t *testing.T, id string) domain.Melding {
	t.Helper()
	m, err := p.Store.Melding(t.Context(), id)
	require.NoError(t, err)
	return m
}

// stuur sends what is due of a kind of mail.
func (p *postkamer) stuur(t *testing.T, soort domain.BerichtSoort) app.VerstuurUitslag {
	t.Helper()
	out, err := p.post.Verstuur(t.Context(), nil, soort, domain.KanaalMail)
	require.NoError(t, err)
	return out
}

// later lets time pass.
func (p *postkamer) later(d time.Duration) { p.Clock.Set(p.Clock.Now().Add(d)) }

// bericht is the one message of a user.
func (p *postkamer) bericht(t *testing.T, gebruiker string) domain.Bericht {
	t.Helper()
	page, err := p.Store.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: gebruiker, Aantal: 10})
	require.NoError(t, err)
	require.Len(t, page.Berichten, 1)
	return page.Berichten[0]
}

func (p *postkamer) standen(t *testing.T) map[domain.PostStand]int {
	t.Helper()
	n, err := p.Store.TelPost(t.Context())
	require.NoError(t, err)
	return n
}

// maildOnce requires that the server took each mail on once, but for so many doubles, and
// gives how many different ones that were.
func maildOnce(t *testing.T, s *posttest.Server, doubles int) int {
	t.Helper()
	seen := map[string]int{}
	for _, m := range s.Mails() {
		id := m.Kop("Message-ID")
		require.True(t, strings.HasPrefix(id, "<") && strings.HasSuffix(id, "@example.nl>"), id)
		seen[id]++
	}
	assert.LessOrEqual(t, len(s.Mails())-len(seen), doubles, "mails that went twice")
	return len(seen)
}

// postMeter tells afterwards what it was told.
type postMeter struct {
	lock             sync.Mutex
	gone, under, top int
	failed           []domain.VerzendReden
}

func (m *postMeter) Posted(domain.Kanaal) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.gone++
}

func (m *postMeter) PostFailed(_ domain.Kanaal, why domain.VerzendReden) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.failed = append(m.failed, why)
}

func (m *postMeter) PostUnderWay(_ domain.Kanaal, more int) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.under += more
	m.top = max(m.top, m.under)
}

// postStore does something before a post is noted, and may refuse it.
type postStore struct {
	store.Store

	before func(ctx context.Context, id string, post domain.Post) error
}

func (s *postStore) ZetPost(ctx context.Context, id string, was int, post domain.Post, onder *store.Leiding) error {
	if err := s.before(ctx, id, post); err != nil {
		return err
	}
	return s.Store.ZetPost(ctx, id, was, post, onder)
}
