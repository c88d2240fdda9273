package schema

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// other is the code of a fault that has no code of its own.
const other = "ongeldig"

// collector turns what the validator found into faults, one per field.
type collector struct {
	tree   any
	faults []domain.Fault
	seen   map[string]bool // fields that have a fault
	opened map[string]bool // objects whose unknown fields are listed
}

func collect(err error, tree any) []domain.Fault {
	c := &collector{tree: tree, seen: map[string]bool{}, opened: map[string]bool{}}
	c.walk(err)
	return c.faults
}

// walk goes through err in the order of the validator: the fields of an object
// by name, the elements of a list by place.
func (c *collector) walk(err error) {
	var several openapi3.MultiError
	var one *openapi3.SchemaError
	switch {
	case len(c.faults) >= maxFaults:
	case errors.As(err, &several):
		for _, e := range several {
			c.walk(e)
		}
	case errors.As(err, &one):
		c.one(one)
	default:
		c.add("", other)
	}
}

func (c *collector) one(e *openapi3.SchemaError) {
	path := e.JSONPointer()
	switch {
	case e.SchemaField == "properties":
		c.unknown(c.field(path), e)
	case e.SchemaField == "required" && together(e.Schema):
		c.add(c.field(path[:len(path)-1]), "onvolledig", strings.Join(e.Schema.Required, ", "))
	case e.SchemaField == "required":
		c.missing(c.field(path), e.Schema.Properties[path[len(path)-1]])
	default:
		code, args := describe(e)
		c.add(c.field(path), code, args...)
	}
}

// missing names a field that must be there. Of an object that is absent the
// fields it must hold are named, since those are what the caller has to fill in.
func (c *collector) missing(field string, s *openapi3.SchemaRef) {
	if s == nil || len(s.Value.Required) == 0 || together(s.Value) {
		c.add(field, "verplicht")
		return
	}
	for _, key := range s.Value.Required {
		c.missing(join(field, key), s.Value.Properties[key])
	}
}

func (c *collector) add(field, code string, args ...any) {
	if c.seen[field] || len(c.faults) >= maxFaults {
		return
	}
	c.seen[field] = true
	c.faults = append(c.faults, domain.Fault{Field: field, Code: code, Args: args})
}

// unknown names the fields of an object that its schema does not have; the
// validator gives one error for each, which differ in their sentence alone.
func (c *collector) unknown(field string, e *openapi3.SchemaError) {
	object, _ := e.Value.(map[string]any)
	if c.opened[field] {
		return
	}
	c.opened[field] = true
	allowed := strings.Join(slices.Sorted(maps.Keys(e.Schema.Properties)), ", ")
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if e.Schema.Properties[key] == nil {
			c.add(join(field, key), "onbekend_veld", allowed)
		}
	}
}

// field writes a path as `melding.feiten.schade` or `items[3].invoer`.
func (c *collector) field(path []string) string {
	var out string
	at := c.tree
	for _, key := range path {
		list, is := at.([]any)
		if !is {
			out = join(out, key)
			object, _ := at.(map[string]any)
			at = object[key]
			continue
		}
		out += "[" + key + "]"
		if i, err := strconv.Atoi(key); err == nil && i < len(list) {
			at = list[i]
		}
	}
	return out
}

// together reports that the fields of an object belong together (x-samen): one
// that is missing is a fault of the object.
func together(s *openapi3.Schema) bool {
	is, _ := s.Extensions["x-samen"].(bool)
	return is
}
