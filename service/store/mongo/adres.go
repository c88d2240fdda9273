package mongo

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"
)

// Where the address does not say otherwise: the database, how long an operation
// may take, and how long to look for a server.
const (
	stdDatabase = "lmz_triage"
	stdTimeout  = 1600 * time.Millisecond
	stdSelect   = 1400 * time.Millisecond
)

// errAddress stands for what is wrong with an address: what the driver says of it
// may hold the password.
var errAddress = errors.New("address of the store cannot be read")

// place is where a store is, as it may be shown.
type place struct{ hosts, database string }

// read takes an address apart. The names behind one of kind mongodb+srv stand in DNS,
// which the driver asks without a limit.
func read(ctx context.Context, address string) (*options.ClientOptions, place, error) {
	if !strings.HasPrefix(address, connstring.SchemeMongoDBSRV+"://") {
		return lees(address)
	}
	type gelezen struct {
		o   *options.ClientOptions
		at  place
		err error
	}
	done := make(chan gelezen, 1)
	go func() {
		o, at, err := lees(address)
		done <- gelezen{o, at, err}
	}()
	ctx, cancel := context.WithTimeout(ctx, stdSelect)
	defer cancel()
	select {
	case g := <-done:
		return g.o, g.at, g.err
	case <-ctx.Done():
		return nil, place{}, unopened("fout.mongo_onbereikbaar", ctx.Err(), naamIn(address))
	}
}

// lees takes an address apart. What is kept and read is not for the address to say:
// the promises of the store rest on it.
func lees(address string) (*options.ClientOptions, place, error) {
	parts, err := connstring.ParseAndValidate(address)
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return nil, place{}, unopened("fout.mongo_onbereikbaar", dns, naamIn(address))
	}
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

// naamIn is the name of the server in an address of which the driver has taken apart
// what stands before it.
func naamIn(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if _, behind, found := strings.Cut(rest, "@"); found {
		rest = behind
	}
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		rest = rest[:end]
	}
	return rest
}
