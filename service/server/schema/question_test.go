package schema_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// leaf is a field of a question: where it stands, values that are right and
// values that are wrong.
type leaf struct {
	path         string
	right, wrong []any
}

// leaves are optional fields of every kind a question has.
func leaves() []leaf {
	day := leaf{"", []any{"2026-11-20", "1900-01-01", "2199-12-31", "2024-02-29"}, []any{"2026-02-29", "2026-11", "1899-12-31", 20261120, true, ""}}
	period := leaf{"", []any{"2024", "2024-03", "2024-02-29"}, []any{"2024-00", "24", "2023-02-29", 2024}}
	at := func(path string, l leaf) leaf { return leaf{path, l.right, l.wrong} }
	return []leaf{
		at("peildatum", day),
		at("melding.ontvangstdatum", day),
		at("melding.gebeurtenis.van", period),
		at("melding.gebeurtenis.tot", period),
		{"melding.gebeurtenis.voortdurend", []any{true, false}, []any{"ja", 0, map[string]any{}}},
		{"melding.regime", []any{"wkkgz", "jeugdwet", "overig"}, []any{"wlz", 1, "WKKGZ"}},
		{"melding.feiten.schade", []any{"geen", "overleden"}, []any{"erg", false}},
		{"melding.feiten.klachtplichtGebreken", []any{[]any{}, []any{"art13", "art23"}, []any{"art13", "art13"}}, []any{"art13"}},
		{"melding.toestemming.inspecteur", []any{"gegeven"}, []any{"ja"}},
		{"aanbieder.id", []any{"a", "aanbieder-1", "a b/ü", strings.Repeat("x", 200)}, []any{"", 7, strings.Repeat("x", 201)}},
		{"opties.bandbreedte", []any{true, false}, []any{"true", 1}},
	}
}

// put writes value at a dotted path and makes the objects on the way.
func put(tree map[string]any, path string, value any) {
	names := strings.Split(path, ".")
	for _, name := range names[:len(names)-1] {
		child, is := tree[name].(map[string]any)
		if !is {
			child = map[string]any{}
			tree[name] = child
		}
		tree = child
	}
	tree[names[len(names)-1]] = value
}

// A question with any right, wrong, null and unknown fields: exactly the wrong
// and unknown ones are named, and the value holds exactly the right ones.
func TestExactlyTheWrongFieldsAreNamed(t *testing.T) {
	s := contract(t)
	rapid.Check(t, func(rt *rapid.T) {
		asked := map[string]any{"melding": map[string]any{"soort": "klacht"}}
		kept := map[string]any{"melding": map[string]any{"soort": "klacht"}}
		want := map[string]bool{}
		for _, l := range leaves() {
			switch rapid.SampledFrom([]string{"absent", "null", "right", "wrong"}).Draw(rt, l.path) {
			case "null":
				put(asked, l.path, nil)
			case "right":
				value := rapid.SampledFrom(l.right).Draw(rt, "value")
				put(asked, l.path, value)
				put(kept, l.path, value)
			case "wrong":
				put(asked, l.path, rapid.SampledFrom(l.wrong).Draw(rt, "value"))
				want[l.path] = true
			}
		}
		if rapid.Bool().Draw(rt, "unknown") {
			put(asked, "melding.melder", "Proefpersoon")
			want["melding.melder"] = true
		}

		value, _, faults, err := schema.Read[api.TriageInvoer](s, "TriageInvoer", []byte(asJSON(t, asked)))
		require.NoError(t, err)
		require.ElementsMatch(t, slices.Collect(maps.Keys(want)), fields(faults))
		require.Equal(t, withoutEmpty(t, kept), withoutEmpty(t, value))
	})
}

// withoutEmpty gives v as JSON would, without objects that hold nothing.
func withoutEmpty(t *testing.T, v any) any {
	t.Helper()
	var tree map[string]any
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, v)), &tree))
	var strip func(tree map[string]any)
	strip = func(tree map[string]any) {
		for key, child := range tree {
			object, is := child.(map[string]any)
			if !is {
				continue
			}
			if strip(object); len(object) == 0 {
				delete(tree, key)
			}
		}
	}
	strip(tree)
	return tree
}
