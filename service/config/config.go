// Package config holds the settings of the service by value: each is a flag and
// a variable in the environment (LMZ_…), with its default beside it.
package config

import (
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Store says where things are kept.
type Store struct {
	Data  string `default:"data" env:"LMZ_DATA" type:"path" placeholder:"MAP" help:"Map voor de gegevens."`
	Store string `env:"LMZ_STORE,MONGODB_URI" placeholder:"URI" help:"Opslag: sqlite:PAD, of mongodb://… voor MongoDB. Zonder deze instelling: lmz-triage.db in de map voor de gegevens."`
}

// Serve is the settings of the server.
type Serve struct {
	Store      `embed:""`
	Addr       string        `default:"127.0.0.1:8080" env:"LMZ_ADDR" help:"Adres waarop de dienst antwoordt."`
	Demo       bool          `env:"LMZ_DEMO" help:"Demonstratie: bekende tokens, alleen bereikbaar op deze computer."`
	NoSeed     bool          `env:"LMZ_NO_SEED" help:"Demonstratie zonder voorbeeldgegevens."`
	Policies   string        `env:"LMZ_POLICIES" type:"path" placeholder:"MAP" help:"Ander beleid dan het meegeleverde."`
	Tokens     string        `env:"LMZ_TOKENS" type:"path" placeholder:"BESTAND" help:"Bestand met de sleutels van medewerkers en systemen (zie lmz-triage token)."`
	Spool      string        `env:"LMZ_SPOOL" type:"path" placeholder:"MAP" help:"Map waarin adviezen wachten zolang de opslag niet bereikbaar is. Gebruik een map die een herstart overleeft, en geef elke dienst een eigen map. Zonder deze instelling zijn er dan geen adviezen."`
	SpoolMax   int64         `default:"100000" env:"LMZ_SPOOL_MAX" help:"Hoeveel adviezen er in die map mogen wachten."`
	Lease      time.Duration `default:"30s" env:"LMZ_LEASE" help:"Hoe lang de dienst die de termijnen bewaakt dat blijft doen zonder teken van leven. Daarna neemt een andere dienst op dezelfde opslag het over."`
	Evaluation time.Duration `default:"50ms" env:"LMZ_EVALUATION" help:"Langste tijd voor één berekening van het beleid."`
	Post       `embed:""`
}

// Post says how messages leave the product: by e-mail to users, and as events to
// another system. Secrets stand in files of which the names are given.
type Post struct {
	SMTP              string `name:"smtp" env:"LMZ_SMTP" placeholder:"SERVER" help:"Mailserver voor herinneringen en alarmen: SERVER of SERVER:POORT. Zonder deze instelling staan die alleen in de dienst."`
	SMTPTLS           string `name:"smtp-tls" default:"starttls" env:"LMZ_SMTP_TLS" placeholder:"SOORT" help:"Beveiliging van de verbinding met de mailserver: starttls, tls, of geen. Zonder beveiliging gaat er alleen mail naar een server op deze computer."`
	SMTPUser          string `name:"smtp-user" env:"LMZ_SMTP_USER" placeholder:"NAAM" help:"Naam waarmee de dienst zich bij de mailserver meldt."`
	SMTPPasswordFile  string `name:"smtp-password-file" env:"LMZ_SMTP_PASSWORD_FILE" type:"path" placeholder:"BESTAND" help:"Bestand met het wachtwoord dat bij die naam hoort."`
	MailFrom          string `name:"mail-from" env:"LMZ_MAIL_FROM" placeholder:"ADRES" help:"E-mailadres van de afzender."`
	Webhook           string `env:"LMZ_WEBHOOK" placeholder:"URL" help:"Adres van een ander systeem dat hoort welke herinneringen en alarmen er zijn (CloudEvents over https)."`
	WebhookTokenFile  string `env:"LMZ_WEBHOOK_TOKEN_FILE" type:"path" placeholder:"BESTAND" help:"Bestand met de toegangssleutel voor dat systeem."`
	WebhookSecretFile string `env:"LMZ_WEBHOOK_SECRET_FILE" type:"path" placeholder:"BESTAND" help:"Bestand met het geheim waarmee de dienst elke gebeurtenis ondertekent (Standard Webhooks: whsec_ en base64). Zonder dit bestand is er geen handtekening."`
	OIN               string `name:"oin" env:"LMZ_OIN" placeholder:"NUMMER" help:"Organisatie-identificatienummer van de afzender: 20 cijfers."`
}

// Mongo reports that the store is a MongoDB database, which Store names.
func (s Store) Mongo() bool {
	return strings.HasPrefix(s.Store, "mongodb://") || strings.HasPrefix(s.Store, "mongodb+srv://")
}

// Shown is the setting as it may be shown: without what stands before the host,
// which may be a password.
func (s Store) Shown() string {
	scheme, rest, found := strings.Cut(s.Store, "://")
	if !found {
		return s.Store
	}
	return scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
}

// Path is the SQLite file of these settings; a URI of another kind is an error.
func (s Store) Path() (string, error) {
	if s.Store == "" {
		return filepath.Join(s.Data, "lmz-triage.db"), nil
	}
	path, ok := strings.CutPrefix(s.Store, "sqlite:")
	if !ok || path == "" {
		return "", fmt.Errorf("read store %q: want sqlite:PATH or mongodb://", s.Shown())
	}
	return path, nil
}

// Loopback reports that the address can be reached from this machine alone.
func (s Serve) Loopback() bool {
	host, _, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// Processors is how many evaluations may run at the same time.
func (s Serve) Processors() int { return runtime.GOMAXPROCS(0) }
