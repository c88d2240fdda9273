package vorm

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// lezer reads JSON of which it knows the fields and their order, as this package writes
// it: without space, and without what is not there. Another text ends it (fout), which
// says nothing of the text: the library must read that one. What it does read, it reads as
// the library would. Texts that it gives are pieces of the whole, where they can be.
type lezer struct {
	text  string
	at    int  // how much of it was read
	eerst bool // the next field is the first of its object
	fout  bool
}

// stop ends the read.
func (l *lezer) stop() { l.fout, l.at = true, len(l.text) }

// rest is what was not read.
func (l *lezer) rest() string { return l.text[l.at:] }

// is passes over c if it comes next, and reports whether it did.
func (l *lezer) is(c byte) bool {
	if l.at == len(l.text) || l.text[l.at] != c {
		return false
	}
	l.at++
	return true
}

func (l *lezer) eis(c byte) {
	if !l.is(c) {
		l.stop()
	}
}

// open and dicht begin and end an object.
func (l *lezer) open() {
	l.eis('{')
	l.eerst = true
}

func (l *lezer) dicht() {
	l.eis('}')
	l.eerst = false
}

// veld reports whether the field called name comes next, of which the value follows.
func (l *lezer) veld(name string) bool {
	rest, comma := l.rest(), 0
	if !l.eerst {
		if rest == "" || rest[0] != ',' {
			return false
		}
		rest, comma = rest[1:], 1
	}
	n := len(name)
	if len(rest) < n+3 || rest[1:n+1] != name || rest[0] != '"' || rest[n+1] != '"' || rest[n+2] != ':' {
		return false
	}
	l.at, l.eerst = l.at+comma+n+3, false
	return true
}

// string reads a text.
func (l *lezer) string() string {
	if !l.is('"') {
		l.stop()
		return ""
	}
	rest := l.rest()
	for i := range len(rest) {
		c := rest[i]
		if c == '"' {
			l.at += i + 1
			return rest[:i]
		}
		if c < ' ' || c == '\\' || c >= utf8.RuneSelf {
			break
		}
	}
	return l.vreemd()
}

// vreemd reads the rest of a text that has something else in it than what it stands for
// in ASCII.
func (l *lezer) vreemd() string {
	rest := l.rest()
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			text, err := jsontext.AppendUnquote(nil, `"`+rest[:i+1])
			if l.at += i + 1; err != nil {
				l.stop()
			}
			return string(text)
		}
	}
	l.stop()
	return ""
}

// int reads a whole number of at most 18 digits.
func (l *lezer) int() (n int64) {
	neg, digits, rest := l.is('-'), 0, l.rest()
	for digits < len(rest) && digits < 18 && rest[digits] >= '0' && rest[digits] <= '9' {
		n = n*10 + int64(rest[digits]-'0')
		digits++
	}
	if digits == 0 || rest[0] == '0' && (digits > 1 || neg) {
		l.stop()
		return 0
	}
	l.at += digits
	if neg {
		return -n
	}
	return n
}

// float reads a number that may have a part behind the point.
func (l *lezer) float() float64 {
	rest := l.rest()
	text := rest[:len(rest)-len(strings.TrimLeft(rest, "-+.eE0123456789"))]
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !jsontext.Value(text).IsValid() {
		l.stop()
		return 0
	}
	l.at += len(text)
	return n
}

// bool reads a true or a false.
func (l *lezer) bool() bool {
	rest := l.rest()
	switch {
	case strings.HasPrefix(rest, "true"):
		l.at += len("true")
		return true
	case strings.HasPrefix(rest, "false"):
		l.at += len("false")
	default:
		l.stop()
	}
	return false
}
