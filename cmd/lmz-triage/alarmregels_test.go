package main_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryMetricOfTheAlarmRulesIsServed(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "service", "deploy", "alarm.rules.yaml"))
	require.NoError(t, err)
	dir := t.TempDir()
	d := start(t, "--demo", "--data", dir)
	var served string
	d.must(t, http.MethodGet, "/healthz", "")
	require.Eventually(t, func() bool {
		_, served = d.must(t, http.MethodGet, "/metrics", "")
		return strings.Contains(served, "\nlmz_termijnen_open{") && strings.Contains(served, "\nlmz_berichten_post{")
	}, 30*time.Second, 50*time.Millisecond, "the work is counted soon after the start")
	used := regexp.MustCompile(`lmz_[a-z_]+(\{[^}]*\})?`).FindAllString(expressions(string(text)), -1)
	require.Greater(t, len(used), 12)
	for _, metric := range used {
		name, labels, _ := strings.Cut(metric, "{")
		assert.True(t, regexp.MustCompile(`(?m)^`+name+`(\{.*\})? [0-9.e+]+$`).MatchString(served), "a rule that rests on %s would never be told", name)
		for _, label := range regexp.MustCompile(`([a-z]+)!?=~?"`).FindAllStringSubmatch(labels, -1) {
			assert.True(t, regexp.MustCompile(`(?m)^`+name+`\{[^}]*`+label[1]+`="`).MatchString(served), "%s has no label %s", name, label[1])
		}
	}
	require.Zero(t, d.stop(t))
}

// expressions are what the rules compute, without what they say to people.
func expressions(rules string) string {
	var out []string
	inside := false
	for line := range strings.SplitSeq(rules, "\n") {
		key := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(key, "expr:"):
			inside = true
		case regexp.MustCompile(`^[a-z]+:`).MatchString(key):
			inside = false
		}
		if inside {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
