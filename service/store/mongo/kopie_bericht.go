package mongo

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// AlleBerichten implements store.Kopie.
func (s *Store) AlleBerichten(ctx context.Context, na string, n int) ([]domain.Bericht, error) {
	var rows []vorm.Bericht
	err := s.overBerichten(ctx, "list messages", func() (err error) {
		rows, err = pagina[vorm.Bericht](ctx, s, cBerichten, na, n)
		return err
	})
	return vorm.Each(rows, vorm.Bericht.Domain), err
}

// ZetBerichten implements store.Kopie.
func (s *Store) ZetBerichten(ctx context.Context, list []domain.Bericht) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("copy messages", err)
	}
	defer leave()
	return fail("copy messages", erbij(ctx, s, cBerichten, vorm.Each(list, vorm.NewBericht),
		func(b vorm.Bericht) string { return b.ID }, func(a, b vorm.Bericht) bool { return a == b }))
}
