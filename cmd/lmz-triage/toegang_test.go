package main_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// made reads what the token command said: the token and its entry.
func made(t testing.TB, text string) (token string, entry map[string]string) {
	t.Helper()
	found := regexp.MustCompile(`(?s): (\S+)\n.*(\{.*\})\n$`).FindStringSubmatch(text)
	require.Len(t, found, 3, text)
	require.NoError(t, json.Unmarshal([]byte(found[2]), &entry))
	return found[1], entry
}

func TestATokenIsDrawnAnewAndKeptNowhere(t *testing.T) {
	seen := map[string]bool{}
	for range 20 {
		got := do(t, "", "token", "zaaksysteem", "systeem")
		require.Equal(t, 0, got.status, got.err)
		token, entry := made(t, got.out)
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(token)))
		assert.Equal(t, map[string]string{"id": "zaaksysteem", "rol": "systeem", "sha256": sum}, entry)
		assert.Equal(t, 1, strings.Count(got.out, token), "the entry holds its digest only")
		assert.GreaterOrEqual(t, len(token), 43, "256 bits")
		assert.Regexp(t, `^[A-Za-z0-9_-]+$`, token, "goes into a header as it is")
		seen[token] = true
	}
	assert.Len(t, seen, 20)
}

func TestANameThatMayBeAPersonGetsNoToken(t *testing.T) {
	for name, id := range map[string]string{
		"a space": "jan jansen", "an address": "jan@zorg.nl", "a capital": "Jan", "one letter": "j", "nothing": "", "a line": "jan\n",
		"too long": strings.Repeat("a", 64), "a hyphen first": ".jan",
	} {
		t.Run(name, func(t *testing.T) {
			got := do(t, "", "token", id, "systeem")
			assert.Equal(t, 1, got.status)
			assert.Empty(t, got.out, "no token")
			assert.Contains(t, got.err, fmt.Sprintf("%q", id))
		})
	}
}

func TestATokenFileThatIsNotWholeIsRefused(t *testing.T) {
	sum := strings.Repeat("0a", sha256.Size)
	entry := func(id, rol, sum string) string { return fmt.Sprintf(`{"id":%q,"rol":%q,"sha256":%q}`, id, rol, sum) }
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":             {"sleutels", "read tokens"},
		"nobody":              {"[]", "empty"},
		"the token itself":    {"[" + entry("zaak", "systeem", "een-sleutel") + "]", "entry 1: sha256"},
		"a role that is none": {"[" + entry("zaak", "directeur", sum) + "]", `"directeur"`},
		"a name of a person":  {"[" + entry("Jan", "systeem", sum) + "]", `"Jan"`},
		"one token for two":   {"[" + entry("een", "systeem", sum) + "," + entry("twee", "beheer", sum) + "]", "entry 2"},
		"a field too many":    {`[{"id":"zaak","rol":"systeem","token":"x"}]`, "token"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "tokens.json")
			put(t, file, c.text)
			got := command(t, "", "serve", "--addr", "127.0.0.1:0", "--tokens", file, "--data", filepath.Join(dir, "data"))
			assert.Equal(t, 1, got.status)
			assert.Empty(t, got.out)
			assert.Contains(t, got.err, c.want)
			assert.NoDirExists(t, filepath.Join(dir, "data"), "nothing was begun")
		})
	}
}

func TestADemonstrationIsForThisMachineOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "meldpunt.nl:80", "nergens"} {
		dir := filepath.Join(t.TempDir(), "data")
		got := command(t, "", "serve", "--demo", "--addr", addr, "--data", dir)
		assert.Equal(t, 1, got.status, addr)
		assert.Empty(t, got.out, "no token is shown")
		assert.Len(t, linesOf(got.err), 1)
		assert.Contains(t, got.err, addr+" is dat niet")
		assert.NoDirExists(t, dir)
	}
	got := command(t, "", "serve", "--addr", "127.0.0.1:0")
	assert.Equal(t, 1, got.status)
	assert.Len(t, linesOf(got.err), 1)
	assert.Contains(t, got.err, "--tokens BESTAND")
	assert.Contains(t, got.err, "--demo")
}

func TestHealthTellsWhatTheServiceSays(t *testing.T) {
	for name, c := range map[string]struct {
		answer int
		status int
		err    string
	}{
		"ready":     {http.StatusOK, 0, ""},
		"not ready": {http.StatusServiceUnavailable, 1, "is not ready: status 503"},
		"another":   {http.StatusNotFound, 1, "is not ready: status 404"},
	} {
		t.Run(name, func(t *testing.T) {
			asked := ""
			service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked = r.URL.Path
				w.WriteHeader(c.answer)
				_, _ = w.Write([]byte(`{"gereed":"zie status"}`))
			}))
			defer service.Close()
			addr := service.Listener.Addr().String()
			_, port, _ := strings.Cut(addr, ":")
			for _, way := range []string{addr, ":" + port, "0.0.0.0:" + port, "[::]:" + port} {
				got := do(t, "", "health", "--addr", way)
				assert.Equal(t, c.status, got.status, way)
				assert.Equal(t, "{\"gereed\":\"zie status\"}\n", got.out)
				assert.Contains(t, got.err, c.err)
				assert.Equal(t, "/readyz", asked)
			}
			t.Setenv("LMZ_ADDR", addr)
			assert.Equal(t, c.status, do(t, "", "health").status, "it asks the address that the service was given")
		})
	}
	got := do(t, "", "health", "--addr", "zonder-poort")
	assert.Equal(t, 1, got.status)
	assert.Contains(t, got.err, "zonder-poort")
}
