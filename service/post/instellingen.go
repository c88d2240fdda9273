package post

import (
	"crypto/x509"
	"net"
	"net/mail"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Beveiliging is how the connection to the server is kept secret.
type Beveiliging string

// The ways: TLS that is asked for in the dialogue and required, TLS from the first
// byte on, or none, which is for a server on this machine alone.
const (
	Starttls Beveiliging = "starttls"
	TLS      Beveiliging = "tls"
	Geen     Beveiliging = "geen"
)

// poort is the port at which such a server is expected.
func (b Beveiliging) poort() string {
	switch b {
	case TLS:
		return "465"
	case Geen:
		return "25"
	default:
		return "587"
	}
}

// Instellingen are the settings of a Verzender. Without a Gebruiker it does not
// sign in.
type Instellingen struct {
	Adres       string // host, or host:port
	Beveiliging Beveiliging
	Gebruiker   string
	Wachtwoord  string
	Afzender    string
	// Wortels are who may vouch for the server; nil: those of the machine.
	Wortels *x509.CertPool
	// Limiet bounds each part of the dialogue; 0: ten seconds.
	Limiet time.Duration
}

// limiet is how long connecting and telling what is to be sent may take together,
// and how long the server may take to accept it.
const limiet = 10 * time.Second

// lees checks the settings and gives them whole: host, port and sender apart.
func (i Instellingen) lees() (host, port string, sender *mail.Address, err error) {
	host, port, split := net.SplitHostPort(i.Adres)
	if split != nil {
		host, port = strings.Trim(i.Adres, "[]"), i.Beveiliging.poort()
	}
	if n, bad := strconv.ParseUint(port, 10, 16); bad != nil || n == 0 || host == "" || strings.ContainsAny(host, " /@\r\n") {
		return "", "", nil, &domain.Error{Code: domain.Invalid, Key: "fout.smtp_adres", Args: []any{i.Adres}}
	}
	switch i.Beveiliging {
	case Starttls, TLS:
	case Geen:
		if !loopback(host) {
			return "", "", nil, &domain.Error{Code: domain.Invalid, Key: "fout.smtp_onbeveiligd", Args: []any{host}}
		}
	default:
		return "", "", nil, &domain.Error{Code: domain.Invalid, Key: "fout.smtp_beveiliging", Args: []any{string(i.Beveiliging)}}
	}
	sender, good := adres(i.Afzender)
	if !good || sender.Address != i.Afzender {
		return "", "", nil, &domain.Error{Code: domain.Invalid, Key: "fout.smtp_afzender", Args: []any{i.Afzender}}
	}
	if (i.Gebruiker == "") != (i.Wachtwoord == "") {
		return "", "", nil, &domain.Error{Code: domain.Invalid, Key: "fout.smtp_aanmelden"}
	}
	return host, port, sender, nil
}

// adres reads an address, with or without a name, which it leaves out. One that holds
// anything that means something in a header or in the dialogue is none.
func adres(s string) (*mail.Address, bool) {
	a, err := mail.ParseAddress(s)
	if err != nil || !regexp.MustCompile("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}$").MatchString(a.Address) {
		return nil, false
	}
	return &mail.Address{Address: a.Address}, true
}

// loopback reports that only this machine answers as host.
func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}
