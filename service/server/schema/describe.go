package schema

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// describe gives the code of a fault and what the sentence needs to say what is
// allowed.
func describe(e *openapi3.SchemaError) (string, []any) {
	s := e.Schema
	switch e.SchemaField {
	case "required":
		return "verplicht", nil
	case "enum":
		return "waarde", []any{choices(s.Enum)}
	case "type", "nullable":
		return wrongType(e)
	case "pattern", "format":
		if s.Format == "date-time" {
			return "moment", nil
		}
		return "vorm", []any{shape(s)}
	case "minimum":
		return "te_klein", []any{plain(*s.Min)}
	case "maximum":
		return "te_groot", []any{plain(*s.Max)}
	case "minLength":
		return "te_kort", []any{s.MinLength}
	case "maxLength":
		return "te_lang", []any{*s.MaxLength}
	case "minItems":
		return "te_weinig", []any{s.MinItems}
	case "maxItems":
		return "te_veel", []any{*s.MaxItems}
	case "uniqueItems":
		return "dubbel", nil
	default:
		return other, nil
	}
}

// wrongType names the type that was wanted. A number that no float64 can hold
// comes here too: it is beyond every bound.
func wrongType(e *openapi3.SchemaError) (string, []any) {
	number, is := e.Value.(json.Number)
	switch {
	case is && e.Origin != nil && strings.HasPrefix(string(number), "-") && e.Schema.Min != nil:
		return "te_klein", []any{plain(*e.Schema.Min)}
	case is && e.Origin != nil && e.Schema.Max != nil:
		return "te_groot", []any{plain(*e.Schema.Max)}
	}
	codes := map[string]string{
		openapi3.TypeString:  "type_tekst",
		openapi3.TypeInteger: "type_geheel_getal",
		openapi3.TypeNumber:  "type_getal",
		openapi3.TypeBoolean: "type_waar_onwaar",
		openapi3.TypeArray:   "type_lijst",
		openapi3.TypeObject:  "type_object",
	}
	for _, t := range e.Schema.Type.Slice() {
		if code, ok := codes[t]; ok {
			return code, nil
		}
	}
	return other, nil
}

// shape is what a text must look like, in the words of the contract (x-vorm).
func shape(s *openapi3.Schema) string {
	if words, ok := s.Extensions["x-vorm"].(string); ok {
		return words
	}
	return s.Pattern
}

func choices(values []any) string {
	var out []string
	for _, v := range values {
		if v != nil {
			out = append(out, fmt.Sprint(v))
		}
	}
	return strings.Join(out, ", ")
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
