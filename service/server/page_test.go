package server_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
)

// page gives the front page as a browser at host gets it.
func (s site) page(t testing.TB, host string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.Host = host
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	require.Equal(t, http.StatusOK, w.Code)
	return w
}

func TestTheFrontPageSaysWhatThisIsAndHowItStands(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	w := s.page(t, "127.0.0.1:8080")
	assert.Equal(t, "text/html; charset=UTF-8", w.Header().Get("Content-Type"))
	text := w.Body.String()
	for _, want := range []string{
		`lang="nl"`, "Landelijk Meldpunt Zorg", "Gereed", "Versie 1, geldig vanaf", "http://127.0.0.1:8080/v1/triage-adviezen",
		"/v1/termijnberekeningen", "Geweld in de zorgrelatie", `href="/v1/openapi.json"`, `href="/stijl.css"`,
	} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "<script")
	style := s.do(t, call{path: "/stijl.css"})
	assert.Equal(t, http.StatusOK, style.Code)
	assert.Equal(t, "text/css; charset=utf-8", style.Header().Get("Content-Type"))
}

func TestTheFrontPageWritesNoCodeOfACaller(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	text := s.page(t, `x"><script>alert(1)</script>`).Body.String()
	assert.NotContains(t, text, "<script")
	assert.Contains(t, text, "&lt;script&gt;")
}

func TestTheFrontPageTellsThatThePolicyFails(t *testing.T) {
	s := open(t, apptest.Small(t, "twee waarden voor een regel"))
	assert.NotContains(t, s.page(t, "x").Body.String(), "Let op")
	s.do(t, call{path: onePath, body: `{"melding":{"soort":"klacht","feiten":{"bedreiging":"ja","geweld":"nee"}}}`})
	assert.Contains(t, s.page(t, "x").Body.String(), "Het beleid kon 1 keer geen antwoord geven")
}

func TestEachFigureLinksToThoseMeldingen(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	empty := s.page(t, "x").Body.String()
	assert.Contains(t, empty, `<a href="/v1/meldingen">0</a>`)
	assert.NotContains(t, empty, "een mens moet kijken")
	three(t, s)
	s.Activate(t, apptest.Small(t, "geen waarde"))
	s.receive(t, `{"kanaal":"telefoon","soort":"vraag"}`)
	page := s.page(t, "x").Body.String()
	assert.Contains(t, page, "een mens moet kijken")
	figures := regexp.MustCompile(`<a href="(/v1/[^"]*)">(\d+)</a>`).FindAllStringSubmatch(page, -1)
	require.Len(t, figures, 1+5+2+7+1)
	counted := map[string]string{}
	for _, f := range figures {
		w := s.do(t, call{path: html.UnescapeString(f[1])})
		require.Equal(t, http.StatusOK, w.Code)
		var list struct{ Items []any }
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &list))
		assert.Len(t, list.Items, must(strconv.Atoi(f[2])), f[1])
		counted[f[1]] = f[2]
	}
	assert.Equal(t, "4", counted["/v1/meldingen"])
	assert.Equal(t, "1", counted["/v1/meldingen?advies=beoordelen"])
	assert.Equal(t, "1", counted["/v1/meldingen?termijnStatus=verstreken"])
	assert.Contains(t, page, `Status: in onderzoek</th><td><a href="/v1/meldingen?status=in_onderzoek">0</a>`)
}

func must(n int, err error) int {
	if err != nil {
		panic(err)
	}
	return n
}

func TestThePageStandsWithoutAPolicyAndWithoutAStore(t *testing.T) {
	s := open(t, nil)
	assert.Contains(t, s.page(t, "x").Body.String(), `<a href="/v1/meldingen">0</a>`)
	require.NoError(t, s.Store.Close())
	text := s.page(t, "x").Body.String()
	assert.Contains(t, text, "Niet gereed")
	assert.NotContains(t, text, "Alle meldingen")
}
