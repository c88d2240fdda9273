package app

import (
	"context"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// alarmBundel is who is told of many alarms of a sweep in one message. The message is
// kept with every melding that it is about, and is there once, since its ID is the same:
// so a round and what is told of it are one write, as ever. Who begins again after a stop
// finds the anchor, which comes last, and with it the messages that were made.
type alarmBundel struct {
	anker     string // id of the melding of which the round is given last; empty: nothing is bundled
	berichten map[string]domain.Bericht
}

// bundel looks at what is due and decides who is told in one message.
func (a *App) bundel(ctx context.Context) (alarmBundel, error) {
	now, today := a.moment()
	due, err := a.store.TeAlarmeren(ctx, now, domain.AlarmBundelHoogst)
	if err != nil {
		return alarmBundel{}, fmt.Errorf("read alarms: %w", err)
	}
	first := domain.BundelAnker(due)
	if first == nil {
		return alarmBundel{}, nil
	}
	k, err := a.kantoor(ctx, now)
	if err != nil {
		return alarmBundel{}, err
	}
	line := func(open domain.Alarm) []domain.Geadresseerde {
		return domain.Bereikbaar(k.Alarmlijn(now, today), open.Aantal(now))
	}
	version := 0
	if active, err := a.policies.Active(); err == nil {
		version = active.Activation.Versie
	}
	many, open := domain.InBundels(due, line), alarmBundel{berichten: map[string]domain.Bericht{}}
	alarm, _ := first.Alarm()
	for _, g := range line(alarm) {
		ids, is := many[g.Gebruiker.ID]
		told := first.BundelBericht(ids, version, now, g)
		switch made, err := a.store.Bericht(ctx, told.ID); {
		case err == nil: // before a stop
			told, is = made, true
		case !domain.IsCode(err, domain.NotFound):
			return alarmBundel{}, fmt.Errorf("read message: %w", err)
		}
		if is {
			open.anker, open.berichten[g.Gebruiker.ID] = first.ID, told
		}
	}
	return open, nil
}

// voor is the message in which g is told of the open alarm of m together with others;
// false when he is told of it alone.
func (b alarmBundel) voor(m *domain.Melding, g domain.Geadresseerde) (domain.Bericht, bool) {
	told, is := b.berichten[g.Gebruiker.ID]
	return told, is && told.Omvat(m)
}
