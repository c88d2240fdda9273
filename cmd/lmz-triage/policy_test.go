package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
)

// klein is the policy of two criteria.
const klein = "../../fixtures/beleid/klein"

// small writes the policy of two criteria with the files of that variant.
func small(t testing.TB, variant string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "beleid")
	for path, text := range apptest.Small(t, variant) {
		put(t, filepath.Join(dir, path), text)
	}
	return dir
}

// put writes a file and the folders it stands in.
func put(t testing.TB, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

// texts reads every file below dir.
func texts(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		out[path] = string(text)
		return err
	}))
	return out
}

func TestACheckNamesEveryFaultyFile(t *testing.T) {
	dir := small(t, "")
	put(t, filepath.Join(dir, "criteria/bedreigd/bedreigd.rego"), "package criteria.bedreigd\n\nuitkomst := if {\n")
	put(t, filepath.Join(dir, "criteria/geslagen/geslagen.rego"), "package criteria.geslagen\n\nuitkomst := \"ja\"\n")
	put(t, filepath.Join(dir, "stappen/bellen/bellen.rego"), "package stappen.anders\n")
	got := do(t, "", "policy", "check", dir)
	assert.Equal(t, 1, got.status)
	assert.Empty(t, got.out)
	for _, file := range []string{"criteria/bedreigd/bedreigd.rego", "criteria/geslagen/geslagen.rego", "stappen/bellen/bellen.rego"} {
		assert.Contains(t, got.faulted(), file, got.err)
	}
	assert.Contains(t, linesOf(got.err)[0], fmt.Sprintf("Aantal gebreken: %d.", len(got.faulted())))
}

func TestACheckFindsTheFileThatIsNotInItsForm(t *testing.T) {
	dir := small(t, "")
	put(t, filepath.Join(dir, "main/main_test.rego"), "package main_test\n\ntest_x   if   true\n")
	got := command(t, "", "policy", "check", dir)
	assert.Equal(t, 1, got.status)
	assert.Equal(t, []string{"main/main_test.rego"}, got.faulted())
	assert.Contains(t, got.err, "lmz-triage policy format")
	require.Equal(t, 0, command(t, "", "policy", "format", dir).status)
	assert.Equal(t, 0, command(t, "", "policy", "check", dir).status, "the advice of the check helps")
}

func TestTestsOfAPolicyMustBeThereAndSucceed(t *testing.T) {
	dir := small(t, "")
	whole := do(t, "", "policy", "test", dir)
	assert.Equal(t, said{out: "Alle 3 tests slagen.\n"}, whole)
	for name, c := range map[string]struct {
		text string
		out  string
		err  string
	}{
		"one fails":        {"package main_test\n\ntest_a if true\n\ntest_b if 1 == 2\n", "main/main_test.rego:5: data.main_test.test_b FAIL\n", "1 mislukt, 1 geslaagd"},
		"there are none":   {"package main_test\n", "", "0 mislukt, 0 geslaagd"},
		"one has an error": {"package main_test\n\ntest_a if 1 / count([]) == 1\n", "divide by zero", "1 mislukt, 0 geslaagd"},
		"one is no Rego":   {"package main_test {\n", "", "main/main_test.rego"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := small(t, "")
			put(t, filepath.Join(dir, "main/main_test.rego"), c.text)
			for _, verb := range []string{"test", "cover"} {
				got := do(t, "", "policy", verb, dir)
				assert.Equal(t, 1, got.status)
				assert.Contains(t, got.out, c.out)
				assert.Contains(t, got.err, c.err)
				assert.NotContains(t, got.out, "totaal", "no coverage of tests that do not succeed")
			}
		})
	}
}

func TestCoverageNamesTheLinesThatNoTestReaches(t *testing.T) {
	got := do(t, "", "policy", "cover", small(t, ""))
	require.Equal(t, 0, got.status, got.err)
	assert.Regexp(t, `(?m)^ +\d+\.\d %  criteria/bedreigd/bedreigd\.rego  \(niet geraakt: regel 18\b`, got.out)
	assert.Regexp(t, `(?m)^ 100\.0 %  main/main\.rego$`, got.out)
	assert.Regexp(t, `^ +\d+\.\d %  totaal$`, linesOf(got.out)[len(linesOf(got.out))-1])
	assert.NotContains(t, got.out, "_test.rego", "tests themselves are not covered")
}

func TestFormattingWritesOnlyWhatChanges(t *testing.T) {
	dir := small(t, "")
	before := texts(t, dir)
	assert.Equal(t, said{}, do(t, "", "policy", "format", dir), "nothing to say, nothing to do")
	assert.Equal(t, before, texts(t, dir))

	put(t, filepath.Join(dir, "main/los.rego"), "package main\nlos   :=   1\n")
	assert.Equal(t, said{out: "main/los.rego\n"}, do(t, "", "policy", "format", dir))
	before[filepath.Join(dir, "main/los.rego")] = "package main\n\nlos := 1\n"
	assert.Equal(t, before, texts(t, dir))

	put(t, filepath.Join(dir, "main/los.rego"), "package main {\n")
	put(t, filepath.Join(dir, "main/ook.rego"), "package main\nook   :=   1\n")
	before = texts(t, dir)
	got := do(t, "", "policy", "format", dir)
	assert.Equal(t, 1, got.status)
	assert.Contains(t, got.err, "main/los.rego:")
	assert.Equal(t, before, texts(t, dir), "a tree with a file that cannot be read is left alone")
}
