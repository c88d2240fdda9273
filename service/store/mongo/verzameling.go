package mongo

import (
	"context"
	"errors"
	"reflect"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/store"
)

// verzameling is a collection of which every operation ends in time, whatever its
// caller's context allows: the driver goes by that alone when it has a deadline.
type verzameling struct {
	van *mongo.Collection
	s   *Store
}

// c gives a collection, which keeps by the majority and reads what it kept.
func (s *Store) c(name string) verzameling { return verzameling{s.db.Collection(name), s} }

// errLeest is that somebody wants to write in what is only read.
var errLeest = errors.New("the store was opened to be read")

type langKey struct{}

// langMost is how long an operation may take of work on a whole collection, such as
// an index that is made of millions of documents. A server that does not answer
// at all is noticed long before, by the driver's own look at it.
const langMost = 6 * time.Hour

// lang gives a context for such work.
func lang(ctx context.Context) context.Context { return context.WithValue(ctx, langKey{}, true) }

// grens gives the context for one operation.
func (s *Store) grens(ctx context.Context) (context.Context, func()) {
	if ctx.Value(langKey{}) != nil {
		return store.Wacht(ctx, langMost)
	}
	return store.Wacht(ctx, s.duur)
}

func (c verzameling) FindOne(ctx context.Context, filter any, opts ...options.Lister[options.FindOneOptions]) *mongo.SingleResult {
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.FindOne(ctx, filter, opts...)
}

func (c verzameling) Find(ctx context.Context, filter any, opts ...options.Lister[options.FindOptions]) (lijst, error) {
	bounded, end := c.s.grens(ctx)
	defer end()
	found, err := c.van.Find(bounded, filter, opts...)
	return lijst{found, c.s}, err
}

func (c verzameling) Aggregate(ctx context.Context, pipeline any, opts ...options.Lister[options.AggregateOptions]) (lijst, error) {
	bounded, end := c.s.grens(ctx)
	defer end()
	found, err := c.van.Aggregate(bounded, pipeline, opts...)
	return lijst{found, c.s}, err
}

func (c verzameling) CountDocuments(ctx context.Context, filter any, opts ...options.Lister[options.CountOptions]) (int64, error) {
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.CountDocuments(ctx, filter, opts...)
}

func (c verzameling) EstimatedDocumentCount(ctx context.Context) (int64, error) {
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.EstimatedDocumentCount(ctx)
}

func (c verzameling) InsertOne(ctx context.Context, doc any) (*mongo.InsertOneResult, error) {
	if c.s.leest {
		return nil, errLeest
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.InsertOne(ctx, doc)
}

func (c verzameling) InsertMany(ctx context.Context, docs any, opts ...options.Lister[options.InsertManyOptions]) (*mongo.InsertManyResult, error) {
	if c.s.leest {
		return nil, errLeest
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.InsertMany(ctx, docs, opts...)
}

func (c verzameling) UpdateOne(ctx context.Context, filter, update any, opts ...options.Lister[options.UpdateOneOptions]) (*mongo.UpdateResult, error) {
	if c.s.leest {
		return nil, errLeest
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.UpdateOne(ctx, filter, update, opts...)
}

func (c verzameling) UpdateMany(ctx context.Context, filter, update any, opts ...options.Lister[options.UpdateManyOptions]) (*mongo.UpdateResult, error) {
	if c.s.leest {
		return nil, errLeest
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.UpdateMany(ctx, filter, update, opts...)
}

func (c verzameling) ReplaceOne(ctx context.Context, filter, doc any, opts ...options.Lister[options.ReplaceOptions]) (*mongo.UpdateResult, error) {
	if c.s.leest {
		return nil, errLeest
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.ReplaceOne(ctx, filter, doc, opts...)
}

func (c verzameling) FindOneAndUpdate(ctx context.Context, filter, update any, opts ...options.Lister[options.FindOneAndUpdateOptions]) *mongo.SingleResult {
	if c.s.leest {
		return mongo.NewSingleResultFromDocument(bson.D{}, errLeest, nil)
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.FindOneAndUpdate(ctx, filter, update, opts...)
}

func (c verzameling) FindOneAndReplace(ctx context.Context, filter, doc any, opts ...options.Lister[options.FindOneAndReplaceOptions]) *mongo.SingleResult {
	if c.s.leest {
		return mongo.NewSingleResultFromDocument(bson.D{}, errLeest, nil)
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.FindOneAndReplace(ctx, filter, doc, opts...)
}

func (c verzameling) DeleteOne(ctx context.Context, filter any) (*mongo.DeleteResult, error) {
	if c.s.leest {
		return nil, errLeest
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.DeleteOne(ctx, filter)
}

func (c verzameling) DeleteMany(ctx context.Context, filter any) (*mongo.DeleteResult, error) {
	if c.s.leest {
		return nil, errLeest
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.DeleteMany(ctx, filter)
}

func (c verzameling) BulkWrite(ctx context.Context, models []mongo.WriteModel, opts ...options.Lister[options.BulkWriteOptions]) (*mongo.BulkWriteResult, error) {
	if c.s.leest {
		return nil, errLeest
	}
	ctx, end := c.s.grens(ctx)
	defer end()
	return c.van.BulkWrite(ctx, models, opts...)
}

// lijst is what a search finds, which comes in batches.
type lijst struct {
	van *mongo.Cursor
	s   *Store
}

// All reads all of it into the slice that into points at. Each batch is an operation.
func (l lijst) All(ctx context.Context, into any) error {
	defer l.sluit()
	list := reflect.ValueOf(into).Elem()
	list.SetLen(0)
	for l.next(ctx) {
		one := reflect.New(list.Type().Elem())
		if err := l.van.Decode(one.Interface()); err != nil {
			return err
		}
		list.Set(reflect.Append(list, one.Elem()))
	}
	return l.van.Err()
}

func (l lijst) next(ctx context.Context) bool {
	if l.van.RemainingBatchLength() > 0 {
		return l.van.Next(ctx)
	}
	bounded, end := l.s.grens(ctx)
	defer end()
	return l.van.Next(bounded)
}

// sluit has the server forget what it has left of l. Nobody waits for that: the
// server may not answer any more.
func (l lijst) sluit() {
	if l.van.ID() == 0 {
		_ = l.van.Close(context.Background()) // nothing is sent
		return
	}
	l.s.busy.Go(func() {
		ctx, end := context.WithTimeout(context.Background(), l.s.duur)
		defer end()
		_ = l.van.Close(ctx) // it forgets by itself after a while
	})
}
