package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// secretFeed makes a calendar for a user and gives the path of its address.
func (s site) secretFeed(t testing.TB, who, user string) string {
	t.Helper()
	w := s.do(t, as(who, call{method: http.MethodPut, path: userPath + "/" + user + "/agenda", header: map[string]string{"If-Match": "*"}}))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.NotEmpty(t, w.Header().Get("ETag"))
	var got api.AgendaAdres
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
	path, is := strings.CutPrefix(got.Adres, "http://example.com")
	require.True(t, is, got.Adres)
	require.Regexp(t, `^/agenda/[A-Za-z0-9_-]{43}\.ics$`, path)
	return path
}

// feed asks for a calendar as a calendar program does.
func (s site) feed(t testing.TB, path, known string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept", "text/calendar")
	if known != "" {
		r.Header.Set("If-None-Match", known)
	}
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	if w.Code >= 400 {
		requireProblem(t, w)
	}
	return w
}

// events reads a calendar with another library than writes it.
func (s site) events(t testing.TB, path string) map[string]*ics.VEvent {
	t.Helper()
	w := s.feed(t, path, "")
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, "text/calendar; charset=utf-8", w.Header().Get("Content-Type"))
	assert.Equal(t, "private, no-cache", w.Header().Get("Cache-Control"))
	for line := range strings.SplitSeq(strings.TrimSuffix(w.Body.String(), "\r\n"), "\r\n") {
		assert.LessOrEqual(t, len(line), 75)
		assert.NotContains(t, line, "\n")
	}
	c, err := ics.ParseCalendar(strings.NewReader(w.Body.String()))
	require.NoError(t, err)
	out := map[string]*ics.VEvent{}
	for _, e := range c.Events() {
		require.NotContains(t, out, e.Id())
		out[e.Id()] = e
	}
	return out
}

func value(e *ics.VEvent, p ics.ComponentProperty) string {
	if found := e.GetProperty(p); found != nil {
		return found.Value
	}
	return ""
}

// summaries are the events as "first day to the day after the last: title".
func summaries(events map[string]*ics.VEvent) []string {
	out := []string{}
	for _, e := range events {
		out = append(out, value(e, ics.ComponentPropertyDtStart)+" "+value(e, ics.ComponentPropertyDtEnd)+" "+value(e, ics.ComponentPropertySummary))
	}
	return out
}

// assigned receives a melding and assigns it to m.devries.
func (s site) assigned(t testing.TB, body string) api.Melding {
	t.Helper()
	m, tag := s.receive(t, body)
	w := s.do(t, write(http.MethodPut, listPath+"/"+m.ID+"/toewijzing", tag, `{"behandelaar":"m.devries"}`))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	return meldingOf(t, w)
}

