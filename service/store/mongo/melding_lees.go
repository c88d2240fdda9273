package mongo

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// nu is what to read of a melding as it is now.
func nu() bson.D {
	return bson.D{e("rev", 1), e("kenmerk", 1), e("client", 1), e("doc", 1), e("graf", 1)}
}

// Melding implements store.Meldingen.
func (s *Store) Melding(ctx context.Context, id string) (domain.Melding, error) {
	return s.leesMelding(ctx, bson.D{e("_id", id)}, nil)
}

// EersteMelding implements store.Meldingen.
func (s *Store) EersteMelding(ctx context.Context, id string) (domain.Melding, error) {
	m, err := s.leesMelding(ctx, bson.D{e("_id", id)}, append(nu(), e("eerste", 1)))
	if err == nil {
		m.Rev = 1
	}
	return m, err
}

// MeldingMetKenmerk implements store.Meldingen.
func (s *Store) MeldingMetKenmerk(ctx context.Context, kenmerk string) (domain.Melding, error) {
	return s.leesMelding(ctx, bson.D{e("kenmerk", kenmerk)}, nu())
}

// leesMelding reads one melding: as it is when fields is nil, which reads the whole
// document, since a projection costs more than it saves; else with the form it was
// first kept in, when that is among the fields.
func (s *Store) leesMelding(ctx context.Context, filter, fields bson.D) (domain.Melding, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Melding{}, fail("read melding", err)
	}
	defer leave()
	o := options.FindOne()
	if fields != nil {
		o.SetProjection(fields)
	}
	var r melding
	err = s.c(cMeldingen).FindOne(ctx, filter, o).Decode(&r)
	switch {
	case errors.Is(err, mongo.ErrNoDocuments), err == nil && r.Graf:
		return domain.Melding{}, unknownMelding()
	case err != nil:
		return domain.Melding{}, fail("read melding", err)
	}
	doc := r.Doc
	if r.Eerste != "" && fields != nil {
		doc = r.Eerste
	}
	m, err := r.domain(doc)
	return m, fail("read melding", err)
}

// meldingen reads at most n meldingen by filter in an order.
func (s *Store) meldingen(ctx context.Context, filter, order bson.D, n int) ([]domain.Melding, error) {
	found, err := s.c(cMeldingen).Find(ctx, filter,
		options.Find().SetSort(order).SetLimit(int64(n)).SetProjection(nu()).SetBatchSize(int32(min(n, mostBatch))))
	if err != nil {
		return nil, err
	}
	var rows []melding
	if err := found.All(ctx, &rows); err != nil {
		return nil, err
	}
	var list []domain.Melding
	for i := range rows {
		m, err := rows[i].domain(rows[i].Doc)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// mostBatch is how many documents one answer of the server holds at most.
const mostBatch = 1000
