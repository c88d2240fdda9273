package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// The messages of a melding are written in it, in Berichten, and so with it or not
// at all. Right after, who wrote them makes each of them in cBerichten, unless it is
// there, and only then takes them out by their ids. What a process leaves that
// stops, the next who asks for messages finds, and does the same. A message is never
// taken away, so one that is made late, by somebody who looked before, is there
// already, with all that was done to it since.

// metBerichten are messages that stand in a melding.
type metBerichten struct {
	ID        string         `json:"_id"`
	Berichten []vorm.Bericht `json:"berichten"`
}

// maakBerichten makes the messages of w, which was written just before. What fails
// stays in its melding, see maakOudeBerichten.
func (s *Store) maakBerichten(ctx context.Context, w *schrijf) {
	if len(w.berichten) > 0 {
		_ = s.maak(ctx, []metBerichten{{w.id, w.berichten}})
	}
}

// maakOudeBerichten makes the messages that were left in their meldingen.
func (s *Store) maakOudeBerichten(ctx context.Context) error {
	for {
		var some []metBerichten
		found, err := s.c(cMeldingen).Find(ctx, bson.D{e("berichten._id", bson.D{e("$gte", "")})},
			options.Find().SetLimit(bezorgMost).SetProjection(bson.D{e("berichten", 1)}))
		if err == nil {
			err = found.All(ctx, &some)
		}
		if err != nil || len(some) == 0 {
			return err
		}
		if err := s.maak(ctx, some); err != nil {
			return err
		}
	}
}

// maak makes the messages of some, and then takes them out of their meldingen.
func (s *Store) maak(ctx context.Context, some []metBerichten) error {
	var all []vorm.Bericht
	ids, berichten := []string{}, []string{}
	for _, m := range some {
		ids = append(ids, m.ID)
		for _, b := range m.Berichten {
			all, berichten = append(all, b), append(berichten, b.ID)
		}
	}
	_, err := s.c(cBerichten).InsertMany(ctx, all, options.InsertMany().SetOrdered(false))
	if err != nil && !alleenDubbel(err) {
		return err
	}
	_, err = s.c(cMeldingen).UpdateMany(ctx, in(ids),
		bson.D{e("$pull", bson.D{e("berichten", bson.D{e("_id", bson.D{e("$in", berichten)})})})})
	return err
}
