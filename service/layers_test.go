// Package service_test keeps the layers of the service: who may import whom.
package service_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "zorgmeldingen.nl/lmz-triage/"

// allowed lists, per package, which of ours its code may import. A package that
// is not listed, or an import that is not, fails the test.
func allowed() map[string][]string {
	use := []string{"service/app", "service/domain", "service/term"}
	return map[string][]string{
		"policies":                      {},
		"fixtures":                      {},
		"fixtures/orakel":               {"service/domain", "service/term"},
		"service/clock":                 {},
		"service/config":                {},
		"service/term":                  {},
		"service/domain":                {"service/term"},
		"service/policy":                {"policies", "service/domain", "service/term"},
		"service/store":                 {"service/clock", "service/domain", "service/term"},
		"service/store/storetest":       {"service/domain", "service/store", "service/term"},
		"service/store/vorm":            {"service/domain", "service/term"},
		"service/store/sqlite":          {"service/domain", "service/store", "service/store/vorm", "service/term"},
		"service/store/mongo":           {"service/domain", "service/store", "service/store/vorm", "service/term"},
		"service/store/mongo/mongotest": {},
		"service/store/kopie":           {"service/domain", "service/store", "service/store/vorm"},
		"service/store/spool":           {"service/domain", "service/store", "service/store/vorm"},
		"service/app":                   {"service/clock", "service/domain", "service/policy", "service/store", "service/term"},
		"service/app/apptest": {
			"fixtures", "policies", "service/app", "service/clock", "service/domain", "service/policy", "service/store", "service/store/sqlite", "service/term",
		},
		"service/post":                                  {"service/domain", "service/term"},
		"service/post/posttest":                         {},
		"service/events":                                {"service/domain", "service/term"},
		"service/schedule":                              {"service/app", "service/domain", "service/term"},
		"service/voorbeeld":                             {"service/domain", "service/term"},
		"service/server/schema":                         {"service/domain"},
		"service/server/api":                            append(use, "service/server/agenda", "service/server/schema"),
		"service/server/api/internal/policyinput":       {},
		"service/server/api/internal/policyinput/write": {"service/server/api/internal/policyinput"},
		"service/server/agenda":                         use,
		"service/server/web":                            use,
		"service/server":                                append(use, "service/clock", "service/policy", "service/server/api", "service/server/web"),
		"cmd/lmz-triage":                                {"*"},
	}
}

func TestEveryImportGoesAnAllowedWay(t *testing.T) {
	rules := allowed()
	seen := map[string]bool{}
	walkGo(t, func(file string, imports []string) {
		dir := path.Dir(file)
		seen[dir] = true
		may, listed := rules[dir]
		if !assert.True(t, listed, "package %s has no line in the table of imports", dir) {
			return
		}
		for _, one := range imports {
			ours, is := strings.CutPrefix(one, module)
			if is && !slices.Contains(may, "*") {
				assert.Contains(t, may, ours, "%s may not import %s", file, ours)
			}
		}
	})
	for dir := range maps.Keys(rules) {
		assert.True(t, seen[dir], "package %s stands in the table of imports but is not there", dir)
	}
}

func TestTheLawIsReadWithoutOtherPeoplesCode(t *testing.T) {
	walkGo(t, func(file string, imports []string) {
		dir := path.Dir(file)
		if dir != "service/domain" && dir != "service/term" && dir != "service/clock" {
			return
		}
		for _, one := range imports {
			first, _, _ := strings.Cut(one, "/")
			if strings.HasPrefix(one, module) {
				continue
			}
			assert.NotContains(t, first, ".", "%s imports %s: these packages use the standard library only", file, one)
		}
	})
}

// walkGo hands every Go file that is no test, with what it imports.
func walkGo(t *testing.T, do func(file string, imports []string)) {
	t.Helper()
	for _, root := range []string{"service", "cmd", "policies", "fixtures"} {
		err := filepath.WalkDir(filepath.Join("..", root), func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			var imports []string
			for _, i := range f.Imports {
				one, err := strconv.Unquote(i.Path.Value)
				if err != nil {
					return err
				}
				imports = append(imports, one)
			}
			do(strings.TrimPrefix(filepath.ToSlash(p), "../"), imports)
			return nil
		})
		require.NoError(t, err)
	}
}
