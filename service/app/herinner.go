package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// Herinner gives the reminders of terms that are due, in the hours in which the
// office works: one per term, which makes up for all that were missed, to each of
// those it is for. Missed and double runs change nothing. It reads only what is due,
// and writes under the lead onder, as Veeg does.
func (a *App) Herinner(ctx context.Context, onder *Leiding) error {
	var k domain.Kantoor
	return elk(ctx, func(ctx context.Context, n int) ([]domain.Melding, error) {
		now, today := a.moment()
		if !domain.Kantooruren(a.kalender(), now, a.zone) {
			return nil, nil
		}
		due, err := a.store.TeHerinneren(ctx, today, n)
		if err == nil && len(due) > 0 {
			k, err = a.kantoor(ctx, now)
		}
		return due, err
	}, func(m domain.Melding) error { return a.herinnerEen(ctx, onder, k, m) })
}

// kantoor is the people of the office, and who of them is on duty at the moment now.
func (a *App) kantoor(ctx context.Context, now time.Time) (domain.Kantoor, error) {
	mensen, err := a.store.Gebruikers(ctx)
	if err != nil {
		return domain.Kantoor{}, fmt.Errorf("read users: %w", err)
	}
	diensten, err := a.store.Diensten(ctx, now, now.Add(dienstBlik))
	if err != nil {
		return domain.Kantoor{}, fmt.Errorf("read turns on duty: %w", err)
	}
	return domain.NieuwKantoor(mensen, diensten), nil
}

// dienstBlik is how far ahead turns on duty are read: some time passes until they are
// looked at.
const dienstBlik = time.Hour

// herinnerEen gives the reminders of one melding. One that somebody wrote meanwhile
// is left for the next look: it is due still.
func (a *App) herinnerEen(ctx context.Context, onder *Leiding, k domain.Kantoor, m domain.Melding) error {
	a = a.nu()
	now, today, done := a.stempel()
	defer done()
	if !domain.Kantooruren(a.kalender(), now, a.zone) {
		return nil
	}
	old := m
	var h domain.Herrekening
	if m.Kalender > a.geldend().Versie { // another copy is ahead: for the next look
		_, err := a.kalenders.Follow(ctx)
		return err
	}
	if m.Achter(a.geldend().Versie) {
		h = a.herrekenTermijnen(&m, today, now)
	}
	planned := m.Herinnering()
	given := m.Herinner(a.kalender(), today, now, dienst())
	if len(given) == 0 && m.Herinnering() == planned && !h.Anders {
		return nil
	}
	w, err := a.naVerschuiving(ctx, &m, h.Verschoven, nil, now)
	if err != nil {
		return fmt.Errorf("remind of %s: %w", m.ID, err)
	}
	var told []domain.Bericht
	unheard := 0
	for _, h := range given {
		to := k.Herinnerd(m.Behandelaar, h.Aan, today)
		if len(to) == 0 {
			unheard++
		}
		told = append(told, a.berichten(to, func(aan domain.Geadresseerde) domain.Bericht { return m.HerinneringBericht(h, today, now, aan) })...)
	}
	m.GewijzigdOp = now
	err = a.overtaken(ctx, a.store.VervangMelding(ctx, m, store.Bij{Gegeven: w.given(), Hertel: verschoven(&m, &old), Berichten: told, Leiding: onder}))
	switch {
	case errors.Is(err, errOvertaken):
		return nil
	case err != nil:
		return fmt.Errorf("remind of %s: %w", m.ID, err)
	}
	a.meter.Reminded(len(given), unheard)
	return nil
}

// berichten are the messages to these people, and the event for other systems where
// those are told.
func (a *App) berichten(aan []domain.Geadresseerde, maak func(domain.Geadresseerde) domain.Bericht) []domain.Bericht {
	list := make([]domain.Bericht, 0, len(aan)+1)
	for _, g := range aan {
		list = append(list, maak(g))
	}
	if a.events {
		list = append(list, maak(domain.Geadresseerde{}))
	}
	return list
}
