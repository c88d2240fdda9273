package mongo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// definition writes an index as a person compares it: the fields, and every option
// but those that say how the server keeps or made it.
func definition(index bson.Raw) (name, text string, err error) {
	elements, err := index.Elements()
	if err != nil {
		return "", "", fmt.Errorf("read index: %w", err)
	}
	var fields, more []string
	for _, e := range elements {
		on, is := e.Value().BooleanOK()
		switch key := e.Key(); {
		case key == "v" || key == "ns" || key == "background" || is && !on:
		case key == "name":
			name = e.Value().StringValue()
		case key == "key":
			if fields, err = keysOf(e.Value().Document()); err != nil {
				return "", "", err
			}
		case is:
			more = append(more, key)
		default:
			more = append(more, key+": "+e.Value().String())
		}
	}
	slices.Sort(more)
	return name, strings.Join(append(fields, more...), ", "), nil
}

func keysOf(keys bson.Raw) (fields []string, err error) {
	elements, err := keys.Elements()
	if err != nil {
		return nil, fmt.Errorf("read fields of index: %w", err)
	}
	for _, k := range elements {
		way := k.Value().String()
		if n, ok := k.Value().AsFloat64OK(); ok { // some servers write 1.0
			way = fmt.Sprint(n)
		}
		fields = append(fields, k.Key()+" "+way)
	}
	return fields, nil
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

func (i indexSpec) definition() string {
	raw, err := bson.Marshal(bson.D{e("key", i.fields()), e("unique", i.unique), e("sparse", i.sparse)})
	if err != nil {
		panic(err) // names and numbers
	}
	_, text, err := definition(raw)
	if err != nil {
		panic(err) // as above
	}
	return text
}

// ensureIndexes makes the indexes that are missing, and refuses a server of which
// one is another than is declared. Several copies of the service may do so at once.
// Where there are documents already it tells what it makes: that may take long.
func (s *Store) ensureIndexes(ctx context.Context, at place, tell func(*domain.Error)) error {
	there := map[string]map[string]string{}
	all := indexes()
	for nr, i := range all {
		if there[i.collection] == nil {
			list, err := s.listed(ctx, i.collection)
			if err != nil {
				return err
			}
			there[i.collection] = list
		}
		found, ok := there[i.collection][i.name]
		if !ok {
			if n, err := s.c(i.collection).EstimatedDocumentCount(ctx); err != nil {
				return err
			} else if n > 0 {
				tell(unopened("fout.mongo_maakt_index", nil, at.database, at.hosts, i.name, i.collection, nr+1, len(all)))
			}
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
	var rows []bson.Raw
	bounded, end := s.grens(ctx)
	defer end()
	found, err := s.c(collection).van.Indexes().List(bounded)
	if err == nil {
		err = lijst{found, s}.All(ctx, &rows)
	}
	if hasCode(err, codeNamespaceNotFound) {
		return byName, nil
	}
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		name, text, err := definition(r)
		if err != nil {
			return nil, err
		}
		byName[name] = text
	}
	return byName, nil
}

func (s *Store) make(ctx context.Context, i indexSpec) error {
	o := options.Index().SetName(i.name)
	if i.unique {
		o.SetUnique(true)
	}
	if i.sparse {
		o.SetSparse(true)
	}
	ctx, end := s.grens(ctx)
	defer end()
	_, err := s.c(i.collection).van.Indexes().CreateOne(ctx, mongo.IndexModel{Keys: i.fields(), Options: o})
	return err
}
