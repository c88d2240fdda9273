package schema

import (
	"strconv"
	"strings"
)

// maxDigits is how long an integer may become when an exponent is written out.
const maxDigits = 20

// integer writes a JSON number that is whole but has a fraction or an exponent
// (1.0, 1e2, 250e-1) as plain digits. It reports false when there is nothing to
// rewrite: the number is plain already, is not whole, or would be longer than
// maxDigits.
func integer(number string) (string, bool) {
	if !strings.ContainsAny(number, ".eE") {
		return "", false
	}
	digits, negative := strings.CutPrefix(number, "-")
	exponent := 0
	if at := strings.IndexAny(digits, "eE"); at >= 0 {
		n, err := strconv.Atoi(digits[at+1:])
		if err != nil {
			return "", false
		}
		digits, exponent = digits[:at], n
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	point := len(whole) + exponent // where the point stands among all digits
	all := strings.TrimRight(whole+fraction, "0")
	if strings.TrimLeft(all, "0") == "" {
		return "0", true
	}
	if point < len(all) || point > maxDigits {
		return "", false
	}
	all = strings.TrimLeft(all+strings.Repeat("0", point-len(all)), "0")
	if negative {
		all = "-" + all
	}
	return all, true
}
