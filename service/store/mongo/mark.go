package mongo

import (
	"context"
	"errors"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// What the mark of a database says: whose it is, and the version of its form.
const (
	markID      = "vorm"
	markProduct = "lmz-triage"
	markVersie  = 4
)

type mark struct {
	ID      string `json:"_id"`
	Product string `json:"product"`
	Versie  int    `json:"versie"`
}

// mark marks an empty database as ours and refuses one that is another's, or of a
// newer form. It is the first that is written in a database. It gives the version
// of its form.
func (s *Store) mark(ctx context.Context, at place) (versie int, err error) {
	found, err := s.readMark(ctx)
	switch {
	case !errors.Is(err, mongo.ErrNoDocuments):
	case s.leest:
		return 0, unopened("fout.kopie_geen_database", errors.New("database without a mark"), at.database, at.hosts)
	case s.existing:
		return 0, unopened("fout.mongo_geen", errors.New("database without a mark"), at.database, at.hosts)
	default:
		var names []string
		if names, err = s.verzamelingen(ctx); err != nil {
			return 0, err
		}
		if len(names) == 0 {
			found = mark{markID, markProduct, markVersie}
			_, err = s.c(cVorm).InsertOne(ctx, found)
		}
		if len(names) > 0 || mongo.IsDuplicateKeyError(err) { // or another copy of the service was first
			found, err = s.readMark(ctx)
		}
	}
	switch {
	case errors.Is(err, mongo.ErrNoDocuments), err == nil && found.Product != markProduct:
		return 0, unopened("fout.mongo_vreemd", errors.New("database of another product"), at.database, at.hosts)
	case err != nil:
		return 0, err
	case found.Versie > markVersie:
		return 0, unopened("fout.mongo_te_nieuw", errors.New("database of a newer form"), at.database, at.hosts, found.Versie, markVersie)
	case found.Versie < markVersie && s.asIs:
		return 0, unopened("fout.mongo_oude_vorm", errors.New("database of an older form"), at.database, at.hosts, found.Versie, markVersie)
	}
	return found.Versie, nil
}

// verzamelingen are the collections that are there, but for that of the mark.
func (s *Store) verzamelingen(ctx context.Context) ([]string, error) {
	ctx, end := s.grens(ctx)
	defer end()
	names, err := s.db.ListCollectionNames(ctx, bson.D{})
	return slices.DeleteFunc(names, func(n string) bool { return n == cVorm || strings.HasPrefix(n, "system.") }), err
}

func (s *Store) readMark(ctx context.Context) (found mark, err error) {
	err = s.c(cVorm).FindOne(ctx, bson.D{e("_id", markID)}).Decode(&found)
	return found, err
}
