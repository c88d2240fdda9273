package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

const turnPath = "/v1/diensten"

// turn adds a turn on duty of m.devries.
func (s site) turn(t testing.TB, van, tot string, volgorde int, key string) *httptest.ResponseRecorder {
	t.Helper()
	return s.do(t, as("demo-teamleider", call{
		path: turnPath, header: map[string]string{"Idempotency-Key": key},
		body: fmt.Sprintf(`{"gebruiker":"m.devries","van":%q,"tot":%q,"volgorde":%d}`, van, tot, volgorde),
	}))
}

func turnOf(t testing.TB, w *httptest.ResponseRecorder) api.Dienst {
	t.Helper()
	require.Equal(t, http.StatusCreated, w.Code, w.Body.String())
	var d api.Dienst
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &d))
	assert.Equal(t, turnPath+"/"+d.ID, w.Header().Get("Location"))
	return d
}

func (s site) turns(t testing.TB, query string) (api.DienstLijst, string) {
	t.Helper()
	w := s.do(t, as("demo-medewerker", call{path: turnPath + query}))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var l api.DienstLijst
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &l))
	_, rest, _ := strings.Cut(w.Header().Get("Link"), turnPath)
	next, _, _ := strings.Cut(rest, ">")
	return l, next
}

func TestTurnsOnDutyAreKeptListedAndTakenAway(t *testing.T) {
	s := open(t, nil)
	s.colleague(t, deVries)
	late := turnOf(t, s.turn(t, "2026-12-01T09:00:00+01:00", "2026-12-02T08:00:00Z", 2, ""))
	assert.Equal(t, time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC), late.Van, "it is answered in UTC")
	soon := turnOf(t, s.turn(t, "2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z", 1, ""))
	assert.Equal(t, api.Dienst{
		ID: soon.ID, Gebruiker: "m.devries", Volgorde: 1, Van: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), Tot: time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC),
	}, soon)
	past := turnOf(t, s.turn(t, "2026-11-01T08:00:00Z", "2026-11-02T08:00:00Z", 1, ""))
	second := turnOf(t, s.turn(t, "2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z", 1, ""))
	for query, want := range map[string][]api.Dienst{
		"":                          {soon, second, late},
		"?van=2026-10-25T00:00:00Z": {past, soon}, // a month
		"?van=2026-11-02T08:00:00Z&tot=2026-11-20T08:00:00Z":        {},
		"?van=2026-11-02T07:59:59Z&tot=2026-11-20T08:00:01Z":        {past, soon},
		"?tot=2026-11-20T00:00:00Z":                                 {past},
		"?gebruiker=weg":                                            {},
		"?gebruiker=m.devries":                                      {soon, second, late},
		"?van=2026-12-01T08:00:00%2B01:00&tot=2026-12-05T00:00:00Z": {second, late},
	} {
		list, next := s.turns(t, query)
		assert.Equal(t, want, list.Items, query)
		assert.Empty(t, next)
	}
	now, _ := s.turns(t, "")
	assert.Equal(t, []time.Time{apptest.Begin(), apptest.Begin().AddDate(0, 0, 31)}, []time.Time{now.Van, now.Tot})
	var seen []api.Dienst
	for at := "?limit=1"; at != ""; {
		list, next := s.turns(t, at)
		seen, at = append(seen, list.Items...), next
	}
	assert.Equal(t, []api.Dienst{soon, second, late}, seen)

	remove := as("demo-teamleider", call{method: http.MethodDelete, path: turnPath + "/" + late.ID})
	assert.JSONEq(t, `{"id":"`+late.ID+`"}`, s.do(t, remove).Body.String())
	assert.Equal(t, http.StatusNotFound, s.do(t, remove).Code)
	now, _ = s.turns(t, "")
	assert.Equal(t, []api.Dienst{soon, second}, now.Items)
}

func TestARefusedTurnNamesItsFields(t *testing.T) {
	s := open(t, nil)
	s.colleague(t, deVries)
	for body, want := range map[string][]string{
		`{}`: {"gebruiker", "tot", "van"},
		`{"gebruiker":"weg","van":"2026-11-21T08:00:00Z","tot":"2026-11-20T08:00:00Z","volgorde":0}`:         {"gebruiker", "van", "volgorde"},
		`{"gebruiker":"m.devries","van":"2026-02-30T08:00:00Z","tot":"2026-11-20","volgorde":"1"}`:           {"tot", "van", "volgorde"},
		`{"gebruiker":"m.devries","van":"2026-11-20T08:00:00","tot":"2026-11-21T08:00:00Z"}`:                 {"van"},
		`{"gebruiker":"m.devries","van":"2026-11-20T08:00:00Z","tot":"2027-11-21T08:00:00Z","id":"x"}`:       {"id", "tot"},
		`{"gebruiker":"m.devries","van":"9999-11-20T08:00:00Z","tot":"9999-11-21T08:00:00Z","volgorde":100}`: {"van", "volgorde"},
	} {
		w := s.do(t, as("demo-beheer", call{path: turnPath, body: body, header: map[string]string{"Idempotency-Key": "dezelfde"}}))
		assert.ElementsMatch(t, want, faulted(t, w), body)
	}
	list, _ := s.turns(t, "?van=2026-01-01T00:00:00Z&tot=2027-12-01T00:00:00Z")
	assert.Empty(t, list.Items)
	turnOf(t, s.turn(t, "2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z", 2, "dezelfde"))
	for query, want := range map[string][]string{
		"?van=gisteren": {"van"}, "?van=2026-12-01T08:00:00Z&tot=2026-12-01T08:00:00Z": {"van"}, "?cursor=x": {"cursor"}, "?dag=x": {"dag"},
	} {
		assert.Equal(t, want, faulted(t, s.do(t, as("demo-beheer", call{path: turnPath + query}))), query)
	}
}

