package main_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/post/posttest"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

// spoedmelding is a melding that does not wait.
const spoedmelding = `{"kanaal":"telefoon","soort":"klacht","onderwerp":"merkteken","feiten":{"geweld":"ja"},"melder":{"naam":"Merkteken Melder"}}`

// inStore does something with a store: a database, or a folder on which no service
// runs.
func inStore(t *testing.T, at string, do func(store.Store)) {
	t.Helper()
	open := func() (store.Store, error) { return sqlite.Open(t.Context(), filepath.Join(at, "lmz-triage.db")) }
	if strings.HasPrefix(at, "mongodb:") {
		open = func() (store.Store, error) { return mongo.Open(t.Context(), at) }
	}
	st, err := open()
	require.NoError(t, err)
	defer func() { require.NoError(t, st.Close()) }()
	do(st)
}

// opDienst puts somebody on duty whose address is dienst@example.nl.
func opDienst(t *testing.T, at string) {
	t.Helper()
	inStore(t, at, func(st store.Store) {
		_, err := st.ZetGebruiker(t.Context(), domain.Gebruiker{ID: "dienst", Naam: "Merkteken Collega", EMail: "dienst@example.nl", Rollen: []domain.Rol{domain.Medewerker}})
		require.NoError(t, err)
		require.NoError(t, st.ZetDienst(t.Context(), domain.Dienst{ID: "dienst-1", Gebruiker: "dienst", Van: now().Add(-time.Hour), Tot: now().Add(time.Hour)}))
	})
}

// mailing starts a service on a folder or a database that mails to s.
func mailing(t *testing.T, at string, s *posttest.Server, args ...string) *dienst {
	t.Helper()
	where := []string{"--data", at}
	if strings.HasPrefix(at, "mongodb:") {
		where = []string{"--store", at}
	}
	return start(t, append(append(where, "--demo", "--no-seed", "--smtp", s.Adres, "--smtp-tls", "geen", "--mail-from", "lmz@example.nl", "--lease", "1s"), args...)...)
}

func now() time.Time { return time.Now() } //nolint:forbidigo // the clock of the services

// ontvang sends n meldingen that do not wait.
func ontvang(t *testing.T, d *dienst, n int) {
	t.Helper()
	for range n {
		status, answer := d.must(t, http.MethodPost, "/v1/meldingen", spoedmelding)
		require.Equal(t, http.StatusCreated, status, answer)
	}
}

// meteen has all messages that are due by a moment be due now, as they are after the
// time in which a dead process might still have been sending them. It gives how all
// messages stand.
func meteen(t *testing.T, at string, by time.Time) (standen map[domain.PostStand]int) {
	t.Helper()
	inStore(t, at, func(st store.Store) {
		due, err := st.TeVersturen(t.Context(), domain.BerichtAlarm, false, by, 1000)
		require.NoError(t, err)
		for _, b := range due {
			err := st.ZetPost(t.Context(), b.ID, b.Post.Pogingen, b.Post.Terug(now().Truncate(time.Millisecond)), nil)
			if !domain.IsCode(err, domain.Stale) { // a service that runs was first
				require.NoError(t, err)
			}
		}
		standen, err = st.TelPost(t.Context())
		require.NoError(t, err)
	})
	return standen
}

func TestEachKillDoublesAtMostOneMailOfTwenty(t *testing.T) {
	dir := t.TempDir()
	require.Zero(t, serve(t, dir).stop(t)) // makes the store
	opDienst(t, dir)
	s := posttest.Start(t, posttest.Opties{})
	d := mailing(t, dir, s)
	die := make(chan struct{}, 1)
	kills := 0
	arm := func(after int) { // lets the service die a moment after the server took so many mails on
		from := len(s.Mails())
		s.Doe(posttest.Gedrag{NaPunt: func(posttest.Mail) error {
			if len(s.Mails()) >= from+after {
				select {
				case die <- struct{}{}:
				default:
				}
			}
			return nil
		}})
	}
	arm(4)
	ontvang(t, d, 20)
	for kills < 4 {
		select {
		case <-die:
		case <-time.After(30 * time.Second):
			require.Fail(t, "nothing was sent", "%s", d.log)
		}
		time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
		d.kill(t)
		kills++
		s.Doe(posttest.Gedrag{})
		standen := meteen(t, dir, now().Add(domain.PostWachtHoogst))
		assert.LessOrEqual(t, len(s.Mails())-standen[domain.PostVerzonden], kills, "handed over and not noted: at most one for each kill")
		arm(3)
		d = mailing(t, dir, s)
	}
	s.Doe(posttest.Gedrag{})
	require.Eventually(t, func() bool { return distinct(s) == 20 }, 60*time.Second, 50*time.Millisecond)
	assert.LessOrEqual(t, len(s.Mails()), 20+kills)
	require.Zero(t, d.stop(t))
	assert.Equal(t, 20, meteen(t, dir, now().Add(domain.PostWachtHoogst))[domain.PostVerzonden])
	for _, m := range s.Mails() {
		assert.NotContains(t, strings.ToLower(m.Ruw), "merkteken", "nothing of the melding or of a person is in a mail")
	}
	assert.NotContains(t, strings.ToLower(d.log.String()), "merkteken")
	assert.NotContains(t, d.log.String(), "dienst@example.nl")
}

