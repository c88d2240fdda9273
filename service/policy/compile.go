package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/version"
	"go.yaml.in/yaml/v3"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// The entry points of a policy: the whole decision, and its advice alone.
const (
	entryDecision = "main/besluit"
	entryAdvice   = "main/advies"
)

// Engine names the engine and its version, as kept with every decision.
func Engine() string { return "opa " + version.Version + " wasm" }

// sources is a tree, parsed: modules without tests, with the gathering one among
// them; tests; and figures.
type sources struct {
	modules   map[string]*ast.Module
	tests     map[string]*ast.Module
	figures   map[string]any
	catalogue domain.Catalogus
}

// parse reads every file of t. All faults are named at once.
func parse(t Tree) (sources, []domain.Fault) {
	s := sources{modules: map[string]*ast.Module{}, tests: map[string]*ast.Module{}, figures: map[string]any{}}
	var faults []domain.Fault
	for _, p := range t.paths() {
		if err := s.file(p, t[p]); err != nil {
			faults = append(faults, domain.Fault{Field: p, Code: "beleid_onleesbaar", Args: []any{err.Error()}})
		}
	}
	catalogue, more := readCatalogue(s.modules, s.figures)
	s.catalogue, faults = catalogue, append(faults, more...)
	if _, taken := s.figures[gathered]; taken {
		faults = append(faults, domain.Fault{Field: "data", Code: "beleid_verzameld"})
	}
	if err := s.file(gathered+".rego", gather(catalogue)); err != nil && len(faults) == 0 {
		faults = append(faults, domain.Fault{Field: gathered, Code: "beleid_onleesbaar", Args: []any{err.Error()}})
	}
	return s, faults
}

func (s *sources) file(p, text string) error {
	if name, ok := strings.CutPrefix(p, "data/"); ok {
		figures, err := parseFigures(text)
		s.figures[strings.TrimSuffix(name, path.Ext(name))] = figures
		return err
	}
	m, err := ast.ParseModuleWithOpts(p, text, ast.ParserOptions{
		ProcessAnnotation: true, RegoVersion: ast.RegoV1, Capabilities: Capabilities(),
	})
	switch {
	case err != nil:
		return err
	case m == nil:
		return fmt.Errorf("file is empty")
	case strings.HasSuffix(p, "_test.rego"):
		s.tests[p] = m
	default:
		s.modules[p] = m
	}
	return nil
}

// parseFigures reads YAML or JSON to the values JSON knows: a date stays text.
func parseFigures(text string) (any, error) {
	var raw any
	if err := yaml.Unmarshal([]byte(text), &raw); err != nil {
		return nil, err
	}
	b, err := json.Marshal(plain(raw))
	if err != nil {
		return nil, err
	}
	var out any
	return out, json.Unmarshal(b, &out)
}

// plain turns the moments that YAML reads in an unquoted date into its text.
func plain(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case map[string]any:
		for k, e := range v {
			v[k] = plain(e)
		}
	case []any:
		for i, e := range v {
			v[i] = plain(e)
		}
	}
	return v
}

// Artifact is a policy compiled and ready to load. The package is what the
// store keeps of it.
type Artifact struct {
	Package domain.Beleidspakket
	tree    Tree
}

// Compile checks that the tree can decide and compiles it. Faults name all that
// is wrong with it, by file. The moment is left to the caller.
func Compile(ctx context.Context, t Tree) (Artifact, []domain.Fault, error) {
	src, faults := parse(t)
	if len(faults) > 0 {
		return Artifact{}, faults, nil
	}
	if _, faults = compileModules(src.modules, nil); len(faults) > 0 {
		return Artifact{}, faults, nil
	}
	wasm, faults := compileWasm(ctx, src)
	if len(faults) > 0 {
		return Artifact{}, faults, nil
	}
	encoded, err := t.Encode()
	if err != nil {
		return Artifact{}, nil, fmt.Errorf("encode policy tree: %w", err)
	}
	return Artifact{tree: t, Package: domain.Beleidspakket{
		Digest: t.Digest(), Bron: encoded, Catalogus: src.catalogue, Wasm: wasm, Motor: Engine(),
	}}, nil, nil
}

// compileModules runs OPA's compiler with our capabilities, and strictly with a
// schema of the input where one is given.
func compileModules(modules map[string]*ast.Module, schemas *ast.SchemaSet) (*ast.Compiler, []domain.Fault) {
	c := ast.NewCompiler().WithCapabilities(Capabilities())
	if schemas != nil {
		c = c.WithStrict(true).WithSchemas(schemas).WithUseTypeCheckAnnotations(true)
	}
	copies := map[string]*ast.Module{}
	for p, m := range modules {
		copies[p] = m.Copy()
	}
	c.Compile(copies)
	var faults []domain.Fault
	for _, e := range c.Errors {
		field := "main/main.rego"
		if e.Location != nil {
			field = fmt.Sprintf("%s:%d", e.Location.File, e.Location.Row)
		}
		faults = append(faults, domain.Fault{Field: field, Code: "beleid_rego", Args: []any{e.Message}})
	}
	return c, faults
}

func compileWasm(ctx context.Context, src sources) ([]byte, []domain.Fault) {
	b := &bundle.Bundle{Data: map[string]any{}}
	b.Manifest.Init()
	for _, p := range sortedKeys(src.modules) {
		b.Modules = append(b.Modules, bundle.ModuleFile{
			URL: p, Path: p, Raw: []byte(src.modules[p].String()), Parsed: src.modules[p].Copy(),
		})
	}
	c := compile.New().WithTarget(compile.TargetWasm).WithEntrypoints(entryDecision, entryAdvice).
		WithBundle(b).WithRegoVersion(ast.RegoV1).WithCapabilities(Capabilities())
	if err := c.Build(ctx); err != nil {
		return nil, []domain.Fault{{Field: "main/main.rego", Code: "beleid_rego", Args: []any{err.Error()}}}
	}
	return c.Bundle().WasmModules[0].Raw, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
