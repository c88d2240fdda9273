package mongo_test

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo/mongotest"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// between gives the address of a line to a server that does with each message what pass
// says: false hangs up instead.
func between(t *testing.T, host string, pass func(message string) bool) string {
	t.Helper()
	return listen(t, func(near net.Conn) {
		far, err := net.Dial("tcp", host)
		if err != nil {
			_ = near.Close()
			return
		}
		go func() {
			_, _ = io.Copy(near, far) // until one of them is closed
			_ = near.Close()
		}()
		defer func() { _ = far.Close() }()
		for {
			head := make([]byte, 4)
			if _, err := io.ReadFull(near, head); err != nil {
				return
			}
			message := make([]byte, binary.LittleEndian.Uint32(head))
			copy(message, head)
			if _, err := io.ReadFull(near, message[4:]); err != nil {
				return
			}
			if !pass(string(message)) {
				_ = near.Close()
				return
			}
			if _, err := far.Write(message); err != nil {
				return
			}
		}
	})
}

// olderForm makes of the database of s one of an earlier form, without an index.
func olderForm(t *testing.T, db *driver.Database) {
	t.Helper()
	meldingen := db.Collection("meldingen")
	_, err := meldingen.UpdateMany(t.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: ""}}}},
		bson.D{{Key: "$unset", Value: bson.D{{Key: "termijnen", Value: ""}, {Key: "behandelaar", Value: ""}, {Key: "kalender", Value: ""}, {Key: "herreken", Value: ""}}}})
	require.NoError(t, err)
	_, err = db.Collection("vorm").UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "vorm"}},
		bson.D{{Key: "$set", Value: bson.D{{Key: "versie", Value: 1}}}})
	require.NoError(t, err)
	require.NoError(t, meldingen.Indexes().DropOne(t.Context(), "termijn_open"))
}

// A server takes longer over an index and an upgrade of a filled database than any
// call may take.
func TestIndexesAndUpgradesTakeTheTimeTheyNeedAndAreTold(t *testing.T) {
	own, err := mongotest.StartJava(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, own.Stop()) })
	address := own.Address("vol")
	s := openAt(t, address)
	want := storetest.KeepTermijnen(t, s, 51)
	require.NoError(t, s.Close())
	olderForm(t, plain(t, address))

	slow := between(t, "127.0.0.1:"+own.Port(), func(message string) bool {
		if strings.Contains(message, "createIndexes") || strings.Contains(message, "\x02update\x00\x0a\x00\x00\x00meldingen") {
			time.Sleep(2500 * time.Millisecond)
		}
		return true
	})
	late := mongo.New(strings.ReplaceAll(address, "127.0.0.1:"+own.Port(), slow))
	defer func() { require.NoError(t, late.Close()) }()
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	requireWaits(t, late, texts, "De dienst zoekt verbinding")
	var lock sync.Mutex
	var told []string
	done := make(chan error, 1)
	go func() {
		done <- late.Prepare(t.Context(), func(e *domain.Error) {
			lock.Lock()
			defer lock.Unlock()
			told = append(told, texts.Sentence(e.Key, e.Args...))
		})
	}()
	for _, doing := range []string{"de index termijn_open van meldingen gemaakt", "wordt bijgewerkt naar vorm"} {
		require.EventuallyWithT(t, func(c *assert.CollectT) {
			lock.Lock()
			defer lock.Unlock()
			assert.Contains(c, strings.Join(told, " "), doing)
		}, 20*time.Second, 10*time.Millisecond)
		requireWaits(t, late, texts, doing)
	}
	require.NoError(t, <-done)
	require.NoError(t, late.Ping(t.Context()))
	require.NoError(t, late.Prepare(t.Context(), nil), "a second does nothing")
	storetest.RequireTermijnen(t, late, want)
}

