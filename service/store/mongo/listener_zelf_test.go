package mongo_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
)

// The judge must be able to find somebody guilty.
func TestSearchWithoutAnIndexIsFound(t *testing.T) {
	find := func(collection string, filter, sort bson.D) bson.D {
		return bson.D{{Key: "find", Value: collection}, {Key: "filter", Value: filter}, {Key: "sort", Value: sort}}
	}
	one := bson.D{{Key: "open", Value: true}}
	for name, c := range map[string]struct {
		command bson.D
		helped  bool
	}{
		"by id":                  {find("adviezen", bson.D{{Key: "_id", Value: "x"}, {Key: "groep", Value: "y"}}, nil), true},
		"by some ids":            {find("adviezen", bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: bson.A{"x"}}}}}, nil), true},
		"by all ids but one":     {find("adviezen", bson.D{{Key: "_id", Value: bson.D{{Key: "$ne", Value: "x"}}}}, nil), false},
		"all":                    {find("adviezen", bson.D{}, nil), false},
		"by a field":             {find("adviezen", bson.D{{Key: "groep", Value: "x"}}, nil), false},
		"by the index":           {find("hertelingen", one, bson.D{{Key: "sinds", Value: 1}}), true},
		"by the index, reversed": {find("hertelingen", one, bson.D{{Key: "sinds", Value: -1}}), true},
		"in another order":       {find("hertelingen", one, bson.D{{Key: "vanaf", Value: 1}}), false},
		"in two directions":      {find("hertelingen", one, bson.D{{Key: "sinds", Value: 1}, {Key: "_id", Value: -1}}), false},
		"the range of an index":  {find("aanbieders", bson.D{{Key: "naamvorm", Value: bson.D{{Key: "$gte", Value: "a"}}}}, nil), true},
		"an update by a field": {bson.D{{Key: "update", Value: "adviezen"}, {Key: "updates", Value: bson.A{
			bson.D{{Key: "q", Value: bson.D{{Key: "groep", Value: "x"}}}},
		}}}, false},
		"a delete of all": {bson.D{{Key: "delete", Value: "adviezen"}, {Key: "deletes", Value: bson.A{bson.D{{Key: "q", Value: bson.D{}}}}}}, false},
		"a match after a group": {bson.D{{Key: "aggregate", Value: "adviezen"}, {Key: "pipeline", Value: bson.A{
			bson.D{{Key: "$group", Value: bson.D{{Key: "_id", Value: "$groep"}}}}, bson.D{{Key: "$match", Value: bson.D{{Key: "_id", Value: "x"}}}},
		}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			raw, err := bson.Marshal(c.command)
			require.NoError(t, err)
			found := shapes(c.command[0].Key, raw)
			require.Len(t, found, 1)
			require.Equal(t, c.helped, found[0].helped())
		})
	}
}
