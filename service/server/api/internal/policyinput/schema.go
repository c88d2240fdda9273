// Package policyinput makes the JSON Schema of what a policy sees from the
// contract of the API: the question with every default filled in, and beside it
// what the service derives. One source for both, so that they cannot drift.
package policyinput

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// always lists, per component, the fields that the service fills in without a
// fixed default in the contract.
func always() map[string][]string {
	return map[string][]string{
		"TriageInvoer":  {"peildatum", "afgeleid"},
		"TriageMelding": {"ontvangstdatum"},
	}
}

// Schema gives the JSON Schema of the policy input, from the contract in YAML.
// It has no references, no nulls and no unknown fields. The same contract gives
// the same bytes.
func Schema(spec []byte) ([]byte, error) {
	var doc struct {
		Components struct {
			Schemas map[string]map[string]any `yaml:"schemas"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(spec, &doc); err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	question, ok := doc.Components.Schemas["TriageInvoer"]
	if !ok {
		return nil, fmt.Errorf("read contract: no schema TriageInvoer")
	}
	question = maps.Clone(question)
	properties, _ := question["properties"].(map[string]any)
	properties = maps.Clone(properties)
	delete(properties, "opties") // how to answer, not what to decide
	properties["afgeleid"] = derived()
	question["properties"] = properties

	w := &writer{components: doc.Components.Schemas}
	out := w.object("TriageInvoer", question)
	out["$schema"] = "http://json-schema.org/draft-07/schema#"
	out["title"] = "Invoer van een beslissing"
	out["description"] = "Wat het beleid ziet: de vraag met elke standaardwaarde ingevuld, en wat de dienst daaruit afleidt."
	raw, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	return append(raw, '\n'), nil
}

// derived is what the service adds, because a policy has no calendar.
func derived() map[string]any {
	return map[string]any{
		"type":        "object",
		"description": "Wat de dienst uitrekent.",
		"properties": map[string]any{
			"reactietermijn": map[string]any{
				"type":        "object",
				"description": "De termijn van de aanbieder om te reageren (Wkkgz, artikel 17). Er is er geen zonder klacht bij de aanbieder.",
				"required":    []any{"einddatum", "verstreken"},
				"properties": map[string]any{
					"einddatum":  map[string]any{"type": "string", "format": "date"},
					"verstreken": map[string]any{"type": "boolean"},
				},
			},
			"jarenVerstreken": map[string]any{
				"type": "integer", "minimum": 0,
				"description": "De hele jaren tussen het einde van de gebeurtenis en de dag van ontvangst. Zonder datum is dit er niet.",
			},
		},
	}
}

// writer turns schemas of the contract into JSON Schema.
type writer struct {
	components map[string]map[string]any
}

// schema gives the JSON Schema of any node of the contract.
func (w *writer) schema(node any) map[string]any {
	in, _ := node.(map[string]any)
	name := ""
	if ref, ok := in["$ref"].(string); ok {
		name = strings.TrimPrefix(ref, "#/components/schemas/")
		in = w.components[name]
	}
	switch in["type"] {
	case "object":
		return w.object(name, in)
	case "array":
		out := keep(in, "type", "description", "maxItems", "uniqueItems")
		out["items"] = w.schema(in["items"])
		return out
	}
	out := keep(in, "type", "description", "format", "minimum", "maximum", "minLength", "maxLength")
	switch out["format"] {
	case "periode": // the service makes a day of a month or a year
		out["format"] = "date"
	case "double":
		delete(out, "format")
	}
	if choices, ok := in["enum"].([]any); ok {
		out["enum"] = slices.DeleteFunc(slices.Clone(choices), func(v any) bool { return v == nil })
	}
	return out
}

// object requires the fields that are always there: required by the contract,
// with a default, or listed in always.
func (w *writer) object(name string, in map[string]any) map[string]any {
	out := keep(in, "type", "description")
	out["additionalProperties"] = false
	given, _ := in["properties"].(map[string]any)
	properties := map[string]any{}
	var required []string
	for _, field := range slices.Sorted(maps.Keys(given)) {
		properties[field] = w.schema(given[field])
		if w.present(name, field, in, given[field]) {
			required = append(required, field)
		}
	}
	out["properties"] = properties
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

func (w *writer) present(name, field string, object map[string]any, node any) bool {
	in, _ := node.(map[string]any)
	if ref, ok := in["$ref"].(string); ok {
		in = w.components[strings.TrimPrefix(ref, "#/components/schemas/")]
	}
	required, _ := object["required"].([]any)
	_, filled := in["default"]
	return filled || slices.Contains(required, any(field)) || slices.Contains(always()[name], field)
}

// keep copies the keywords names, with a description on one line.
func keep(in map[string]any, names ...string) map[string]any {
	out := map[string]any{}
	for _, name := range names {
		if v, ok := in[name]; ok {
			out[name] = v
		}
	}
	if text, ok := out["description"].(string); ok {
		out["description"] = strings.Join(strings.Fields(text), " ")
	}
	return out
}
