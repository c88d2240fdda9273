package mongo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// onServer is an index as the server lists it.
type onServer struct {
	Name   string `json:"name"`
	Key    bson.D `json:"key"`
	Unique bool   `json:"unique"`
	Sparse bool   `json:"sparse"`
}

// definition writes an index as a person compares it.
func definition(keys bson.D, unique, sparse bool) string {
	fields := make([]string, len(keys))
	for i, k := range keys {
		fields[i] = fmt.Sprintf("%s %v", k.Key, k.Value)
	}
	text := strings.Join(fields, ", ")
	if unique {
		text += ", unique"
	}
	if sparse {
		text += ", sparse"
	}
	return text
}

// fields gives the keys as the server takes them.
func (i indexSpec) fields() bson.D {
	keys := make(bson.D, len(i.keys))
	for n, k := range i.keys {
		name, down := strings.CutPrefix(k, "-")
		keys[n] = bson.E{Key: name, Value: int32(1)}
		if down {
			keys[n].Value = int32(-1)
		}
	}
	return keys
}

func (i indexSpec) definition() string { return definition(i.fields(), i.unique, i.sparse) }

// ensureIndexes makes the indexes that are missing, and refuses a server of which
// one is another than is declared. Several copies of the service may do so at once.
func (s *Store) ensureIndexes(ctx context.Context, at place) error {
	there := map[string]map[string]string{}
	for _, i := range indexes() {
		if there[i.collection] == nil {
			list, err := s.listed(ctx, i.collection)
			if err != nil {
				return err
			}
			there[i.collection] = list
		}
		found, ok := there[i.collection][i.name]
		if !ok {
			if err := s.make(ctx, i); err != nil && !hasCode(err, codeIndexOptionsConflict, codeIndexKeySpecsClash) {
				return err
			} else if err != nil {
				return differs(at, i, err.Error())
			}
			continue
		}
		if found != i.definition() {
			return differs(at, i, found)
		}
	}
	return nil
}

func differs(at place, i indexSpec, found string) error {
	return unopened("fout.mongo_index", errors.New("index differs"), i.name, i.collection, at.database, found, i.definition())
}

// listed gives the indexes that the server has, by name.
func (s *Store) listed(ctx context.Context, collection string) (map[string]string, error) {
	byName := map[string]string{}
	var rows []onServer
	found, err := s.c(collection).Indexes().List(ctx)
	if err == nil {
		err = found.All(ctx, &rows)
	}
	if hasCode(err, codeNamespaceNotFound) {
		return byName, nil
	}
	for _, r := range rows {
		byName[r.Name] = definition(r.Key, r.Unique, r.Sparse)
	}
	return byName, err
}

func (s *Store) make(ctx context.Context, i indexSpec) error {
	o := options.Index().SetName(i.name)
	if i.unique {
		o.SetUnique(true)
	}
	if i.sparse {
		o.SetSparse(true)
	}
	_, err := s.c(i.collection).Indexes().CreateOne(ctx, mongo.IndexModel{Keys: i.fields(), Options: o})
	return err
}
