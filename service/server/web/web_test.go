package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/web"
)

// pages serves the pages of a house on their own.
func pages(t testing.TB, h *apptest.House, demo ...string) *echo.Echo {
	t.Helper()
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	p, err := web.New(h.App, texts, "1.2.3", demo)
	require.NoError(t, err)
	e := echo.New()
	p.Register(e)
	return e
}

// get asks for a page as a browser does that was sent to host.
func get(t testing.TB, e http.Handler, path, host string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Host = host
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w
}

// front is the text of the front page.
func front(t testing.TB, e http.Handler) string {
	t.Helper()
	w := get(t, e, "/", "127.0.0.1:8080")
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	require.Equal(t, "text/html; charset=UTF-8", w.Header().Get("Content-Type"))
	return w.Body.String()
}

const (
	ready      = `<strong class="goed">Gereed</strong>`
	notReady   = `<strong class="fout">Niet gereed</strong>`
	tokensHere = "Tokens voor deze demonstratie"
)

func TestTheFrontPageTellsWhichPolicyDecides(t *testing.T) {
	h := apptest.Open(t, apptest.NewMeter(), apptest.Small(t, ""))
	e := pages(t, h)
	text := front(t, e)
	active, err := h.Policies.Active()
	require.NoError(t, err)
	assert.Contains(t, text, ready)
	assert.NotContains(t, text, notReady)
	assert.Contains(t, text, "Versie 1, geldig vanaf vrijdag 20 november 2026 10:30", "the time of Amsterdam")
	assert.Contains(t, text, "<code>"+active.Activation.Digest[:12]+"</code>")
	assert.Contains(t, text, "Versie 1.2.3: <a href=\"/v1/openapi.json\">")
	assert.Regexp(t, `bekend van \d{4} tot en met \d{4}`, text)
	for _, title := range []string{"Bedreigd", "Geslagen"} {
		assert.Contains(t, text, "<td>"+title+"</td><td>grond</td><td><a href=\"https://wetten.overheid.nl/BWBR0037173\">")
	}

	h.Activate(t, apptest.Small(t, "twee waarden voor een regel"))
	text = front(t, e)
	assert.Contains(t, text, "Versie 2, geldig vanaf", "what was taken over is shown at once")
	assert.NotContains(t, text, active.Activation.Digest[:12])
}

func TestTheFrontPageTellsWhyNothingCanBeDecided(t *testing.T) {
	without := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	text := front(t, pages(t, without))
	assert.Contains(t, text, notReady+": Er is nog geen beleid actief.")
	assert.NotContains(t, text, ready)
	assert.NotContains(t, text, "geldig vanaf", "there is no version to name")
	assert.NotContains(t, text, "Waar het beleid naar kijkt")
	assert.Contains(t, text, "curl -s", "how to ask stays to be read")

	gone := apptest.Open(t, apptest.NewMeter(), apptest.Small(t, ""))
	e := pages(t, gone)
	require.Contains(t, front(t, e), ready)
	require.NoError(t, gone.Store.Close())
	text = front(t, e)
	assert.Contains(t, text, notReady+": De opslag is al gesloten")
	assert.NotContains(t, text, "sql:", "nothing of the inside")
	assert.Contains(t, text, "Versie 1, geldig vanaf", "the version is still known")
}

func TestTokensAreShownInADemonstrationOnly(t *testing.T) {
	h := apptest.Open(t, apptest.NewMeter(), apptest.Small(t, ""))
	demo := front(t, pages(t, h, "demo-een", "demo-<twee>"))
	assert.Contains(t, demo, tokensHere)
	assert.Contains(t, demo, "<li><code>demo-een</code></li>")
	assert.Contains(t, demo, "demo-&lt;twee&gt;")
	assert.Equal(t, 5, strings.Count(demo, "Bearer demo-een"), "every example can be pasted as it stands")
	inUse := front(t, pages(t, h))
	assert.NotContains(t, inUse, tokensHere)
	assert.NotContains(t, inUse, "demo-")
	assert.Equal(t, 5, strings.Count(inUse, "Bearer UW-TOKEN"))
}

func TestTheFrontPageWritesNothingACallerSentAsCode(t *testing.T) {
	e := pages(t, apptest.Open(t, apptest.NewMeter(), apptest.Small(t, "")))
	for name, host := range map[string]string{
		"a script":           `x"><script>alert(1)</script>`,
		"the end of a block": `x</code></pre><img src=x onerror=alert(1)>`,
		"an attribute":       `x" onload="alert(1)`,
		"a template":         `{{.Digest}}`,
	} {
		t.Run(name, func(t *testing.T) {
			w := get(t, e, "/", host)
			require.Equal(t, http.StatusOK, w.Code)
			plain := get(t, e, "/", "x").Body.String()
			tags := regexp.MustCompile(`<[^>]*>`)
			assert.Equal(t, tags.FindAllString(plain, -1), tags.FindAllString(w.Body.String(), -1), "the same elements, whatever the host")
			assert.NotContains(t, w.Body.String(), "<script")
		})
	}
	assert.Equal(t, 5, strings.Count(get(t, e, "/", "meldpunt.nl:8443").Body.String(), "http://meldpunt.nl:8443/v1/"), "the examples go to where the reader is")
}

func TestTheFrontPageNeedsNothingFromElsewhere(t *testing.T) {
	text := front(t, pages(t, apptest.Open(t, apptest.NewMeter(), apptest.Shipped(t))))
	for _, found := range regexp.MustCompile(`(?:src|<link[^>]* href)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		assert.Regexp(t, `^/[^/]`, found[1])
	}
	assert.NotRegexp(t, `<script| style=| on[a-z]+=`, text, "works without JavaScript, under the strictest policy for content")
	assert.Contains(t, text, `<html lang="nl">`)
	assert.Equal(t, 1, strings.Count(text, "<h1>"))
}

func TestTheStyleIsServedAsItIs(t *testing.T) {
	e := pages(t, apptest.Empty(t, apptest.NewMeter(), apptest.Patient()))
	w := get(t, e, "/stijl.css", "x")
	assert.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "text/css; charset=utf-8", w.Header().Get("Content-Type"))
	want, err := os.ReadFile("assets/stijl.css")
	require.NoError(t, err)
	assert.Equal(t, string(want), w.Body.String())
	assert.NotRegexp(t, `url\(|@import`, w.Body.String(), "nothing from elsewhere")
	assert.Equal(t, http.StatusNotFound, get(t, e, "/../web.go", "x").Code)
	assert.Equal(t, http.StatusNotFound, get(t, e, "/pages/index.html", "x").Code)
}

func TestAVisitorWhoLeavesGetsTheStandAllTheSame(t *testing.T) {
	e := pages(t, apptest.Open(t, apptest.NewMeter(), apptest.Small(t, "")))
	gone, leave := context.WithCancel(t.Context())
	leave()
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequestWithContext(gone, http.MethodGet, "/", nil))
	assert.Equal(t, http.StatusOK, w.Code)
	assert.NotContains(t, w.Body.String(), "context canceled")
}
