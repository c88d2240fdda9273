package schema

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// maxFaults bounds how many faults one body can be answered with, so that a
// small body cannot ask for a large answer.
const maxFaults = 1000

// Schemas holds the schemas of the contract. It is safe for concurrent use.
type Schemas struct {
	named      openapi3.Schemas
	parameters map[string]openapi3.Parameters // by method and route
	options    []openapi3.SchemaValidationOption
}

// New reads the contract, an OpenAPI 3.0 document.
func New(spec []byte) (*Schemas, error) {
	doc, err := openapi3.NewLoader().LoadFromData(spec)
	if err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	if doc.Components == nil {
		return nil, errors.New("read contract: no components")
	}
	s := &Schemas{
		named:      doc.Components.Schemas,
		parameters: map[string]openapi3.Parameters{},
		options: []openapi3.SchemaValidationOption{
			openapi3.MultiErrors(),
			openapi3.WithStringFormatValidators(formats()),
		},
	}
	router := strings.NewReplacer("{", ":", "}", "")
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			s.parameters[method+" "+router.Replace(path)] = slices.Concat(item.Parameters, operation.Parameters)
		}
	}
	return s, nil
}

// formats are the formats that a pattern cannot tell: a day that exists.
func formats() map[string]openapi3.StringFormatValidator {
	oneOf := func(layouts ...string) openapi3.StringFormatValidator {
		return openapi3.NewCallbackValidator(func(text string) error {
			var err error
			for _, layout := range layouts {
				if _, err = time.Parse(layout, text); err == nil {
					return nil
				}
			}
			return err
		})
	}
	return map[string]openapi3.StringFormatValidator{
		"date":      oneOf(time.DateOnly),
		"date-time": oneOf(time.RFC3339Nano),
		"periode":   oneOf(time.DateOnly, "2006-01", "2006"),
	}
}

// Check compares tree, which Parse gave, with components/schemas/name and names
// all faults at once: one per field, at most maxFaults, and in the same order
// every time. A name that the contract does not have refuses everything.
func (s *Schemas) Check(name string, tree any) []domain.Fault {
	ref, ok := s.named[name]
	if !ok {
		return []domain.Fault{{Code: other}}
	}
	if err := ref.Value.VisitJSON(tree, s.options...); err != nil {
		return collect(err, tree)
	}
	return nil
}
