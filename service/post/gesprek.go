package post

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// gesprek is a dialogue with a server, about one mail. Whatever it does ends when
// the present part of it has taken too long, or its context ends.
type gesprek struct {
	conn   net.Conn
	client *smtp.Client
	data   io.WriteCloser // of a mail of which the end was not said
	stop   func()         // ends the present part
}

// verbind begins a dialogue and signs in.
func (v *Verzender) verbind(ctx context.Context) (*gesprek, error) {
	dialing, cancel := context.WithTimeout(ctx, v.Limiet)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(dialing, "tcp", net.JoinHostPort(v.host, v.port))
	if err != nil {
		return nil, mislukt(err, domain.RedenVerbinding)
	}
	d := &gesprek{conn: &begrensd{Conn: conn, left: meesteAntwoord}, stop: func() {}}
	left, _ := dialing.Deadline()
	d.tot(ctx, left)
	if err := v.meldAan(d); err != nil {
		d.sluit()
		return nil, err
	}
	return d, nil
}

// meldAan goes through greeting, TLS and signing in.
func (v *Verzender) meldAan(d *gesprek) (err error) {
	secret := &tls.Config{ServerName: v.host, RootCAs: v.Wortels, MinVersion: tls.VersionTLS12}
	conn := d.conn
	if v.Beveiliging == TLS {
		over := tls.Client(conn, secret)
		if err := over.HandshakeContext(context.Background()); err != nil { // the deadline of conn bounds it
			return mislukt(err, domain.RedenBeveiliging)
		}
		conn = over
	}
	if d.client, err = smtp.NewClient(conn, v.host); err != nil {
		return mislukt(err, domain.RedenGeweigerd)
	}
	d.client.SkipSMTPUTF8(true) // all that is said is ASCII
	if err := d.client.Hello(v.domein); err != nil {
		return mislukt(err, domain.RedenGeweigerd)
	}
	if v.Beveiliging == Starttls {
		if offered, _ := d.client.Extension("STARTTLS"); !offered {
			return &domain.VerzendError{Reden: domain.RedenBeveiliging}
		}
		if err := d.client.StartTLS(secret); err != nil {
			return mislukt(err, domain.RedenBeveiliging)
		}
	}
	if v.Gebruiker == "" {
		return nil
	}
	_, ways := d.client.Extension("AUTH")
	if err := d.client.Auth(v.bewijs(ways)); err != nil {
		return mislukt(err, domain.RedenToegang)
	}
	return nil
}

// bewijs chooses a way to sign in of those that the server offers. Passwords go in
// the clear only within this machine.
func (v *Verzender) bewijs(ways string) smtp.Auth {
	offered := strings.Fields(strings.ToUpper(ways))
	has := func(way string) bool { return slices.Contains(offered, way) }
	open := v.Beveiliging == Geen
	switch {
	case has("SCRAM-SHA-256"):
		return smtp.ScramSHA256Auth(v.Gebruiker, v.Wachtwoord)
	case has("LOGIN") && !has("PLAIN"):
		return smtp.LoginAuth(v.Gebruiker, v.Wachtwoord, v.host, open)
	default:
		return smtp.PlainAuth("", v.Gebruiker, v.Wachtwoord, v.host, open)
	}
}

// vertel says from whom to whom the mail goes, and what is in it, all but the end.
func (d *gesprek) vertel(from, to string, m *gomail.Msg) (err error) {
	if err := d.client.Mail("<" + from + ">"); err != nil {
		return mislukt(err, domain.RedenGeweigerd)
	}
	if err := d.client.Rcpt("<" + to + ">"); err != nil {
		why := mislukt(err, domain.RedenGeweigerd)
		if overAdres(why.Code) {
			why.Reden, why.Definitief = domain.RedenAdres, true
		}
		return why
	}
	if d.data, err = d.client.Data(); err != nil {
		return mislukt(err, domain.RedenGeweigerd)
	}
	if _, err := m.WriteTo(d.data); err != nil {
		return mislukt(err, domain.RedenVerbinding)
	}
	return nil
}

// overAdres reports that an answer to RCPT says something of the address for good,
// not of the dialogue (50x) or of signing in (53x).
func overAdres(code int) bool { return code >= 510 && code < 600 && code/10 != 53 }

// geef says the last word, and waits for the answer.
func (d *gesprek) geef() error {
	end := d.data
	d.data = nil
	if err := end.Close(); err != nil {
		return mislukt(err, domain.RedenGeweigerd)
	}
	return nil
}

// tot bounds the part of the dialogue that begins.
func (d *gesprek) tot(ctx context.Context, end time.Time) {
	d.stop()
	_ = d.conn.SetDeadline(end) // a connection that is gone fails at its use
	ended := context.AfterFunc(ctx, func() { _ = d.conn.Close() })
	d.stop = func() { ended() }
}

// deel begins a part that may take as long as limit.
func (d *gesprek) deel(ctx context.Context, limit time.Duration) {
	bounded, cancel := context.WithTimeout(ctx, limit)
	end, _ := bounded.Deadline()
	cancel()
	d.tot(ctx, end)
}

// rust lets time pass without a bound.
func (d *gesprek) rust() {
	d.stop()
	d.stop = func() {}
	_ = d.conn.SetDeadline(time.Time{})
}

// sluit ends the dialogue, with a word of goodbye that it waits for no answer to. A
// mail of which the end was not said is not sent.
func (d *gesprek) sluit() {
	d.stop()
	if d.client != nil && d.data == nil {
		_ = d.client.Text.PrintfLine("QUIT")
	}
	_ = d.conn.Close()
}
