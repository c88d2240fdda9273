package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Reference answers with OPA's interpreter, in which a failing built-in is an
// error. It is slower than a Version and must agree with it.
type Reference struct {
	query     rego.PreparedEvalQuery
	catalogue domain.Catalogus
}

func newReference(ctx context.Context, c *ast.Compiler, figures map[string]any, cat domain.Catalogus) (*Reference, error) {
	query, err := rego.New(
		rego.Query("data.main.besluit"), rego.Compiler(c),
		rego.Store(inmem.NewFromObject(figures)), rego.StrictBuiltinErrors(true),
	).PrepareForEval(ctx)
	if err != nil {
		return nil, fmt.Errorf("prepare interpreter: %w", err)
	}
	return &Reference{query: query, catalogue: cat}, nil
}

// Reference gives the interpreter of the version.
func (v *Version) Reference() *Reference { return v.reference }

// EvaluateJSON is the bare interpreter: canonical input to the result, both
// JSON. It serves measurements.
func (r *Reference) EvaluateJSON(ctx context.Context, input []byte) ([]byte, error) {
	value, err := ast.ValueFromReader(bytes.NewReader(input))
	if err != nil {
		return nil, fmt.Errorf("read policy input: %w", err)
	}
	set, err := r.query.Eval(ctx, rego.EvalParsedInput(value))
	if err != nil {
		return nil, err
	}
	results := []map[string]any{}
	for _, row := range set {
		results = append(results, map[string]any{"result": row.Expressions[0].Value})
	}
	return json.Marshal(results)
}

// Decide is Version.Decide with the interpreter.
func (r *Reference) Decide(ctx context.Context, input []byte) (domain.Besluit, error) {
	raw, err := r.EvaluateJSON(ctx, input)
	if err != nil {
		return domain.Besluit{}, erred(err)
	}
	return ReadDecision(raw, r.catalogue)
}
