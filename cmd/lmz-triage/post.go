package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/events"
	"zorgmeldingen.nl/lmz-triage/service/post"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// secretSize bounds a file with a password or a token.
const secretSize = 4 << 10

// channels are the ways by which messages leave, as the settings have them.
func channels(s config.Post, texts domain.Texts) (map[domain.Kanaal]app.Verzender, error) {
	ways := map[domain.Kanaal]app.Verzender{}
	if err := idle(s); err != nil {
		return nil, err
	}
	if s.SMTP != "" {
		mail, err := mailChannel(s, texts)
		if err != nil {
			return nil, err
		}
		ways[domain.KanaalMail] = mail
	}
	if s.Webhook != "" {
		token, err := secret(s.WebhookTokenFile)
		if err != nil {
			return nil, err
		}
		sign, err := secret(s.WebhookSecretFile)
		if err != nil {
			return nil, err
		}
		hook, err := events.New(events.Instellingen{Adres: s.Webhook, Token: token, OIN: s.OIN, Geheim: sign, Nu: clock.System{}.Now})
		if err != nil {
			return nil, err
		}
		ways[domain.KanaalEvent] = hook
	}
	return ways, nil
}

// idle refuses settings that do nothing, because what they are of is not set.
func idle(s config.Post) error {
	for _, c := range []struct{ name, value, of, needs string }{
		{"--smtp-user", s.SMTPUser, "--smtp", s.SMTP},
		{"--smtp-password-file", s.SMTPPasswordFile, "--smtp", s.SMTP},
		{"--mail-from", s.MailFrom, "--smtp", s.SMTP},
		{"--webhook-token-file", s.WebhookTokenFile, "--webhook", s.Webhook},
		{"--webhook-secret-file", s.WebhookSecretFile, "--webhook", s.Webhook},
		{"--oin", s.OIN, "--webhook", s.Webhook},
	} {
		if c.value != "" && c.needs == "" {
			return &domain.Error{Code: domain.Invalid, Key: "fout.instelling_zonder", Args: []any{c.name, c.of}}
		}
	}
	return nil
}

func mailChannel(s config.Post, texts domain.Texts) (*post.Verzender, error) {
	password, err := secret(s.SMTPPasswordFile)
	if err != nil {
		return nil, err
	}
	calendar, err := term.Load()
	if err != nil {
		return nil, err
	}
	zone, err := clock.Amsterdam()
	if err != nil {
		return nil, fmt.Errorf("load time zone: %w", err)
	}
	return post.New(post.Instellingen{
		Adres: s.SMTP, Beveiliging: post.Beveiliging(s.SMTPTLS), Gebruiker: s.SMTPUser, Wachtwoord: password, Afzender: s.MailFrom,
	}, texts, calendar.Titel, zone)
}

// secret reads a file of one line; nothing when no file is named.
func secret(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err //nolint:wrapcheck // it names the file and says why
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, secretSize+1))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	line := strings.TrimRight(string(raw), "\r\n")
	if line == "" || len(raw) > secretSize || strings.ContainsAny(line, "\r\n\x00") {
		return "", &domain.Error{Code: domain.Invalid, Key: "fout.geheim_bestand", Args: []any{path}}
	}
	return line, nil
}
