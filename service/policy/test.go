package policy

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// testTime is the longest a single Rego test may take.
const testTime = 10 * time.Second

// TestReport is the outcome of the tests of a tree, with what they cover.
// Failed names each test that failed, with its file and line.
type TestReport struct {
	Passed  int
	Failed  []string
	Percent float64
	Files   []FileCoverage
}

// FileCoverage is the part of the lines of a file that the tests reach, in per
// cent, and the lines they miss.
type FileCoverage struct {
	Path    string
	Percent float64
	Missed  []int
}

// Test runs every Rego test of t with its figures, failing built-ins loud. A
// tree that does not compile is an InvalidInput error.
func Test(ctx context.Context, t Tree) (TestReport, error) {
	src, faults := parse(t)
	if len(faults) > 0 {
		return TestReport{}, domain.InvalidInput(faults)
	}
	modules := src.all()
	compiler, faults := compileModules(modules, nil)
	if len(faults) > 0 {
		return TestReport{}, domain.InvalidInput(faults)
	}
	coverage := cover.New()
	runner := tester.NewRunner().SetCompiler(compiler).SetStore(inmem.NewFromObject(src.figures)).
		SetModules(compiler.Modules).SetCoverageQueryTracer(coverage).SetTimeout(testTime).RaiseBuiltinErrors(true)
	results, err := runner.RunTests(ctx, nil)
	if err != nil {
		return TestReport{}, fmt.Errorf("run policy tests: %w", err)
	}
	var report TestReport
	for r := range results {
		if r.Pass() {
			report.Passed++
			continue
		}
		report.Failed = append(report.Failed, fmt.Sprintf("%s: %s.%s %s", r.Location, r.Package, r.Name, failure(r)))
	}
	covered := coverage.Report(compiler.Modules)
	report.Files, report.Percent = fileCoverage(covered)
	return report, nil
}

func failure(r *tester.Result) string {
	if r.Error != nil {
		return r.Error.Error()
	}
	return "FAIL"
}

// fileCoverage gives coverage per file, tests left out, and over all.
func fileCoverage(r cover.Report) ([]FileCoverage, float64) {
	var out []FileCoverage
	hit, all := 0, 0
	for path, f := range r.Files {
		if strings.HasSuffix(path, "_test.rego") || path == gathered+".rego" {
			continue
		}
		file := FileCoverage{Path: path, Percent: f.Coverage}
		for _, missed := range f.NotCovered {
			for row := missed.Start.Row; row <= missed.End.Row; row++ {
				file.Missed = append(file.Missed, row)
			}
		}
		file.Missed = slices.Compact(file.Missed)
		hit, all = hit+f.CoveredLines, all+f.CoveredLines+f.NotCoveredLines
		out = append(out, file)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	if all == 0 {
		return out, 0
	}
	return out, 100 * float64(hit) / float64(all)
}
