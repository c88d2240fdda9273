package schema

import (
	"encoding/json"
	"net/url"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// CheckQuery names every query parameter that the call does not have, every one
// given more than once, and every one whose value its schema refuses. A route is
// a path of the contract with its parameters as :name, the way a router writes it.
func (s *Schemas) CheckQuery(method, route string, query url.Values) []domain.Fault {
	known := s.parameters[method+" "+route]
	var faults []domain.Fault
	for name, values := range query {
		switch p := known.GetByInAndName(openapi3.ParameterInQuery, name); {
		case p == nil:
			faults = append(faults, domain.Fault{Field: name, Code: "vraagparameter"})
		case len(values) > 1:
			faults = append(faults, domain.Fault{Field: name, Code: "vraagparameter_dubbel"})
		case !utf8.ValidString(values[0]):
			faults = append(faults, domain.Fault{Field: name, Code: "tekens"})
		case p.Schema != nil:
			faults = append(faults, s.checkText(name, values[0], p.Schema.Value)...)
		}
	}
	domain.SortFaults(faults)
	return faults
}

// checkText compares the value of a parameter, which is text in an address, with
// its schema.
func (s *Schemas) checkText(name, text string, schema *openapi3.Schema) []domain.Fault {
	var value any = text
	switch number := json.Number(text); {
	case schema.Type.Is(openapi3.TypeInteger) && json.Valid([]byte(text)) && whole(number):
		value = number
	case schema.Type.Is(openapi3.TypeBoolean) && (text == "true" || text == "false"):
		value = text == "true"
	}
	err := schema.VisitJSON(value, s.options...)
	if err == nil {
		return nil
	}
	faults := collect(err, value)
	for i := range faults {
		faults[i].Field = name
	}
	return faults
}

// whole reports that a number is written with digits alone.
func whole(n json.Number) bool {
	_, err := n.Int64()
	return err == nil
}
