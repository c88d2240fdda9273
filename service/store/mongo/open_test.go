package mongo_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

const geheim = "g3h31m"

// requireRefused requires that address is refused within two seconds, in one line
// that says what and where and never shows the password.
func requireRefused(t *testing.T, address, key string, says ...string) {
	t.Helper()
	begin := time.Now() //nolint:forbidigo // how long a person waits
	s, err := mongo.Open(t.Context(), address)
	took := time.Since(begin) //nolint:forbidigo // as above
	require.Nil(t, s)
	storetest.RequireFailure(t, err, domain.Unavailable)
	e := domain.AsError(err)
	require.Equal(t, key, e.Key, "%v", err)
	texts, loadErr := domain.LoadTexts()
	require.NoError(t, loadErr)
	sentence := texts.Sentence(e.Key, e.Args...)
	for _, part := range says {
		assert.Contains(t, sentence, part)
	}
	assert.NotContains(t, sentence, "\n")
	assert.NotContains(t, sentence+err.Error(), geheim)
	assert.Less(t, took, 2*time.Second)
}

func TestAddressThatCannotBeReadIsRefused(t *testing.T) {
	for name, address := range map[string]string{
		"nothing":                      "",
		"another kind":                 "postgres://piet:" + geheim + "@db/lmz",
		"no server":                    "mongodb://piet:" + geheim + "@/lmz",
		"an at sign in the password":   "mongodb://piet:" + geheim + "@x@db:27017/lmz",
		"a slash in the password":      "mongodb://piet:" + geheim + "/x@db:27017/lmz",
		"a percent in the password":    "mongodb://piet:" + geheim + "%x@db:27017/lmz",
		"a colon in the password":      "mongodb://piet:" + geheim + ":x@db:27017/lmz",
		"a port that is none":          "mongodb://piet:" + geheim + "@db:haven/lmz",
		"a setting that is none":       "mongodb://piet:" + geheim + "@db/lmz?w=-3",
		"a database that cannot be":    "mongodb://piet:" + geheim + "@db/l.m z",
		"a certificate that is not at": "mongodb://piet:" + geheim + "@db/lmz?tls=true&tlsCAFile=/er/niet",
	} {
		t.Run(name, func(t *testing.T) { requireRefused(t, address, "fout.mongo_adres", "mongodb://") })
	}
}

func FuzzAddressIsReadOrRefusedWithoutThePassword(f *testing.F) {
	f.Add("db", "lmz?w=1")
	f.Add("a,b:1", "%")
	f.Add("@", "\x00")
	f.Fuzz(func(t *testing.T, host, rest string) {
		err := mongo.Readable("mongodb://piet:" + geheim + "@" + host + "/" + rest)
		if err != nil && !strings.Contains(host+rest, geheim) {
			storetest.RequireFailure(t, err, domain.Unavailable)
			require.NotContains(t, err.Error(), geheim)
		}
	})
}

// listen gives the address of a listener that does what serve does.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go serve(conn)
		}
	}()
	return l.Addr().String()
}

func TestServerThatIsNotThereIsToldWithinTwoSeconds(t *testing.T) {
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := l.Addr().String()
	require.NoError(t, l.Close())
	silent := listen(t, func(conn net.Conn) {
		<-t.Context().Done()
		_ = conn.Close() // nobody reads what it says
	})
	for name, host := range map[string]string{"nobody listens": nobody, "it is silent": silent, "no such name": "er-niet.invalid:27017"} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, "mongodb://piet:"+geheim+"@"+host+"/lmz", "fout.mongo_onbereikbaar", host, "bereikbaar")
		})
	}
}

func TestOpeningEndsWithItsContext(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	end()
	_, err := mongo.Open(ctx, server.Database(t))
	storetest.RequireFailure(t, err, domain.Unavailable)
}

func plain(t testing.TB, address string) *driver.Database {
	t.Helper()
	client, err := driver.Connect(options.Client().ApplyURI(address))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Disconnect(context.WithoutCancel(t.Context()))) })
	return client.Database(mongo.DatabaseIn(address))
}

