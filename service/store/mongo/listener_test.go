package mongo_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"

	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
)

// shape is what a command asks for: the fields that must have one value, and the
// order.
type shape struct {
	command, collection string
	equal, ranged, sort []string
	id                  bool   // one _id, or some
	between             bool   // those from an _id on, or up to one
	text                string // as it was sent, for who has to mend it
	filter, order       bson.RawValue
}

// listener notes the shape of every command that looks for documents, and counts
// round trips.
type listener struct {
	lock  sync.Mutex
	seen  map[string]shape
	trips atomic.Int64
}

func (l *listener) monitor() *event.CommandMonitor {
	return &event.CommandMonitor{Started: func(_ context.Context, c *event.CommandStartedEvent) {
		l.trips.Add(1)
		for _, s := range shapes(c.CommandName, c.Command) {
			l.lock.Lock()
			l.seen[fmt.Sprint(s.command, s.collection, s.equal, s.sort, s.id)] = s
			l.lock.Unlock()
		}
	}}
}

// shapes are the searches in a command.
func shapes(name string, command bson.Raw) []shape {
	collection, _ := command.Lookup(name).StringValueOK()
	one := func(filter, sort bson.RawValue) shape {
		s := shape{command: name, collection: collection, text: filter.String() + " " + sort.String(), filter: own(filter), order: own(sort)}
		if doc, ok := filter.DocumentOK(); ok {
			s.read(doc)
		}
		if doc, ok := sort.DocumentOK(); ok {
			s.sort = names(doc)
		}
		return s
	}
	switch name {
	case "find":
		return []shape{one(command.Lookup("filter"), command.Lookup("sort"))}
	case "findAndModify":
		return []shape{one(command.Lookup("query"), command.Lookup("sort"))}
	case "update", "delete":
		var all []shape
		for _, v := range elements(command, name+"s") {
			if doc, ok := v.DocumentOK(); ok {
				all = append(all, one(doc.Lookup("q"), bson.RawValue{}))
			}
		}
		return all
	case "count", "distinct":
		if query, ok := command.Lookup("query").DocumentOK(); name == "count" && (!ok || len(query) <= 5) {
			return nil // of all there are the server keeps how many
		}
		return []shape{one(command.Lookup("query"), bson.RawValue{})}
	case "aggregate":
		var match, sort bson.RawValue
		for i, v := range elements(command, "pipeline") {
			stage, _ := v.DocumentOK()
			if i == 0 {
				match = stage.Lookup("$match")
			}
			if found := stage.Lookup("$sort"); i == 1 && found.Type != 0 {
				sort = found
			}
		}
		return []shape{one(match, sort)}
	}
	return nil
}

// own is a value that does not share memory with the command.
func own(v bson.RawValue) bson.RawValue {
	v.Value = slices.Clone(v.Value)
	return v
}

// elements are the documents in a list of a command.
func elements(command bson.Raw, list string) []bson.RawValue {
	array, ok := command.Lookup(list).ArrayOK()
	if !ok {
		return nil
	}
	values, err := array.Values()
	if err != nil {
		panic(err)
	}
	return values
}

func names(doc bson.Raw) (all []string) {
	elements, err := doc.Elements()
	if err != nil {
		panic(err)
	}
	for _, e := range elements {
		way := ""
		if n, ok := e.Value().AsInt64OK(); ok && n < 0 {
			way = "-"
		}
		all = append(all, way+e.Key())
	}
	return all
}

// read notes the fields of a filter that must have one value.
func (s *shape) read(filter bson.Raw) {
	elements, err := filter.Elements()
	if err != nil {
		panic(err)
	}
	for _, e := range elements {
		doc, isDoc := e.Value().DocumentOK()
		if isDoc && len(doc) > 5 && firstKey(doc) == "$elemMatch" { // of one element of a list
			inner := shape{}
			inner.read(doc.Lookup("$elemMatch").Document())
			for _, f := range inner.equal {
				s.equal = append(s.equal, e.Key()+"."+f)
			}
			for _, f := range inner.ranged {
				s.ranged = append(s.ranged, e.Key()+"."+f)
			}
			continue
		}
		operator := isDoc && len(doc) > 5 && strings.HasPrefix(firstKey(doc), "$")
		switch {
		case e.Key() == "_id" && (!operator || firstKey(doc) == "$in"):
			s.id = true
		case e.Key() == "_id" && slices.Contains([]string{"$gt", "$gte", "$lt", "$lte"}, firstKey(doc)):
			s.between = true
		case strings.HasPrefix(e.Key(), "$"):
		case !operator:
			s.equal = append(s.equal, e.Key())
		default:
			s.ranged = append(s.ranged, e.Key())
		}
	}
}

func firstKey(doc bson.Raw) string {
	first, err := doc.IndexErr(0)
	if err != nil {
		panic(err)
	}
	return first.Key()
}

// judge tells which searches no index helps, 0 when there is none.
func (l *listener) judge() int {
	code := 0
	for _, key := range slices.Sorted(maps.Keys(l.seen)) {
		s := l.seen[key]
		if !s.helped() {
			fmt.Fprintf(os.Stderr, "no declared index helps %s of %s: %s\n", s.command, s.collection, s.text)
			code = 1
		}
	}
	return code
}

// helped reports whether the server finds what s asks for without looking at all
// documents: by _id, or because an index begins with fields that must have one
// value and goes on with the order, or with what lies in a range.
func (s *shape) helped() bool {
	if s.id || s.between || slices.Contains(wholes(), s.collection) {
		return true
	}
	if len(s.sort) == 1 && strings.TrimPrefix(s.sort[0], "-") == "_id" {
		return true
	}
	for _, keys := range mongo.Indexes()[s.collection] {
		if s.fits(keys) || s.fits(turned(keys)) {
			return true
		}
	}
	return false
}

// wholes are the collections of which a command may ask all: they hold few documents.
func wholes() []string { return []string{"activeringen", "gebruikers", "kalenders"} }

func (s *shape) fits(keys []string) bool {
	n := 0
	for n < len(keys) && slices.Contains(s.equal, strings.TrimPrefix(keys[n], "-")) {
		n++
	}
	rest := keys[n:]
	if len(s.sort) > 0 {
		want := slices.DeleteFunc(slices.Clone(s.sort), func(f string) bool { return slices.Contains(s.equal, strings.TrimPrefix(f, "-")) })
		return len(rest) >= len(want) && slices.Equal(rest[:len(want)], want)
	}
	return n > 0 || len(rest) > 0 && slices.Contains(s.ranged, strings.TrimPrefix(rest[0], "-"))
}

func turned(keys []string) []string {
	other := make([]string, len(keys))
	for i, k := range keys {
		if name, down := strings.CutPrefix(k, "-"); down {
			other[i] = name
		} else {
			other[i] = "-" + k
		}
	}
	return other
}
