package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// nooit is the day of a note that was taken away: the next one is earlier.
const nooit = int64(99991231)

// herteling is the note of a provider. It is never deleted, so that Nr only goes
// up; Open is whether it stands.
type herteling struct {
	Aanbieder string `json:"_id"`
	Vanaf     int64  `json:"vanaf"`
	Nr        int64  `json:"nr"`
}

// Hertel implements store.Aanbieders.
func (s *Store) Hertel(ctx context.Context, h store.Hertel) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("note to count again", err)
	}
	defer leave()
	return fail("note to count again", s.noteer(ctx, []store.Hertel{h}))
}

// noteer makes notes in one write. Making one twice does no harm.
func (s *Store) noteer(ctx context.Context, notes []store.Hertel) error {
	if len(notes) == 0 {
		return nil
	}
	models := make([]mongo.WriteModel, len(notes))
	for i, h := range notes {
		models[i] = mongo.NewUpdateOneModel().SetFilter(bson.D{e("_id", h.Aanbieder)}).SetUpsert(true).SetUpdate(bson.D{
			e("$min", bson.D{e("vanaf", vorm.DateNumber(h.Vanaf))}),
			e("$inc", bson.D{e("nr", int64(1))}),
			e("$set", bson.D{e("open", true)}),
			e("$currentDate", bson.D{e("sinds", true)}),
		})
	}
	for {
		_, err := s.c(cHertelingen).BulkWrite(ctx, models, options.BulkWrite().SetOrdered(false))
		if !mongo.IsDuplicateKeyError(err) {
			return err
		}
		// Another made the same note at the same moment: it is there by now.
	}
}

// TeHertellen implements store.Aanbieders. Those noted longest ago come first.
func (s *Store) TeHertellen(ctx context.Context, n int) ([]store.Herteling, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return nil, fail("list what to count again", err)
	}
	defer leave()
	if n <= 0 {
		return nil, nil
	}
	if !s.leest {
		if err := s.bezorgOud(ctx); err != nil {
			return nil, fail("deliver notes", err)
		}
	}
	var rows []herteling
	found, err := s.c(cHertelingen).Find(ctx, bson.D{e("open", true)},
		options.Find().SetSort(bson.D{e("sinds", 1), e("_id", 1)}).SetLimit(int64(n)))
	if err == nil {
		err = found.All(ctx, &rows)
	}
	if err == nil && s.leest {
		rows, err = s.metOnbezorgd(ctx, rows, n)
	}
	if err != nil {
		return nil, fail("list what to count again", err)
	}
	return vorm.Each(rows, func(h herteling) store.Herteling {
		return store.Herteling{Aanbieder: h.Aanbieder, Vanaf: vorm.DateOf(h.Vanaf), Nr: h.Nr}
	}), nil
}

// Herteld implements store.Aanbieders.
func (s *Store) Herteld(ctx context.Context, h store.Herteling) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("take note away", err)
	}
	defer leave()
	_, err = s.c(cHertelingen).UpdateOne(ctx, bson.D{e("_id", h.Aanbieder), e("nr", h.Nr)},
		bson.D{e("$set", bson.D{e("open", false), e("vanaf", nooit)})})
	return fail("take note away", err)
}
