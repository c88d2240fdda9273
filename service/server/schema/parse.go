package schema

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// maxDepth is how many objects and lists may stand inside each other.
const maxDepth = 64

// Parse reads one JSON value into maps, slices, strings, json.Numbers and
// booleans. A member that is null is left out, as if it were absent; a null in
// a list stays. Whole numbers are written without fraction or exponent, so that
// 1.0 reads as an integer. It refuses what encoding/json lets pass: a key given
// twice, text that is not UTF-8, half a surrogate pair, anything after the
// value and nesting deeper than 64. The error is a *domain.Error with the faults.
func Parse(raw []byte) (any, error) {
	tree, faults := parse(raw, dropNulls)
	if len(faults) > 0 {
		return nil, domain.InvalidInput(faults)
	}
	return tree, nil
}

// nulls says what becomes of a member that is null.
type nulls bool

const (
	dropNulls nulls = false
	keepNulls nulls = true // in a merge patch a null takes a member away
)

// parse gives the tree beside faults that still leave something to read: a key
// given twice, a text that is not UTF-8. Otherwise the tree is nil.
func parse(raw []byte, n nulls) (any, []domain.Fault) {
	if tree, ok := parseFast(raw, n); ok {
		return tree, nil
	}
	r := newReader(raw)
	tree, fault := r.document()
	if fault != nil {
		return nil, []domain.Fault{*fault}
	}
	members := 0
	return tidy(tree, n, &members), r.faults
}

// parseFast reads what is plainly right, in half the time of reader; it reports
// false when reader must look. A key given twice shows in the count of members:
// the tree then holds fewer than the text.
func parseFast(raw []byte, n nulls) (any, bool) {
	if !utf8.Valid(raw) || bytes.Contains(raw, []byte(`\u`)) {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, false
	}
	if len(bytes.TrimLeft(raw[dec.InputOffset():], " \t\r\n")) > 0 {
		return nil, false
	}
	written, depth := tally(raw)
	kept := 0
	tree = tidy(tree, n, &kept)
	return tree, written == kept && depth <= maxDepth
}

// tally counts the members in valid JSON, which is its colons outside texts,
// and measures how deep it is nested.
func tally(raw []byte) (members, depth int) {
	level, text := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case text && c == '\\':
			i++
		case c == '"':
			text = !text
		case text:
		case c == ':':
			members++
		case c == '{' || c == '[':
			level++
			depth = max(depth, level)
		case c == '}' || c == ']':
			level--
		}
	}
	return members, depth
}

// tidy takes the nulls out of the objects of v unless n keeps them, writes whole
// numbers as integers, and counts the members there were into members.
func tidy(v any, n nulls, members *int) any {
	switch v := v.(type) {
	case map[string]any:
		*members += len(v)
		for key, child := range v {
			switch c := child.(type) {
			case nil:
				if n == dropNulls {
					delete(v, key)
				}
			case json.Number:
				if whole, ok := integer(string(c)); ok {
					v[key] = json.Number(whole)
				}
			case map[string]any, []any:
				tidy(c, n, members)
			}
		}
	case []any:
		for i, child := range v {
			v[i] = tidy(child, n, members)
		}
	case json.Number:
		if whole, ok := integer(string(v)); ok {
			return json.Number(whole)
		}
	}
	return v
}
