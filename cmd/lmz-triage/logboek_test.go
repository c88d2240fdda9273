package main_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// heel is a question with a value of its own for all that can be asked.
const heel = `{"peildatum":"2024-11-20","melding":{"soort":"klacht","ontvangstdatum":"2024-11-18","sector":"ggz","hoedanigheid":"client",
"gebeurtenis":{"van":"2024-10-01","tot":"2024-10"},"feiten":{"bedreiging":"mogelijk","schade":"ernstig_psychisch","schadeDoorZorg":"ja","geweld":"ja"},
"toestemming":{"inspecteur":"gegeven"},"klachtBijAanbieder":{"ingediendOp":"2024-10-05","verlengdOp":"2024-11-10"}},
"aanbieder":{"id":"aanbieder-xyzzy","signalen":{"aantal30":0,"aantal90":1,"aantal365":947319473194731,"aantalVorigJaar":4,"ernstig365":0,"overschrijdingskans":0.63721946318}},
"opties":{"bandbreedte":true}}`

// leaves lists every value and name of a JSON text of which a trace in a log can
// be told from chance.
func leaves(t testing.TB, text string) []string {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(text), &v))
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, below := range v {
				out = append(out, name)
				walk(below)
			}
		case float64:
			out = append(out, strconv.FormatFloat(v, 'f', -1, 64))
		default:
			out = append(out, fmt.Sprint(v))
		}
	}
	walk(v)
	return slices.DeleteFunc(out, func(s string) bool { return len(s) < 5 })
}

// send asks with any header and gives the status.
func (d *dienst) send(t testing.TB, path, authorization, body string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.url+path, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Authorization", authorization)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", "sleutel-xyzzy")
	r.Header.Set("User-Agent", "programma-xyzzy")
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { require.NoError(t, resp.Body.Close()) }()
	_, err = io.Copy(io.Discard, resp.Body)
	require.NoError(t, err)
	return resp.StatusCode
}

func TestTheLogTellsWhoAskedAndNothingOfWhat(t *testing.T) {
	token, entry := made(t, do(t, "", "token", "zaaksysteem", "systeem").out)
	list, err := json.Marshal([]map[string]string{entry})
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "tokens.json")
	put(t, file, string(list))
	d := start(t, "--tokens", file, "--data", t.TempDir())
	const wrong = "verkeerde-sleutel-xyzzy"
	assert.Equal(t, http.StatusOK, d.send(t, adviezen, "Bearer "+token, heel))
	assert.Equal(t, http.StatusBadRequest, d.send(t, adviezen, "Bearer "+token, strings.Replace(heel, "ggz", "sector-xyzzy", 1)))
	assert.Equal(t, http.StatusBadRequest, d.send(t, adviezen, "Bearer "+token, heel[:len(heel)/2]))
	assert.Equal(t, http.StatusUnauthorized, d.send(t, adviezen, "Bearer "+wrong, heel))
	assert.Equal(t, http.StatusUnauthorized, d.send(t, adviezen, token, heel))
	assert.Equal(t, http.StatusNotFound, d.send(t, "/v1/"+token+"?sleutel="+wrong, "Bearer "+token, heel))
	require.Equal(t, 0, d.stop(t))

	log := d.log.String()
	requests := 0
	for _, line := range linesOf(log) {
		var entry map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &entry), "every line is JSON")
		if entry["msg"] == "request" {
			requests++
			assert.Regexp(t, `^[0-9a-f-]{36}$`, entry["id"])
		}
	}
	assert.Equal(t, 6, requests, "one line for each request")
	assert.Equal(t, 3, strings.Count(log, `"actor":"zaaksysteem"`), log)
	for _, secret := range append(leaves(t, heel), token, entry["sha256"], wrong, "xyzzy") {
		assert.NotContains(t, log, secret)
	}
}