// requireWaits requires that a store cannot be used, and says why at a look alone.
func requireWaits(t *testing.T, s *mongo.Store, texts domain.Texts, why string) {
	t.Helper()
	_, err := s.Melding(t.Context(), "x")
	storetest.RequireFailure(t, err, domain.Unavailable)
	e := domain.AsError(err)
	require.Equal(t, "fout.opslag_niet_beschikbaar", e.Key)
	err = s.Ping(t.Context())
	storetest.RequireFailure(t, err, domain.Unavailable)
	var inner *domain.Error
	require.ErrorAs(t, domain.AsError(err).Cause, &inner)
	require.Contains(t, texts.Sentence(inner.Key, inner.Args...), why)
}

func TestALineThatBreaksWhileSomebodyLogsInMayPass(t *testing.T) {
	host := strings.TrimPrefix(listen(t, refuse(59, "niets")), "mongodb://")
	for name, breaks := range map[string]func(string) bool{
		"it hangs up":       func(m string) bool { return !strings.Contains(m, "saslStart") },
		"it is silent":      func(m string) bool { waitAt(t, m, "saslStart"); return true },
		"it hangs up later": func(m string) bool { return !strings.Contains(m, "saslContinue") },
	} {
		t.Run(name, func(t *testing.T) {
			at := between(t, host, breaks)
			s := mongo.New("mongodb://piet:" + geheim + "@" + at + "/lmz?authSource=admin")
			defer func() { require.NoError(t, s.Close()) }()
			err := s.Prepare(t.Context(), nil)
			storetest.RequireFailure(t, err, domain.Unavailable)
			require.True(t, mongo.Passing(err), "%v", err)
			require.NotEqual(t, "fout.mongo_aanmelden", domain.AsError(err).Key)
		})
	}
}

func waitAt(t *testing.T, message, verb string) {
	t.Helper()
	if strings.Contains(message, verb) {
		<-t.Context().Done()
	}
}

func TestEveryOptionOfAnIndexIsCompared(t *testing.T) {
	declared := mongo.Definitions()["meldingen"]["kenmerk"]
	of := func(more ...bson.E) string {
		raw, err := bson.Marshal(append(bson.D{
			{Key: "v", Value: 2}, {Key: "key", Value: bson.D{{Key: "kenmerk", Value: 1.0}}}, {Key: "name", Value: "kenmerk"}, {Key: "ns", Value: "x.y"}, {Key: "background", Value: true},
		}, more...))
		require.NoError(t, err)
		name, text, err := mongo.Definition(raw)
		require.NoError(t, err)
		require.Equal(t, "kenmerk", name)
		return text
	}
	require.Equal(t, declared, of())
	require.Equal(t, declared, of(bson.E{Key: "unique", Value: false}, bson.E{Key: "sparse", Value: false}))
	for text, option := range map[string]bson.E{
		"unique": {Key: "unique", Value: true}, "sparse": {Key: "sparse", Value: true}, "hidden": {Key: "hidden", Value: true},
		"expireAfterSeconds":      {Key: "expireAfterSeconds", Value: int32(3)},
		"partialFilterExpression": {Key: "partialFilterExpression", Value: bson.D{{Key: "rev", Value: bson.D{{Key: "$gt", Value: 5}}}}},
		"collation":               {Key: "collation", Value: bson.D{{Key: "locale", Value: "nl"}}},
	} {
		require.NotEqual(t, declared, of(option))
		require.Contains(t, of(option), text)
	}
}

func TestAnIndexWithAnotherOptionStopsTheStart(t *testing.T) {
	address := server.Database(t)
	require.NoError(t, openAt(t, address).Close())
	indexes := plain(t, address).Collection("meldingen").Indexes()
	require.NoError(t, indexes.DropOne(t.Context(), "kenmerk"))
	_, err := indexes.CreateOne(t.Context(), driver.IndexModel{
		Keys: bson.D{{Key: "kenmerk", Value: 1}}, Options: options.Index().SetName("kenmerk").SetExpireAfterSeconds(3),
	})
	require.NoError(t, err)
	requireRefused(t, address, "fout.mongo_index", "kenmerk", "meldingen", "expireAfterSeconds")
}
