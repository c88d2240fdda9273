package mongo

import (
	"context"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// AlleBerichten implements store.Kopie.
func (s *Store) AlleBerichten(ctx context.Context, na string, n int) ([]domain.Bericht, error) {
	var rows []vorm.Bericht
	err := s.overBerichten(ctx, "list messages", func() (err error) {
		if rows, err = pagina[vorm.Bericht](ctx, s, cBerichten, na, n); err == nil && s.leest {
			rows, err = s.metOngemaakt(ctx, rows, na, n)
		}
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

// metOngemaakt is a page of messages with those in it that still stand in their
// meldingen: of what is only read they are not made.
func (s *Store) metOngemaakt(ctx context.Context, rows []vorm.Bericht, na string, n int) ([]vorm.Bericht, error) {
	var left []metBerichten
	found, err := s.c(cMeldingen).Find(ctx, bson.D{e("berichten._id", bson.D{e("$gt", na)})}, options.Find().SetProjection(bson.D{e("berichten", 1)}))
	if err == nil {
		err = found.All(ctx, &left)
	}
	if err != nil {
		return nil, err
	}
	for _, m := range left {
		for _, b := range m.Berichten {
			if b.ID > na {
				rows = append(rows, b)
			}
		}
	}
	byID := func(a, b vorm.Bericht) int { return strings.Compare(a.ID, b.ID) }
	slices.SortStableFunc(rows, byID) // of one that is made as well, that one
	rows = slices.CompactFunc(rows, func(a, b vorm.Bericht) bool { return a.ID == b.ID })
	return rows[:min(n, len(rows))], nil
}
