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
		"a command that is none":          {[]string{"starten"}, "starten hoort hier niet."},
		"a command with a slip":           {[]string{"heath"}, "heath kennen we niet. Bedoelt u health?"},
		"a command within a command":      {[]string{"policy", "wis"}, "wis hoort hier niet."},
		"half a command of many":          {[]string{"policy"}, "hier ontbreekt een opdracht. Kies uit: check, test, cover, format, export en meer."},
		"half a command of two":           {[]string{"dienst"}, "hier ontbreekt een opdracht. Kies uit: zet, weg."},
		"a flag that is none":             {[]string{"version", "--lang"}, "de optie --lang kennen we hier niet."},
		"a flag with a slip":              {[]string{"meldingen", "--jsn"}, "de optie --jsn kennen we niet. Bedoelt u --json?"},
		"a flag without its value":        {[]string{"meldingen", "--aantal"}, "achter --aantal ontbreekt een waarde."},
		"a flag with a value like a flag": {[]string{"seed", "--meldingen", "-3"}, "achter --meldingen ontbreekt een waarde. Bedoelt u --meldingen=-3?"},
		"two flags that exclude":          {[]string{"termijnen", "--csv", "--json"}, "--csv en --json kunnen niet samen."},
		"a time that is none":             {[]string{"serve", "--evaluation", "snel"}, "--evaluation moet een duur zijn, zoals 50ms, 30s of 15m. U schreef: snel."},
		"a number that is none":           {[]string{"seed", "--meldingen", "veel"}, "--meldingen moet een geheel getal zijn. U schreef: veel."},
		"a number below none":             {[]string{"seed", "--zaad=-1"}, "--zaad moet een geheel getal zijn. U schreef: -1."},
		"a switch that is neither":        {[]string{"version", "--uitleg=soms"}, "--uitleg moet true of false zijn. U schreef: soms."},
		"a role that is none":             {[]string{"token", "zaaksysteem", "directeur"}, "voor <rol> kunt u kiezen uit medewerker, teamleider, inspecteur, beleid, systeem, beheer. U schreef: directeur."},
		"a choice that may be left out":   {[]string{"termijnen", "--status", "weg"}, "voor --status kunt u kiezen uit lopend, nadert, verstreken. U schreef: weg."},
		"an option of a neighbour":        {[]string{"kalender", "--json", "set", "f"}, "de optie --json hoort bij toon, niet bij set."},
		"an option and its value in one":  {[]string{"meldingen", "--aantal 3"}, "de optie --aantal 3 kennen we niet. Bedoelt u --aantal?"},
		"an empty word":                   {[]string{""}, "een van de woorden is leeg."},
		"a word of two lines":             {[]string{"twee\nregels"}, "twee; regels hoort hier niet."},
		"a number that is empty":          {[]string{"meldingen", "--aantal="}, "achter --aantal ontbreekt een waarde."},
		"a file for a folder":             {[]string{"policy", "format", "console_test.go"}, "<map> moet een map zijn. Dit is een bestand: "},
		"a token of nobody":               {[]string{"token"}, "hier ontbreekt <id> <rol>."},
		"a folder that is not there":      {[]string{"policy", "format", "er-niet"}, "<map> is er niet: "},
		"an activation without a reason":  {[]string{"policy", "activate"}, "hier ontbreekt --reason=TEKST."},
		"a question from nowhere":         {[]string{"advies"}, "hier ontbreekt <bestand>."},
		"a term with more than one start": {[]string{"termijn", "reactie_aanbieder", "2026-03-16", "2026-03-17"}, "2026-03-17 hoort hier niet."},
	} {
		t.Run(name, func(t *testing.T) {
			got := do(t, "", c.args...)
			assert.Equal(t, 2, got.status)
			assert.Empty(t, got.out)
			assert.Len(t, linesOf(got.err), 1)
			assert.Contains(t, got.err, "Deze opdracht begrijpen we niet: "+c.want)
			assert.Contains(t, got.err, " Hulp: lmz-triage --help.\n")
		})
	}
}

func TestAValueFromTheEnvironmentThatIsNotUnderstoodSaysWhereItStands(t *testing.T) {
	t.Setenv("LMZ_EVALUATION", "snel")
	got := do(t, "", "serve")
	assert.Equal(t, 2, got.status)
	assert.Contains(t, got.err, "U schreef: snel (uit de omgevingsvariabele LMZ_EVALUATION=snel). Hulp: ")
}

func TestHelpIsInDutchForEveryCommand(t *testing.T) {
	all := do(t, "", "--help").out
	_, listed, _ := strings.Cut(all, "Opdrachten:")
	commands := regexp.MustCompile(`(?m)^  ([a-z]+(?: [a-z]+)?)\b.*$`).FindAllStringSubmatch(listed, -1)
	assert.Greater(t, len(commands), 25)
	assert.Contains(t, all, "Gebruik: lmz-triage <opdracht> [opties]")
	assert.Contains(t, all, "\nHulp bij een opdracht: lmz-triage <opdracht> --help\n")
	for _, c := range commands {
		got := do(t, "", append(strings.Fields(c[1]), "--help")...)
		assert.Equal(t, 0, got.status, c[1])
		assert.Contains(t, got.out, "Gebruik: lmz-triage "+c[1])
		assert.Contains(t, got.out, "Toon deze hulp.")
		assert.NotRegexp(t, `(?i)usage|flags|command|arguments|\b(show|run|help for|the)\b`, got.out, c[1])
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
