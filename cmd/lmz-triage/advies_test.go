package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

func TestEveryFaultOfAQuestionIsNamedInAnyForm(t *testing.T) {
	for name, c := range map[string]struct {
		question string
		want     []string
	}{
		"values that are none": {
			`{"peildatum":"gisteren","melding":{"soort":"roddel","ontvangstdatum":3,"feiten":{"geweld":"misschien"}}}`,
			[]string{"peildatum", "melding.soort", "melding.ontvangstdatum", "melding.feiten.geweld"},
		},
		"fields that nobody knows": {`{"melding":{"soort":"klacht","naam":"x"},"haast":true}`, []string{"melding.naam", "haast"}},
		"what must be there":       {`{}`, []string{"melding.soort"}},
		"days that cannot go together": {
			`{"peildatum":"2026-11-20","melding":{"soort":"klacht","ontvangstdatum":"2026-11-21","gebeurtenis":{"van":"2026-11-02","tot":"2026-11-01"}}}`,
			[]string{"melding.ontvangstdatum", "melding.gebeurtenis"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, args := range [][]string{{"advies", "-"}, {"advies", "--json", "-"}} {
				got := command(t, c.question, args...)
				assert.Equal(t, 1, got.status)
				assert.Empty(t, got.out, "no advice on what was not understood")
				assert.Contains(t, linesOf(got.err)[0], "De invoer klopt niet")
				assert.ElementsMatch(t, c.want, got.faulted(), got.err)
			}
		})
	}
}

func TestAQuestionOfOneMebibyteIsTheLargest(t *testing.T) {
	const most = 1 << 20
	largest := vraag + strings.Repeat(" ", most-len(vraag))
	got := command(t, largest, "advies", "-")
	assert.Equal(t, 0, got.status, got.err)
	got = command(t, largest+" ", "advies", "-")
	assert.Equal(t, 1, got.status)
	assert.Contains(t, got.err, "groter dan 1 MiB")
	assert.Empty(t, got.out)
}

func TestAnAdviceOfAPolicyOfOnesOwn(t *testing.T) {
	folder := small(t, "")
	asFlag := command(t, vraag, "advies", "--policies", folder, "-")
	require.Equal(t, 0, asFlag.status, asFlag.err)
	assert.Contains(t, asFlag.out, "Advies: escaleren")
	assert.Regexp(t, `(?m)^Criterium +Uitkomst +Waarom$`, asFlag.out)
	assert.Regexp(t, `(?m)^Geslagen +ja +Er is geweld\. \(Wkkgz, artikel 25, eerste lid\)$`, asFlag.out)
	assert.Regexp(t, `(?m)^Bedreigd +onbekend +`, asFlag.out)
	assert.Contains(t, asFlag.out, "- Bellen. Bel de melder vandaag nog.")
	assert.NotContains(t, asFlag.out, "Spoed", "a criterion of the shipped policy")

	t.Setenv("LMZ_POLICIES", folder)
	assert.Equal(t, asFlag, do(t, vraag, "advies", "-"), "the variable is the flag")
}

func TestAnAdviceAsJSONHoldsToTheShapeOfTheAPI(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vraag.json")
	require.NoError(t, os.WriteFile(file, []byte(vraag), 0o600))
	got := do(t, "", "advies", "--json", "--policies", klein, file)
	require.Equal(t, 0, got.status, got.err)
	in := json.NewDecoder(strings.NewReader(got.out))
	in.DisallowUnknownFields()
	var a api.TriageAdvies
	require.NoError(t, in.Decode(&a))
	assert.Equal(t, "escaleren", a.Advies)
	assert.Len(t, a.Criteria, 2)
	assert.Contains(t, got.out, "\n  \"advies\"", "laid out for people")
}

func TestAPolicyThatCannotDecideGivesNoAdvice(t *testing.T) {
	for name, c := range map[string]struct {
		policies string
		want     []string
	}{
		"a rule that cannot be read": {broken(t, "criteria/spoed/spoed.rego", "package criteria.spoed\n\nuitkomst := if {\n"), []string{"criteria/spoed/spoed.rego"}},
		"a folder that is not there": {"er-niet", []string{"er-niet", "geen leesbaar beleid"}},
		"an advice nobody knows":     {small(t, "onbekend advies"), []string{"gaf geen bruikbaar antwoord", "Oorzaak"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, vraag, "advies", "--policies", c.policies, "-")
			assert.Equal(t, 1, got.status)
			assert.Empty(t, got.out)
			for _, text := range c.want {
				assert.Contains(t, got.err, text)
			}
		})
	}
}