func TestATurnIsAddedOnceWhateverHappensSince(t *testing.T) {
	s := open(t, nil)
	_, tag := s.colleague(t, deVries)
	one := s.turn(t, "2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z", 1, "sleutel")
	turnOf(t, one)
	w := s.do(t, write(http.MethodPut, userPath+"/m.devries", tag, `{"naam":"M","rollen":["beleid"],"inactief":true}`))
	require.Equal(t, http.StatusOK, w.Code)
	again := s.turn(t, "2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z", 1, "sleutel")
	assert.Equal(t, http.StatusCreated, again.Code)
	assert.Equal(t, one.Body.String(), again.Body.String())
	assert.Equal(t, http.StatusConflict, s.turn(t, "2026-12-01T08:00:00Z", "2026-12-03T08:00:00Z", 1, "sleutel").Code)
	assert.Equal(t, []string{"gebruiker"}, faulted(t, s.turn(t, "2026-12-01T08:00:00Z", "2026-12-02T08:00:00Z", 1, "")), "who left gets no turn")
	list, _ := s.turns(t, "")
	assert.Len(t, list.Items, 1)
}

func TestAMeldingIsAssigned(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, deVries)
	s.colleague(t, bakker)
	s.colleague(t, `{"id":"weg.jansen","naam":"J","rollen":["beleid"],"inactief":true}`)
	m, tag := s.receive(t, told)
	assert.Nil(t, m.Behandelaar)
	at := listPath + "/" + m.ID + "/toewijzing"
	to := func(tag, who string) *httptest.ResponseRecorder {
		return s.do(t, as("demo-teamleider", call{method: http.MethodPut, path: at, body: `{"behandelaar":"` + who + `"}`, header: map[string]string{"If-Match": tag}}))
	}
	w := to(tag, "m.devries")
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, "m.devries", *meldingOf(t, w).Behandelaar)
	assert.Regexp(t, `^"2-`, w.Header().Get("ETag"))
	assert.Equal(t, http.StatusPreconditionFailed, to(tag, "j.bakker").Code)
	assert.Equal(t, http.StatusPreconditionRequired, to("", "j.bakker").Code)
	same := to(w.Header().Get("ETag"), "m.devries")
	assert.Equal(t, w.Header().Get("ETag"), same.Header().Get("ETag"), "the same again changes nothing")
	for _, who := range []string{"niemand", "weg.jansen", "", "M.DEVRIES"} {
		assert.Equal(t, []string{"behandelaar"}, faulted(t, to("*", who)), who)
	}
	require.Equal(t, http.StatusOK, to("*", "j.bakker").Code)
	assert.Equal(t, m.ID, s.list(t, "?behandelaar=j.bakker").Items[0].ID)
	assert.Equal(t, "j.bakker", *s.list(t, "").Items[0].Behandelaar)
	assert.Empty(t, s.list(t, "?behandelaar=m.devries").Items)
	var terms api.TermijnLijst
	s.get(t, "/v1/termijnen?behandelaar=j.bakker", &terms)
	assert.Len(t, terms.Items, len(m.Termijnen))

	gone := as("demo-medewerker", call{method: http.MethodDelete, path: at, header: map[string]string{"If-Match": "*"}})
	w = s.do(t, gone)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Nil(t, meldingOf(t, w).Behandelaar)
	assert.Equal(t, http.StatusNotFound, s.do(t, gone).Code)
	assert.Equal(t, http.StatusNotFound, s.do(t, write(http.MethodDelete, listPath+"/LMZ-0000-0000/toewijzing", "*", "")).Code)
	var h api.Geschiedenis
	s.get(t, listPath+"/"+m.ID+"/geschiedenis", &h)
	var told []string
	for _, v := range h.Items {
		if v.Soort == "toegewezen" {
			told = append(told, v.Door.ID+": "+v.Omschrijving)
		}
	}
	assert.Equal(t, []string{
		"demo-teamleider: De melding is toegewezen aan m.devries.", "demo-teamleider: De melding is toegewezen aan j.bakker.",
		"demo-medewerker: De melding is aan niemand meer toegewezen.",
	}, told)
}

func TestOfManyWhoAssignAtOnceOneDoes(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, deVries)
	s.colleague(t, bakker)
	m, tag := s.receive(t, told)
	codes, lock := map[int]int{}, sync.Mutex{}
	var callers sync.WaitGroup
	for i := range 8 {
		callers.Go(func() {
			who := []string{"m.devries", "j.bakker"}[i%2]
			w := s.do(t, write(http.MethodPut, listPath+"/"+m.ID+"/toewijzing", tag, `{"behandelaar":"`+who+`"}`))
			lock.Lock()
			defer lock.Unlock()
			codes[w.Code]++
		})
	}
	callers.Wait()
	assert.Equal(t, map[int]int{http.StatusOK: 1, http.StatusPreconditionFailed: 7}, codes)
}
