package mongo_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

func TestTermsOfAnOlderDatabaseAreFilledIn(t *testing.T) {
	s := openTemp(t)
	want := storetest.KeepTermijnen(t, s, 51)
	require.NoError(t, s.Close())
	db := plain(t, s.address)
	_, err := db.Collection("meldingen").UpdateMany(t.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: ""}}}},
		bson.D{{Key: "$unset", Value: bson.D{{Key: "termijnen", Value: ""}, {Key: "behandelaar", Value: ""}, {Key: "kalender", Value: ""}, {Key: "herreken", Value: ""}}}})
	require.NoError(t, err)
	_, err = db.Collection("vorm").UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "vorm"}},
		bson.D{{Key: "$set", Value: bson.D{{Key: "versie", Value: 1}}}})
	require.NoError(t, err)
	for range 2 { // the second time there is nothing left to do
		s := openAt(t, s.address)
		storetest.RequireTermijnen(t, s, want)
		require.NoError(t, s.Close())
	}
}

func TestMeldingenOfAnOlderDatabaseAreToBeComputedAnew(t *testing.T) {
	s := openTemp(t)
	want := storetest.KeepOpenTermijnen(t, s, 52)
	require.NoError(t, s.Close())
	db := plain(t, s.address)
	_, err := db.Collection("meldingen").UpdateMany(t.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: ""}}}},
		bson.D{{Key: "$unset", Value: bson.D{{Key: "kalender", Value: ""}, {Key: "herreken", Value: ""}}}})
	require.NoError(t, err)
	_, err = db.Collection("vorm").UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "vorm"}},
		bson.D{{Key: "$set", Value: bson.D{{Key: "versie", Value: 2}}}})
	require.NoError(t, err)
	later := openAt(t, s.address)
	storetest.RequireAchter(t, later, want, 1)
	other := want[0]
	other.Versie++
	require.NoError(t, storetest.Vervang(t.Context(), later, other, nil), "it can be replaced")
}
