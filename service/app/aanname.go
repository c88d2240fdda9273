package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// NeemAan has actor take on the open alarm of a melding: nobody is told of it any
// more. Where nobody handles the melding and actor is a user, it is assigned to him.
// Asked again, by him or with the same key, it changes nothing. A Conflict says who
// was first. Stale when v does not allow the version that is kept.
func (a *App) NeemAan(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, once Eenmalig) (MeldingBeeld, error) {
	if err := mag(actor, AlarmenAannemen); err != nil {
		return MeldingBeeld{}, err
	}
	var out MeldingBeeld
	err := a.herhaal(ctx, id, func(m domain.Melding) error {
		now, today, done := a.stempel()
		defer done()
		took, err := m.NeemAan(now, actor, aannameVerzoek(actor, m.ID, once))
		if err != nil {
			return a.inZone(err)
		}
		if took {
			if m, err = a.aangenomen(ctx, actor, m, v, now); err != nil {
				return err
			}
		}
		out, err = a.beeld(ctx, m, nil, nil, today)
		return err
	})
	return out, err
}

// aangenomen keeps m, of which actor took the alarm on.
func (a *App) aangenomen(ctx context.Context, actor domain.Actor, m domain.Melding, v Voorwaarde, now time.Time) (domain.Melding, error) {
	if !v.Past(m.Versie) {
		return m, &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
	}
	versie := m.Versie + 1
	if m.Behandelaar == "" && mag(actor, Toewijzen) == nil {
		g, err := a.store.Gebruiker(ctx, actor.ID)
		switch {
		case err == nil && !g.Inactief:
			m.WijsToe(g.ID, now, actor)
		case err != nil && !domain.IsCode(err, domain.NotFound):
			return m, fmt.Errorf("read user: %w", err)
		}
	}
	m.Versie, m.GewijzigdOp = versie, now
	return a.vervang(ctx, m)
}

// aannameVerzoek is what a request with a key to take an alarm on is kept under; empty
// without a key.
func aannameVerzoek(actor domain.Actor, melding string, once Eenmalig) string {
	if once.Sleutel == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(actor.ID + "\x00aanname\x00" + melding + "\x00" + once.Sleutel))
	return hex.EncodeToString(sum[:])
}

// inZone gives a failure of which the moments are told as the office's clock shows
// them.
func (a *App) inZone(err error) error {
	var e *domain.Error
	if !errors.As(err, &e) {
		return err
	}
	told := *e
	told.Args = make([]any, len(e.Args))
	for i, arg := range e.Args {
		if at, is := arg.(time.Time); is {
			arg = at.In(a.zone)
		}
		told.Args[i] = arg
	}
	return &told
}
