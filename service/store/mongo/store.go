package mongo

import (
	"context"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// Store is the store in one MongoDB database.
type Store struct {
	client   *mongo.Client
	db       *mongo.Database
	adviezen *groeper[vorm.Advies]
	claims   *groeper[*schrijf]
	nieuwe   *groeper[*schrijf]
	tellers  *groeper[*telVraag]
	bekend   bekenden
	geduld   time.Duration // see maakVrij
	bezorger bezorger

	naamGeduld time.Duration // as the constant; another for tests

	beurt chan struct{} // holds one: whose turn it is to change providers

	lock   sync.Mutex
	closed bool
	busy   sync.WaitGroup // calls, and what they left to be done
	gone   func() error
}

// use lets a call in, and holds up Close until the function it gives is called.
func (s *Store) use(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.closed {
		return nil, errClosed
	}
	s.busy.Add(1)
	return s.busy.Done, nil
}

// detached is a context for what must go on when its caller is gone; it ends by
// itself.
func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
}

// Ping implements store.Store. It writes one small document and reads it.
func (s *Store) Ping(ctx context.Context) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("ping", err)
	}
	defer leave()
	filter := bson.D{e("_id", "hartslag")}
	beat := bson.D{e("$currentDate", bson.D{e("op", true)})}
	if _, err := s.c(cVorm).UpdateOne(ctx, filter, beat, options.UpdateOne().SetUpsert(true)); err != nil && !mongo.IsDuplicateKeyError(err) {
		return fail("ping: write", err)
	}
	return fail("ping: read", s.c(cVorm).FindOne(ctx, filter).Err())
}

// Close implements store.Store.
func (s *Store) Close() error {
	s.lock.Lock()
	s.closed = true
	s.lock.Unlock()
	return s.gone()
}

// end waits for the calls that were let in and ends the connections.
func (s *Store) end() error {
	s.busy.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return fail("close store", s.client.Disconnect(ctx))
}
