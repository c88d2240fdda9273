package policy

import (
	"encoding/json"
	"strconv"
)

// sink takes the fields of an input, in their order.
type sink interface {
	object(name string)
	end()
	// text is a value that may hold anything, code one of a closed set, which needs
	// no escaping.
	text(name, value string)
	code(name, value string)
	// number is a value in the form of a JSON number.
	number(name string, value []byte)
	flag(name string, value bool)
	codes(name string, values []string)
}

// writer is a sink that appends JSON; key puts the comma where one is needed.
type writer struct{ buf []byte }

func (w *writer) raw(s string) { w.buf = append(w.buf, s...) }

func (w *writer) key(name string) {
	if last := w.buf[len(w.buf)-1]; last != '{' && last != '[' {
		w.raw(",")
	}
	w.buf = append(w.buf, '"')
	w.raw(name)
	w.raw(`":`)
}

func (w *writer) object(name string) {
	w.key(name)
	w.raw("{")
}

func (w *writer) end() { w.raw("}") }

func (w *writer) text(name, value string) {
	w.key(name)
	quoted, err := json.Marshal(value)
	if err != nil { // a Go string always has a JSON form
		quoted = []byte(`""`)
	}
	w.buf = append(w.buf, quoted...)
}

func (w *writer) code(name, value string) {
	w.key(name)
	w.buf = append(w.buf, '"')
	w.raw(value)
	w.buf = append(w.buf, '"')
}

func (w *writer) number(name string, value []byte) {
	w.key(name)
	w.buf = append(w.buf, value...)
}

func (w *writer) flag(name string, value bool) {
	w.key(name)
	w.buf = strconv.AppendBool(w.buf, value)
}

func (w *writer) codes(name string, values []string) {
	w.key(name)
	w.raw("[")
	for i, v := range values {
		if i > 0 {
			w.raw(",")
		}
		w.raw(`"` + v + `"`)
	}
	w.raw("]")
}

// nested is a sink that builds what a reader of the JSON would.
type nested struct{ open []map[string]any }

func (t *nested) put(name string, value any) { t.open[len(t.open)-1][name] = value }

func (t *nested) object(name string) {
	inner := map[string]any{}
	t.put(name, inner)
	t.open = append(t.open, inner)
}

func (t *nested) end()                             { t.open = t.open[:len(t.open)-1] }
func (t *nested) text(name, value string)          { t.put(name, value) }
func (t *nested) code(name, value string)          { t.put(name, value) }
func (t *nested) number(name string, value []byte) { t.put(name, json.Number(value)) }
func (t *nested) flag(name string, value bool)     { t.put(name, value) }

func (t *nested) codes(name string, values []string) {
	list := make([]any, 0, len(values))
	for _, v := range values {
		list = append(list, v)
	}
	t.put(name, list)
}
