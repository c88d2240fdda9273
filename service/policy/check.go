package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"zorgmeldingen.nl/lmz-triage/policies"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// CheckReport is what a check of a tree found. Inputs is on how many questions
// the two engines were held against each other.
type CheckReport struct {
	Digest          string
	Criteria, Steps int
	Inputs          int
	Faults          []domain.Fault
}

// sampleSize is the number of questions a check asks both engines.
const sampleSize = 400

// Check looks at everything that can be known of a tree before it decides: the
// form of its files, its METADATA, OPA's strict compiler with the schema of the
// input, that its tests compile, and that both engines give the same usable
// answer to a fixed sample of questions.
func Check(ctx context.Context, t Tree) (CheckReport, error) {
	report := CheckReport{Digest: t.Digest()}
	src, faults := parse(t)
	report.Criteria, report.Steps = len(src.catalogue.Criteria), len(src.catalogue.Stappen)
	report.Faults = slices.Concat(faults, formFaults(t))
	if len(faults) > 0 {
		return report, nil
	}
	schemas, err := inputSchemas()
	if err != nil {
		return report, err
	}
	if _, faults = compileModules(src.modules, schemas); len(faults) > 0 {
		report.Faults = append(report.Faults, faults...)
		return report, nil
	}
	if _, faults = compileModules(src.all(), nil); len(faults) > 0 {
		report.Faults = append(report.Faults, faults...)
		return report, nil
	}
	artifact, faults, err := Compile(ctx, t)
	if err != nil || len(faults) > 0 {
		report.Faults = append(report.Faults, faults...)
		return report, err
	}
	more, err := compareEngines(ctx, artifact.Package)
	report.Inputs, report.Faults = sampleSize, append(report.Faults, more...)
	return report, err
}

// all is the modules with their tests.
func (s sources) all() map[string]*ast.Module {
	out := map[string]*ast.Module{}
	for p, m := range s.modules {
		out[p] = m
	}
	for p, m := range s.tests {
		out[p] = m
	}
	return out
}

// formFaults names the Rego files that are not in OPA's fixed form.
func formFaults(t Tree) []domain.Fault {
	var faults []domain.Fault
	for _, p := range t.paths() {
		if !strings.HasSuffix(p, ".rego") {
			continue
		}
		if formatted, err := formatSource(p, t[p]); err == nil && formatted != t[p] {
			faults = append(faults, domain.Fault{Field: p, Code: "beleid_vorm"})
		}
	}
	return faults
}

// formatSource gives text in its fixed form. OPA's formatter writes some rules out
// wrongly (an else on the line below its rule): what it does not read back as it
// wrote it stays as it was.
func formatSource(path, text string) (string, error) {
	opts := format.Opts{RegoVersion: ast.RegoV1}
	out, err := format.SourceWithOpts(path, []byte(text), opts)
	if err != nil {
		return "", fmt.Errorf("format %s: %w", path, err)
	}
	if again, err := format.SourceWithOpts(path, out, opts); err != nil || !bytes.Equal(again, out) {
		return text, nil //nolint:nilerr // the error is of a text that nobody will see
	}
	return string(out), nil
}

// Format gives the files of t whose form changes, with their new text.
func Format(t Tree) (map[string]string, error) {
	changed := map[string]string{}
	for _, p := range t.paths() {
		if !strings.HasSuffix(p, ".rego") {
			continue
		}
		text, err := formatSource(p, t[p])
		if err != nil {
			return nil, err
		}
		if text != t[p] {
			changed[p] = text
		}
	}
	return changed, nil
}

// inputSchemas reads the schema of what a policy sees.
func inputSchemas() (*ast.SchemaSet, error) {
	raw, err := fs.ReadFile(policies.FS, "schemas/invoer.json")
	if err != nil {
		return nil, fmt.Errorf("read input schema: %w", err)
	}
	var schema any
	if err := json.Unmarshal(raw, &schema); err != nil {
		return nil, fmt.Errorf("read input schema: %w", err)
	}
	set := ast.NewSchemaSet()
	set.Put(ast.SchemaRootRef, schema)
	return set, nil
}

// compareEngines asks both engines the same questions.
func compareEngines(ctx context.Context, p domain.Beleidspakket) ([]domain.Fault, error) {
	v, err := Load(ctx, p, Limits{Evaluation: checkLimit, Instances: 1})
	if err != nil {
		return nil, err
	}
	defer v.Close()
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	for _, in := range sample(sampleSize) {
		input := EncodeInput(in)
		got, err := v.Decide(ctx, input)
		if err == nil {
			err = v.confirm(ctx, input, got)
		}
		if err == nil {
			_, err = v.Bandwidth(ctx, in)
		}
		if err != nil {
			return []domain.Fault{{Field: "main/main.rego", Code: "beleid_faalt", Args: []any{err.Error(), string(input)}}}, nil
		}
	}
	return nil, nil
}
