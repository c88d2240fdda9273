package app

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// WijsToe makes a user the one who handles a melding. One who does so already stays,
// and nothing is written. Stale when v does not allow the version that is kept.
func (a *App) WijsToe(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, o domain.ToewijzingOpgave) (MeldingBeeld, error) {
	return a.opToewijzing(ctx, actor, id, v, func(domain.Melding) (string, error) {
		k, err := a.mensen(ctx)
		if err != nil {
			return "", err
		}
		who, faults := domain.LeesToewijzing(o, k)
		if len(faults) > 0 {
			return "", domain.InvalidInput(faults)
		}
		return who, nil
	})
}

// TrekToewijzingIn makes that nobody handles a melding. NotFound when nobody did.
func (a *App) TrekToewijzingIn(ctx context.Context, actor domain.Actor, id string, v Voorwaarde) (MeldingBeeld, error) {
	return a.opToewijzing(ctx, actor, id, v, func(m domain.Melding) (string, error) {
		if m.Behandelaar == "" {
			return "", &domain.Error{Code: domain.NotFound, Key: "fout.niet_toegewezen"}
		}
		return "", nil
	})
}

// opToewijzing has who say who shall handle a melding, and keeps it.
func (a *App) opToewijzing(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, who func(domain.Melding) (string, error)) (MeldingBeeld, error) {
	if err := mag(actor, Toewijzen); err != nil {
		return MeldingBeeld{}, err
	}
	var out MeldingBeeld
	err := a.herhaal(ctx, id, func(m domain.Melding) error {
		now, today, done := a.stempel()
		defer done()
		if !v.Past(m.Versie) {
			return &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
		}
		to, err := who(m)
		if err != nil {
			return err
		}
		if m.WijsToe(to, now, actor) {
			if m, err = a.vervang(ctx, m); err != nil {
				return err
			}
		}
		out, err = a.beeld(ctx, m, nil, nil, today)
		return err
	})
	return out, err
}
