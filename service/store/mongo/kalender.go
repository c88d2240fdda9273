package mongo

import (
	"context"
	"errors"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// kalender is a domain.KalenderVersie as it is kept.
type kalender struct {
	Versie int    `json:"_id"`
	Doc    string `json:"doc"`
}

// BewaarKalender implements store.Kalenders. Of calls that see the same highest
// version one gets the next.
func (s *Store) BewaarKalender(ctx context.Context, k domain.KalenderVersie) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("keep calendar", err)
	}
	defer leave()
	doc, err := vorm.EncodeKalender(k)
	if err != nil {
		return fail("keep calendar", err)
	}
	newest, err := s.laatsteKalender(ctx)
	if err != nil && !errors.Is(err, mongo.ErrNoDocuments) {
		return fail("keep calendar", err)
	}
	if k.Versie == newest.Versie+1 {
		if _, err = s.c(cKalenders).InsertOne(ctx, kalender{k.Versie, doc}); !mongo.IsDuplicateKeyError(err) {
			return fail("keep calendar", err)
		}
	}
	return &domain.Error{Code: domain.Stale, Key: "fout.kalender_versie"}
}

func (s *Store) laatsteKalender(ctx context.Context) (k kalender, err error) {
	err = s.c(cKalenders).FindOne(ctx, bson.D{}, options.FindOne().SetSort(bson.D{e("_id", -1)})).Decode(&k)
	return k, err
}

// Kalender implements store.Kalenders.
func (s *Store) Kalender(ctx context.Context) (domain.KalenderVersie, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.KalenderVersie{}, fail("read calendar", err)
	}
	defer leave()
	row, err := s.laatsteKalender(ctx)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return domain.KalenderVersie{}, notFound("fout.opslag_geen_kalender")
	}
	if err != nil {
		return domain.KalenderVersie{}, fail("read calendar", err)
	}
	k, err := vorm.DecodeKalender(row.Versie, []byte(row.Doc))
	return k, fail("read calendar", err)
}

// Kalenders implements store.Kalenders.
func (s *Store) Kalenders(ctx context.Context) ([]domain.KalenderVersie, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return nil, fail("list calendars", err)
	}
	defer leave()
	var rows []kalender
	found, err := s.c(cKalenders).Find(ctx, bson.D{}, options.Find().SetSort(bson.D{e("_id", 1)}))
	if err == nil {
		err = found.All(ctx, &rows)
	}
	list := make([]domain.KalenderVersie, 0, len(rows))
	for _, r := range rows {
		var k domain.KalenderVersie
		if k, err = vorm.DecodeKalender(r.Versie, []byte(r.Doc)); err != nil {
			break
		}
		list = append(list, k)
	}
	if err != nil {
		return nil, fail("list calendars", err)
	}
	return slices.Clip(list), nil
}
