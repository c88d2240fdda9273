package post_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/post"
	"zorgmeldingen.nl/lmz-triage/service/post/posttest"
)

func TestAMailGoesOverEveryKindOfConnection(t *testing.T) {
	cert, roots, _ := posttest.Authority(t)
	for name, c := range map[string]struct {
		server posttest.Opties
		way    post.Beveiliging
		signIn bool
	}{
		"in the clear on this machine":     {posttest.Opties{}, post.Geen, false},
		"in the clear, signed in":          {posttest.Opties{Aanmelden: true}, post.Geen, true},
		"TLS that is asked for":            {posttest.Opties{Cert: cert}, post.Starttls, false},
		"TLS that is asked for, signed in": {posttest.Opties{Cert: cert, Aanmelden: true}, post.Starttls, true},
		"TLS from the first byte":          {posttest.Opties{Cert: cert, Direct: true}, post.TLS, false},
		"TLS from the first, signed in":    {posttest.Opties{Cert: cert, Direct: true, Aanmelden: true}, post.TLS, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := posttest.Start(t, c.server)
			i := naar(s.Adres)
			i.Beveiliging, i.Wortels, i.Limiet = c.way, roots, 5*time.Second
			if c.signIn {
				i.Gebruiker, i.Wachtwoord = posttest.Naam, posttest.Wachtwoord
			}
			require.NoError(t, verzender(t, i).Verzend(t.Context(), herinnering(t), aan, ga))
			assert.Len(t, s.Mails(), 1)
		})
	}
}

func TestAServerThatCannotBeTrustedGetsNothing(t *testing.T) {
	cert, roots, _ := posttest.Authority(t)
	_, strangers, _ := posttest.Authority(t)
	for name, c := range map[string]struct {
		server posttest.Opties
		set    func(*post.Instellingen)
		want   domain.VerzendReden
	}{
		"it offers no TLS":                {posttest.Opties{}, func(i *post.Instellingen) { i.Beveiliging = post.Starttls }, domain.RedenBeveiliging},
		"it speaks no TLS":                {posttest.Opties{}, func(i *post.Instellingen) { i.Beveiliging = post.TLS }, domain.RedenBeveiliging},
		"a certificate of a stranger":     {posttest.Opties{Cert: cert}, func(i *post.Instellingen) { i.Beveiliging, i.Wortels = post.Starttls, strangers }, domain.RedenBeveiliging},
		"the same, from the first byte":   {posttest.Opties{Cert: cert, Direct: true}, func(i *post.Instellingen) { i.Beveiliging, i.Wortels = post.TLS, strangers }, domain.RedenBeveiliging},
		"a wrong password":                {posttest.Opties{Aanmelden: true}, func(i *post.Instellingen) { i.Gebruiker, i.Wachtwoord = posttest.Naam, "een-geheim" }, domain.RedenToegang},
		"it asks for a name that is none": {posttest.Opties{Aanmelden: true}, func(*post.Instellingen) {}, domain.RedenGeweigerd},
		"it cannot be signed in to":       {posttest.Opties{}, func(i *post.Instellingen) { i.Gebruiker, i.Wachtwoord = posttest.Naam, "een-geheim" }, domain.RedenToegang},
	} {
		t.Run(name, func(t *testing.T) {
			s := posttest.Start(t, c.server)
			i := naar(s.Adres)
			i.Wortels, i.Limiet = roots, 5*time.Second
			c.set(&i)
			why := waarom(t, verzender(t, i).Verzend(t.Context(), herinnering(t), aan, ga))
			assert.Equal(t, c.want, why.Reden, why.Error())
			assert.False(t, why.Definitief, "it may be set right")
			assert.Empty(t, s.Mails())
			assert.NotContains(t, why.Error(), "een-geheim")
			assert.NotContains(t, why.Error(), posttest.Naam, "what the server says stays out of the log")
		})
	}
}

