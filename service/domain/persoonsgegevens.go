package domain

import (
	"regexp"
	"strings"
)

// Persoonsgegeven gives the code of the fault of a text that must hold no personal
// data, for the first kind found in it; empty when there is none. Other forms of the
// same signs (wide letters, digits of another script, long dashes) hide nothing.
func Persoonsgegeven(text string) string {
	text = plainly(text)
	if !strings.ContainsAny(text, "@0123456789") {
		return ""
	}
	undated := regexp.MustCompile(`\b(?:[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2})\b`).ReplaceAllString(text, "|")
	for _, look := range []struct {
		code string
		in   func(string) bool
		text string
	}{
		{"persoonsgegeven_e_mail", holdsEMail, text},
		{"persoonsgegeven_iban", holdsIBAN, text},
		{"persoonsgegeven_bsn", holdsBSN, undated},
		{"persoonsgegeven_telefoon", holdsPhone, undated},
	} {
		if look.in(look.text) {
			return look.code
		}
	}
	return ""
}

func holdsEMail(text string) bool {
	return regexp.MustCompile(`[^\s@]+@[^\s@]+\.[^\s@]{2,}`).MatchString(text)
}

// holdsIBAN looks for an account number of the length of its country whose check
// digits are right (ISO 13616). Letters may stand right before it.
func holdsIBAN(text string) bool {
	text = strings.ToUpper(text)
	for i := range len(text) - 3 {
		length := ibanLength(text[i:min(i+2, len(text))])
		if length == 0 || !isDigit(text[i+2]) || !isDigit(text[i+3]) {
			continue
		}
		account, end := text[i:i+4], i+4
		for ; end < len(text) && len(account) < length; end++ {
			switch c := text[end]; {
			case isDigit(c) || 'A' <= c && c <= 'Z':
				account += string(c)
			case c != ' ' || text[end-1] == ' ':
				end = len(text)
			}
		}
		if len(account) == length && len(digitsOf(account)) >= fewestDigits && mod97(account[4:]+account[:4]) == 1 {
			return true
		}
	}
	return false
}

// fewestDigits is how many digits an account number has at least: words have fewer.
const fewestDigits = 9

// ibanLength is how long the account numbers of a country are; 0 for one whose
// numbers are not looked for. These are the countries of SEPA (EPC409-09).
func ibanLength(country string) int {
	for _, l := range []struct {
		length    int
		countries string
	}{
		{15, "NO"},
		{16, "BE"},
		{18, "DK FI FO GL NL"},
		{19, "SI"},
		{20, "AT EE LT LU"},
		{21, "CH HR LI LV"},
		{22, "BG DE GB IE"},
		{23, "GI"},
		{24, "AD CZ ES RO SE SK VA"},
		{25, "PT"},
		{26, "IS"},
		{27, "FR GR IT MC SM"},
		{28, "CY HU PL"},
		{31, "MT"},
	} {
		if len(country) == 2 && strings.Contains(" "+l.countries+" ", " "+country+" ") {
			return l.length
		}
	}
	return 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func mod97(s string) int {
	rest := 0
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		default:
			rest = (rest*100 + int(r-'A') + 10) % 97
		}
	}
	return rest
}

// holdsBSN looks for nine digits, on end or in groups of at least two, that are no
// part of a longer number.
func holdsBSN(text string) bool {
	for _, run := range regexp.MustCompile(`[0-9]+(?:[ .-][0-9]+)*`).FindAllString(text, -1) {
		groups := strings.FieldsFunc(run, func(r rune) bool { return r < '0' || r > '9' })
		for from := range groups {
			number := ""
			for _, g := range groups[from:] {
				if number += g; len(g) < 2 || len(number) > 9 {
					break
				}
				if IsBSN(number) {
					return true
				}
			}
		}
	}
	return false
}

// IsBSN reports whether text is nine digits that pass the elfproef of a
// burgerservicenummer: 9a+8b+…+2h−i is a multiple of eleven, and not all zero.
func IsBSN(text string) bool {
	if len(text) != 9 || strings.Trim(text, "0123456789") != "" || text == "000000000" {
		return false
	}
	sum := -int(text[8] - '0')
	for i := range 8 {
		sum += (9 - i) * int(text[i]-'0')
	}
	return sum%11 == 0
}

// holdsPhone looks for a Dutch telephone number, or one with a country in front. It
// may begin behind another number, but not in the middle of one.
func holdsPhone(text string) bool {
	for i := range len(text) {
		if text[i] != '0' && text[i] != '+' || i > 0 && isDigit(text[i-1]) {
			continue
		}
		digits := dialled(text[i:])
		abroad := text[i] == '+' || strings.HasPrefix(digits, "00")
		if abroad && len(digits) >= 10 && len(digits) <= 15 || !abroad && len(digits) >= 10 {
			return true
		}
	}
	return false
}

// dialled gives the digits of the telephone number that text begins with, at least
// ten when it is one: up to where something else follows, or, of a number without a
// country, up to the tenth when that ends a group.
func dialled(text string) string {
	const longest = 15
	var digits strings.Builder
	between := 0
	for i := range len(text) {
		switch c := text[i]; {
		case isDigit(c):
			local := text[0] == '0' && !strings.HasPrefix(digits.String(), "00")
			if digits.Len() == 10 && local && between > 0 || digits.Len() == longest {
				return digits.String()
			}
			digits.WriteByte(c)
			between = 0
		case strings.ContainsRune(" ().-/", rune(c)) && between < 3:
			between++
		case c == '+' && i == 0:
		default:
			return digits.String()
		}
	}
	return digits.String()
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}
