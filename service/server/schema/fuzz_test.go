package schema_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// FuzzParse holds Parse against encoding/json: what is no JSON is refused, what
// is JSON reads the same, and is refused only for one of the strict rules.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,2.50,{"b":null}],"c":"\u00e9"}`, `{"a":1,"a":2}`, `{"a":"\ud800"}`, `{}{}`, `[1,]`, `{"a":"x:{","b":[":"]}`,
		"\"\xff\"", `[[[[]]]]`, `1e400`, `-0`, `{"":{"":0}}`, ` null `, `"\\u0022"`, `{"a":1.0,"\u0061":1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		tree, err := schema.Parse(raw)
		if !json.Valid(raw) {
			require.Error(t, err)
			return
		}
		if err != nil {
			for _, fault := range faultsOf(t, err) {
				require.Contains(t, []string{"dubbel_veld", "tekens", "te_diep"}, fault.Code)
			}
			return
		}
		require.True(t, utf8.Valid(raw))
		require.Equal(t, reference(t, raw), tree)

		// The way of reading that escapes call for gives the same.
		slow, err := schema.Parse(slices.Concat([]byte(`["\u0061",`), raw, []byte(`]`)))
		if err != nil {
			require.Equal(t, "te_diep", faultsOf(t, err)[0].Code)
			return
		}
		require.Equal(t, []any{"a", tree}, slow)
	})
}

// reference is what encoding/json makes of raw, without nulls in objects and with
// whole numbers as integers.
func reference(t *testing.T, raw []byte) any {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var tree any
	require.NoError(t, dec.Decode(&tree))
	again, err := schema.Parse([]byte(asJSON(t, withoutNulls(tree))))
	require.NoError(t, err)
	return again
}

func withoutNulls(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, child := range v {
			if v[key] = withoutNulls(child); child == nil {
				delete(v, key)
			}
		}
	case []any:
		for i, child := range v {
			v[i] = withoutNulls(child)
		}
	}
	return v
}

// FuzzCheck reads any body as each kind of question: it never fails otherwise
// than by naming faults, names the same ones every time, and what is left
// without the faulted fields lacks nothing but fields.
func FuzzCheck(f *testing.F) {
	for _, kind := range []string{"vorm", "regels"} {
		cases, err := fixtures.Fouten(kind)
		require.NoError(f, err)
		for _, c := range cases {
			body, err := c.Body()
			require.NoError(f, err)
			f.Add(body)
		}
	}
	f.Add([]byte(`{"melding":{"soort":"klacht"},"aanbieder":{"signalen":{"aantal30":1e400,"aantal90":0e999999999999}}}`))
	s := contract(f)
	texts, err := domain.LoadTexts()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, raw []byte) {
		checkAs[api.TriageInvoer](t, s, texts, "TriageInvoer", raw)
		checkAs[api.ReeksInvoer](t, s, texts, "ReeksInvoer", raw)
		checkAs[api.TermijnInvoer](t, s, texts, "TermijnInvoer", raw)
	})
}

func checkAs[T any](t *testing.T, s *schema.Schemas, texts domain.Texts, name string, raw []byte) {
	t.Helper()
	_, tree, faults, err := schema.Read[T](s, name, raw)
	if err != nil {
		require.True(t, domain.IsCode(err, domain.Invalid))
		faults = domain.AsError(err).Faults
		require.NotEmpty(t, faults)
	}
	_, _, again, _ := schema.Read[T](s, name, raw)
	if err == nil {
		require.Equal(t, faults, again)
	}
	for _, fault := range faults {
		require.NotContains(t, texts.Sentence("gebrek."+fault.Code, fault.Args...), "%!")
		require.Contains(t, texts, "gebrek."+fault.Code)
	}
	for _, left := range s.Check(name, schema.Prune(tree, faults)) {
		require.Contains(t, []string{"verplicht", "onvolledig", "te_weinig", "type_object"}, left.Code)
	}
}