func TestWhatTheServerAnswersDecidesWhetherItIsTriedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		does posttest.Gedrag
		want domain.VerzendError
	}{
		"the address is refused for good":    {posttest.Gedrag{BijRcpt: answer(550)}, domain.VerzendError{Reden: domain.RedenAdres, Code: 550, Definitief: true}},
		"relaying is refused":                {posttest.Gedrag{BijRcpt: answer(554)}, domain.VerzendError{Reden: domain.RedenAdres, Code: 554, Definitief: true}},
		"the address is refused for now":     {posttest.Gedrag{BijRcpt: answer(451)}, domain.VerzendError{Reden: domain.RedenUitgesteld, Code: 451}},
		"signing in is asked for too late":   {posttest.Gedrag{BijRcpt: answer(530)}, domain.VerzendError{Reden: domain.RedenGeweigerd, Code: 530}},
		"the dialogue is out of order":       {posttest.Gedrag{BijRcpt: answer(503)}, domain.VerzendError{Reden: domain.RedenGeweigerd, Code: 503}},
		"the mail is refused":                {posttest.Gedrag{BijPunt: always(554)}, domain.VerzendError{Reden: domain.RedenGeweigerd, Code: 554}},
		"the mail is refused for now":        {posttest.Gedrag{BijPunt: always(452)}, domain.VerzendError{Reden: domain.RedenUitgesteld, Code: 452}},
		"the dialogue breaks off at RCPT":    {posttest.Gedrag{BijRcpt: answer(421)}, domain.VerzendError{Reden: domain.RedenUitgesteld, Code: 421}},
		"the dialogue breaks off at the end": {posttest.Gedrag{NaPunt: func(posttest.Mail) error { return posttest.ErrBreekAf }}, domain.VerzendError{Reden: domain.RedenVerbinding}},
	} {
		t.Run(name, func(t *testing.T) {
			s, v := start(t)
			s.Doe(c.does)
			why := waarom(t, v.Verzend(t.Context(), herinnering(t), aan, ga))
			if c.want.Code != 0 {
				require.NoError(t, why.Cause)
			}
			assert.NotContains(t, why.Error(), aan)
			why.Cause = nil
			assert.Equal(t, &c.want, why)
			s.Doe(posttest.Gedrag{})
			require.NoError(t, v.Verzend(t.Context(), herinnering(t), aan, ga), "the next goes as ever")
		})
	}
}

// answer refuses an address, and says whose it is, as servers do.
func answer(code int) func(string) error {
	return func(to string) error { return posttest.Weiger(code, "niets voor "+to) }
}

func always(code int) func(posttest.Mail) error {
	return func(m posttest.Mail) error { return posttest.Weiger(code, "niets voor "+m.Aan) }
}

func TestAServerThatIsSlowAtAnyStageIsLeftInTime(t *testing.T) {
	slowly := posttest.Wacht(t, 3*quick)
	at := func(begin string) func(string) {
		return func(text string) {
			if strings.HasPrefix(text, begin) {
				slowly()
			}
		}
	}
	for name, c := range map[string]struct {
		does posttest.Gedrag
		took int // mails that the server took on all the same
	}{
		"the greeting":                {posttest.Gedrag{Antwoordt: at("220")}, 0},
		"the answer to RCPT":          {posttest.Gedrag{BijRcpt: func(string) error { slowly(); return nil }}, 0},
		"the answer to DATA":          {posttest.Gedrag{Antwoordt: at("354")}, 0},
		"before it takes the mail on": {posttest.Gedrag{BijPunt: func(posttest.Mail) error { slowly(); return nil }}, 1},
		"after it took the mail on":   {posttest.Gedrag{NaPunt: func(posttest.Mail) error { slowly(); return nil }}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, v := start(t)
			s.Doe(c.does)
			begin := time.Now() //nolint:forbidigo // measures the machine
			why := waarom(t, v.Verzend(t.Context(), herinnering(t), aan, ga))
			assert.Equal(t, domain.RedenTijd, why.Reden, why.Error())
			assert.Less(t, time.Since(begin), 2*quick+quick/2) //nolint:forbidigo // measures the machine
			assert.Eventually(t, func() bool { return len(s.Mails()) == c.took }, 4*quick, 10*time.Millisecond)
		})
	}
}

func TestAServerThatIsDownIsToldAsNoConnection(t *testing.T) {
	s, v := start(t)
	s.Stop()
	assert.Equal(t, domain.RedenVerbinding, waarom(t, v.Verzend(t.Context(), herinnering(t), aan, ga)).Reden)
	posttest.Start(t, posttest.Opties{Adres: s.Adres})
	assert.NoError(t, v.Verzend(t.Context(), herinnering(t), aan, ga))
}

func TestWaitingForTheTurnTakesNothingOfTheLimit(t *testing.T) {
	s, v := start(t)
	require.NoError(t, v.Verzend(t.Context(), herinnering(t), aan, func(context.Context) error {
		assert.Empty(t, s.Mails(), "nothing is handed over yet")
		time.Sleep(quick + quick/2)
		return nil
	}))
	assert.Len(t, s.Mails(), 1)
}