func TestAnotherCopyMailsOnWhenTheLeaderDiesOrHangs(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *dienst) (back func()){
		"it is killed": func(t *testing.T, d *dienst) func() { t.Helper(); d.kill(t); return func() {} },
		"it hangs": func(t *testing.T, d *dienst) func() {
			t.Helper()
			require.NoError(t, d.cmd.Process.Signal(syscall.SIGSTOP))
			return func() { require.NoError(t, d.cmd.Process.Signal(syscall.SIGCONT)) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			uri := database(t)
			s := posttest.Start(t, posttest.Opties{})
			first := mailing(t, uri, s)
			require.Eventually(t, func() bool { return first.leads(t) }, 10*time.Second, 20*time.Millisecond)
			opDienst(t, uri)
			second := mailing(t, uri, s)
			enough := make(chan struct{}, 20)
			s.Doe(posttest.Gedrag{NaPunt: func(posttest.Mail) error {
				if len(s.Mails()) >= 3 {
					enough <- struct{}{}
				}
				return nil
			}})
			ontvang(t, first, 20)
			<-enough
			back := end(t, first)
			claimed := now().Add(domain.PostWachtMinst) // by it at most
			require.Eventually(t, func() bool { return second.leads(t) }, 10*time.Second, 20*time.Millisecond)
			meteen(t, uri, claimed)
			require.Eventually(t, func() bool { return distinct(s) == 20 }, 30*time.Second, 50*time.Millisecond)
			back()
			require.Eventually(t, func() bool { return meteen(t, uri, claimed)[domain.PostVerzonden] == 20 }, 30*time.Second, 100*time.Millisecond)
			assert.LessOrEqual(t, len(s.Mails()), 21, "at most one goes twice")
			require.Zero(t, second.stop(t))
			assert.NotContains(t, second.log.String(), "job failed")
		})
	}
}

// distinct is how many different mails s took on.
func distinct(s *posttest.Server) int {
	ids := map[string]bool{}
	for _, m := range s.Mails() {
		ids[m.Kop("Message-ID")] = true
	}
	return len(ids)
}

func TestASecretOfTheMailServerStaysSecretWhenItIsWrong(t *testing.T) {
	dir := t.TempDir()
	require.Zero(t, serve(t, dir).stop(t))
	opDienst(t, dir)
	s := posttest.Start(t, posttest.Opties{Aanmelden: true})
	d := mailing(t, dir, s, "--smtp-user", posttest.Naam, "--smtp-password-file", file(t, "zeer-geheim-woord"))
	ontvang(t, d, 1)
	require.Eventually(t, func() bool { return strings.Contains(d.log.String(), "post not sent") }, 30*time.Second, 20*time.Millisecond)
	_, counts := d.must(t, http.MethodGet, "/metrics", "")
	assert.Contains(t, counts, `lmz_post_mislukt_total{kanaal="mail",reden="toegang"} 1`)
	require.Zero(t, d.stop(t))
	for _, shown := range []string{d.log.String(), d.out.String()} {
		assert.NotContains(t, shown, "zeer-geheim-woord")
		assert.NotContains(t, shown, posttest.Naam+"\x00")
		assert.NotContains(t, shown, "dienst@example.nl")
	}
	var line struct{ Job, Error string }
	for text := range strings.SplitSeq(d.log.String(), "\n") {
		if strings.Contains(text, "post not sent") {
			require.NoError(t, json.Unmarshal([]byte(text), &line))
		}
	}
	assert.Equal(t, "post_mail_alarm", line.Job)
	assert.Equal(t, fmt.Sprintf("send message: toegang (%d)", 535), line.Error)
}
