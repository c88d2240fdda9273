package mongo

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// leiding is the lead of a kind of work: since a moment by the server's clock, for
// so many milliseconds.
type leiding struct {
	Naam   string    `json:"_id"`
	Houder string    `json:"houder"`
	Nr     int64     `json:"nr"`
	Sinds  time.Time `json:"sinds"`
	Duur   int64     `json:"duur"`
}

// NeemLeiding implements store.Leidingen. To renew is one round trip; a lead that
// has run out is taken in a second, and one that never was in a third.
func (s *Store) NeemLeiding(ctx context.Context, naam, houder string, duur time.Duration) (store.Leiding, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return store.Leiding{}, fail("take lead", err)
	}
	defer leave()
	now := e("$currentDate", bson.D{e("sinds", true)})
	length := bson.D{e("duur", duur.Milliseconds())}
	anew := bson.D{e("houder", houder), length[0]}
	next := e("$inc", bson.D{e("nr", int64(1))})
	id := e("_id", naam)

	l, err := s.wijzigLeiding(ctx, bson.D{id, e("houder", houder)}, bson.D{e("$set", length), now}, false)
	if errors.Is(err, mongo.ErrNoDocuments) {
		l, err = s.wijzigLeiding(ctx, bson.D{id, voorbij()}, bson.D{e("$set", anew), next, now}, false)
	}
	if errors.Is(err, mongo.ErrNoDocuments) {
		never := bson.D{id, e("nr", bson.D{e("$exists", false)})}
		l, err = s.wijzigLeiding(ctx, never, bson.D{e("$set", anew), next, now}, true)
	}
	if mongo.IsDuplicateKeyError(err) {
		return store.Leiding{}, &domain.Error{Code: domain.Conflict, Key: "fout.leiding_bezet"}
	}
	if err != nil {
		return store.Leiding{}, fail("take lead", err)
	}
	return store.Leiding{Naam: naam, Houder: houder, Nr: l.Nr, Tot: l.Sinds.Add(time.Duration(l.Duur) * time.Millisecond).UTC()}, nil
}

// voorbij asks for a lead that has run out by the server's clock.
func voorbij() bson.E {
	end := bson.D{e("$add", bson.A{"$sinds", "$duur"})}
	return e("$expr", bson.D{e("$lte", bson.A{end, "$$NOW"})})
}

func (s *Store) wijzigLeiding(ctx context.Context, filter, update bson.D, upsert bool) (l leiding, err error) {
	err = s.c(cLeidingen).FindOneAndUpdate(ctx, filter, update,
		options.FindOneAndUpdate().SetUpsert(upsert).SetReturnDocument(options.After)).Decode(&l)
	return l, err
}

// LaatLeiding implements store.Leidingen.
func (s *Store) LaatLeiding(ctx context.Context, l store.Leiding) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("give lead up", err)
	}
	defer leave()
	_, err = s.c(cLeidingen).UpdateOne(ctx,
		bson.D{e("_id", l.Naam), e("houder", l.Houder), e("nr", l.Nr)},
		bson.D{e("$set", bson.D{e("houder", ""), e("duur", int64(0))})})
	return fail("give lead up", err)
}