func TestAMailThatDoesNotGetItsTurnIsNotSent(t *testing.T) {
	s, v := start(t)
	refused := errors.New("not now")
	err := v.Verzend(t.Context(), herinnering(t), aan, func(context.Context) error { return refused })
	require.ErrorIs(t, err, refused)
	var why *domain.VerzendError
	assert.False(t, errors.As(err, &why), "that is no failure of the server")
	require.NoError(t, v.Verzend(t.Context(), alarm(), aan, ga))
	got := s.Mails()
	require.Len(t, got, 1, "half a mail is none")
	assert.Contains(t, got[0].Kop("Subject"), "ALARM")
}

func TestAServiceThatStopsBreaksOffBeforeTheLastWordAndNotAfterIt(t *testing.T) {
	s := posttest.Start(t, posttest.Opties{})
	i := naar(s.Adres)
	i.Limiet = time.Minute
	v := verzender(t, i)
	ctx, stop := context.WithCancel(t.Context())
	s.Doe(posttest.Gedrag{BijRcpt: func(string) error { stop(); <-t.Context().Done(); return nil }})
	assert.Equal(t, domain.RedenAfgebroken, waarom(t, v.Verzend(ctx, herinnering(t), aan, ga)).Reden)
	ctx, stop = context.WithCancel(t.Context())
	s.Doe(posttest.Gedrag{NaPunt: func(posttest.Mail) error { stop(); return nil }})
	require.NoError(t, v.Verzend(ctx, herinnering(t), aan, ga), "what was handed over is known to be")
	assert.Len(t, s.Mails(), 1)
}

func TestMailsGoSideBySideUpToTheirLastWord(t *testing.T) {
	s, v := start(t)
	var inside atomic.Int32
	ready := make(chan struct{})
	s.Doe(posttest.Gedrag{BijRcpt: func(string) error {
		if inside.Add(1) == 8 {
			close(ready)
		}
		<-ready
		return nil
	}})
	outcomes := make(chan error)
	for range 8 {
		go func() { outcomes <- v.Verzend(t.Context(), herinnering(t), aan, ga) }()
	}
	for range 8 {
		require.NoError(t, <-outcomes)
	}
	assert.Len(t, s.Mails(), 8)
}

func TestNothingIsLeftBehindByADialogue(t *testing.T) {
	s, v := start(t)
	before := goleak.IgnoreCurrent()
	for _, does := range []posttest.Gedrag{{}, {BijRcpt: answer(550)}, {NaPunt: always(554)}} {
		s.Doe(does)
		_ = v.Verzend(t.Context(), herinnering(t), aan, ga)
	}
	_ = v.Verzend(t.Context(), herinnering(t), aan, func(context.Context) error { return errors.New("no") })
	goleak.VerifyNone(t, before)
}

// talk is a server that says what it is told to, whatever it hears.
func talk(t *testing.T, say func(net.Conn)) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				say(conn)
			}()
		}
	}()
	return listener.Addr().String()
}

func TestAServerThatTalksNonsenseIsLeft(t *testing.T) {
	endless := func(c net.Conn) {
		line := []byte("250-" + strings.Repeat("x", 1000) + "\r\n")
		_, err := c.Write([]byte("220 hier\r\n"))
		for err == nil {
			_, err = c.Write(line)
		}
	}
	for name, say := range map[string]func(net.Conn){
		"nothing and away":    func(net.Conn) {},
		"what is no answer":   func(c net.Conn) { _, _ = fmt.Fprintf(c, "jan.geheim@example.nl\r\n") },
		"a refusal to talk":   func(c net.Conn) { _, _ = fmt.Fprintf(c, "554 jan.geheim@example.nl\r\n") },
		"an answer of no end": endless,
	} {
		t.Run(name, func(t *testing.T) {
			i := naar(talk(t, say))
			i.Limiet = 20 * time.Second
			begin := time.Now() //nolint:forbidigo // measures the machine
			why := waarom(t, verzender(t, i).Verzend(t.Context(), herinnering(t), aan, ga))
			assert.NotContains(t, why.Error(), "geheim")
			assert.False(t, why.Definitief)
			assert.Less(t, time.Since(begin), 10*time.Second) //nolint:forbidigo // measures the machine
		})
	}
}
