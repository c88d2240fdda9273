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
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// Where the address does not say otherwise: the database, how long an operation
// may take, and how long to look for a server.
const (
	stdDatabase = "lmz_triage"
	stdTimeout  = 1800 * time.Millisecond
	stdSelect   = 1500 * time.Millisecond
)

// Option changes how a store is opened.
type Option func(*options.ClientOptions)

// WithMonitor has m told of every command that is sent.
func WithMonitor(m *event.CommandMonitor) Option {
	return func(o *options.ClientOptions) { o.SetMonitor(m) }
}

// Open opens the store in the database that address (a MongoDB connection string)
// names, lmz_triage when it names none, and makes in an empty one what it needs.
// A server that is not there is a domain.Error of code Unavailable with the Key
// fout.mongo_onbereikbaar, within two seconds: it may come. All other refusals
// (see nl.json, fout.mongo_*) stay until somebody does something. None of them
// shows the password. ctx is for the opening only.
func Open(ctx context.Context, address string, opts ...Option) (*Store, error) {
	o, at, err := read(address)
	if err != nil {
		return nil, err
	}
	for _, set := range opts {
		set(o)
	}
	client, err := mongo.Connect(o)
	if err != nil {
		return nil, unopened("fout.mongo_adres", errAddress)
	}
	s := &Store{client: client, beurt: make(chan struct{}, 1), geduld: groepLeeft, naamGeduld: naamGeduld}
	s.adviezen = &groeper[vorm.Advies]{write: s.schrijfAdviezen, most: groepWrites, geeft: *o.Timeout}
	s.claims = &groeper[*schrijf]{write: s.schrijfClaims, most: groepWrites, geeft: *o.Timeout}
	s.nieuwe = &groeper[*schrijf]{write: s.schrijfNieuwe, most: groepWrites, geeft: *o.Timeout}
	s.tellers = &groeper[*telVraag]{write: s.telVragen, most: 1, geeft: *o.Timeout}
	s.gone = sync.OnceValue(s.end)
	if err := s.prepare(ctx, at); err != nil {
		go func() { // who waits to hear what is wrong need not wait for this as well
			away, cancel := detached(ctx)
			defer cancel()
			_ = client.Disconnect(away) // nothing was kept over it
		}()
		return nil, cannotOpen(at, err)
	}
	return s, nil
}

// place is where a store is, as it may be shown.
type place struct{ hosts, database string }

// read takes an address apart. What is kept and read is not for the address to
// say: the promises of the store rest on it.
func read(address string) (*options.ClientOptions, place, error) {
	parts, err := connstring.ParseAndValidate(address)
	if err != nil {
		return nil, place{}, unopened("fout.mongo_adres", errAddress)
	}
	o := options.Client().ApplyURI(address)
	if o.Validate() != nil || strings.ContainsAny(parts.Database, "/\\. \"$*<>:|?\x00") || len(parts.Database) > 63 {
		return nil, place{}, unopened("fout.mongo_adres", errAddress)
	}
	journal := true
	o.SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journal}).SetReadPreference(readpref.Primary())
	o.SetBSONOptions(&options.BSONOptions{UseJSONStructTags: true}).SetAppName("lmz-triage")
	if o.Timeout == nil {
		o.SetTimeout(stdTimeout)
	}
	if o.ServerSelectionTimeout == nil {
		o.SetServerSelectionTimeout(stdSelect)
	}
	if o.ConnectTimeout == nil {
		o.SetConnectTimeout(stdSelect)
	}
	at := place{strings.Join(o.Hosts, ","), parts.Database}
	if at.database == "" {
		at.database = stdDatabase
	}
	return o, at, nil
}

// prepare looks whether the database is ours and makes what is missing in it.
func (s *Store) prepare(ctx context.Context, at place) error {
	rc, err := s.concern(ctx)
	if err != nil {
		return err
	}
	s.db = s.client.Database(at.database, options.Database().SetReadConcern(rc))
	versie, err := s.mark(ctx, at)
	if err != nil {
		return err
	}
	if err := s.ensureIndexes(ctx, at); err != nil {
		return err
	}
	return s.bijwerken(ctx, versie)
}

// concern is how to read: what a majority keeps where there are several servers.
func (s *Store) concern(ctx context.Context) (*readconcern.ReadConcern, error) {
	var is struct {
		SetName string `json:"setName"`
		Msg     string `json:"msg"`
	}
	err := s.client.Database("admin").RunCommand(ctx, bson.D{e("isMaster", 1)}).Decode(&is)
	if err != nil {
		return nil, err
	}
	if is.SetName == "" && is.Msg != "isdbgrid" {
		return readconcern.Local(), nil
	}
	return readconcern.Majority(), nil
}

// unopened is the failure of opening a store: key says what is wrong and what to
// do.
func unopened(key string, cause error, args ...any) error {
	return &domain.Error{Code: domain.Unavailable, Key: key, Args: args, Cause: cause}
}
