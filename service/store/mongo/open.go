package mongo

import (
	"context"
	"strings"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// Option changes how a store is opened.
type Option func(*options.ClientOptions)

// WithMonitor has m told of every command that is sent.
func WithMonitor(m *event.CommandMonitor) Option {
	return func(o *options.ClientOptions) { o.SetMonitor(m) }
}

// New gives the store in the database that address (a MongoDB connection string)
// names, lmz_triage when it names none. Until Prepare has ended well it answers
// every call with Unavailable.
func New(address string, opts ...Option) *Store {
	s := &Store{
		address: address, opts: opts, duur: stdTimeout, beurt: make(chan struct{}, 1), geduld: groepLeeft, naamGeduld: naamGeduld,
		wacht: unopened("fout.opslag_begint", nil),
	}
	s.adviezen = &groeper[vorm.Advies]{write: s.schrijfAdviezen, most: groepWrites, geeft: s.Geduld}
	s.claims = &groeper[*schrijf]{write: s.schrijfClaims, most: groepWrites, geeft: s.Geduld}
	s.nieuwe = &groeper[*schrijf]{write: s.schrijfNieuwe, most: groepWrites, geeft: s.Geduld}
	s.tellers = &groeper[*telVraag]{write: s.telVragen, most: 1, geeft: s.Geduld}
	s.gone = sync.OnceValue(s.end)
	return s
}

// AsItIs has a database of an older form refused: whoever opens it does not change what
// services that are running may rely on. With existing no store is made where there is
// none. It is for before Prepare.
func (s *Store) AsItIs(existing bool) *Store {
	s.asIs, s.existing = true, existing
	return s
}

// Open opens the store in address. A server that is not there is told within two
// seconds; an index or an upgrade may take as long as ctx lasts.
func Open(ctx context.Context, address string, opts ...Option) (*Store, error) {
	s := New(address, opts...)
	if err := s.Prepare(ctx, nil); err != nil {
		_ = s.Close() // it has no connection
		return nil, err
	}
	return s, nil
}

// OpenSource opens the store in address to copy from: nothing is written there, no
// mark, no index, nothing of an upgrade. A database that has no mark of ours is refused.
func OpenSource(ctx context.Context, address string, opts ...Option) (*Store, error) {
	s := New(address, opts...)
	s.leest = true
	if err := s.Prepare(ctx, nil); err != nil {
		_ = s.Close() // it has no connection
		return nil, err
	}
	return s, nil
}

// Prepare connects, and makes in an empty database what the store needs. What takes
// long it tells as a sentence to tell (which may be nil), and Ping says so
// meanwhile. It may be called again after an error that is Passing: a server that is
// not there may come. All other refusals (see nl.json, fout.mongo_*) stay until
// somebody does something. None of them shows the password. Once it has ended well
// it does nothing any more.
func (s *Store) Prepare(ctx context.Context, tell func(*domain.Error)) error {
	if s.kan() {
		return nil
	}
	o, at, err := read(ctx, s.address)
	if err == nil {
		for _, set := range s.opts {
			set(o)
		}
		err = s.connect(ctx, o, at, tell)
	}
	if err != nil {
		s.zetWacht(domain.AsError(err))
		return err
	}
	s.zetWacht(nil)
	return nil
}

func (s *Store) connect(ctx context.Context, o *options.ClientOptions, at place, tell func(*domain.Error)) error {
	client, err := mongo.Connect(o)
	if err != nil {
		return unopened("fout.mongo_adres", errAddress)
	}
	s.lock.Lock()
	s.client, s.at, s.duur = client, at, *o.Timeout
	s.lock.Unlock()
	err = s.prepare(ctx, at, func(e *domain.Error) {
		s.zetWacht(e)
		if tell != nil {
			tell(e)
		}
	})
	if err == nil {
		return nil
	}
	go func() { // who waits to hear what is wrong need not wait for this as well
		away, cancel := detached(ctx)
		defer cancel()
		_ = client.Disconnect(away) // nothing was kept over it
	}()
	s.lock.Lock()
	s.client = nil
	s.lock.Unlock()
	return at.refused(ctx, err, o)
}

// prepare looks whether the database is ours and makes what is missing in it.
func (s *Store) prepare(ctx context.Context, at place, tell func(*domain.Error)) error {
	rc, err := s.concern(ctx)
	if err != nil {
		return err
	}
	s.niveau = rc.Level
	s.db = s.client.Database(at.database, options.Database().SetReadConcern(rc))
	versie, err := s.mark(ctx, at)
	if err != nil || s.leest {
		return err
	}
	if err := s.ensureIndexes(lang(ctx), at, tell); err != nil {
		return err
	}
	return s.bijwerken(lang(ctx), versie, tell)
}

// concern is how to read: what a majority keeps where there are several servers.
func (s *Store) concern(ctx context.Context) (*readconcern.ReadConcern, error) {
	var is struct {
		SetName string `json:"setName"`
		Msg     string `json:"msg"`
	}
	ctx, end := s.grens(ctx)
	defer end()
	err := s.client.Database("admin").RunCommand(ctx, bson.D{e("isMaster", 1)}).Decode(&is)
	if err != nil {
		return nil, err
	}
	if is.SetName == "" && is.Msg != "isdbgrid" {
		return readconcern.Local(), nil
	}
	return readconcern.Majority(), nil
}

// Geduld is how long an operation of the store may take, and so how long whoever
// answers others waits for it in all.
func (s *Store) Geduld() time.Duration {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.duur
}

// kan reports that the store can be used.
func (s *Store) kan() bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.wacht == nil
}

// zetWacht says what the store waits for, nil when it can be used.
func (s *Store) zetWacht(e *domain.Error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.wacht = e
}

// unopened is the failure of opening a store: key says what is wrong and what to
// do.
func unopened(key string, cause error, args ...any) *domain.Error {
	return &domain.Error{Code: domain.Unavailable, Key: key, Args: args, Cause: cause}
}

// Passing reports that an error of Prepare may pass by itself, so that it is worth to
// try again.
func Passing(err error) bool {
	key := domain.AsError(err).Key
	return key == "fout.mongo_onbereikbaar" || key == "fout.mongo_traag" || key == "fout.mongo_verbroken" ||
		strings.HasPrefix(key, "fout.opslag_")
}
