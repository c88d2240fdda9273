package post_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/post"
	"zorgmeldingen.nl/lmz-triage/service/post/posttest"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// aan is who gets the mails.
const aan = "j.de.vries@example.nl"

// quick is a limit in which a server on this machine answers, and a slow one does not.
const quick = 700 * time.Millisecond

// herinnering is a reminder, seven days before the end of a term.
func herinnering(t testing.TB) domain.Bericht {
	t.Helper()
	end, err := term.ParseDate("2026-11-30")
	require.NoError(t, err)
	return domain.Bericht{
		ID: "5f0c3a52-93a1-8b6e-9c59-2f6f3b1c7a10", Soort: domain.BerichtHerinnering, Gebruiker: "gebruiker-geheim", MeldingID: "melding-geheim",
		Kenmerk: "LMZ-2K7Q-9XM4", Termijn: term.ReactieAanbieder, Grond: "grond-geheim", Einddatum: end, Dagen: -7,
		Op: time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC), Post: domain.Post{Stand: domain.PostWacht},
	}
}

// alarm is a round of an alarm, to somebody who stands in.
func alarm() domain.Bericht {
	return domain.Bericht{
		ID: "0b6a4f1e-7c1d-8f10-8a5b-6f3f1b9d2c44", Soort: domain.BerichtAlarm, Gebruiker: "gebruiker-geheim", Namens: "collega-geheim",
		MeldingID: "melding-geheim", Kenmerk: "LMZ-2K7Q-9XM4", Advies: domain.Escaleren, Ronde: 3,
		Op: time.Date(2026, 7, 4, 22, 30, 0, 0, time.UTC), Post: domain.Post{Stand: domain.PostWacht},
	}
}

// bundel is a message of many alarms.
func bundel() domain.Bericht {
	b := alarm()
	b.Advies, b.Aantal, b.Beleid, b.Sinds, b.Namens = domain.Beoordelen, 37, 4, b.Op.Add(-31*time.Minute), ""
	return b
}

// naar are settings for a server without TLS on this machine.
func naar(adres string) post.Instellingen {
	return post.Instellingen{Adres: adres, Beveiliging: post.Geen, Afzender: "lmz@zorgmeldingen.example", Limiet: quick}
}

func verzender(t testing.TB, i post.Instellingen) *post.Verzender {
	t.Helper()
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	calendar, err := term.Load()
	require.NoError(t, err)
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	v, err := post.New(i, texts, calendar.Titel, zone)
	require.NoError(t, err)
	return v
}

// ga is a begin that never waits.
func ga(context.Context) error { return nil }

// waarom requires that err says why a mail was not sent.
func waarom(t testing.TB, err error) *domain.VerzendError {
	t.Helper()
	var why *domain.VerzendError
	require.ErrorAs(t, err, &why)
	return why
}

// start starts a server without TLS and a Verzender to it.
func start(t testing.TB) (*posttest.Server, *post.Verzender) {
	t.Helper()
	s := posttest.Start(t, posttest.Opties{})
	return s, verzender(t, naar(s.Adres))
}
