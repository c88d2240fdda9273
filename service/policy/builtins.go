package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/tetratelabs/wazero/api"
)

// builtinTable answers the built-ins that the Wasm module does not hold itself,
// with OPA's own functions. Arguments and results cross as Rego text.
type builtinTable map[int32]string

// readBuiltins asks the module which built-ins it wants from its host.
func readBuiltins(ctx context.Context, in *instance) (builtinTable, error) {
	addr, err := in.call(ctx, "builtins")
	if err != nil {
		return nil, err
	}
	text, err := in.call(ctx, "opa_json_dump", addr)
	if err != nil {
		return nil, err
	}
	var byName map[string]int32
	if err := json.Unmarshal(in.text(uint32(text)), &byName); err != nil {
		return nil, fmt.Errorf("read list of built-ins: %w", err)
	}
	table := builtinTable{}
	for n, id := range byName {
		if topdown.GetBuiltin(n) == nil {
			return nil, fmt.Errorf("built-in %s is not there", n)
		}
		table[id] = n
	}
	return table, nil
}

// builtin answers one call from the module: stack holds id, context and the
// argument addresses, and takes the address of the result, 0 for undefined. An
// error is kept: it makes the whole evaluation fail.
func (in *instance) builtin(ctx context.Context, stack []uint64, args int) {
	result, err := in.runBuiltin(ctx, in.builtins[int32(stack[0])], stack[2:2+args])
	if err != nil && in.failure == nil {
		in.failure = err
	}
	stack[0] = uint64(result)
}

func (in *instance) runBuiltin(ctx context.Context, name string, addrs []uint64) (uint32, error) {
	operands := make([]*ast.Term, len(addrs))
	for i, a := range addrs {
		text, err := in.call(ctx, "opa_value_dump", a)
		if err != nil {
			return 0, err
		}
		raw := in.text(uint32(text))
		if len(raw) > mostOperand {
			return 0, fmt.Errorf("built-in %s: argument of %d bytes, at most %d", name, len(raw), mostOperand)
		}
		if operands[i], err = ast.ParseTerm(string(raw)); err != nil {
			return 0, fmt.Errorf("read argument of %s: %w", name, err)
		}
	}
	if name == ast.Sprintf.Name && tooWide(operands[0]) {
		return 0, fmt.Errorf("built-in %s: a width of more than %d, or one that is an argument", name, mostWidth)
	}
	var out *ast.Term
	bctx := topdown.BuiltinContext{Context: ctx, Capabilities: Capabilities()}
	err := topdown.GetBuiltin(name)(bctx, operands, func(t *ast.Term) error {
		out = t
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("built-in %s: %w", name, err)
	}
	if out == nil {
		return 0, nil
	}
	addr, err := in.parse(ctx, "opa_value_parse", []byte(out.String()))
	return uint32(addr), err
}

// hostBuiltin gives the host function for built-ins of n arguments. One that went
// past the limit cannot be stopped, but its evaluation fails.
func (in *instance) hostBuiltin(n int) api.GoModuleFunc {
	return func(ctx context.Context, _ api.Module, stack []uint64) {
		in.bound()
		in.builtin(ctx, stack, n)
		in.bound()
	}
}

// What a host function is handed is bounded: it runs outside the module, where
// neither its time nor its memory is.
const (
	mostOperand = 256 << 10 // bytes of one argument
	mostWidth   = 999       // of a number or text that is written out
)

// tooWide reports that a format asks for more than mostWidth places, or leaves
// the number to an argument.
func tooWide(format *ast.Term) bool {
	text, ok := format.Value.(ast.String)
	if !ok {
		return false
	}
	directive, digits := false, 0
	for _, r := range string(text) {
		switch {
		case r == '%':
			directive, digits = !directive, 0
		case !directive:
		case r == '*':
			return true
		case '0' <= r && r <= '9':
			if digits++; digits > len("999") {
				return true
			}
		case unicode.IsLetter(r):
			directive = false
		default:
			digits = 0
		}
	}
	return false
}
