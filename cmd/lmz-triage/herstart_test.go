package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/clock"
)

const adviezen = "/v1/triage-adviezen"

// once asks with an Idempotency-Key.
func (d *dienst) once(t testing.TB, key, body string) (status int, answer string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.url+adviezen, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer demo-systeem")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { require.NoError(t, resp.Body.Close()) }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(raw)
}

func TestAKilledServiceStillKnowsWhatItAnswered(t *testing.T) {
	dir := t.TempDir()
	first := serve(t, dir)
	_, plain := first.must(t, http.MethodPost, adviezen, vraag)
	status, keyed := first.once(t, "dossier-17", vraag)
	require.Equal(t, http.StatusOK, status, keyed)
	first.kill(t)

	second := serve(t, dir)
	for _, answer := range []string{plain, keyed} {
		status, again := second.must(t, http.MethodGet, adviezen+"/"+decided(t, answer), "")
		assert.Equal(t, http.StatusOK, status)
		assert.Equal(t, answer, again, "byte for byte")
	}
	status, again := second.once(t, "dossier-17", vraag)
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, keyed, again, "a caller who asks again after the kill gets the same decision")
	status, _ = second.once(t, "dossier-17", `{"melding":{"soort":"vraag"}}`)
	assert.Equal(t, http.StatusConflict, status, "the key belongs to the first question")
}

func TestASeriesThatWasAnsweredSurvivesAKill(t *testing.T) {
	dir := t.TempDir()
	d := serve(t, dir)
	const size = 50
	item := `{"invoer":` + vraag + `}`
	status, answer := d.must(t, http.MethodPost, adviezen+"/_reeks", `{"items":[`+strings.Repeat(item+",", size-1)+item+`]}`)
	require.Equal(t, http.StatusOK, status, answer)
	d.kill(t)
	var series struct {
		Items []struct{ Advies json.RawMessage }
	}
	require.NoError(t, json.Unmarshal([]byte(answer), &series))
	require.Len(t, series.Items, size)
	again := serve(t, dir)
	for _, item := range series.Items {
		status, kept := again.must(t, http.MethodGet, adviezen+"/"+decided(t, string(item.Advies)), "")
		require.Equal(t, http.StatusOK, status)
		require.JSONEq(t, string(item.Advies), kept)
	}
}

func TestARequestUnderWayIsAnsweredBeforeTheServiceStops(t *testing.T) {
	for name, signal := range map[string]os.Signal{"interrupted": os.Interrupt, "terminated": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			d := serve(t, dir)
			conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(d.url, "http://"))
			require.NoError(t, err)
			defer func() { _ = conn.Close() }()
			require.NoError(t, conn.SetDeadline(clock.System{}.Now().Add(20*time.Second)))
			_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer demo-systeem\r\n"+
				"Content-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", adviezen, len(vraag))
			require.NoError(t, err)
			in := bufio.NewReader(conn)
			line, err := in.ReadString('\n')
			require.NoError(t, err)
			require.Contains(t, line, "100 Continue", "the service reads the question")

			require.NoError(t, d.cmd.Process.Signal(signal))
			require.Eventually(t, func() bool { return strings.Contains(d.out.String(), "De dienst stopt") }, 20*time.Second, 2*time.Millisecond)
			_, err = io.WriteString(conn, vraag)
			require.NoError(t, err)
			_, err = in.ReadString('\n') // the empty line after 100 Continue
			require.NoError(t, err)
			resp, err := http.ReadResponse(in, nil)
			require.NoError(t, err)
			answer, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			require.Equal(t, http.StatusOK, resp.StatusCode)
			require.NoError(t, <-d.ended, "status 0")
			assert.Contains(t, d.out.String(), "De dienst is gestopt.")

			_, again := serve(t, dir).must(t, http.MethodGet, adviezen+"/"+decided(t, string(answer)), "")
			assert.Equal(t, string(answer), again, "the last decision is kept as well")
		})
	}
}

func TestASecondServiceLeavesTheFirstAlone(t *testing.T) {
	dir := t.TempDir()
	first := serve(t, dir)
	_, answer := first.must(t, http.MethodPost, adviezen, vraag)
	for name, args := range map[string][]string{
		"the folder":            {"--data", dir},
		"the file":              {"--store", "sqlite:" + filepath.Join(dir, "lmz-triage.db")},
		"the folder by a link":  {"--data", linked(t, dir)},
		"the folder, elsewhere": {"--data", dir, "--addr", "[::1]:0"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, "", append([]string{"serve", "--demo", "--addr", "127.0.0.1:0"}, args...)...)
			assert.Equal(t, 1, got.status)
			assert.Empty(t, got.out)
			assert.Len(t, linesOf(got.err), 1, "one line: %s", got.err)
			assert.Contains(t, got.err, "lmz-triage.db. Stop die dienst eerst")
		})
	}
	status, again := first.must(t, http.MethodGet, adviezen+"/"+decided(t, answer), "")
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, answer, again)
	first.kill(t)
	serve(t, dir) // what was killed holds nothing back
}

func TestAnAddressInUseIsOneClearSentence(t *testing.T) {
	held, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, held.Close()) }()
	addr := held.Addr().String()
	got := command(t, "", "serve", "--demo", "--addr", addr, "--data", t.TempDir())
	assert.Equal(t, 1, got.status)
	assert.Contains(t, linesOf(got.err)[0], "Op adres "+addr+" kan de dienst niet starten.")
	assert.NotContains(t, got.out, "Gereed")
}

// linked is another name for dir.
func linked(t testing.TB, dir string) string {
	t.Helper()
	link := filepath.Join(t.TempDir(), "gegevens")
	require.NoError(t, os.Symlink(dir, link))
	return link
}
