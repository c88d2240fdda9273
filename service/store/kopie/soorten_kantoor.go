package kopie

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// gebruikers are the people of the office, with the versions that they have.
func gebruikers() kind {
	key := func(g domain.Gebruiker) string { return g.ID }
	return kind{
		naam: "gebruikers",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.Gebruikers(ctx)
			if err != nil {
				return nil, err
			}
			return stukken(after(list, key, na, most), key, func(g domain.Gebruiker) (any, error) {
				doc, err := vorm.EncodeGebruiker(&g)
				return []any{g.Versie, g.Agenda, doc}, err
			})
		},
		zet: func(ctx context.Context, s store.Kopie, list []stuk) error {
			return s.ZetGebruikers(ctx, values[domain.Gebruiker](list))
		},
	}
}

func diensten() kind {
	return kind{
		naam: "diensten",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.AlleDiensten(ctx, na, most)
			if err != nil {
				return nil, err
			}
			return stukken(list, func(d domain.Dienst) string { return d.ID }, func(d domain.Dienst) (any, error) {
				return []any{d.Gebruiker, d.Van.UnixMilli(), d.Tot.UnixMilli(), d.Volgorde, vorm.Milli(d.GezetOp)}, nil
			})
		},
		zet: together(func(ctx context.Context, s store.Kopie, d domain.Dienst) error { return s.ZetDienst(ctx, d) }),
	}
}
