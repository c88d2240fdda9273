package app

import (
	"context"
	"errors"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// Alarmeer gives the rounds of alarms that are due, at any hour: to those on duty,
// and further on in line the longer nobody takes it on. Rounds that were missed are
// one, and who is told of many alarms without an advice at once is told in one message.
// It reads only what is due, and writes under the lead onder, as Veeg does.
func (a *App) Alarmeer(ctx context.Context, onder *Leiding) error {
	b, err := a.bundel(ctx)
	if err != nil {
		return err
	}
	var k domain.Kantoor
	err = elk(ctx, func(ctx context.Context, n int) ([]domain.Melding, error) {
		now, _ := a.moment()
		due, err := a.store.TeAlarmeren(ctx, now, n)
		if err == nil && len(due) > 0 {
			k, err = a.kantoor(ctx, now)
		}
		return due, err
	}, func(m domain.Melding) error {
		if m.ID == b.anker {
			return nil
		}
		return a.alarmeerEen(ctx, onder, k, m, b)
	})
	if err != nil || b.anker == "" {
		return err
	}
	last, err := a.store.Melding(ctx, b.anker)
	if err != nil {
		return fmt.Errorf("read melding: %w", err)
	}
	return a.alarmeerEen(ctx, onder, k, last, b)
}

// alarmeerEen gives the round of one melding. One that somebody wrote meanwhile is
// left for the next look: it is due still, or somebody took it on.
func (a *App) alarmeerEen(ctx context.Context, onder *Leiding, k domain.Kantoor, m domain.Melding, b alarmBundel) error {
	now, today, done := a.stempel()
	defer done()
	if _, is := m.Alarm(); !is {
		return nil
	}
	aan := domain.Bereikbaar(k.Alarmlijn(now, today), m.AlarmAantal(now))
	ids := make([]string, 0, len(aan))
	together := map[string]domain.Bericht{}
	for _, g := range aan {
		ids = append(ids, g.Gebruiker.ID)
		if told, is := b.voor(&m, g); is {
			together[g.Gebruiker.ID] = told
		}
	}
	if !m.AlarmRonde(ids, now, dienst()) {
		return nil
	}
	round, _ := m.Alarm()
	told := a.berichten(aan, func(aan domain.Geadresseerde) domain.Bericht {
		if one, is := together[aan.Gebruiker.ID]; is {
			return one
		}
		return m.AlarmBericht(round, now, aan)
	})
	m.GewijzigdOp = now
	err := a.overtaken(ctx, a.store.VervangMelding(ctx, m, store.Bij{Berichten: told, Leiding: onder}))
	switch {
	case errors.Is(err, errOvertaken):
		return nil
	case err != nil:
		return fmt.Errorf("alarm of %s: %w", m.ID, err)
	}
	a.meter.Alarmed(round.Rondes == 1, len(aan) == 0)
	return nil
}
