package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

const (
	onePath    = "/v1/triage-adviezen"
	seriesPath = "/v1/triage-adviezen/_reeks"
	termPath   = "/v1/termijnberekeningen"
	question   = `{"peildatum":"2026-11-20","melding":{"soort":"klacht","feiten":{"bedreiging":"ja","geweld":"nee"}}}`
)

// site is a house that answers HTTP.
type site struct {
	*apptest.House
	server   *server.Server
	contract *openapi3.T
	log      *lines
}

// lines is a log that many may write and one may read.
type lines struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.String()
}

// open serves tree; without a tree no policy is active.
func open(t testing.TB, tree policy.Tree) site {
	t.Helper()
	metrics := server.NewMetrics()
	h := apptest.Empty(t, metrics, apptest.Patient())
	if tree != nil {
		h.Activate(t, tree)
	}
	return serve(t, h, metrics)
}

func serve(t testing.TB, h *apptest.House, metrics *server.Metrics) site {
	t.Helper()
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	tokens, shown := server.DemoTokens()
	out := site{House: h, contract: document(t), log: &lines{}}
	metrics.Follow(h.Policies)
	metrics.FollowKalender(h.App)
	out.server, err = server.New(server.Options{
		App: h.App, Clock: h.Clock, Texts: texts, Tokens: tokens, Metrics: metrics,
		Log: slog.New(slog.NewJSONHandler(out.log, nil)), Demo: shown,
	})
	require.NoError(t, err)
	return out
}

// call is a request; the zero values are those of a caller who does it right.
type call struct {
	method, path, body string
	header             map[string]string // an empty value takes a header away
}

func (c call) request(t testing.TB) *http.Request {
	t.Helper()
	method := c.method
	if method == "" {
		method = http.MethodGet
		if c.body != "" {
			method = http.MethodPost
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), method, c.path, strings.NewReader(c.body))
	header := map[string]string{"Authorization": "Bearer demo-systeem"}
	if c.body != "" {
		header["Content-Type"] = "application/json"
	}
	for name, value := range c.header {
		header[name] = value
	}
	for name, value := range header {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	return r
}

// do answers a call and holds the answer against everything every answer keeps.
func (s site) do(t testing.TB, c call) *httptest.ResponseRecorder {
	t.Helper()
	r := c.request(t)
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	if w.Code == http.StatusNotModified { // says nothing of a body it does not have
		w.Header().Set("Content-Type", "none")
		defer w.Header().Del("Content-Type")
	}
	requireHeaders(t, w.Header())
	if w.Code >= 400 && !strings.HasPrefix(c.path, "/readyz") {
		requireProblem(t, w)
	}
	requireContract(t, s.contract, r, w)
	return w
}

func requireHeaders(t testing.TB, h http.Header) {
	t.Helper()
	assert.Regexp(t, `^\d+\.\d+\.\d+$`, h.Get("API-Version"))
	assert.Equal(t, "no-store", h.Get("Cache-Control"))
	assert.Contains(t, h.Get("Content-Security-Policy"), "frame-ancestors 'none'")
	assert.NotEmpty(t, h.Get("Content-Type"))
	assert.NotEmpty(t, h.Get("Referrer-Policy"))
	assert.Contains(t, h.Get("Strict-Transport-Security"), "max-age=")
	assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
	assert.Equal(t, "DENY", h.Get("X-Frame-Options"))
}

// problem reads the body of a refusal.
func problem(t testing.TB, w *httptest.ResponseRecorder) api.Probleem {
	t.Helper()
	var p api.Probleem
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p), w.Body.String())
	return p
}

func requireProblem(t testing.TB, w *httptest.ResponseRecorder) {
	t.Helper()
	require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
	p := problem(t, w)
	assert.Equal(t, w.Code, p.Status)
	assert.Regexp(t, `^https://`, p.Type)
	assert.Regexp(t, `^urn:uuid:[0-9a-f-]{36}$`, p.Instance)
	for _, text := range []string{p.Title, p.Detail} {
		assert.NotEmpty(t, text)
		assert.NotRegexp(t, `^(fout|titel)\.|%!`, text, "a sentence that is missing or does not fit")
	}
	assert.Equal(t, w.Code == http.StatusBadRequest, p.Fouten != nil)
	if p.Fouten != nil {
		for _, f := range *p.Fouten {
			assert.NotRegexp(t, `^gebrek\.|%!`, f.Melding)
		}
	}
}

// faulted lists the fields a refusal names.
func faulted(t testing.TB, w *httptest.ResponseRecorder) []string {
	t.Helper()
	require.Equal(t, http.StatusBadRequest, w.Code, w.Body.String())
	p := problem(t, w)
	out := []string{}
	for _, f := range *p.Fouten {
		out = append(out, f.Veld)
	}
	return out
}

// advise asks for a decision and gives it.
func (s site) advise(t testing.TB, body string) api.TriageAdvies {
	t.Helper()
	w := s.do(t, call{path: onePath, body: body})
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var a api.TriageAdvies
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &a))
	return a
}

// metric is the line of /metrics that begins with name.
func (s site) metric(t testing.TB, name string) string {
	t.Helper()
	w := s.do(t, call{path: "/metrics"})
	require.Equal(t, http.StatusOK, w.Code)
	for line := range strings.Lines(w.Body.String()) {
		if rest, ok := strings.CutPrefix(line, name+" "); ok {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// answer is what came back over the network.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// over answers a request that was read from the network.
func over(t testing.TB, client *http.Client, r *http.Request) answer {
	t.Helper()
	resp, err := client.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return answer{status: resp.StatusCode, header: resp.Header, body: body}
}
