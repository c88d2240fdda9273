package kopie_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/kopie"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// plain is a database without the store. name is that of it.
func plain(t *testing.T, address, name string) *driver.Database {
	t.Helper()
	client, err := driver.Connect(options.Client().ApplyURI(address))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Disconnect(context.WithoutCancel(t.Context()))) })
	return client.Database(name)
}

// all is everything in a database, its indexes too.
func all(t *testing.T, db *driver.Database) map[string][]string {
	t.Helper()
	names, err := db.ListCollectionNames(t.Context(), bson.D{})
	require.NoError(t, err)
	out := map[string][]string{}
	for _, name := range names {
		for kind, find := range map[string]func() (*driver.Cursor, error){
			" documents": func() (*driver.Cursor, error) { return db.Collection(name).Find(t.Context(), bson.D{}) },
			" indexes":   func() (*driver.Cursor, error) { return db.Collection(name).Indexes().List(t.Context()) },
		} {
			found, err := find()
			require.NoError(t, err)
			var rows []bson.Raw
			require.NoError(t, found.All(t.Context(), &rows))
			for _, r := range rows {
				out[name+kind] = append(out[name+kind], r.String())
			}
			slices.Sort(out[name+kind])
		}
	}
	return out
}

// A database as an earlier version left it that was killed: of an older form, without an
// index, with notes that were not delivered and a change of a provider that was not
// carried out.
func TestADatabaseThatIsCopiedIsLeftAsItIs(t *testing.T) {
	const name = "test_kopie_bron"
	address, err := server.Named(name)
	require.NoError(t, err)
	db := plain(t, address, name)
	t.Cleanup(func() { _ = db.Drop(context.WithoutCancel(t.Context())) })
	s, err := mongo.Open(t.Context(), address)
	require.NoError(t, err)
	fill(t, s)
	kept, err := s.Vestig(t.Context(), storetest.Aanbieder(7000))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	set := func(collection string, filter, update bson.D) {
		_, err := db.Collection(collection).UpdateMany(t.Context(), filter, update)
		require.NoError(t, err)
	}
	everything := bson.D{{Key: "_id", Value: bson.D{{Key: "$exists", Value: true}}}}
	set("vorm", bson.D{{Key: "_id", Value: "vorm"}}, bson.D{{Key: "$set", Value: bson.D{{Key: "versie", Value: 1}}}})
	set("meldingen", everything, bson.D{{Key: "$unset", Value: bson.D{{Key: "termijnen", Value: ""}, {Key: "behandelaar", Value: ""}}}})
	require.NoError(t, db.Collection("meldingen").Indexes().DropOne(t.Context(), "termijn_open"))
	for n, note := range []bson.D{
		{{Key: "poging", Value: "x"}, {Key: "aanbieder", Value: "alleen onbezorgd"}, {Key: "vanaf", Value: int64(20251101)}},
		{{Key: "poging", Value: "y"}, {Key: "aanbieder", Value: storetest.Aanbieder(0).ID}, {Key: "vanaf", Value: int64(20200202)}},
	} {
		set("meldingen", bson.D{{Key: "_id", Value: storetest.AnyMeldingen(41, 2)[n].ID}}, bson.D{{Key: "$set", Value: bson.D{{Key: "uitgaand", Value: bson.A{note}}}}})
	}
	set("vestiging", everything, bson.D{{Key: "$set", Value: bson.D{{Key: "gedaan", Value: false}}}})
	for _, collection := range []string{"aanbieders", "aanbieder_sleutels"} {
		_, err := db.Collection(collection).DeleteMany(t.Context(), bson.D{{Key: "$or", Value: bson.A{
			bson.D{{Key: "_id", Value: kept.ID}}, bson.D{{Key: "aanbieder", Value: kept.ID}},
		}}})
		require.NoError(t, err)
	}

	before := all(t, db)
	for range 2 {
		source, err := mongo.OpenSource(t.Context(), address)
		require.NoError(t, err)
		target := file(t)
		_, err = kopie.Kopieer(t.Context(), source, target, none)
		require.NoError(t, err)
		require.NoError(t, source.Close())
		require.Equal(t, before, all(t, db))

		list, err := target.TeHertellen(t.Context(), 100)
		require.NoError(t, err)
		notes := map[string]string{}
		for _, h := range list {
			notes[h.Aanbieder] = h.Vanaf.String()
		}
		assert.Equal(t, "2025-11-01", notes["alleen onbezorgd"])
		assert.Equal(t, "2020-02-02", notes[storetest.Aanbieder(0).ID], "the earliest day stands")
		assert.Len(t, notes, 4)
		known := kept
		known.ID = "een ander"
		found, err := target.Vestig(t.Context(), known)
		require.NoError(t, err)
		assert.Equal(t, kept, found, "the change of a provider is there")
	}
}

func TestASourceCannotBeWritten(t *testing.T) {
	address := server.Database(t)
	s, err := mongo.Open(t.Context(), address)
	require.NoError(t, err)
	require.NoError(t, storetest.Bewaar(t.Context(), s, storetest.Melding(1), nil))
	require.NoError(t, s.Close())
	source, err := mongo.OpenSource(t.Context(), address)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	for name, write := range map[string]func() error{
		"Ping":           func() error { return source.Ping(t.Context()) },
		"BewaarAdviezen": func() error { return source.BewaarAdviezen(t.Context(), storetest.Entries(1, 1)) },
		"BewaarMelding":  func() error { return storetest.Bewaar(t.Context(), source, storetest.Melding(2), nil) },
		"VervangMelding": func() error { return storetest.Vervang(t.Context(), source, storetest.Melding(1), nil) },
		"Vestig":         func() error { _, err := source.Vestig(t.Context(), storetest.Aanbieder(1)); return err },
		"NeemLeiding":    func() error { _, err := source.NeemLeiding(t.Context(), "a", "b", 1); return err },
	} {
		t.Run(name, func(t *testing.T) { storetest.RequireFailure(t, write(), domain.Unavailable) })
	}
	_, err = source.Melding(t.Context(), storetest.Melding(1).ID)
	require.NoError(t, err)
}

func TestASourceThatHoldsNothingOfOursIsRefusedAndLeftAlone(t *testing.T) {
	const name = "test_kopie_niets"
	address, err := server.Named(name)
	require.NoError(t, err)
	db := plain(t, address, name)
	t.Cleanup(func() { _ = db.Drop(context.WithoutCancel(t.Context())) })
	for _, filled := range []bool{false, true} {
		if filled {
			_, err := db.Collection("klanten").InsertOne(t.Context(), bson.D{{Key: "_id", Value: 1}})
			require.NoError(t, err)
		}
		before := all(t, db)
		_, err = mongo.OpenSource(t.Context(), address)
		storetest.RequireFailure(t, err, domain.Unavailable)
		require.Equal(t, "fout.kopie_geen_database", domain.AsError(err).Key)
		require.Equal(t, name, domain.AsError(err).Args[0])
		require.Equal(t, before, all(t, db), fmt.Sprint("filled: ", filled, slices.Collect(maps.Keys(before))))
	}
	require.Equal(t, "fout.kopie_geen_bestand", domain.AsError(sqlite.Filled(t.Context(), filepath.Join(t.TempDir(), "weg.db"))).Key)
}
