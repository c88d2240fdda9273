package mongo

import (
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

var errDocument = errors.New("document of a melding is damaged")

// UnmarshalBSON implements bson.Unmarshaler.
func (r *melding) UnmarshalBSON(text []byte) error { return r.lees(slices.Clone(text)) }

// lees reads r from its document, which r.Doc is a piece of from then on. Each melding
// that is read comes along here, and most fields of its document are only there to find
// it by: they are passed over by their length.
func (r *melding) lees(text []byte) error {
	length, rest, ok := bsoncore.ReadLength(text)
	ok = ok && int(length) == len(text)
	for ok && len(rest) > 1 {
		var field bsoncore.Element
		if field, rest, ok = bsoncore.ReadElement(rest); !ok {
			break
		}
		if !r.leesVeld(string(field.KeyBytes()), field.Value()) {
			return fmt.Errorf("%w: field %s", errDocument, field.Key())
		}
	}
	if !ok || len(rest) != 1 || rest[0] != 0 {
		return errDocument
	}
	return nil
}

// leesVeld reports whether a field, if it is one of r, holds what belongs there.
func (r *melding) leesVeld(name string, v bsoncore.Value) bool {
	switch name {
	case "_id":
		return leesTekst(v, &r.ID)
	case "rev":
		return leesGetal(v, &r.Rev)
	case "kenmerk":
		return leesTekst(v, &r.Kenmerk)
	case "client":
		return leesTekst(v, &r.Client)
	case "doc":
		return leesBytes(v, &r.Doc)
	case "kalender":
		return leesGetal(v, &r.Kalender)
	case "namen":
		return leesTeksten(v, &r.Namen)
	case "poging":
		return leesTekst(v, &r.Poging)
	case "slot":
		return leesGetal(v, &r.Slot)
	case "hek":
		return leesGetal(v, &r.Hek)
	case "graf":
		return leesKeuze(v, &r.Graf)
	case "eerste":
		return leesTekst(v, &r.Eerste)
	case "eersteOud":
		return leesKeuze(v, &r.EersteOud)
	}
	return true
}

func leesTekst(v bsoncore.Value, into *string) (ok bool) {
	if v.Type == bsoncore.TypeNull {
		return true
	}
	*into, ok = v.StringValueOK()
	return ok
}

// leesBytes gives the bytes of a text, of which a document has its length before it and a
// zero behind it.
func leesBytes(v bsoncore.Value, into *[]byte) bool {
	if v.Type == bsoncore.TypeNull {
		return true
	}
	if v.Type != bsoncore.TypeString || len(v.Data) < 5 {
		return false
	}
	*into = v.Data[4 : len(v.Data)-1]
	return true
}

// leesGetal takes a whole number of any kind: who mends a document by hand may write
// another than the store does.
func leesGetal[N int | int64](v bsoncore.Value, into *N) bool {
	if v.Type == bsoncore.TypeNull {
		return true
	}
	n, ok := v.AsInt64OK()
	if f, double := v.DoubleOK(); double && f != float64(n) {
		return false
	}
	*into = N(n)
	return ok
}

func leesKeuze(v bsoncore.Value, into *bool) (ok bool) {
	if v.Type == bsoncore.TypeNull {
		return true
	}
	*into, ok = v.BooleanOK()
	return ok
}

func leesTeksten(v bsoncore.Value, into *[]string) bool {
	if v.Type == bsoncore.TypeNull {
		return true
	}
	array, ok := v.ArrayOK()
	if !ok {
		return false
	}
	values, err := array.Values()
	if err != nil {
		return false
	}
	*into = make([]string, len(values))
	for i, one := range values {
		if !leesTekst(one, &(*into)[i]) {
			return false
		}
	}
	return true
}
