package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// Facts looks values up in a canonical policy input.
type Facts struct{ root map[string]any }

// ReadFacts reads a canonical policy input. Numbers stay as they were written.
func ReadFacts(input []byte) (Facts, error) {
	dec := json.NewDecoder(bytes.NewReader(input))
	dec.UseNumber()
	var root map[string]any
	if err := dec.Decode(&root); err != nil {
		return Facts{}, fmt.Errorf("read policy input: %w", err)
	}
	return Facts{root}, nil
}

// At gives the value at a dotted path, nil where there is none.
func (f Facts) At(path string) any {
	var here any = f.root
	for name, rest := "", path; rest != ""; {
		name, rest, _ = strings.Cut(rest, ".")
		object, ok := here.(map[string]any)
		if !ok {
			return nil
		}
		here = object[name]
	}
	return here
}

// put makes a change in place.
func (f Facts) put(ch change) error {
	object, steps := f.root, strings.Split(ch.path, ".")
	for _, s := range steps[:len(steps)-1] {
		next, ok := object[s].(map[string]any)
		if !ok {
			return fmt.Errorf("change policy input: no object at %s", ch.path)
		}
		object = next
	}
	object[steps[len(steps)-1]] = json.RawMessage(ch.value)
	return nil
}