func TestDatabaseThatIsNotOursIsRefusedAndLeftAlone(t *testing.T) {
	cases := map[string]struct {
		key  string
		fill func(t *testing.T, db *driver.Database)
	}{
		"of another product": {"fout.mongo_vreemd", func(t *testing.T, db *driver.Database) {
			_, err := db.Collection("klanten").InsertOne(t.Context(), bson.D{{Key: "_id", Value: 1}})
			require.NoError(t, err)
		}},
		"marked by another product": {"fout.mongo_vreemd", func(t *testing.T, db *driver.Database) {
			_, err := db.Collection("vorm").InsertOne(t.Context(), bson.D{{Key: "_id", Value: "vorm"}, {Key: "product", Value: "x"}})
			require.NoError(t, err)
		}},
		"of a newer form": {"fout.mongo_te_nieuw", func(t *testing.T, db *driver.Database) {
			_, err := db.Collection("vorm").InsertOne(t.Context(),
				bson.D{{Key: "_id", Value: "vorm"}, {Key: "product", Value: "lmz-triage"}, {Key: "versie", Value: 99}})
			require.NoError(t, err)
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			address := server.Database(t)
			db := plain(t, address)
			c.fill(t, db)
			before, err := db.ListCollectionNames(t.Context(), bson.D{})
			require.NoError(t, err)
			requireRefused(t, address, c.key, mongo.DatabaseIn(address))
			after, err := db.ListCollectionNames(t.Context(), bson.D{})
			require.NoError(t, err)
			require.ElementsMatch(t, before, after)
		})
	}
}

// A tool beside services that are running changes no form, and one that looks makes none.
func TestWhoOpensADatabaseAsItIsChangesNoForm(t *testing.T) {
	empty, used := server.Database(t), server.Database(t)
	refused := func(address string, existing bool, key string) {
		s := mongo.New(address).AsItIs(existing)
		err := s.Prepare(t.Context(), nil)
		storetest.RequireFailure(t, err, domain.Unavailable)
		require.Equal(t, key, domain.AsError(err).Key)
		require.NoError(t, s.Close())
	}
	refused(empty, true, "fout.mongo_geen")
	names, err := plain(t, empty).ListCollectionNames(t.Context(), bson.D{})
	require.NoError(t, err)
	require.Empty(t, names, "nothing was made")
	require.NoError(t, openAt(t, used).Close())
	for _, existing := range []bool{false, true} {
		s := mongo.New(used).AsItIs(existing)
		require.NoError(t, s.Prepare(t.Context(), nil), "one of this form is used")
		require.NoError(t, s.Close())
	}
	older(t, used, 2, "gone")
	refused(used, true, "fout.mongo_oude_vorm")
	refused(used, false, "fout.mongo_oude_vorm")
	var mark bson.M
	require.NoError(t, plain(t, used).Collection("vorm").FindOne(t.Context(), bson.D{}).Decode(&mark))
	require.EqualValues(t, 2, mark["versie"])
	s := mongo.New(empty).AsItIs(false)
	require.NoError(t, s.Prepare(t.Context(), nil), "who takes in may make one")
	require.NoError(t, s.Close())
}

func TestManyOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	address := server.Database(t)
	together(8, func(int) {
		s, err := mongo.Open(t.Context(), address)
		if assert.NoError(t, err) {
			assert.NoError(t, s.Close())
		}
	})
}

func TestIndexThatIsAnotherStopsTheStart(t *testing.T) {
	address := server.Database(t)
	require.NoError(t, openAt(t, address).Close())
	indexes := plain(t, address).Collection("aanbieders").Indexes()
	require.NoError(t, indexes.DropOne(t.Context(), "naamvorm"))
	_, err := indexes.CreateOne(t.Context(), driver.IndexModel{
		Keys: bson.D{{Key: "plaats", Value: -1}}, Options: options.Index().SetName("naamvorm").SetUnique(true),
	})
	require.NoError(t, err)
	requireRefused(t, address, "fout.mongo_index", "naamvorm", "aanbieders", "plaats -1, unique", "naamvorm 1, _id 1")
}

func TestIndexesOnTheServerAreThoseThatAreDeclared(t *testing.T) {
	s := openTemp(t)
	db := plain(t, s.address)
	for collection, declared := range mongo.Definitions() {
		var rows []bson.Raw
		found, err := db.Collection(collection).Indexes().List(t.Context())
		require.NoError(t, err)
		require.NoError(t, found.All(t.Context(), &rows))
		listed := map[string]string{}
		for _, r := range rows {
			name, text, err := mongo.Definition(r)
			require.NoError(t, err)
			if name != "_id_" {
				listed[name] = text
			}
		}
		require.Equal(t, declared, listed, collection)
	}
}
