package main_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const vraag = `{"peildatum":"2026-11-20","melding":{"soort":"klacht","feiten":{"geweld":"ja"}},"opties":{"bandbreedte":true}}`

// decided reads the id of a decision.
func decided(t testing.TB, answer string) string {
	t.Helper()
	var a struct {
		ID     string `json:"id"`
		Advies string `json:"advies"`
	}
	require.NoError(t, json.Unmarshal([]byte(answer), &a))
	require.Equal(t, "escaleren", a.Advies)
	return a.ID
}

func TestADecisionIsThereAfterARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gegevens")
	first := serve(t, dir)
	status, answer := first.must(t, http.MethodPost, "/v1/triage-adviezen", vraag)
	require.Equal(t, http.StatusOK, status, answer)
	path := "/v1/triage-adviezen/" + decided(t, answer)
	assert.Equal(t, 0, first.stop(t), "it stops cleanly when asked")

	second := serve(t, dir)
	status, again := second.must(t, http.MethodGet, path, "")
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, answer, again, "byte for byte")
}

func TestEveryDecisionThatWasAnsweredSurvivesAKill(t *testing.T) {
	dir, given := t.TempDir(), map[string]string{}
	for range 4 {
		d := serve(t, dir)
		var lock sync.Mutex
		var callers sync.WaitGroup
		answered := make(chan struct{}, 1000)
		for range 8 {
			callers.Go(func() {
				for {
					status, answer, err := d.ask(http.MethodPost, "/v1/triage-adviezen", vraag)
					if err != nil {
						return
					}
					if !assert.Equal(t, http.StatusOK, status, answer) {
						return
					}
					lock.Lock()
					given[decided(t, answer)] = answer
					lock.Unlock()
					select {
					case answered <- struct{}{}:
					default:
					}
				}
			})
		}
		go func() {
			callers.Wait()
			close(answered) // a service that answers nobody must not hold the test
		}()
		for range 60 {
			<-answered
		}
		d.kill(t)
		callers.Wait()
	}
	d := serve(t, dir)
	for id, want := range maps.All(given) {
		status, got := d.must(t, http.MethodGet, "/v1/triage-adviezen/"+id, "")
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, want, got)
	}
	assert.GreaterOrEqual(t, len(given), 240)
}

func TestASecondServiceOnTheSameDataIsRefused(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir)
	got := command(t, "", "serve", "--demo", "--addr", "127.0.0.1:0", "--data", dir)
	assert.Equal(t, 1, got.status)
	assert.Contains(t, got.err, "Er draait al een dienst op het bestand")
}

func TestADamagedFileIsRefusedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	d := serve(t, dir)
	require.Equal(t, 0, d.stop(t))
	path := filepath.Join(dir, "lmz-triage.db")
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := 100; i < 20_000; i++ {
		raw[i] ^= 0x5a
	}
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	got := command(t, "", "serve", "--demo", "--addr", "127.0.0.1:0", "--data", dir)
	assert.Equal(t, 1, got.status)
	assert.Regexp(t, `beschadigd|niet van dit programma`, got.err)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, raw, after)
}

func TestAnotherPolicyIsTakenOverWithoutARestart(t *testing.T) {
	dir := t.TempDir()
	d := serve(t, dir)
	version := func() float64 {
		_, answer := d.must(t, http.MethodGet, "/readyz", "")
		var r map[string]any
		require.NoError(t, json.Unmarshal([]byte(answer), &r))
		return r["beleidsversie"].(float64)
	}
	require.InDelta(t, 1, version(), 0)
	tree, err := filepath.Abs("../../fixtures/beleid/klein")
	require.NoError(t, err)
	got := command(t, "", "policy", "activate", tree, "--data", dir, "--reason", "Proef met een klein beleid.")
	require.Equal(t, 0, got.status, got.err)
	require.Eventually(t, func() bool { return version() == 2 }, 20*time.Second, 20*time.Millisecond)
	_, answer := d.must(t, http.MethodPost, "/v1/triage-adviezen", vraag)
	assert.Contains(t, answer, `"code":"geslagen"`, "the criteria are those of the other policy")
	require.Equal(t, 0, d.stop(t))

	again := serve(t, dir)
	assert.Contains(t, again.out.String(), "Het beleid bij deze start", "it says that the shipped policy is another")
	_, answer = again.must(t, http.MethodPost, "/v1/triage-adviezen", vraag)
	assert.Contains(t, answer, `"code":"geslagen"`, "the store decides")
}

func TestTheLogHoldsNothingOfTheCaller(t *testing.T) {
	d := serve(t, t.TempDir())
	for _, body := range []string{vraag, `{"melding":{"soort":"geheim-woord"}}`, `geheim-woord`} {
		d.must(t, http.MethodPost, "/v1/triage-adviezen?vraag=geheim-woord", body)
		d.must(t, http.MethodPost, "/v1/triage-adviezen", body)
	}
	d.must(t, http.MethodGet, "/v1/geheim-woord", "")
	require.Equal(t, 0, d.stop(t))
	log := d.log.String()
	assert.Contains(t, log, `"route":"/v1/triage-adviezen"`)
	for _, secret := range []string{"geheim-woord", "Bearer", "geweld", "klacht"} {
		assert.NotContains(t, log, secret)
	}
}

func TestAServiceWithoutCallersDoesNotStart(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no tokens":              {nil, "niet ingesteld wie erin mag"},
		"a token file not there": {[]string{"--tokens", "er-niet"}, "er-niet"},
		"a demo for all to see":  {[]string{"--demo", "--addr", "0.0.0.0:0"}, "alleen op deze computer"},
		"a store that is no URI": {[]string{"--demo", "--store", "oracle://x"}, "oracle://x"},
		"an address in use":      {[]string{"--demo", "--addr", "127.0.0.1:99999"}, "127.0.0.1:99999"},
		"no time to think":       {[]string{"--demo", "--evaluation", "0s"}, "0s"},
		"a policy that is none":  {[]string{"--demo", "--policies", "."}, "geen leesbaar beleid"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, "", append([]string{"serve"}, c.args...)...)
			assert.Equal(t, 1, got.status)
			assert.Contains(t, got.err, c.want)
			assert.NotContains(t, got.err, "goroutine")
		})
	}
}

func TestATokenThatWasMadeOpensTheService(t *testing.T) {
	made := command(t, "", "token", "zaaksysteem", "systeem")
	require.Equal(t, 0, made.status, made.err)
	found := regexp.MustCompile(`(?s): (\S+)\n.*(\{.*\})`).FindStringSubmatch(made.out)
	require.Len(t, found, 3, made.out)
	token, entry := found[1], found[2]
	file := filepath.Join(t.TempDir(), "tokens.json")
	require.NoError(t, os.WriteFile(file, []byte("["+entry+"]"), 0o600))
	d := start(t, "--tokens", file, "--data", t.TempDir())
	for bearer, want := range map[string]int{token: http.StatusNotFound, "demo-systeem": http.StatusUnauthorized, "": http.StatusUnauthorized} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.url+"/v1/triage-adviezen/geen", nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+bearer)
		resp, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, want, resp.StatusCode)
	}
	require.Equal(t, 0, d.stop(t))
	assert.NotContains(t, d.log.String()+d.out.String(), token)

	for name, id := range map[string]string{"a name with a space": "jan jansen", "an address": "a@b.nl"} {
		t.Run(name, func(t *testing.T) { assert.NotZero(t, command(t, "", "token", id, "systeem").status) })
	}
	assert.NotZero(t, command(t, "", "token", "x", "directeur").status)
}
