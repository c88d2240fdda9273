package app_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/post/posttest"
)

// hangt is a way to the store on which a process hangs at the first note that is like
// this, until it is let go.
type hangt struct {
	*postStore

	hangs, laat chan struct{}
}

func hang(p *postkamer, at func(domain.Post) bool) *hangt {
	h := &hangt{postStore: &postStore{Store: p.Store}, hangs: make(chan struct{}), laat: make(chan struct{})}
	var once sync.Once
	h.before = func(_ context.Context, _ string, post domain.Post) error {
		if at(post) {
			once.Do(func() {
				close(h.hangs)
				<-h.laat
			})
		}
		return nil
	}
	return h
}

// noted is a mail of which it is noted that it was sent.
func noted(post domain.Post) bool { return post.Stand == domain.PostVerzonden }

// secondly gives a check that is true from the second claim of any message on.
func secondly() func(domain.Post) bool {
	var lock sync.Mutex
	seen := map[int]int{}
	return func(post domain.Post) bool {
		lock.Lock()
		defer lock.Unlock()
		seen[post.Pogingen]++
		return post.Stand == domain.PostWacht && seen[post.Pogingen] > 1
	}
}

// send sends alarms in the background under a lead, and gives how that ends.
func send(t *testing.T, out *app.Expeditie, onder *app.Leiding) <-chan error {
	t.Helper()
	ended := make(chan error, 1)
	ctx := context.WithoutCancel(t.Context())
	go func() {
		_, err := out.Verstuur(ctx, onder, domain.BerichtAlarm, domain.KanaalMail)
		ended <- err
	}()
	return ended
}

// lead takes the lead for somebody, as soon as it is free.
func (p *postkamer) lead(t *testing.T, houder string, duur time.Duration) *app.Leiding {
	t.Helper()
	var held app.Leiding
	require.Eventually(t, func() (ok bool) {
		l, err := p.App.NeemLeiding(t.Context(), houder, duur)
		held = l
		return err == nil
	}, 10*time.Second, 10*time.Millisecond)
	return &held
}

func TestOfTwentyMailsAtMostOneGoesTwiceWhenTheProcessDies(t *testing.T) {
	p := openPost(t)
	p.rooster(t, 20)
	dead := hang(p, noted)
	ended := send(t, p.over(t, dead), nil)
	<-dead.hangs // the server has a mail, and it is not noted; the process does nothing any more
	time.Sleep(postLimiet)
	assert.Len(t, p.server.Mails(), 1, "no other was handed over meanwhile")
	p.later(domain.PostWachtMinst)
	assert.Equal(t, 20, p.stuur(t, domain.BerichtAlarm).Verzonden)
	assert.Equal(t, 20, maildOnce(t, p.server, 1))
	close(dead.laat)
	require.NoError(t, <-ended)
	assert.Equal(t, 20, maildOnce(t, p.server, 1), "one that wakes up adds none")
	assert.Equal(t, 20, p.standen(t)[domain.PostVerzonden])
}

func TestAProcessThatHungBeforeItHandedOverHandsNothingOverAfterItsLead(t *testing.T) {
	p := openPost(t)
	p.alarmen(t, 5)
	hung := hang(p, secondly())
	ended := send(t, p.over(t, hung), p.lead(t, "a", 300*time.Millisecond))
	<-hung.hangs
	b := p.lead(t, "b", time.Minute)
	p.later(domain.PostWachtMinst)
	got, err := p.post.Verstuur(t.Context(), b, domain.BerichtAlarm, domain.KanaalMail)
	require.NoError(t, err)
	assert.Equal(t, 5, got.Verzonden)
	close(hung.laat)
	err = <-ended
	assert.True(t, app.LeidingVoorbij(err), "%v", err)
	assert.Equal(t, 5, maildOnce(t, p.server, 0))
}

func TestAProcessThatHungAfterItHandedOverDoublesThatMailOnly(t *testing.T) {
	p := openPost(t)
	p.alarmen(t, 5)
	hung := hang(p, noted)
	ended := send(t, p.over(t, hung), p.lead(t, "a", 300*time.Millisecond))
	<-hung.hangs
	b := p.lead(t, "b", time.Minute)
	p.later(domain.PostWachtMinst)
	got, err := p.post.Verstuur(t.Context(), b, domain.BerichtAlarm, domain.KanaalMail)
	require.NoError(t, err)
	assert.Equal(t, 5, got.Verzonden)
	close(hung.laat)
	assert.True(t, app.LeidingVoorbij(<-ended), "its next write is refused")
	assert.Equal(t, 5, maildOnce(t, p.server, 1))
	assert.Equal(t, 5, p.standen(t)[domain.PostVerzonden])
}

func TestAMailOfWhichTheAnswerGotLostGoesTwiceAndIsTheSame(t *testing.T) {
	p := openPost(t)
	p.alarmen(t, 1)
	var once sync.Once
	p.server.Doe(posttest.Gedrag{NaPunt: func(posttest.Mail) (err error) {
		once.Do(func() { err = posttest.ErrBreekAf })
		return err
	}})
	assert.Equal(t, map[domain.VerzendReden]int{domain.RedenVerbinding: 1}, p.stuur(t, domain.BerichtAlarm).Mislukt)
	p.later(domain.PostWachtMinst)
	assert.Equal(t, 1, p.stuur(t, domain.BerichtAlarm).Verzonden)
	got := p.server.Mails()
	require.Len(t, got, 2)
	assert.Equal(t, got[0], got[1], "with the same Message-ID, so that a reader sees one")
}

func TestAStoreThatIsAwayForAMomentDoublesNothing(t *testing.T) {
	p := openPost(t)
	p.alarmen(t, 10)
	st := &postStore{Store: p.Store}
	var lock sync.Mutex
	away, refused := false, 0
	st.before = func(_ context.Context, _ string, post domain.Post) error {
		lock.Lock()
		defer lock.Unlock()
		away = away || noted(post) && refused == 0
		if away && refused < 3 {
			refused++
			return &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
		}
		away = false
		return nil
	}
	out := p.over(t, st)
	for range 2 {
		_, err := out.Verstuur(t.Context(), nil, domain.BerichtAlarm, domain.KanaalMail)
		if err != nil {
			require.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
		}
		p.later(domain.PostWachtMinst)
	}
	assert.Equal(t, 3, refused)
	assert.Equal(t, 10, maildOnce(t, p.server, 0))
	assert.Equal(t, 10, p.standen(t)[domain.PostVerzonden])
}
