package mongo_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// older takes away the fields that meldingen did not have in a form before this one.
func older(t *testing.T, address string, versie int, names ...string) {
	t.Helper()
	gone := bson.D{}
	for _, name := range names {
		gone = append(gone, bson.E{Key: name, Value: ""})
	}
	db := plain(t, address)
	_, err := db.Collection("meldingen").UpdateMany(t.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: ""}}}},
		bson.D{{Key: "$unset", Value: gone}})
	require.NoError(t, err)
	_, err = db.Collection("vorm").UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "vorm"}},
		bson.D{{Key: "$set", Value: bson.D{{Key: "versie", Value: versie}}}})
	require.NoError(t, err)
}

func TestTermsOfAnOlderDatabaseAreFilledIn(t *testing.T) {
	s := openTemp(t)
	want := storetest.KeepTermijnen(t, s, 51)
	require.NoError(t, s.Close())
	older(t, s.address, 1, "termijnen", "behandelaar", "kalender", "herreken")
	for range 2 { // the second time there is nothing left to do
		s := openAt(t, s.address)
		storetest.RequireTermijnen(t, s, want)
		require.NoError(t, s.Close())
	}
}

func TestRemindersAndAlarmsOfAnOlderDatabaseAreFilledIn(t *testing.T) {
	s := openTemp(t)
	want := storetest.KeepWachtend(t, s)
	require.NoError(t, s.Close())
	older(t, s.address, 2, "herinnering", "alarmVolgende", "alarmen", "kalender", "herreken")
	for range 2 {
		s := openAt(t, s.address)
		storetest.RequireWachtend(t, s, want)
		require.NoError(t, s.Close())
	}
}

// Nobody knows when they last changed: who follows them gets them once too often
// rather than never.
func TestProvidersOfAnOlderDatabaseChangedWhenItWasBroughtToThisForm(t *testing.T) {
	s := openTemp(t)
	kept, err := s.Vestig(t.Context(), storetest.Aanbieder(1))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	older(t, s.address, 3)
	_, err = plain(t, s.address).Collection("aanbieders").UpdateMany(t.Context(), bson.D{},
		bson.D{{Key: "$unset", Value: bson.D{{Key: "gewijzigdOp", Value: ""}}}})
	require.NoError(t, err)
	for range 2 {
		s := openAt(t, s.address)
		page, err := s.Aanbieders(t.Context(), domain.AanbiederVraag{GewijzigdNa: time.UnixMilli(1), Aantal: 5})
		require.NoError(t, err)
		require.Len(t, page.Aanbieders, 1)
		kept.GewijzigdOp = page.Aanbieders[0].GewijzigdOp
		require.Equal(t, kept, page.Aanbieders[0])
		require.NoError(t, s.Close())
	}
}

func TestMeldingenOfAnOlderDatabaseAreToBeComputedAnew(t *testing.T) {
	s := openTemp(t)
	want := storetest.KeepOpenTermijnen(t, s, 52)
	require.NoError(t, s.Close())
	older(t, s.address, 2, "kalender", "herreken")
	later := openAt(t, s.address)
	storetest.RequireAchter(t, later, want, 1)
	other := want[0]
	other.Versie++
	require.NoError(t, storetest.Vervang(t.Context(), later, other, nil), "it can be replaced")
}
