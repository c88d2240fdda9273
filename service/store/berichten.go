package store

import (
	"context"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Berichten keeps what users and other systems are told of meldingen. A message is
// kept with its melding (Bij.Berichten): one of which the ID is there is left.
type Berichten interface {
	// Berichten gives a page of the messages of a user, by Op, then ID, newest first.
	Berichten(ctx context.Context, q domain.BerichtVraag) (domain.BerichtPagina, error)
	// Bericht gives a message by its ID, to whomever it is. NotFound when there is none.
	Bericht(ctx context.Context, id string) (domain.Bericht, error)
	// LeesBericht notes that a user read a message at the moment op, unless it was read
	// before, and gives it. NotFound when there is none, or when it is another's.
	LeesBericht(ctx context.Context, gebruiker, id string, op time.Time) (domain.Bericht, error)
	// TeVersturen gives at most n messages of a kind of which Post waits until op or
	// earlier: events (without a Gebruiker), or else those to users. Those
	// that wait longest come first. It reads only what it gives.
	TeVersturen(ctx context.Context, soort domain.BerichtSoort, events bool, op time.Time, n int) ([]domain.Bericht, error)
	// ZetPost puts post in the place of what is kept of a message, when that waits
	// after the same number of Pogingen as was. Stale otherwise, or with the Key
	// fout.leiding_voorbij when the lead does not hold any more; NotFound when there
	// is no such message.
	ZetPost(ctx context.Context, id string, was int, post domain.Post, leiding *Leiding) error
	// TelPost counts the messages per state of Post.
	TelPost(ctx context.Context) (map[domain.PostStand]int, error)
	// TeHerinneren gives at most n meldingen of which Herinnering is dag or earlier,
	// those that wait longest first. It reads only what it gives.
	TeHerinneren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error)
	// TelTeHerinneren counts the meldingen of which Herinnering is before dag.
	TelTeHerinneren(ctx context.Context, dag term.Date) (int, error)
	// TeAlarmeren gives at most n meldingen of which AlarmVolgende is op or earlier,
	// those that wait longest first. It reads only what it gives.
	TeAlarmeren(ctx context.Context, op time.Time, n int) ([]domain.Melding, error)
	// Alarmen gives a page of alarms by Sinds, then MeldingID, then Nr, newest first.
	Alarmen(ctx context.Context, q domain.AlarmVraag) (domain.AlarmPagina, error)
}
