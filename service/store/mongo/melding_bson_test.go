package mongo_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
)

// geheel is a document with something in every field of a melding, among others.
func geheel() bson.D {
	return bson.D{
		{Key: "_id", Value: "een"},
		{Key: "dag", Value: int64(20261120)},
		{Key: "kenmerk", Value: "LMZ-1"},
		{Key: "client", Value: "café"},
		{Key: "termijnen", Value: bson.A{bson.D{{Key: "doc", Value: "geen"}, {Key: "rev", Value: int64(9)}}}},
		{Key: "rev", Value: int64(1) << 40},
		{Key: "namen", Value: bson.A{"kenmerk:LMZ-1", "klantkenmerk:x"}},
		{Key: "poging", Value: "p"},
		{Key: "slot", Value: int64(2)},
		{Key: "hek", Value: int64(3)},
		{Key: "graf", Value: true},
		{Key: "eerste", Value: "een/2"},
		{Key: "eersteOud", Value: true},
		{Key: "kalender", Value: int64(4)},
		{Key: "doc", Value: `{"a":"b"}`},
	}
}

// met is geheel with another value in a field.
func met(field string, value any) bson.D {
	doc := geheel()
	for i := range doc {
		if doc[i].Key == field {
			doc[i].Value = value
		}
	}
	return doc
}

// byDriver reads a document as the driver does by itself.
func byDriver(text []byte) (g mongo.Gelezen, err error) {
	from := bson.NewDecoder(bson.NewDocumentReader(bytes.NewReader(text)))
	from.UseJSONStructTags()
	err = from.Decode(&g)
	return g, err
}

func TestTheDocumentOfAMeldingIsReadAsTheDriverWould(t *testing.T) {
	turned := geheel()
	slices.Reverse(turned)
	for name, doc := range map[string]bson.D{
		"with something in every field":        geheel(),
		"in another order":                     turned,
		"without a field":                      {},
		"that only keeps an id":                {{Key: "_id", Value: "een"}, {Key: "graf", Value: true}, {Key: "slot", Value: int64(7)}},
		"with a number of another size":        met("kalender", int32(5)),
		"with a number below zero":             met("rev", int64(-5)),
		"with a whole number that has a point": met("hek", 6.0),
		"with an empty text":                   met("doc", ""),
		"with a text that holds a zero":        met("doc", "a\x00b"),
		"without names":                        met("namen", bson.A{}),
		"with nothing for a text":              met("doc", nil),
		"with nothing for a number":            met("rev", nil),
		"with nothing for the names":           met("namen", nil),
		"with nothing for a choice":            met("graf", nil),
		"with other fields of other kinds": append(geheel(), bson.E{Key: "tijd", Value: time.Unix(1, 0)},
			bson.E{Key: "sleutel", Value: bson.NewObjectID()}, bson.E{Key: "bytes", Value: bson.Binary{Data: []byte("x")}}, bson.E{Key: "geld", Value: bson.Decimal128{}}),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := bson.Marshal(doc)
			require.NoError(t, err)
			want, err := byDriver(text)
			require.NoError(t, err)
			got, err := mongo.Lees(text)
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
}

func TestADocumentOfAMeldingThatHoldsSomethingElseIsRefused(t *testing.T) {
	for name, doc := range map[string]bson.D{
		"a number for a text":                met("_id", int64(1)),
		"a number for the melding":           met("doc", int64(1)),
		"a document for the melding":         met("doc", bson.D{}),
		"a text for a number":                met("rev", "1"),
		"a part for a number":                met("kalender", 1.5),
		"a number that no int64 can hold":    met("rev", 1e300),
		"a text for the names":               met("namen", "kenmerk:LMZ-1"),
		"a number among the names":           met("namen", bson.A{"kenmerk:LMZ-1", int64(1)}),
		"a text for whether it is a melding": met("graf", "true"),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := bson.Marshal(doc)
			require.NoError(t, err)
			_, err = byDriver(text)
			require.Error(t, err)
			_, err = mongo.Lees(text)
			require.Error(t, err)
		})
	}
}

func TestADamagedDocumentOfAMeldingIsRefusedOrReadButNeverFatal(t *testing.T) {
	whole, err := bson.Marshal(geheel())
	require.NoError(t, err)
	for n := range whole {
		_, err := mongo.Lees(whole[:n])
		require.Error(t, err, "the first %d bytes", n)
		for _, other := range []byte{0, 1, 2, 0x7f, 0xff} {
			damaged := slices.Clone(whole)
			damaged[n] = other
			require.NotPanics(t, func() { _, _ = mongo.Lees(damaged) }, "byte %d is %d", n, other)
		}
	}
}
