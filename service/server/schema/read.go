package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Read parses raw, checks it against components/schemas/name and decodes it into
// a T. With faults the value holds what is left without the faulted fields, so
// that the rules between the other fields can still be checked; the tree is what
// Parse gives, faulted fields included. The error is a *domain.Error with the
// faults when nothing is left: no JSON, or no value of the right kind at all.
func Read[T any](s *Schemas, name string, raw []byte) (value T, tree any, faults []domain.Fault, err error) {
	tree, faults = parse(raw, dropNulls)
	if tree == nil && len(faults) > 0 {
		return value, nil, nil, domain.InvalidInput(faults)
	}
	faults = beside(faults, s.Check(name, tree))
	if len(faults) == 0 && json.Unmarshal(raw, &value) == nil {
		return value, tree, nil, nil
	}
	rest := Prune(tree, faults)
	if rest == nil {
		return value, nil, nil, domain.InvalidInput(faults)
	}
	value, faults, err = decode[T](rest, faults)
	return value, tree, faults, err
}

// beside gives faults with those of more that are on other fields.
func beside(faults, more []domain.Fault) []domain.Fault {
	known := len(faults)
	for _, f := range more {
		if !slices.ContainsFunc(faults[:known], func(k domain.Fault) bool { return k.Field == f.Field }) {
			faults = append(faults, f)
		}
	}
	return faults
}

// decode reads what Prune left, in which 1.0 is written as 1. A number that fits
// the schema but not the type is one more fault.
func decode[T any](rest any, faults []domain.Fault) (value T, all []domain.Fault, err error) {
	raw, err := json.Marshal(rest)
	if err != nil {
		return value, faults, fmt.Errorf("write rest: %w", err)
	}
	err = json.Unmarshal(raw, &value)
	var misfit *json.UnmarshalTypeError
	if errors.As(err, &misfit) { // the rest of value is read
		return value, append(faults, domain.Fault{Field: misfit.Field, Code: other}), nil
	}
	if err != nil {
		return value, faults, fmt.Errorf("read rest: %w", err)
	}
	return value, faults, nil
}

// Prune gives a copy of tree without the nodes that faults name. An element
// taken from a list moves those behind it up.
func Prune(tree any, faults []domain.Fault) any {
	named := make(map[string]bool, len(faults))
	for _, f := range faults {
		named[f.Field] = true
	}
	if named[""] {
		return nil
	}
	return prune(tree, "", named)
}

func prune(node any, path string, named map[string]bool) any {
	switch node := node.(type) {
	case map[string]any:
		rest := make(map[string]any, len(node))
		for key, child := range node {
			if field := join(path, key); !named[field] {
				rest[key] = prune(child, field, named)
			}
		}
		return rest
	case []any:
		rest := make([]any, 0, len(node))
		for i, child := range node {
			if field := path + "[" + strconv.Itoa(i) + "]"; !named[field] {
				rest = append(rest, prune(child, field, named))
			}
		}
		return rest
	default:
		return node
	}
}
