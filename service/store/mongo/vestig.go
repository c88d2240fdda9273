package mongo

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// vestiging is the one document through which all changes of providers go, one
// after the other: the change that came last, with its number. It is replaced only
// while it still has the number that was seen before the names were looked at, so
// none of them can have changed since. A process that stops after it leaves a
// change that whoever comes next carries out first.
type vestiging struct {
	ID        string    `json:"_id"`
	Nr        int64     `json:"nr"`
	Gedaan    bool      `json:"gedaan"`
	Aanbieder aanbieder `json:"aanbieder"`
}

const vestigingID = "laatste"

// Vestig implements store.Aanbieders. A provider that is known, and of which
// nothing is told that is not known, takes one round trip, or three the first time.
func (s *Store) Vestig(ctx context.Context, a domain.Aanbieder) (domain.Aanbieder, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Aanbieder{}, fail("establish provider", err)
	}
	defer leave()
	found, ok, err := s.zoekAanbieder(ctx, a)
	if err == nil && (!ok || found.Aangevuld(a) != found) {
		found, err = s.opBeurt(ctx, a)
	}
	if err != nil {
		return domain.Aanbieder{}, fail("establish provider", err)
	}
	return found, nil
}

// opBeurt has the changes of one process wait for each other: they would only get
// in each other's way.
func (s *Store) opBeurt(ctx context.Context, a domain.Aanbieder) (domain.Aanbieder, error) {
	wait, end := store.Wacht(ctx, 0)
	defer end()
	select {
	case s.beurt <- struct{}{}:
		defer func() { <-s.beurt }()
		return s.wijzigAanbieder(ctx, a)
	case <-wait.Done():
		return domain.Aanbieder{}, wait.Err()
	}
}

// wijzigAanbieder makes or completes the provider that a names.
func (s *Store) wijzigAanbieder(ctx context.Context, a domain.Aanbieder) (domain.Aanbieder, error) {
	for {
		last, err := s.bijgewerkt(ctx)
		if err != nil {
			return domain.Aanbieder{}, err
		}
		kept := a
		found, ok, err := s.zoekAanbieder(ctx, a)
		if err != nil {
			return domain.Aanbieder{}, err
		}
		if ok {
			if kept = found.Aangevuld(a); kept == found {
				return found, nil
			}
		} else if err := s.idVrij(ctx, a.ID); err != nil {
			return domain.Aanbieder{}, err
		}
		next := vestiging{vestigingID, last.Nr + 1, false, newAanbieder(kept, last.Nr+1)}
		done, err := s.c(cVestiging).ReplaceOne(ctx, bson.D{e("_id", vestigingID), e("nr", last.Nr)}, next)
		if err != nil {
			return domain.Aanbieder{}, err
		}
		if done.MatchedCount == 1 {
			return kept, s.voerUit(ctx, next)
		}
	}
}

// bijgewerkt gives the last change of the providers once it is carried out.
func (s *Store) bijgewerkt(ctx context.Context) (last vestiging, err error) {
	err = s.c(cVestiging).FindOne(ctx, bson.D{e("_id", vestigingID)}).Decode(&last)
	if errors.Is(err, mongo.ErrNoDocuments) {
		last = vestiging{ID: vestigingID, Gedaan: true}
		if _, err = s.c(cVestiging).InsertOne(ctx, last); mongo.IsDuplicateKeyError(err) {
			return s.bijgewerkt(ctx)
		}
	}
	if err == nil && !last.Gedaan {
		err = s.voerUit(ctx, last)
	}
	return last, err
}

// voerUit carries a change out. Each of its writes may be done again, and by
// several at once: a provider is only replaced by a later change, and a name that
// is given stays where it is.
func (s *Store) voerUit(ctx context.Context, v vestiging) error {
	row := v.Aanbieder
	_, err := s.c(cAanbieders).ReplaceOne(ctx,
		bson.D{e("_id", row.ID), e("stand", bson.D{e("$lt", v.Nr)})}, row, options.Replace().SetUpsert(true))
	if err != nil && !mongo.IsDuplicateKeyError(err) { // duplicate: it is there, by this change or a later one
		return err
	}
	var names []aanbiederSleutel
	for _, name := range row.domain().Sleutels() {
		names = append(names, aanbiederSleutel{name, row.ID})
	}
	if len(names) > 0 {
		_, err = s.c(cAanbiederSleutels).InsertMany(ctx, names, options.InsertMany().SetOrdered(false))
		if err != nil && !alleenDubbel(err) {
			return err
		}
	}
	_, err = s.c(cVestiging).UpdateOne(ctx, bson.D{e("_id", vestigingID), e("nr", v.Nr)},
		bson.D{e("$set", bson.D{e("gedaan", true)})})
	return err
}

// alleenDubbel reports that of several inserts none failed but where the id was
// there.
func alleenDubbel(err error) bool {
	var refused mongo.BulkWriteException
	if !errors.As(err, &refused) || refused.WriteConcernError != nil {
		return false
	}
	for _, e := range refused.WriteErrors {
		if !mongo.IsDuplicateKeyError(e) {
			return false
		}
	}
	return true
}

// idVrij refuses a new provider with the id of another.
func (s *Store) idVrij(ctx context.Context, id string) error {
	err := s.c(cAanbieders).FindOne(ctx, bson.D{e("_id", id)}).Err()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil
	}
	if err == nil {
		return &domain.Error{Code: domain.Conflict, Key: "fout.conflict"}
	}
	return err
}
