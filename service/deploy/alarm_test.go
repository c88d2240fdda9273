package deploy_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// rule is an alarm rule of Prometheus.
type rule struct {
	Alert       string
	Expr        string
	For         string
	Labels      map[string]string
	Annotations map[string]string
}

// rules reads the file of rules; a word that is none of Prometheus fails.
func rules(t *testing.T) []rule {
	t.Helper()
	f, err := os.Open("alarm.rules.yaml")
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	strict := yaml.NewDecoder(f)
	strict.KnownFields(true)
	var all struct {
		Groups []struct {
			Name  string
			Rules []rule
		}
	}
	require.NoError(t, strict.Decode(&all))
	require.Len(t, all.Groups, 1)
	require.NotEmpty(t, all.Groups[0].Rules)
	return all.Groups[0].Rules
}

func TestEveryAlarmRuleSaysWhatIsWrongAndWhatToDo(t *testing.T) {
	names := map[string]bool{}
	for _, r := range rules(t) {
		assert.Regexp(t, `^Lmz[A-Z][a-zA-Z]+$`, r.Alert)
		assert.False(t, names[r.Alert], "%s is there twice", r.Alert)
		names[r.Alert] = true
		assert.Contains(t, []string{"kritiek", "waarschuwing"}, r.Labels["ernst"], r.Alert)
		if r.For != "" {
			_, err := time.ParseDuration(r.For)
			assert.NoError(t, err, r.Alert)
		}
		assert.Len(t, r.Annotations, 2, r.Alert)
		assert.Regexp(t, `^[A-Z].{10,110}[^.]$`, r.Annotations["summary"], r.Alert)
		assert.Regexp(t, `^[A-Z].{40,}\.$`, r.Annotations["description"], r.Alert)
		for _, sentence := range regexp.MustCompile(`[.?] |: `).Split(r.Annotations["description"], -1) {
			assert.LessOrEqual(t, len(strings.Fields(sentence)), 30, "%s: a short sentence: %s", r.Alert, sentence)
		}
	}
}

func TestEveryExpressionIsClosedAndIsOfThisService(t *testing.T) {
	word := regexp.MustCompile(`[a-zA-Z_][a-zA-Z0-9_]*`)
	known := map[string]bool{}
	for _, w := range strings.Fields("sum max increase rate absent time year max_over_time by and or offset m h d") {
		known[w] = true
	}
	for _, r := range rules(t) {
		bare := regexp.MustCompile(`"[^"]*"|\{[^}]*\}|by \([a-z, ]*\)`).ReplaceAllString(r.Expr, " ")
		assert.Equal(t, strings.Count(bare, "("), strings.Count(bare, ")"), r.Alert)
		assert.Equal(t, strings.Count(bare, "["), strings.Count(bare, "]"), r.Alert)
		assert.NotContains(t, bare, `"`, r.Alert)
		for _, w := range word.FindAllString(bare, -1) {
			assert.True(t, known[w] || strings.HasPrefix(w, "lmz_"), "%s: %s", r.Alert, w)
		}
		assert.Contains(t, bare, "lmz_", r.Alert)
	}
}

func TestEveryAlarmRuleStandsInTheTableAndIsTried(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	tried, err := os.ReadFile("alarm.rules.test.yaml")
	require.NoError(t, err)
	named := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(Lmz[A-Za-z]+)` \\|").FindAllStringSubmatch(string(readme), -1) {
		named[row[1]] = true
	}
	for _, r := range rules(t) {
		assert.True(t, named[r.Alert], "%s is not in the table of README.md", r.Alert)
		delete(named, r.Alert)
		assert.Contains(t, string(tried), "alertname: "+r.Alert+",", "quiet when all is well")
		assert.Contains(t, string(tried), `alertname="`+r.Alert+`"`, "told when it is not")
	}
	assert.Empty(t, named, "the table names what is no rule")
}
