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
// one. It reads only what is due, and writes under the lead onder, as Veeg does.
func (a *App) Alarmeer(ctx context.Context, onder *Leiding) error {
	var k domain.Kantoor
	return elk(ctx, func(ctx context.Context, n int) ([]domain.Melding, error) {
		now, _ := a.moment()
		due, err := a.store.TeAlarmeren(ctx, now, n)
		if err == nil && len(due) > 0 {
			k, err = a.kantoor(ctx, now)
		}
		return due, err
	}, func(m domain.Melding) error { return a.alarmeerEen(ctx, onder, k, m) })
}

// alarmeerEen gives the round of one melding. One that somebody wrote meanwhile is
// left for the next look: it is due still, or somebody took it on.
func (a *App) alarmeerEen(ctx context.Context, onder *Leiding, k domain.Kantoor, m domain.Melding) error {
	now, today, done := a.stempel()
	defer done()
	open, is := m.Alarm()
	if !is {
		return nil
	}
	aan := domain.Bereikbaar(k.Alarmlijn(now, today), open.Aantal(now))
	ids := make([]string, 0, len(aan))
	for _, g := range aan {
		ids = append(ids, g.Gebruiker.ID)
	}
	if !m.AlarmRonde(ids, now, dienst()) {
		return nil
	}
	round, _ := m.Alarm()
	told := a.berichten(aan, func(aan domain.Geadresseerde) domain.Bericht { return m.AlarmBericht(round, now, aan) })
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
