package schema_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

func value(t testing.TB, raw string) any {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(raw), &v))
	return v
}

// The examples of RFC 7396, appendix A.
func TestMergePatchDoesTheExamplesOfItsStandard(t *testing.T) {
	for _, c := range []struct{ target, patch, want string }{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `null`, `null`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"e":null,"a":1}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
	} {
		t.Run(c.target+" "+c.patch, func(t *testing.T) {
			target, patch := value(t, c.target), value(t, c.patch)
			require.JSONEq(t, c.want, asJSON(t, schema.MergePatch(target, patch)))
			require.JSONEq(t, c.target, asJSON(t, target), "the target stays")
			require.JSONEq(t, c.patch, asJSON(t, patch), "the patch stays")
		})
	}
}

// anything draws a JSON value, at most deep levels of objects and lists.
func anything(deep int, nulls bool) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		kinds := 3
		if deep > 0 {
			kinds = 5
		}
		switch rapid.IntRange(0, kinds).Draw(t, "kind") {
		case 0:
			if nulls {
				return nil
			}
			return "leeg"
		case 1:
			return rapid.Bool().Draw(t, "boolean")
		case 2:
			return rapid.SampledFrom([]string{"", "ja", "nee", "ë"}).Draw(t, "text")
		case 3:
			return float64(rapid.IntRange(-2, 2).Draw(t, "number"))
		case 4:
			return rapid.SliceOfN(anything(deep-1, nulls), 0, 3).Draw(t, "list")
		}
		out := map[string]any{}
		for i := range rapid.IntRange(0, 3).Draw(t, "members") {
			out[strconv.Itoa(i)] = anything(deep-1, nulls).Draw(t, "member")
		}
		return out
	})
}

func TestADocumentAsItsOwnPatchChangesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		doc := anything(3, false).Draw(r, "document")
		require.Equal(r, asJSON(t, doc), asJSON(t, schema.MergePatch(doc, doc)))
	})
}

func TestAPatchOnceIsAPatchTwice(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		doc, patch := anything(3, false).Draw(r, "document"), anything(3, true).Draw(r, "patch")
		once := schema.MergePatch(doc, patch)
		require.Equal(r, asJSON(t, once), asJSON(t, schema.MergePatch(once, patch)))
	})
}

func TestAPatchKeepsItsNulls(t *testing.T) {
	s := contract(t)
	for name, raw := range map[string]string{
		"read fast":   `{"melder":{"telefoon":null},"sector":null,"feiten":null}`,
		"read slowly": `{"melder":{"\u0074elefoon":null},"sector":null,"feiten":null}`,
	} {
		t.Run(name, func(t *testing.T) {
			patch, faults, err := schema.ReadPatch(s, "MeldingWijziging", []byte(raw))
			require.NoError(t, err)
			require.Empty(t, faults)
			require.JSONEq(t, `{"melder":{"telefoon":null},"sector":null,"feiten":null}`, asJSON(t, patch))
		})
	}
}

