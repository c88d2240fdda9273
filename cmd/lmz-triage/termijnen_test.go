package main_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

func TestTermsAndPunctualityForPeople(t *testing.T) {
	dir := emptyStore(t)
	none := command(t, "", "termijnen", "--data", dir)
	require.Equal(t, 0, none.status, none.err)
	assert.Contains(t, none.out, "geen open termijnen")
	told := `{"soort":"klacht","kanaal":"brief","sector":"ggz","ontvangstdatum":"2024-06-03","klachtBijAanbieder":{"ingediendOp":"2024-06-03"},
"aanbieder":{"naam":"De Linde","plaats":"Delft"},"melder":{"naam":"A. Bee","telefoon":"0600000000"}}`
	require.Equal(t, 0, command(t, strings.ReplaceAll(told, "\n", ""), "import", "-", "--data", dir).status)

	all := command(t, "", "termijnen", "--data", dir)
	require.Equal(t, 0, all.status, all.err)
	for _, want := range []string{
		"Einddatum", "2024-06-10", "2024-07-15", "verstreken", "zorgaanbieder", "De Linde, Delft",
		"In totaal 2. Verstreken: 2. Einde nadert: 0. Loopt: 0.",
	} {
		assert.Contains(t, all.out, want)
	}
	assert.NotContains(t, all.out, "A. Bee")
	one := command(t, "", "termijnen", "--data", dir, "--aantal", "1", "--eigenaar", "aanbieder")
	assert.NotContains(t, one.out, "Er zijn er meer")
	assert.Contains(t, command(t, "", "termijnen", "--data", dir, "--aantal", "1").out, "Er zijn er meer")

	file := command(t, "", "termijnen", "--data", dir, "--csv", "--aantal", "1")
	require.Equal(t, 0, file.status, file.err)
	assert.True(t, strings.HasPrefix(file.out, "\ufeffKenmerk;Termijn;"))
	assert.Equal(t, 3, strings.Count(file.out, "\r\n"), "all of them")

	var list api.TermijnLijst
	require.NoError(t, json.Unmarshal([]byte(command(t, "", "termijnen", "--data", dir, "--json", "--soort", "reactie_aanbieder").out), &list))
	require.Len(t, list.Items, 1)
	for _, args := range [][]string{{"stiptheid"}, {"stiptheid", list.Items[0].Aanbieder.ID}} {
		figures := command(t, "", append(args, "--data", dir, "--einde-van", "2024-01-01")...)
		require.Equal(t, 0, figures.status, figures.err)
		assert.Regexp(t, `De Linde, Delft +ggz +0 +0 +0 +minder dan 5 +minder dan 5`, figures.out)
	}
}

func TestAQuestionForTermsThatIsNotUnderstood(t *testing.T) {
	dir := emptyStore(t)
	for name, c := range map[string]struct {
		args   []string
		status int
		want   []string
	}{
		"every fault at once":      {[]string{"termijnen", "--soort", "x", "--einde-van", "2026-02-31"}, 1, []string{"soort:", "eindeVan:"}},
		"a status that is none":    {[]string{"termijnen", "--status", "x"}, 2, []string{"lopend"}},
		"two forms":                {[]string{"termijnen", "--csv", "--json"}, 2, []string{"csv", "json"}},
		"days the wrong way round": {[]string{"stiptheid", "--einde-van", "2026-02-03", "--einde-tot", "2026-02-01"}, 1, []string{"eindeVan:"}},
		"a provider that is none":  {[]string{"stiptheid", "x"}, 1, []string{"aanbieder"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, "", append(c.args, "--data", dir)...)
			assert.Equal(t, c.status, got.status)
			for _, want := range c.want {
				assert.Contains(t, got.err, want)
			}
		})
	}
}