func TestACalendarShowsOpenTermsThatMoveAndDisappear(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, deVries)
	path := s.secretFeed(t, "demo-beheer", "m.devries")
	assert.Empty(t, s.events(t, path), "nothing to do is a calendar as well")
	s.receive(t, `{"kanaal":"brief","soort":"klacht"}`)
	assert.Empty(t, s.events(t, path), "not his")

	m := s.assigned(t, told)
	before := s.events(t, path)
	require.Len(t, before, 2)
	assert.ElementsMatch(t, []string{
		"20261228 20261229 " + m.Kenmerk + ": Reactie van de zorgaanbieder op de klacht",
		"20261125 20261126 " + m.Kenmerk + ": Terugbellen door het Landelijk Meldpunt Zorg",
	}, summaries(before))
	for id, e := range before {
		assert.Regexp(t, `^[0-9a-f]{32}@lmz-triage\.zorgmeldingen\.nl$`, id)
		assert.Equal(t, "DATE", e.GetProperty(ics.ComponentPropertyDtStart).ICalParameters["VALUE"][0])
		assert.Equal(t, "0", value(e, ics.ComponentPropertySequence))
		assert.Equal(t, "20261120T093000Z", value(e, ics.ComponentPropertyDtstamp))
		assert.Equal(t, "20261120T093000Z", value(e, ics.ComponentPropertyLastModified))
		assert.Equal(t, "TRANSPARENT", value(e, ics.ComponentPropertyTransp))
	}

	s.Clock.Set(apptest.Begin().Add(time.Hour))
	w := s.change(t, http.MethodPut, listPath+"/"+m.ID+"/klacht-bij-aanbieder", "*", `{"ingediendOp":"2026-11-16","verlengdOp":"2026-11-20"}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	after := s.events(t, path)
	for id, e := range after {
		require.Contains(t, before, id, "it is the same event")
		if strings.Contains(value(e, ics.ComponentPropertySummary), "Reactie") {
			assert.Equal(t, "20270125", value(e, ics.ComponentPropertyDtStart))
			assert.Equal(t, "1", value(e, ics.ComponentPropertySequence))
			assert.Equal(t, "20261120T103000Z", value(e, ics.ComponentPropertyLastModified))
		}
	}
	w = s.change(t, http.MethodPut, listPath+"/"+m.ID+"/klacht-bij-aanbieder", "*", `{"ingediendOp":"2026-11-16","antwoordOp":"2026-11-19"}`)
	require.Equal(t, http.StatusOK, w.Code)
	assert.Len(t, s.events(t, path), 1, "what was met is gone")
	w = s.do(t, write(http.MethodDelete, listPath+"/"+m.ID+"/toewijzing", "*", ""))
	require.Equal(t, http.StatusOK, w.Code)
	assert.Empty(t, s.events(t, path))
}

func TestACalendarSaysWhoMustActAndHowTheDayCameAboutInTheSameWords(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, deVries)
	path := s.secretFeed(t, "demo-beheer", "m.devries")
	m := s.assigned(t, told)
	all := s.feed(t, path, "").Body.String()
	unfolded := strings.ReplaceAll(all, "\r\n ", "")
	for _, term := range m.Termijnen {
		for _, step := range term.Verklaring {
			assert.Contains(t, strings.ReplaceAll(unfolded, `\,`, ","), step.Reden)
		}
	}
	assert.Contains(t, unfolded, "Wie iets moet doen: zorgaanbieder.")
	assert.Contains(t, unfolded, `Zo komt deze datum tot stand:\n`)
	for _, personal := range []string{"Voorbeeld", "a@example.nl", "viel", "Gevallen", "Horst", "dossier-17", "m.devries", "Vries", m.ID} {
		assert.NotContains(t, unfolded, personal)
	}
}

func TestACalendarIsReadAgainOnlyWhenItChanged(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, deVries)
	path := s.secretFeed(t, "demo-beheer", "m.devries")
	m := s.assigned(t, told)
	tag := s.feed(t, path, "").Header().Get("ETag")
	require.Regexp(t, `^"[0-9a-f]{32}"$`, tag)
	s.Clock.Set(apptest.Begin().AddDate(0, 0, 1))
	same := s.feed(t, path, tag)
	assert.Equal(t, http.StatusNotModified, same.Code)
	assert.Empty(t, same.Body.String())
	assert.Equal(t, tag, same.Header().Get("ETag"))
	w := s.change(t, http.MethodPut, listPath+"/"+m.ID+"/klacht-bij-aanbieder", "*", `{"ingediendOp":"2026-11-17"}`)
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, http.StatusOK, s.feed(t, path, tag).Code)

	srv := httptest.NewServer(s.server.Handler())
	defer srv.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodHead, srv.URL+path, nil)
	require.NoError(t, err)
	head := over(t, srv.Client(), r)
	assert.Equal(t, http.StatusOK, head.status)
	assert.Empty(t, head.body)
	assert.Equal(t, "text/calendar; charset=utf-8", head.header.Get("Content-Type"))
}

func TestAnAddressEndsAsSoonAsItIsRenewed(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, deVries)
	s.colleague(t, `{"id":"demo-medewerker","naam":"Demo","rollen":["medewerker"]}`)
	first := s.secretFeed(t, "demo-medewerker", "demo-medewerker")
	assert.Equal(t, http.StatusOK, s.feed(t, first, "").Code)
	second := s.secretFeed(t, "demo-beheer", "demo-medewerker")
	assert.NotEqual(t, first, second)
	assert.Equal(t, http.StatusNotFound, s.feed(t, first, "").Code)
	assert.Equal(t, http.StatusOK, s.feed(t, second, "").Code)
	other := s.secretFeed(t, "demo-beheer", "m.devries")

	w := s.do(t, as("demo-medewerker", call{method: http.MethodDelete, path: userPath + "/demo-medewerker/agenda", header: map[string]string{"If-Match": "*"}}))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, http.StatusNotFound, s.feed(t, second, "").Code)
	assert.Equal(t, http.StatusOK, s.feed(t, other, "").Code)

	w = s.do(t, write(http.MethodPut, userPath+"/m.devries", "*", `{"naam":"M","rollen":["beleid"],"inactief":true}`))
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, http.StatusNotFound, s.feed(t, other, "").Code, "who left sees nothing any more")
	w = s.do(t, write(http.MethodPut, userPath+"/m.devries/agenda", "*", ""))
	assert.Equal(t, http.StatusConflict, w.Code)
	for _, body := range []string{s.do(t, as("demo-beheer", call{path: userPath})).Body.String(), s.do(t, as("demo-medewerker", call{path: userPath + "/demo-medewerker"})).Body.String()} {
		assert.NotContains(t, body, "agenda", "neither the secret nor its digest is ever shown")
	}
}

func TestTheSecretOfACalendarIsInNoLogMetricOrProblem(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, deVries)
	path := s.secretFeed(t, "demo-beheer", "m.devries")
	secret := strings.TrimSuffix(strings.TrimPrefix(path, "/agenda/"), ".ics")
	wrong := strings.Repeat("w", 43)
	for asked, want := range map[string]int{
		path: http.StatusOK, path + "?x=" + wrong: http.StatusOK, "/agenda/" + wrong + ".ics": http.StatusNotFound, "/agenda/" + secret: http.StatusNotFound,
		"/agenda/" + secret + ".ICS": http.StatusNotFound, "/agenda/" + wrong + "/" + secret + ".ics": http.StatusNotFound, "/agenda/": http.StatusNotFound,
		"/agenda/.ics": http.StatusNotFound, "/agenda/%00.ics": http.StatusNotFound, "/agenda/" + wrong + wrong + wrong + ".ics": http.StatusNotFound,
	} {
		w := s.feed(t, asked, "")
		assert.Equal(t, want, w.Code, asked)
		for _, part := range []string{secret[:20], wrong[:20]} {
			assert.NotContains(t, w.Body.String(), part)
			for name, values := range w.Header() {
				assert.NotContains(t, strings.Join(values, ""), part, name)
			}
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader("{}"))
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
	require.NoError(t, s.Store.Close())
	assert.Equal(t, http.StatusServiceUnavailable, s.feed(t, path, "").Code)
	metrics := s.do(t, call{path: "/metrics"}).Body.String()
	for _, part := range []string{secret[:20], wrong[:20]} {
		assert.NotContains(t, s.log.String(), part)
		assert.NotContains(t, metrics, part)
		assert.NotContains(t, w.Body.String(), part)
	}
	assert.Contains(t, metrics, `lmz_http_requests_total{method="GET",route="/agenda/:bestand",status="200"} 2`)
	assert.Contains(t, s.log.String(), `"route":"/agenda/:bestand"`)
}
