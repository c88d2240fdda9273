package mongo_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
)

// commandNotFound is what a server answers that does not know a command.
const commandNotFound = 59

// explain asks a server that can how it would carry out every search that was seen,
// in an empty database with the declared indexes. It gives 1 when it would look at
// all documents of a collection, and says for which.
func (l *listener) explain(address string) int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, end, err := withIndexes(ctx, address)
	if err != nil {
		fmt.Fprintln(os.Stderr, "explain:", err)
		return 1
	}
	defer end(context.WithoutCancel(ctx))
	code := 0
	for _, key := range slices.Sorted(maps.Keys(l.seen)) {
		s := l.seen[key]
		command := s.search()
		if command == nil || slices.Contains(wholes(), s.collection) {
			continue
		}
		plan, err := db.RunCommand(ctx, bson.D{{Key: "explain", Value: command}, {Key: "verbosity", Value: "queryPlanner"}}).Raw()
		var refused driver.CommandError
		if errors.As(err, &refused) && refused.HasErrorCode(commandNotFound) {
			fmt.Fprintln(os.Stderr, "this server cannot explain: its plans were not looked at")
			return 0
		}
		if err != nil || strings.Contains(plan.String(), "COLLSCAN") {
			fmt.Fprintf(os.Stderr, "the server looks at all of %s for %s (%v)\n", s.collection, s.text, err)
			code = 1
		}
	}
	return code
}

// search is a find that looks for what s did; nil where nothing is known of it.
func (s *shape) search() bson.D {
	filter, ok := s.filter.DocumentOK()
	if !ok {
		return nil
	}
	command := bson.D{{Key: "find", Value: s.collection}, {Key: "filter", Value: filter}}
	if sort, ok := s.order.DocumentOK(); ok {
		command = append(command, bson.E{Key: "sort", Value: sort})
	}
	return command
}

// withIndexes gives an empty database with the declared indexes.
func withIndexes(ctx context.Context, address string) (*driver.Database, func(context.Context), error) {
	s, err := mongo.Open(ctx, address)
	if err != nil {
		return nil, nil, err
	}
	if err := s.Close(); err != nil {
		return nil, nil, err
	}
	client, err := driver.Connect(options.Client().ApplyURI(address))
	if err != nil {
		return nil, nil, err
	}
	db := client.Database(mongo.DatabaseIn(address))
	return db, func(ctx context.Context) {
		_ = db.Drop(ctx)
		_ = client.Disconnect(ctx)
	}, nil
}
