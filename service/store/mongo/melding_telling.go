package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Telling implements store.Meldingen. Each count goes through one index, and does
// not read the meldingen.
func (s *Store) Telling(ctx context.Context) (domain.Telling, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Telling{}, fail("count meldingen", err)
	}
	defer leave()
	t := domain.Telling{
		PerAdvies: map[domain.Advies]int{}, PerTermijn: map[term.Status]int{}, PerStatus: map[domain.MeldingStatus]int{},
	}
	for field, add := range map[string]func(value string, n int){
		"status":  func(value string, n int) { t.PerStatus[domain.MeldingStatus(value)], t.Meldingen = n, t.Meldingen+n },
		"advies":  func(value string, n int) { t.PerAdvies[domain.Advies(value)] = n },
		"termijn": func(value string, n int) { t.PerTermijn[term.Status(value)] = n },
	} {
		if err := s.telPer(ctx, cMeldingen, field, "$"+field, add); err != nil {
			return domain.Telling{}, fail("count meldingen", err)
		}
	}
	delete(t.PerTermijn, "") // without an open term there is nothing to filter on
	err = s.telPer(ctx, cAanbieders, "naamvorm", "", func(_ string, n int) { t.Aanbieders = n })
	if err != nil {
		return domain.Telling{}, fail("count providers", err)
	}
	return t, nil
}

// telPer counts the documents that have a text in field, per value of per. What is
// no melding has none.
func (s *Store) telPer(ctx context.Context, collection, field, per string, add func(value string, n int)) error {
	var rows []struct {
		Value string `json:"_id"`
		N     int    `json:"n"`
	}
	found, err := s.c(collection).Aggregate(ctx, bson.A{
		bson.D{e("$match", bson.D{e(field, bson.D{e("$gte", "")})})},
		bson.D{e("$group", bson.D{e("_id", per), e("n", bson.D{e("$sum", 1)})})},
	})
	if err == nil {
		err = found.All(ctx, &rows)
	}
	for _, r := range rows {
		add(r.Value, r.N)
	}
	return err
}

// MeldingenOver implements store.Meldingen.
func (s *Store) MeldingenOver(ctx context.Context, aanbieder string, van, tot term.Date, na string, n int) ([]domain.Melding, error) {
	filter := bson.D{
		e("aanbieder", aanbieder), e("dag", bson.D{e("$gte", vorm.DateNumber(van)), e("$lte", vorm.DateNumber(tot))}),
		e("_id", bson.D{e("$gt", na)}),
	}
	return s.eerste(ctx, "list meldingen of provider", filter, bson.D{e("_id", 1)}, n)
}

// TeControleren implements store.Meldingen.
func (s *Store) TeControleren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	filter := bson.D{e("controle", bson.D{e("$gt", 0), e("$lte", vorm.DateNumber(dag))})}
	return s.eerste(ctx, "list meldingen to check", filter, bson.D{e("controle", 1), e("_id", 1)}, n)
}

// eerste gives the first n meldingen by filter in an order.
func (s *Store) eerste(ctx context.Context, verb string, filter, order bson.D, n int) ([]domain.Melding, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return nil, fail(verb, err)
	}
	defer leave()
	if n <= 0 {
		return nil, nil
	}
	list, err := s.meldingen(ctx, filter, order, n)
	return list, fail(verb, err)
}
