package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// errDeep says that the nesting goes deeper than maxDepth.
var errDeep = errors.New("nested too deep")

// reader reads JSON token by token, because only then a key given twice and the
// bytes of each text can be seen. Its faults are those that reading goes on after.
type reader struct {
	raw    []byte
	dec    *json.Decoder
	faults []domain.Fault
	deep   string // the field whose value is nested too deep
}

func newReader(raw []byte) *reader {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	return &reader{raw: raw, dec: dec}
}

// document reads the one value there may be; the fault is one that leaves
// nothing to read.
func (r *reader) document() (any, *domain.Fault) {
	if len(bytes.TrimSpace(r.raw)) == 0 {
		return nil, &domain.Fault{Code: "leeg"}
	}
	tree, err := r.value("", 0)
	if err != nil {
		return nil, r.fault(err)
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, &domain.Fault{Code: "nog_een"}
	}
	return tree, nil
}

// fault says why reading stopped.
func (r *reader) fault(err error) *domain.Fault {
	switch {
	case errors.Is(err, errDeep):
		return &domain.Fault{Field: r.deep, Code: "te_diep", Args: []any{maxDepth}}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &domain.Fault{Code: "json_onaf"}
	}
	line, column := r.position()
	return &domain.Fault{Code: "json", Args: []any{line, column}}
}

// position gives the line and the character on it, from 1, of the first byte
// that is wrong. The decoder of tokens does not always point at it.
func (r *reader) position() (line, column int) {
	var skipped json.RawMessage
	var wrong *json.SyntaxError
	before := r.raw
	if errors.As(json.Unmarshal(r.raw, &skipped), &wrong) && wrong.Offset > 0 {
		before = r.raw[:wrong.Offset-1]
	}
	last := bytes.LastIndexByte(before, '\n')
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[last+1:]) + 1
}

func (r *reader) value(path string, depth int) (any, error) {
	token, err := r.text(path)
	if err != nil {
		return nil, err
	}
	open, composite := token.(json.Delim)
	if !composite {
		return token, nil
	}
	if depth == maxDepth {
		r.deep = path
		return nil, errDeep
	}
	if open == '{' {
		return r.object(path, depth+1)
	}
	return r.list(path, depth+1)
}

func (r *reader) object(path string, depth int) (any, error) {
	object := map[string]any{}
	for r.dec.More() {
		token, err := r.text(path)
		if err != nil {
			return nil, err
		}
		key, _ := token.(string) // the decoder lets nothing else stand here
		field := join(path, key)
		value, err := r.value(field, depth)
		if err != nil {
			return nil, err
		}
		if _, twice := object[key]; twice {
			r.faults = append(r.faults, domain.Fault{Field: field, Code: "dubbel_veld"})
		}
		object[key] = value
	}
	return object, r.close()
}

func (r *reader) list(path string, depth int) (any, error) {
	list := []any{}
	for r.dec.More() {
		value, err := r.value(path+"["+strconv.Itoa(len(list))+"]", depth)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	return list, r.close()
}

func (r *reader) close() error {
	if _, err := r.dec.Token(); err != nil {
		return fmt.Errorf("read end: %w", err)
	}
	return nil
}

// text reads a token and looks at the bytes of a text, which the decoder would
// mend in silence.
func (r *reader) text(path string) (json.Token, error) {
	from := r.dec.InputOffset()
	token, err := r.dec.Token()
	if err != nil {
		return nil, fmt.Errorf("read token: %w", err)
	}
	if _, is := token.(string); is {
		written := r.raw[from:r.dec.InputOffset()]
		if !utf8.Valid(written) || halfPair(written) {
			r.faults = append(r.faults, domain.Fault{Field: path, Code: "tekens"})
		}
	}
	return token, nil
}

// join puts a key behind a path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
