package policyinput_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/server/api/internal/policyinput"
)

func generated(t *testing.T) []byte {
	t.Helper()
	spec, err := os.ReadFile("../../openapi.yaml")
	require.NoError(t, err)
	raw, err := policyinput.Schema(spec)
	require.NoError(t, err)
	return raw
}

func TestTheCommittedSchemaIsUpToDate(t *testing.T) {
	committed, err := os.ReadFile("../../../../../policies/schemas/invoer.json")
	require.NoError(t, err)
	require.Equal(t, string(generated(t)), string(committed), "run: go generate ./service/server/api")
}

// validator reads the schema with a library that knows JSON Schema in full.
func validator(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(generated(t)))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("invoer.json", doc))
	s, err := c.Compile("invoer.json")
	require.NoError(t, err)
	return s
}

func input(t *testing.T, name string) map[string]any {
	t.Helper()
	raw, err := fixtures.Beleidsinvoer(name)
	require.NoError(t, err)
	var out map[string]any
	require.NoError(t, json.Unmarshal(raw, &out))
	return out
}

// within gives the object at a dotted path, and the last name of that path.
func within(tree map[string]any, path string) (object map[string]any, field string) {
	names := strings.Split(path, ".")
	for _, name := range names[:len(names)-1] {
		tree, _ = tree[name].(map[string]any)
	}
	return tree, names[len(names)-1]
}

func TestWhatAPolicySeesFits(t *testing.T) {
	s := validator(t)
	require.NoError(t, s.Validate(input(t, "volledig")))
	require.NoError(t, s.Validate(input(t, "minimaal")))
}

func TestEveryFieldThatIsAlwaysThereIsRequired(t *testing.T) {
	s := validator(t)
	var paths []string
	var collect func(prefix string, tree map[string]any)
	collect = func(prefix string, tree map[string]any) {
		for name, value := range tree {
			paths = append(paths, prefix+name)
			if object, is := value.(map[string]any); is {
				collect(prefix+name+".", object)
			}
		}
	}
	collect("", input(t, "minimaal"))
	require.Greater(t, len(paths), 25)
	for _, path := range paths {
		tree := input(t, "minimaal")
		object, field := within(tree, path)
		delete(object, field)
		assert.Error(t, s.Validate(tree), "without %s", path)
	}
}

func TestWhatAPolicyNeverSeesIsRefused(t *testing.T) {
	s := validator(t)
	for path, value := range map[string]any{
		"opties":                               map[string]any{},
		"onzin":                                1,
		"melding.melder":                       map[string]any{"naam": "Proefpersoon"},
		"melding.feiten.onzin":                 "ja",
		"melding.feiten.schade":                nil,
		"melding.feiten.geweld":                "misschien",
		"melding.feiten.andereProcedure":       nil,
		"melding.feiten.klachtplichtGebreken":  []any{"art14"},
		"melding.gebeurtenis.van":              "2024-11",
		"melding.gebeurtenis.voortdurend":      nil,
		"melding.klachtBijAanbieder.onzin":     1,
		"aanbieder.naam":                       "x",
		"aanbieder.signalen.aantal30":          0.5,
		"afgeleid.jarenVerstreken":             -1,
		"afgeleid.reactietermijn.einddatum":    "morgen",
		"afgeleid.reactietermijn.verstreken":   nil,
		"afgeleid.reactietermijn.resterend":    1,
		"aanbieder.signalen.aantalVolgendJaar": 1,
	} {
		tree := input(t, "volledig")
		object, field := within(tree, path)
		require.NotNil(t, object, path)
		object[field] = value
		assert.Error(t, s.Validate(tree), path)
	}
}

// compile type-checks a rule against the schema, as the policy engine does.
func compile(t *testing.T, rule string) error {
	t.Helper()
	var doc any
	require.NoError(t, json.Unmarshal(generated(t), &doc))
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, doc)
	module, err := ast.ParseModule("proef.rego", "package proef\n\n"+rule)
	require.NoError(t, err)
	c := ast.NewCompiler().WithStrict(true).WithSchemas(schemas)
	c.Compile(map[string]*ast.Module{"proef.rego": module})
	if c.Failed() {
		return c.Errors
	}
	return nil
}

func TestThePolicyEngineKnowsEveryField(t *testing.T) {
	for _, rule := range []string{
		`r if input.melding.feiten.bedreiging in {"ja", "mogelijk"}`,
		`r if "art13" in input.melding.feiten.klachtplichtGebreken`,
		`r if input.melding.gebeurtenis.voortdurend == false`,
		`r if input.aanbieder.signalen.overschrijdingskans < 0.01`,
		`r if input.afgeleid.jarenVerstreken >= 2`,
		`r if input.afgeleid.reactietermijn.verstreken`,
		`r if not input.melding.klachtBijAanbieder`,
	} {
		require.NoError(t, compile(t, rule), rule)
	}
}

func TestThePolicyEngineRefusesAMisspelling(t *testing.T) {
	for _, rule := range []string{
		`r if input.melding.feiten.bedreigng == "ja"`,
		`r if input.melding.klachtBijAanbieder.melder`,
		`r if input.afgeleid.jaren >= 2`,
		`r if input.opties.bandbreedte`,
		`r if input.afgeleid.jarenVerstreken == "2"`,
	} {
		require.Error(t, compile(t, rule), rule)
	}
}

func TestNoSchemaWithoutAContract(t *testing.T) {
	_, err := policyinput.Schema([]byte("openapi: ["))
	require.ErrorContains(t, err, "read contract")
	_, err = policyinput.Schema([]byte("components: {schemas: {}}"))
	require.ErrorContains(t, err, "no schema TriageInvoer")
}
