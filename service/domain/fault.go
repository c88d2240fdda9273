package domain

import "strings"

// FaultAt reports whether one of faults is on field, on an object that holds it,
// or on something inside it.
func FaultAt(faults []Fault, field string) bool {
	for _, f := range faults {
		if f.Field == field || within(f.Field, field) || within(field, f.Field) {
			return true
		}
	}
	return false
}

func within(outer, inner string) bool {
	rest, ok := strings.CutPrefix(inner, outer)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
}
