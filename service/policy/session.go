package policy

import (
	"context"
	"fmt"
)

// session evaluates one entry again and again for an input that changes in
// places. The input is read once; a change costs one small value.
type session struct {
	in    *instance
	input uint64
	eval  uint64 // address of the module's evaluation context
	mark  uint64 // where an evaluation may start to write
}

func (in *instance) session(ctx context.Context, entry int32, input []byte) (*session, error) {
	in.begin()
	if _, err := in.call(ctx, "opa_heap_ptr_set", uint64(in.heap)); err != nil {
		return nil, err
	}
	s := &session{in: in}
	var err error
	if s.input, err = in.parse(ctx, "opa_json_parse", input); err != nil {
		return nil, err
	}
	if s.eval, err = in.call(ctx, "opa_eval_ctx_new"); err != nil {
		return nil, err
	}
	for _, set := range []struct {
		name  string
		value uint64
	}{
		{"opa_eval_ctx_set_data", in.data},
		{"opa_eval_ctx_set_input", s.input},
		{"opa_eval_ctx_set_entrypoint", uint64(entry)},
	} {
		if _, err = in.call(ctx, set.name, s.eval, set.value); err != nil {
			return nil, err
		}
	}
	return s, s.keep(ctx)
}

// keep makes everything written so far survive the next evaluation.
func (s *session) keep(ctx context.Context) (err error) {
	s.mark, err = s.in.call(ctx, "opa_heap_ptr_get")
	return err
}

// value reads JSON into the module, for use as a path in change.
func (s *session) value(ctx context.Context, text []byte) (uint64, error) {
	addr, err := s.in.parse(ctx, "opa_json_parse", text)
	if err != nil {
		return 0, err
	}
	return addr, s.keep(ctx)
}

// change puts the JSON value at path in the input.
func (s *session) change(ctx context.Context, path uint64, value []byte) error {
	if _, err := s.in.call(ctx, "opa_heap_ptr_set", s.mark); err != nil {
		return err
	}
	addr, err := s.in.parse(ctx, "opa_json_parse", value)
	if err != nil {
		return err
	}
	code, err := s.in.call(ctx, "opa_value_add_path", s.input, path, addr)
	if err != nil {
		return err
	}
	if code != 0 {
		return fmt.Errorf("change policy input: code %d", int32(code))
	}
	return s.keep(ctx)
}

// evaluate gives the result as instance.evaluate does.
func (s *session) evaluate(ctx context.Context) ([]byte, error) {
	s.in.begin()
	if _, err := s.in.call(ctx, "opa_heap_ptr_set", s.mark); err != nil {
		return nil, err
	}
	if code, err := s.in.call(ctx, "eval", s.eval); err != nil || code != 0 {
		return nil, fmt.Errorf("evaluate: code %d: %w", code, err)
	}
	result, err := s.in.call(ctx, "opa_eval_ctx_get_result", s.eval)
	if err != nil {
		return nil, err
	}
	text, err := s.in.call(ctx, "opa_json_dump", result)
	if err != nil {
		return nil, err
	}
	if s.in.failure != nil {
		return nil, s.in.failure
	}
	return s.in.text(uint32(text)), nil
}
