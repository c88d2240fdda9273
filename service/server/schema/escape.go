package schema

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// halfPair reports that a JSON text holds an escaped surrogate without its other half.
func halfPair(written []byte) bool {
	for i := 0; i < len(written); i++ {
		if written[i] != '\\' {
			continue
		}
		unit, ok := escape(written[i:])
		if !ok {
			i++
			continue
		}
		i += 5
		if !utf16.IsSurrogate(unit) {
			continue
		}
		next, ok := escape(written[i+1:])
		if !ok || utf16.DecodeRune(unit, next) == utf8.RuneError {
			return true
		}
		i += 6
	}
	return false
}

// escape reads the \uXXXX that b starts with.
func escape(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(b[2:6]), 16, 32)
	return rune(unit), err == nil
}
