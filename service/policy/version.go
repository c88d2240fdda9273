package policy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Version is one version of the policy, loaded and ready to decide. It is safe
// for use by many goroutines.
type Version struct {
	digest    string
	engine    string
	catalogue domain.Catalogus
	pool      *pool
	reference *Reference
	// double: the policy uses built-ins that can fail, which Wasm does not tell,
	// so every answer is computed by the reference as well.
	double bool
	// shadow counts down the first decisions, which the reference computes too.
	shadow atomic.Int64
	// advice is the entry that gives the advice alone, decision where the tree
	// does not take besluit.advies from main.advies.
	adviceEntry int32
	remembered  *bandwidths
}

// The numbers of the entry points, in the order in which they are compiled.
const (
	decisionEntry int32 = iota
	adviceEntry
)

// Load makes a stored package ready to decide. Close it when it is not needed
// any more.
func Load(ctx context.Context, p domain.Beleidspakket, limits Limits) (*Version, error) {
	tree, err := DecodeTree(p.Bron)
	if err != nil {
		return nil, err
	}
	src, faults := parse(tree)
	if len(faults) > 0 {
		return nil, fmt.Errorf("load policy %.12s: %w", p.Digest, domain.InvalidInput(faults))
	}
	compiler, faults := compileModules(src.modules, nil)
	if len(faults) > 0 {
		return nil, fmt.Errorf("load policy %.12s: %w", p.Digest, domain.InvalidInput(faults))
	}
	figures, err := json.Marshal(src.figures)
	if err != nil {
		return nil, fmt.Errorf("load policy %.12s: %w", p.Digest, err)
	}
	v := &Version{digest: p.Digest, engine: p.Motor, catalogue: p.Catalogus, adviceEntry: decisionEntry}
	if sameRule(src.modules, "advies") {
		v.adviceEntry = adviceEntry
	}
	for _, b := range compiler.Required.Builtins {
		v.double = v.double || !total(b.Name)
	}
	v.remember(src, compiler)
	v.shadow.Store(shadowed)
	if v.reference, err = newReference(ctx, compiler, src.figures, v.catalogue); err != nil {
		return nil, err
	}
	if v.pool, err = newPool(ctx, p.Wasm, figures, limits); err != nil {
		return nil, err
	}
	return v, nil
}

// Digest identifies the sources of the version.
func (v *Version) Digest() string { return v.digest }

// Engine names the engine that compiled the version, as kept with a decision.
func (v *Version) Engine() string { return v.engine }

// Catalogue is what the version says about itself.
func (v *Version) Catalogue() domain.Catalogus { return v.catalogue }

// Lost is how many instances were given up, because an evaluation overran or the
// module stopped itself.
func (v *Version) Lost() int64 { return v.pool.lost.Load() }

// Close lets the instances go; evaluations under way end first.
func (v *Version) Close() { v.pool.close() }

// Decide asks the policy about a canonical input (EncodeInput). A policy that
// gives no usable answer is an error of code PolicyFailed with an EvaluationError.
func (v *Version) Decide(ctx context.Context, input []byte) (domain.Besluit, error) {
	var out domain.Besluit
	err := v.pool.do(ctx, func(in *instance) error {
		raw, err := in.evaluate(ctx, decisionEntry, input)
		if err != nil {
			return erred(err)
		}
		out, err = ReadDecision(raw, v.catalogue)
		return err
	})
	if err != nil || (!v.double && v.shadow.Add(-1) < 0) {
		return out, err
	}
	return out, v.confirm(ctx, input, out)
}

// shadowed is how many first decisions of a version are held against the
// reference, whatever its built-ins: a fault of the compiler is seen at once.
const shadowed = 100

// confirm holds an answer against the reference. A reference that has no answer
// in time says nothing of one that was given, unless the policy needs it.
func (v *Version) confirm(ctx context.Context, input []byte, got domain.Besluit) error {
	bounded, cancel := context.WithTimeout(ctx, referenceFactor*v.pool.limits.Evaluation)
	defer cancel()
	want, err := v.reference.Decide(bounded, input)
	switch {
	case err != nil && bounded.Err() != nil && !v.double:
		return ctx.Err()
	case err != nil && bounded.Err() != nil:
		return failed(Overrun, "interpreter took longer than %s", referenceFactor*v.pool.limits.Evaluation)
	case err != nil:
		return err
	case fmt.Sprint(want) != fmt.Sprint(got):
		return failed(Disagreed, "interpreter gives %v, wasm %v", want, got)
	}
	return nil
}

// referenceFactor is how much more time the interpreter gets than the limit: it
// is five to seven times slower.
const referenceFactor = 10

// EvaluateJSON is the bare engine: canonical input to the raw result, both JSON.
// It serves measurements.
func (v *Version) EvaluateJSON(ctx context.Context, input, out []byte) ([]byte, error) {
	err := v.pool.do(ctx, func(in *instance) error {
		raw, err := in.evaluate(ctx, decisionEntry, input)
		out = append(out, raw...)
		return err
	})
	return out, err
}

// erred makes an engine error an EvaluationError, unless it is one.
func erred(err error) error {
	var f *EvaluationError
	if err == nil || errors.As(err, &f) {
		return err
	}
	return failed(Erred, "%.300v", err)
}
