package domain

import (
	"regexp"
	"strings"
)

// Persoonsgegeven gives the code of the fault of a text that must hold no personal
// data, for the first kind found in it; empty when there is none.
func Persoonsgegeven(text string) string {
	if !strings.ContainsAny(text, "@0123456789") {
		return ""
	}
	for _, look := range []struct {
		code string
		in   func(string) bool
	}{
		{"persoonsgegeven_e_mail", holdsEMail}, {"persoonsgegeven_iban", holdsIBAN}, {"persoonsgegeven_bsn", holdsBSN}, {"persoonsgegeven_telefoon", holdsPhone},
	} {
		if look.in(text) {
			return look.code
		}
	}
	return ""
}

func holdsEMail(text string) bool {
	return regexp.MustCompile(`[^\s@]+@[^\s@]+\.[^\s@]{2,}`).MatchString(text)
}

// holdsIBAN looks for an account number whose check digits are right (ISO 13616).
func holdsIBAN(text string) bool {
	for _, m := range regexp.MustCompile(`(?i)\b[a-z]{2}[0-9]{2}(?:[ ]?[a-z0-9]){11,30}\b`).FindAllString(text, -1) {
		account := strings.ToUpper(strings.ReplaceAll(m, " ", ""))
		for end := len(account); end >= 15; end-- {
			if mod97(account[4:end]+account[:4]) == 1 {
				return true
			}
		}
	}
	return false
}

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

// holdsBSN looks for nine digits, on end or in groups of 3-3-3 or 4-2-3.
func holdsBSN(text string) bool {
	form := `\b(?:[0-9]{9}|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{3}|[0-9]{4}[ .-][0-9]{2}[ .-][0-9]{3})\b`
	for _, m := range regexp.MustCompile(form).FindAllString(text, -1) {
		if IsBSN(digitsOf(m)) {
			return true
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

// holdsPhone looks for a Dutch telephone number, or one with a country in front.
func holdsPhone(text string) bool {
	for _, m := range regexp.MustCompile(`(?:\+|\b)[0-9(][0-9 ().-]{7,18}[0-9]`).FindAllString(text, -1) {
		digits := digitsOf(m)
		abroad := strings.HasPrefix(m, "+") || strings.HasPrefix(digits, "00")
		if abroad && len(digits) >= 10 || strings.HasPrefix(digits, "0") && len(digits) == 10 {
			return true
		}
	}
	return false
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}
