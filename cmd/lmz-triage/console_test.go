package main_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	main "zorgmeldingen.nl/lmz-triage/cmd/lmz-triage"
)

// do runs a command in this process, where the race detector sees it.
func do(t testing.TB, in string, args ...string) said {
	t.Helper()
	var out, errOut bytes.Buffer
	status := main.Run(args, strings.NewReader(in), &out, &errOut)
	return said{out: out.String(), err: errOut.String(), status: status}
}

// faulted lists the fields that a refusal names, each on a line of its own with
// a sentence.
func (s said) faulted() []string {
	var fields []string
	for _, found := range regexp.MustCompile(`(?m)^  (\S+): \S.+$`).FindAllStringSubmatch(s.err, -1) {
		fields = append(fields, found[1])
	}
	return fields
}

// linesOf splits a text in lines.
func linesOf(text string) []string { return strings.Split(strings.TrimRight(text, "\n"), "\n") }

func TestWhatIsNotUnderstoodIsOneLineWithAWayOut(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"a command that is none":          {[]string{"starten"}, "starten"},
		"a command within a command":      {[]string{"policy", "wis"}, "wis"},
		"half a command":                  {[]string{"policy"}, "check"},
		"a flag that is none":             {[]string{"version", "--lang"}, "--lang"},
		"a time that is none":             {[]string{"serve", "--evaluation", "snel"}, "--evaluation"},
		"a role that is none":             {[]string{"token", "zaaksysteem", "directeur"}, "inspecteur"},
		"a token of nobody":               {[]string{"token"}, "<id>"},
		"a folder that is not there":      {[]string{"policy", "format", "er-niet"}, "er-niet"},
		"an activation without a reason":  {[]string{"policy", "activate"}, "--reason"},
		"a question from nowhere":         {[]string{"advies"}, "<bestand>"},
		"a term with more than one start": {[]string{"termijn", "reactie_aanbieder", "2026-03-16", "2026-03-17"}, "2026-03-17"},
	} {
		t.Run(name, func(t *testing.T) {
			got := do(t, "", c.args...)
			assert.Equal(t, 2, got.status)
			assert.Empty(t, got.out)
			assert.Len(t, linesOf(got.err), 1)
			assert.Contains(t, got.err, "Deze opdracht begrijpen we niet")
			assert.Contains(t, got.err, "lmz-triage --help")
			assert.Contains(t, got.err, c.want)
		})
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	got := do(t, "", "--help")
	assert.Equal(t, 0, got.status)
	assert.Empty(t, got.err)
	for _, name := range []string{
		"serve", "advies", "termijn", "policy check", "policy test", "policy cover", "policy format", "policy export", "policy activate",
		"token", "health", "version", "berichten", "alarmen",
	} {
		assert.Regexp(t, `(?m)^  `+name+`\b`, got.out)
	}
}

func TestTheVersionNamesTheEngineAsWell(t *testing.T) {
	got := do(t, "", "version")
	assert.Equal(t, 0, got.status)
	assert.Regexp(t, `^lmz-triage \S+ \(opa \d+\.\d+\.\d+ .+\)\n$`, got.out)
}

func TestAFileThatCannotBeReadIsOneLineInDutch(t *testing.T) {
	dir := t.TempDir()
	for name, args := range map[string][]string{
		"no file":           {"import", filepath.Join(dir, "weg.jsonl"), "--data", dir},
		"no question":       {"advies", filepath.Join(dir, "weg.json")},
		"no tokens":         {"serve", "--tokens", filepath.Join(dir, "weg.json"), "--data", dir},
		"a folder, no file": {"import", dir, "--data", dir},
	} {
		t.Run(name, func(t *testing.T) {
			out := do(t, "", args...)
			assert.Equal(t, 1, out.status)
			assert.Regexp(t, `^Het bestand \S+ kan niet worden gelezen of geschreven\. [A-Z].+[.?]\n$`, out.err)
		})
	}
}
