package domain

import "strings"

// Unreadable reports whether the value of one of fields is not known because of
// faults: a fault on the field itself or on an object that holds it. What is
// wrong inside a field leaves the rest of it readable.
func Unreadable(faults []Fault, fields ...string) bool {
	for _, field := range fields {
		for _, f := range faults {
			if f.Field == field || within(f.Field, field) {
				return true
			}
		}
	}
	return false
}

func within(outer, inner string) bool {
	rest, ok := strings.CutPrefix(inner, outer)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
}
