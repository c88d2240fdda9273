package domain

import "strings"

// The symbols of Crockford's base 32; a value modulo 37 above 31 has a check
// symbol that is none of them, and such a kenmerk is not given out.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// kenmerkSymbols is how many symbols stand before the check symbol.
const kenmerkSymbols = 7

// MaakKenmerk writes the low 35 bits of n as LMZ-XXXX-XXXX, the last symbol being
// the check symbol (modulo 37). It reports false for a number whose check symbol
// is no digit and none of the 32 letters: draw again.
func MaakKenmerk(n uint64) (string, bool) {
	n &= 1<<(5*kenmerkSymbols) - 1
	check := n % 37
	if check >= uint64(len(crockford)) {
		return "", false
	}
	var b [kenmerkSymbols + 1]byte
	b[kenmerkSymbols] = crockford[check]
	for i := kenmerkSymbols - 1; i >= 0; i-- {
		b[i] = crockford[n&31]
		n >>= 5
	}
	return "LMZ-" + string(b[:4]) + "-" + string(b[4:]), true
}

// LeesKenmerk reads a kenmerk as somebody typed it: small letters, an O for a 0,
// an I or L for a 1, and spaces or hyphens anywhere. False when it is none, or
// when the check symbol shows a slip.
func LeesKenmerk(text string) (string, bool) {
	text = strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(text))
	rest, ok := strings.CutPrefix(text, "LMZ")
	if !ok && len(text) == kenmerkSymbols+1 {
		rest, ok = text, true
	}
	if !ok || len(rest) != kenmerkSymbols+1 {
		return "", false
	}
	rest = strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(rest)
	n := uint64(0)
	for i := range kenmerkSymbols {
		v := strings.IndexByte(crockford, rest[i])
		if v < 0 {
			return "", false
		}
		n = n<<5 | uint64(v)
	}
	kenmerk, ok := MaakKenmerk(n)
	return kenmerk, ok && kenmerk[len(kenmerk)-1] == rest[kenmerkSymbols]
}