func TestAPatchNamesEveryFieldThatIsWrong(t *testing.T) {
	s := contract(t)
	for name, c := range map[string]struct {
		raw  string
		want []string
		left string
	}{
		"nothing":                      {`{}`, []string{}, `{}`},
		"a field nobody knows":         {`{"onzin":1,"aard":"a"}`, []string{"onzin"}, `{"aard":"a"}`},
		"an unknown field taken away":  {`{"onzin":null,"feiten":{"onzin":null}}`, []string{"feiten.onzin", "onzin"}, `{"feiten":{}}`},
		"a field that stands fast":     {`{"id":"x","status":null,"advies":{"a":{"b":1}}}`, []string{"advies", "id", "status"}, `{}`},
		"the consent and the clock":    {`{"toestemming":{"inspecteur":"gegeven"},"klachtBijAanbieder":null}`, []string{"klachtBijAanbieder", "toestemming"}, `{}`},
		"values that are wrong":        {`{"feiten":{"schade":"erg","geweld":"ja"},"sector":7}`, []string{"feiten.schade", "sector"}, `{"feiten":{"geweld":"ja"}}`},
		"what must be there is null":   {`{"soort":null,"kanaal":null}`, []string{"kanaal", "soort"}, `{}`},
		"the same key twice":           {`{"aard":"a","aard":"b"}`, []string{"aard"}, `{}`},
		"text that is not UTF-8":       {"{\"aard\":\"\xff\"}", []string{"aard"}, `{}`},
		"a number of a provider":       {`{"aanbieder":{"kvkNummer":"123","id":null}}`, []string{"aanbieder.kvkNummer"}, `{"aanbieder":{"id":null}}`},
		"a text that is far too long":  {`{"onderwerp":"` + strings.Repeat("é", 121) + `"}`, []string{"onderwerp"}, `{}`},
		"a text that is as long as it": {`{"klantkenmerk":"` + strings.Repeat("é", 100) + `"}`, []string{}, `{"klantkenmerk":"` + strings.Repeat("é", 100) + `"}`},
	} {
		t.Run(name, func(t *testing.T) {
			patch, faults, err := schema.ReadPatch(s, "MeldingWijziging", []byte(c.raw))
			require.NoError(t, err)
			require.ElementsMatch(t, c.want, fields(faults))
			require.JSONEq(t, c.left, asJSON(t, patch))
		})
	}
}

func TestAPatchThatIsNoObjectIsRefused(t *testing.T) {
	s := contract(t)
	for _, raw := range []string{"", "null", "[]", `"x"`, "{", "{}{}", "1"} {
		_, _, err := schema.ReadPatch(s, "MeldingWijziging", []byte(raw))
		require.True(t, domain.IsCode(err, domain.Invalid), raw)
		require.Equal(t, []string{""}, fields(faultsOf(t, err)), raw)
	}
	_, _, err := schema.ReadPatch(s, "Zomaar", []byte(`{"a":1}`))
	require.Error(t, err, "a schema that does not exist refuses everything")
}

func TestASentenceSaysHowAFieldDoesChange(t *testing.T) {
	_, faults, err := schema.ReadPatch(contract(t), "MeldingWijziging", []byte(`{"toestemming":null,"klachtBijAanbieder":{},"kenmerk":"x"}`))
	require.NoError(t, err)
	require.Equal(t, []string{
		"kenmerk: Dit veld kunt u hier alleen lezen. Het verandert nooit.",
		"klachtBijAanbieder: Dit veld kunt u hier alleen lezen. Het verandert met PUT /v1/meldingen/{id}/klacht-bij-aanbieder.",
		"toestemming: Dit veld kunt u hier alleen lezen. Het verandert met POST /v1/meldingen/{id}/toestemmingen.",
	}, sentences(t, faults))
}

// FuzzMergePatch holds any patch against the two things a merge promises: the
// patch once is the patch twice, and no null of it is left in the document.
func FuzzMergePatch(f *testing.F) {
	f.Add([]byte(`{"feiten":{"schade":"licht"},"melder":{"telefoon":null}}`), []byte(`{"feiten":{"geweld":"ja"},"melder":{"naam":"A"}}`))
	f.Add([]byte(`{"a":{"bb":{"ccc":null}}}`), []byte(`[1,2]`))
	f.Add([]byte(`[null]`), []byte(`{"a":1}`))
	s := contract(f)
	f.Fuzz(func(t *testing.T, patch, target []byte) {
		read, faults, err := schema.ReadPatch(s, "MeldingWijziging", patch)
		if err != nil {
			require.True(t, domain.IsCode(err, domain.Invalid))
			require.NotEmpty(t, domain.AsError(err).Faults)
			return
		}
		for _, fault := range faults {
			require.NotEmpty(t, fault.Code)
		}
		doc, err := schema.Parse(target)
		if err != nil {
			return
		}
		once := schema.MergePatch(doc, read)
		require.Equal(t, asJSON(t, once), asJSON(t, schema.MergePatch(once, read)))
		require.False(t, holdsNull(once))
	})
}

// holdsNull reports that some member of an object is null.
func holdsNull(v any) bool {
	object, is := v.(map[string]any)
	if !is {
		return false
	}
	for _, child := range object {
		if child == nil || holdsNull(child) {
			return true
		}
	}
	return false
}
