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
	rest  string
	eerst bool // the next field is the first of its object
	fout  bool
}

// stop ends the read.
func (l *lezer) stop() { l.fout, l.rest = true, "" }

// is passes over c if it comes next, and reports whether it did.
func (l *lezer) is(c byte) bool {
	if l.rest == "" || l.rest[0] != c {
		return false
	}
	l.rest = l.rest[1:]
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
	rest := l.rest
	if !l.eerst {
		if rest == "" || rest[0] != ',' {
			return false
		}
		rest = rest[1:]
	}
	n := len(name)
	if len(rest) < n+3 || rest[1:n+1] != name || rest[0] != '"' || rest[n+1] != '"' || rest[n+2] != ':' {
		return false
	}
	l.rest, l.eerst = rest[n+3:], false
	return true
}

// string reads a text.
func (l *lezer) string() string {
	escaped, ascii := false, true
	for i := 1; i < len(l.rest); i++ {
		switch c := l.rest[i]; {
		case c == '"':
			whole := l.rest[:i+1]
			l.rest = l.rest[i+1:]
			return l.unquote(whole, escaped, ascii)
		case c == '\\':
			escaped = true
			i++
		case c >= utf8.RuneSelf:
			ascii = false
		case c < ' ':
			l.stop()
		}
	}
	l.stop()
	return ""
}

// unquote gives what stands between the quotes of a text.
func (l *lezer) unquote(whole string, escaped, ascii bool) string {
	text := whole[1 : len(whole)-1]
	switch {
	case whole[0] != '"', !ascii && !utf8.ValidString(text):
		l.stop()
	case escaped:
		plain, err := jsontext.AppendUnquote(nil, whole)
		if err != nil {
			l.stop()
		}
		return string(plain)
	}
	return text
}

// int reads a whole number of at most 18 digits.
func (l *lezer) int() (n int64) {
	neg, at := l.is('-'), 0
	for at < len(l.rest) && at < 18 && l.rest[at] >= '0' && l.rest[at] <= '9' {
		n = n*10 + int64(l.rest[at]-'0')
		at++
	}
	if at == 0 || l.rest[0] == '0' && (at > 1 || neg) {
		l.stop()
		return 0
	}
	l.rest = l.rest[at:]
	if neg {
		return -n
	}
	return n
}

// float reads a number that may have a part behind the point.
func (l *lezer) float() float64 {
	text := l.rest[:len(l.rest)-len(strings.TrimLeft(l.rest, "-+.eE0123456789"))]
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !jsontext.Value(text).IsValid() {
		l.stop()
		return 0
	}
	l.rest = l.rest[len(text):]
	return n
}

// bool reads a true or a false.
func (l *lezer) bool() bool {
	if rest, yes := strings.CutPrefix(l.rest, "true"); yes {
		l.rest = rest
		return true
	}
	rest, no := strings.CutPrefix(l.rest, "false")
	if l.rest = rest; !no {
		l.stop()
	}
	return false
}
