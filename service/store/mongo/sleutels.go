package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

type sleutel struct {
	Naam   string `json:"_id"`
	Digest string `json:"digest"`
	ID     string `json:"id"`
	Moment int64  `json:"moment"`
}

// LegVast implements store.Sleutels: the first to insert the name has it.
func (s *Store) LegVast(ctx context.Context, key domain.Sleutel) (domain.Sleutel, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Sleutel{}, fail("keep key", err)
	}
	defer leave()
	row := sleutel{key.Naam, key.Digest, key.ID, key.Moment.UnixMilli()}
	_, err = s.c(cSleutels).InsertOne(ctx, row)
	if mongo.IsDuplicateKeyError(err) {
		err = s.c(cSleutels).FindOne(ctx, bson.D{e("_id", key.Naam)}).Decode(&row)
	}
	if err != nil {
		return domain.Sleutel{}, fail("keep key", err)
	}
	return domain.Sleutel{Naam: row.Naam, Digest: row.Digest, ID: row.ID, Moment: vorm.Moment(row.Moment)}, nil
}

// GeefVrij implements store.Sleutels.
func (s *Store) GeefVrij(ctx context.Context, key domain.Sleutel) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("release key", err)
	}
	defer leave()
	_, err = s.c(cSleutels).DeleteOne(ctx, bson.D{e("_id", key.Naam), e("id", key.ID)})
	return fail("release key", err)
}
