package mongo

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// A melding that was replaced has what it was at first in a document of its own, under
// its id. A correction that takes something away from that writes another, under a
// name that only it has, and the melding names that one as it is replaced: so what
// counts changes with the melding or not at all, and that of a correction that is
// refused never does. What does not count any more is taken away right after. A
// stop in between leaves it, with a mark in the melding, to the next who writes
// that.

// eerste is a document of cEerste. A melding that is there as revision 1 is its own.
// An empty Doc says that another one counts.
type eerste struct {
	ID  string `json:"_id"`
	Doc string `json:"doc"`
}

// eersteNaam begins the name of a first melding that comes with revision rev. They sort
// by it.
func eersteNaam(id string, rev int64) string { return fmt.Sprintf("%s/%019d/", id, rev) }

// bewaarEerste keeps apart what is about to be replaced for the first time, or what w
// gives in its place. Whoever does the former keeps the same, and a melding that is
// not replaced after all has it still.
func (s *Store) bewaarEerste(ctx context.Context, w *schrijf, old *melding) error {
	doc := eerste{old.ID, string(old.Doc)}
	switch {
	case w.eerste != "":
		doc = eerste{eersteNaam(w.id, w.rev+1) + w.poging, w.eerste}
		w.eersten = append(w.eersten, doc.ID)
	case old.Rev != 1:
		return nil
	}
	_, err := s.c(cEerste).InsertOne(ctx, doc)
	if mongo.IsDuplicateKeyError(err) {
		return nil
	}
	return err
}

// naamtEerste has the melding name what w gives as the first.
func (w *schrijf) naamtEerste() bson.D {
	if len(w.eersten) == 0 {
		return nil
	}
	return bson.D{e("eerste", w.eersten[len(w.eersten)-1]), e("eersteOud", true)}
}

// wegEerste takes away what w wrote as the first when it is refused.
func (s *Store) wegEerste(ctx context.Context, w *schrijf) error {
	if len(w.eersten) == 0 {
		return nil
	}
	_, err := s.c(cEerste).DeleteMany(ctx, in(w.eersten))
	return err
}

// ruimEerste takes away what does not count any more now that w has replaced old. Who
// writes a revision that is there by now comes too late, so what he wrote is not
// waited for. What fails is left to the next.
func (s *Store) ruimEerste(ctx context.Context, w *schrijf, old *melding) {
	keep := old.Eerste
	if n := len(w.eersten); n > 0 {
		keep = w.eersten[n-1]
	} else if !old.EersteOud {
		return
	}
	_, err := s.c(cEerste).UpdateOne(ctx, bson.D{e("_id", w.id)}, // not deleted: a slow writer would put it there again
		bson.D{e("$set", bson.D{e("doc", "")})}, options.UpdateOne().SetUpsert(true))
	if err == nil || mongo.IsDuplicateKeyError(err) {
		_, err = s.c(cEerste).DeleteMany(ctx, bson.D{e("_id", bson.D{
			e("$gt", w.id+"/"), e("$lt", eersteNaam(w.id, w.rev+2)), e("$ne", keep),
		})})
	}
	if err == nil {
		_, _ = s.c(cMeldingen).UpdateOne(ctx, bson.D{e("_id", w.id), e("eerste", keep)},
			bson.D{e("$unset", bson.D{e("eersteOud", "")})})
	}
}

// mostEerste is how often a melding is read again that was corrected while its first
// was looked for.
const mostEerste = 10

// alsEerst gives the melding r as it was at first.
func (s *Store) alsEerst(ctx context.Context, r *melding) (domain.Melding, error) {
	for range mostEerste {
		r.Kalender = 0 // that of the document
		if r.Rev == 1 {
			return r.domain()
		}
		var first eerste
		err := s.c(cEerste).FindOne(ctx, bson.D{e("_id", cmp.Or(r.Eerste, r.ID))}).Decode(&first)
		if err == nil && first.Doc != "" {
			r.Rev, r.Doc = 1, []byte(first.Doc)
			return r.domain()
		}
		if err != nil && !errors.Is(err, mongo.ErrNoDocuments) {
			return domain.Melding{}, err
		}
		now, err := s.vind(ctx, r.ID)
		if err != nil {
			return domain.Melding{}, err
		}
		if now == nil || now.Eerste == r.Eerste {
			return domain.Melding{}, fmt.Errorf("read first melding: %w", mongo.ErrNoDocuments)
		}
		r = now
	}
	return domain.Melding{}, errDruk
}
