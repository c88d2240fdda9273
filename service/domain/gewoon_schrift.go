package domain

import (
	"strings"
	"unicode"
)

// plainly writes text with the plain form of every digit, wide sign, dash and space,
// and without signs that nobody sees. It is for looking in, not for keeping.
func plainly(text string) string {
	const wide = 0xFF00 - 0x20 // from a wide sign to the plain one (Unicode, halfwidth and fullwidth forms)
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x80:
			return r
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - wide
		case r == 0xFE6B: // small commercial at
			return '@'
		case unicode.Is(unicode.Nd, r):
			return plainDigit(r)
		case unicode.Is(unicode.Pd, r), r == 0x2212, r == 0x2043:
			return '-'
		case unicode.IsSpace(r), unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r):
			return -1
		}
		return r
	}, text)
}

// plainDigit is a decimal digit of any script. Their tables run from nought to nine,
// once or several times.
func plainDigit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}
