package events

import (
	"crypto/x509"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Instellingen are the settings of a Verzender. OIN is the number by which the
// government knows the organization that sends.
type Instellingen struct {
	Adres string
	Token string
	OIN   string
	// Geheim signs the events (see leesGeheimen); empty: they are not signed. Nu is the
	// time that a signature holds; nil when there is none.
	Geheim string
	Nu     func() time.Time
	// Wortels are who may vouch for the receiver; nil: those of the machine.
	Wortels *x509.CertPool
	// Limiet bounds one delivery; 0: ten seconds.
	Limiet time.Duration
}

const limiet = 10 * time.Second

// systeem is the name of this system in the source of its events.
const systeem = "lmz-triage"

// lees checks the settings. What it says of them names no token, and of the address
// nothing but its host.
func (i Instellingen) lees() (*url.URL, error) {
	to, err := url.Parse(i.Adres)
	if err != nil || to.Host == "" || to.Hostname() == "" || to.User != nil || to.Fragment != "" || to.Opaque != "" {
		return nil, &domain.Error{Code: domain.Invalid, Key: "fout.webhook_adres"}
	}
	if to.Scheme != "https" && (to.Scheme != "http" || !loopback(to.Hostname())) {
		return nil, &domain.Error{Code: domain.Invalid, Key: "fout.webhook_onbeveiligd", Args: []any{to.Hostname()}}
	}
	if i.Token == "" || strings.ContainsFunc(i.Token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, &domain.Error{Code: domain.Invalid, Key: "fout.webhook_token"}
	}
	if !regexp.MustCompile(`^\d{20}$`).MatchString(i.OIN) {
		return nil, &domain.Error{Code: domain.Invalid, Key: "fout.webhook_oin", Args: []any{i.OIN}}
	}
	return to, nil
}

// loopback reports that only this machine answers as host.
func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}
