package mongo

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// mostBatch is how many documents one answer of the server holds at most.
const mostBatch = 1000

// Melding implements store.Meldingen.
func (s *Store) Melding(ctx context.Context, id string) (domain.Melding, error) {
	return s.leesMelding(ctx, bson.D{e("_id", id)}, s.alsNu)
}

// MeldingMetKenmerk implements store.Meldingen.
func (s *Store) MeldingMetKenmerk(ctx context.Context, kenmerk string) (domain.Melding, error) {
	return s.leesMelding(ctx, bson.D{e("kenmerk", kenmerk)}, s.alsNu)
}

// EersteMelding implements store.Meldingen.
func (s *Store) EersteMelding(ctx context.Context, id string) (domain.Melding, error) {
	return s.leesMelding(ctx, bson.D{e("_id", id)}, s.alsEerst)
}

// leesMelding reads one melding, of which as gives what is asked for.
func (s *Store) leesMelding(ctx context.Context, filter bson.D,
	as func(context.Context, *melding) (domain.Melding, error),
) (domain.Melding, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Melding{}, fail("read melding", err)
	}
	defer leave()
	var r melding
	text, err := s.c(cMeldingen).een(ctx, filter)
	if err == nil {
		err = r.lees(text)
	}
	if errors.Is(err, mongo.ErrNoDocuments) || err == nil && r.Graf {
		return domain.Melding{}, unknownMelding()
	}
	if err != nil {
		return domain.Melding{}, fail("read melding", err)
	}
	m, err := as(ctx, &r)
	return m, fail("read melding", err)
}

func (*Store) alsNu(_ context.Context, r *melding) (domain.Melding, error) { return r.domain() }

// meldingen reads at most n meldingen by filter in an order.
func (s *Store) meldingen(ctx context.Context, filter, order bson.D, n int) ([]domain.Melding, error) {
	found, err := s.c(cMeldingen).Find(ctx, filter,
		options.Find().SetSort(order).SetLimit(int64(n)).SetBatchSize(int32(min(n, mostBatch))))
	if err != nil {
		return nil, err
	}
	var rows []melding
	if err := found.All(ctx, &rows); err != nil {
		return nil, err
	}
	var list []domain.Melding
	for i := range rows {
		m, err := rows[i].domain()
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}
