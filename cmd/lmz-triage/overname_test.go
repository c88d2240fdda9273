package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// version is the policy that decides, as the service says.
func (d *dienst) version(t testing.TB) (number int, digest string) {
	t.Helper()
	status, answer := d.must(t, http.MethodGet, "/readyz", "")
	require.Equal(t, http.StatusOK, status, answer)
	var r struct {
		Beleidsversie int
		BeleidDigest  string
	}
	require.NoError(t, json.Unmarshal([]byte(answer), &r))
	return r.Beleidsversie, r.BeleidDigest
}

// ofOneVersion asks for a decision and fails on one whose criteria are not those
// of the version it names.
func (d *dienst) ofOneVersion() error {
	status, answer, err := d.ask(http.MethodPost, adviezen, vraag)
	if err != nil {
		return err
	}
	var a api.TriageAdvies
	if err := json.Unmarshal([]byte(answer), &a); err != nil || status != http.StatusOK {
		return fmt.Errorf("status %d: %s", status, answer)
	}
	if want := map[int]int{1: 11, 2: 2}[a.Beleid.Versie]; len(a.Criteria) != want {
		return fmt.Errorf("version %d decided on %d criteria", a.Beleid.Versie, len(a.Criteria))
	}
	return nil
}

func TestNoCallerNoticesThatThePolicyIsTakenOver(t *testing.T) {
	t.Setenv("GOMAXPROCS", "2") // few instances of the policy, so that callers wait for one when it is let go
	dir := t.TempDir()
	d := serve(t, dir)
	number, shipped := d.version(t)
	require.Equal(t, 1, number)
	asking, stop := context.WithCancel(t.Context())
	defer stop()
	callers, asking := errgroup.WithContext(asking)
	for range 64 {
		callers.Go(func() error {
			for asking.Err() == nil {
				if err := d.ofOneVersion(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	got := command(t, "", "policy", "activate", small(t, ""), "--data", dir, "--reason", "Proef onder druk.")
	require.Equal(t, 0, got.status, got.err)
	require.Eventually(t, func() bool { number, _ := d.version(t); return number == 2 }, 20*time.Second, 10*time.Millisecond)
	require.NoError(t, d.ofOneVersion())
	stop()
	require.NoError(t, callers.Wait())

	_, digest := d.version(t)
	assert.NotEqual(t, shipped, digest)
	assert.Contains(t, got.out, digest[:12], "the command names what the service serves")
	require.Equal(t, 0, d.stop(t))
	assert.Contains(t, d.log.String(), `"msg":"policy taken over","version":2,"digest":"`+digest+`"`)
	assert.NotContains(t, d.log.String(), `"level":"ERROR"`)
}

func TestADecisionIsReadBackInTheWordsOfItsOwnPolicy(t *testing.T) {
	dir := t.TempDir()
	d := serve(t, dir)
	_, answer := d.must(t, http.MethodPost, adviezen, vraag)
	require.Equal(t, 0, command(t, "", "policy", "activate", small(t, ""), "--data", dir, "--reason", "Proef.").status)
	require.Eventually(t, func() bool { number, _ := d.version(t); return number == 2 }, 20*time.Second, 10*time.Millisecond)
	_, again := d.must(t, http.MethodGet, adviezen+"/"+decided(t, answer), "")
	assert.Equal(t, answer, again)
	require.Equal(t, 0, d.stop(t))
	_, again = serve(t, dir).must(t, http.MethodGet, adviezen+"/"+decided(t, answer), "")
	assert.Equal(t, answer, again, "nor after a restart")
}

func TestADemonstrationTakesTheNamedPolicyUntilAPersonChooses(t *testing.T) {
	dir := t.TempDir()
	served := func(want int, args ...string) (said string) {
		d := start(t, append([]string{"--demo", "--no-seed", "--data", dir}, args...)...)
		number, _ := d.version(t)
		assert.Equal(t, want, number)
		require.Equal(t, 0, d.stop(t))
		return d.out.String()
	}
	const differs = "Let op: versie"
	assert.NotContains(t, served(1), differs)
	assert.NotContains(t, served(2, "--policies", klein), differs, "the named folder decides")
	assert.NotContains(t, served(2, "--policies", klein), differs, "the same folder again changes nothing")
	assert.Contains(t, served(2), differs, "a start without a folder leaves it as it is, and says so")

	require.Equal(t, 0, command(t, "", "policy", "activate", "--data", dir, "--reason", "Toch het gewone beleid.").status)
	said := served(3, "--policies", klein)
	assert.Contains(t, said, differs, "what a person chose stays")
	assert.Equal(t, 1, strings.Count(said, "lmz-triage policy activate"), "it says how to change that")
}

func TestOnlyADemonstrationTakesTheNamedPolicyByItself(t *testing.T) {
	dir := t.TempDir()
	d := serve(t, dir)
	require.Equal(t, 0, d.stop(t))
	token, entry := made(t, do(t, "", "token", "zaaksysteem", "systeem").out)
	line, err := json.Marshal([]map[string]string{entry})
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "tokens.json")
	put(t, file, string(line))
	d = start(t, "--tokens", file, "--data", dir, "--policies", klein)
	number, _ := d.version(t)
	assert.Equal(t, 1, number)
	assert.Contains(t, d.out.String(), "Let op: versie 1")
	assert.NotContains(t, d.out.String(), "demo", "outside a demonstration no token is shown")
	require.Equal(t, 0, d.stop(t))
	assert.NotContains(t, d.out.String()+d.log.String(), token)
}
