// Package posttest runs a real SMTP server for tests, on a port of this machine. It
// keeps what it takes on, and does at each stage of a dialogue what a test asks.
package posttest

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// The name and password that a server with Aanmelden wants.
const (
	Naam       = "lmz-triage"
	Wachtwoord = "een heel geheim wachtwoord"
)

// Mail is a mail that a server took on.
type Mail struct {
	Van, Aan string
	Ruw      string // as it came, with the line ends of SMTP
}

// Kop is the value of a header of the mail, empty when there is none.
func (m Mail) Kop(name string) string {
	head, _, _ := strings.Cut(m.Ruw, "\r\n\r\n")
	for line := range strings.SplitSeq(strings.ReplaceAll(head, "\r\n ", " "), "\r\n") {
		if key, value, ok := strings.Cut(line, ": "); ok && strings.EqualFold(key, name) {
			return value
		}
	}
	return ""
}

// Gedrag is what a server does apart from taking mails on; nil does nothing.
type Gedrag struct {
	Antwoordt func(text string)     // before each answer, which is unreadable where there is TLS
	BijRcpt   func(to string) error // before the answer to RCPT
	BijPunt   func(m Mail) error    // before a mail is taken on
	NaPunt    func(m Mail) error    // after it was, before the answer; ErrBreekAf breaks the dialogue off
}

// ErrBreekAf makes the server break the dialogue off without an answer.
var ErrBreekAf = errors.New("break off")

// Weiger is an answer of the server.
func Weiger(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text}
}

// Opties are how a server listens. Cert is needed for TLS of either kind.
type Opties struct {
	Adres     string // empty: a free port
	Cert      *tls.Certificate
	Direct    bool // TLS from the first byte on
	Aanmelden bool
}

// Server is a server that runs.
type Server struct {
	Adres string

	smtp   *smtp.Server
	opties Opties
	lock   sync.Mutex
	gedrag Gedrag
	mails  []Mail
	// bezig is how many mails stand between their last word and the answer, meest
	// the most that ever did.
	bezig, meest int
	stop         func()
}

// Start starts a server that runs until the end of t, or until Stop.
func Start(t testing.TB, o Opties) *Server {
	t.Helper()
	s := &Server{opties: o}
	s.smtp = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &sessie{server: s, conn: c, mag: !o.Aanmelden}, nil
	}))
	s.smtp.Domain, s.smtp.AllowInsecureAuth = "post.test", true
	s.smtp.ErrorLog = silent{}
	if o.Adres == "" {
		o.Adres = "127.0.0.1:0"
	}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", o.Adres)
	require.NoError(t, err)
	s.Adres = listener.Addr().String()
	if o.Cert != nil {
		s.smtp.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*o.Cert}, MinVersion: tls.VersionTLS12}
	}
	listener = luisteraar{listener, s}
	if o.Direct {
		listener = tls.NewListener(listener, s.smtp.TLSConfig)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.smtp.Serve(listener)
	}()
	s.stop = sync.OnceFunc(func() {
		_ = listener.Close() // also where the server had not begun
		_ = s.smtp.Close()
		<-ended
	})
	t.Cleanup(s.stop)
	return s
}

// Stop ends the server and every dialogue with it.
func (s *Server) Stop() { s.stop() }

// Doe has the server do something from now on.
func (s *Server) Doe(g Gedrag) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.gedrag = g
}

func (s *Server) doet() Gedrag {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.gedrag
}

// Mails are those that it took on so far, in their order.
func (s *Server) Mails() []Mail {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.mails)
}

// Meest is the most mails that ever stood between their last word and the answer.
func (s *Server) Meest() int {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.meest
}

// silent logs nothing.
type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

// luisteraar hands out connections that do what is asked before each answer.
type luisteraar struct {
	net.Listener

	server *Server
}

// Accept implements net.Listener.
func (l luisteraar) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return antwoorder{conn, l.server}, err //nolint:wrapcheck // a listener like any other
}

type antwoorder struct {
	net.Conn

	server *Server
}

// Write implements io.Writer.
func (a antwoorder) Write(p []byte) (int, error) {
	if do := a.server.doet().Antwoordt; do != nil {
		do(string(p))
	}
	return a.Conn.Write(p) //nolint:wrapcheck // a connection like any other
}

// sessie is a dialogue.
type sessie struct {
	server   *Server
	conn     *smtp.Conn
	mag      bool
	van, aan string
}

// AuthMechanisms implements smtp.AuthSession.
func (s *sessie) AuthMechanisms() []string {
	if s.server.opties.Aanmelden {
		return []string{sasl.Plain}
	}
	return nil
}

// Auth implements smtp.AuthSession.
func (s *sessie) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, name, password string) error {
		if name != Naam || password != Wachtwoord {
			return Weiger(535, "geen toegang voor "+name)
		}
		s.mag = true
		return nil
	}), nil
}

// Mail implements smtp.Session.
func (s *sessie) Mail(from string, _ *smtp.MailOptions) error {
	if !s.mag {
		return smtp.ErrAuthRequired
	}
	s.van = from
	return nil
}

// Rcpt implements smtp.Session.
func (s *sessie) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.aan = to
	if do := s.server.doet().BijRcpt; do != nil {
		return do(to)
	}
	return nil
}

// Data implements smtp.Session.
func (s *sessie) Data(r io.Reader) error {
	g := s.server.doet()
	raw, err := io.ReadAll(r)
	if err != nil {
		return err //nolint:wrapcheck // the dialogue broke
	}
	m := Mail{Van: s.van, Aan: s.aan, Ruw: string(raw)}
	s.server.tel(1)
	defer s.server.tel(-1)
	if g.BijPunt != nil {
		if err := g.BijPunt(m); err != nil {
			return s.breek(err)
		}
	}
	s.server.lock.Lock()
	s.server.mails = append(s.server.mails, m)
	s.server.lock.Unlock()
	if g.NaPunt != nil {
		return s.breek(g.NaPunt(m))
	}
	return nil
}

func (s *sessie) breek(err error) error {
	if errors.Is(err, ErrBreekAf) {
		_ = s.conn.Conn().Close()
	}
	return err
}

// Reset implements smtp.Session.
func (s *sessie) Reset() {}

// Logout implements smtp.Session.
func (s *sessie) Logout() error { return nil }

func (s *Server) tel(n int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.bezig += n
	s.meest = max(s.meest, s.bezig)
}

// Wacht gives something to do that takes so long, or until the end of t.
func Wacht(t testing.TB, d time.Duration) func() {
	return func() {
		select {
		case <-time.After(d):
		case <-t.Context().Done():
		}
	}
}
