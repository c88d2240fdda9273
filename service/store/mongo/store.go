package mongo

import (
	"context"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// Store is the store in one MongoDB database.
type Store struct {
	address  string
	opts     []Option
	leest    bool // nothing may be written
	asIs     bool // a database of an older form is refused
	existing bool // and so is one that holds no store

	client   *mongo.Client // these are there once Prepare has connected
	db       *mongo.Database
	niveau   string // of what it reads, see concern
	at       place
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
	wacht  *domain.Error  // why it cannot be used yet; nil when it can
	busy   sync.WaitGroup // calls, and what they left to be done
	duur   time.Duration  // how long an operation may take
	gone   func() error
}

// use lets a call in, and holds up Close until the function it gives is called. All
// of the call is a wait of its caller.
func (s *Store) use(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.closed {
		return nil, errClosed
	}
	if s.wacht != nil && ctx.Value(langKey{}) == nil { // of which a caller far away need not hear the details
		return nil, &domain.Error{Code: domain.Unavailable, Key: "fout.opslag_niet_beschikbaar", Cause: s.wacht}
	}
	s.busy.Add(1)
	_, end := store.Wacht(ctx, 0)
	return func() {
		end()
		s.busy.Done()
	}, nil
}

// detached is a context for what must go on when its caller is gone; it ends by
// itself.
func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(store.ZonderGeduld(ctx), 10*time.Second)
}

// los carries a write out to its end, also when its caller is gone: only a process
// that ends stops it half way.
func (s *Store) los(ctx context.Context, do func(context.Context) error) error {
	done := make(chan error, 1)
	s.busy.Go(func() { done <- do(store.ZonderGeduld(ctx)) })
	return wachtOp(ctx, done)
}

// wachtOp waits for what comes on done.
func wachtOp(ctx context.Context, done <-chan error) error {
	wait, end := store.Wacht(ctx, 0)
	defer end()
	select {
	case err := <-done:
		return err
	case <-wait.Done():
		return wait.Err()
	}
}

// Ping implements store.Store. It writes one small document and reads it. The cause
// of a failure is a domain.Error that says what is wrong with the server.
func (s *Store) Ping(ctx context.Context) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("ping", err)
	}
	defer leave()
	filter := bson.D{e("_id", "hartslag")}
	beat := bson.D{e("$currentDate", bson.D{e("op", true)})}
	_, err = s.c(cVorm).UpdateOne(ctx, filter, beat, options.UpdateOne().SetUpsert(true))
	if err == nil || mongo.IsDuplicateKeyError(err) {
		err = s.c(cVorm).FindOne(ctx, filter).Err()
	}
	if err == nil {
		return nil
	}
	key := keyOf(err)
	if ctx.Err() == nil { // who asks is not what ended it
		key = "fout.opslag_niet_beschikbaar"
	}
	return &domain.Error{Code: domain.Unavailable, Key: key, Cause: s.at.waarom("ping", err)}
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
	s.lock.Lock()
	client := s.client
	s.lock.Unlock()
	if client == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return fail("close store", client.Disconnect(ctx))
}
