package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

const (
	userPath = "/v1/gebruikers"
	deVries  = `{"id":"m.devries","naam":"M. de Vries","eMail":"m.devries@example.nl","rollen":["medewerker"],"team":"noord"}`
	bakker   = `{"id":"j.bakker","naam":"J. Bakker","rollen":["teamleider","medewerker"],"team":"noord"}`
)

// as is a call of the caller with this demo token.
func as(who string, c call) call {
	header := map[string]string{"Authorization": "Bearer " + who}
	for name, value := range c.header {
		header[name] = value
	}
	c.header = header
	return c
}

// write is a call of the administrator under a condition.
func write(method, path, tag, body string) call {
	return as("demo-beheer", call{method: method, path: path, body: body, header: map[string]string{"If-Match": tag}})
}

// colleague adds a user and gives him as he was kept, with his entity tag.
func (s site) colleague(t testing.TB, body string) (api.Gebruiker, string) {
	t.Helper()
	w := s.do(t, as("demo-beheer", call{path: userPath, body: body}))
	require.Equal(t, http.StatusCreated, w.Code, w.Body.String())
	g := userOf(t, w)
	assert.Equal(t, userPath+"/"+g.ID, w.Header().Get("Location"))
	return g, w.Header().Get("ETag")
}

func userOf(t testing.TB, w *httptest.ResponseRecorder) api.Gebruiker {
	t.Helper()
	var g api.Gebruiker
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &g), w.Body.String())
	return g
}

func (s site) users(t testing.TB, who, query string) (api.GebruikerLijst, http.Header) {
	t.Helper()
	w := s.do(t, as(who, call{path: userPath + query}))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var l api.GebruikerLijst
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &l))
	return l, w.Header()
}

func userIDs(l api.GebruikerLijst) []string {
	out := []string{}
	for _, g := range l.Items {
		out = append(out, g.ID)
	}
	return out
}

func TestAUserIsKeptReadAndChanged(t *testing.T) {
	s := open(t, nil)
	g, tag := s.colleague(t, deVries)
	want := api.Gebruiker{
		ID: "m.devries", Naam: "M. de Vries", EMail: ptr("m.devries@example.nl"), Rollen: []string{"medewerker"}, Team: ptr("noord"), Afwezig: &[]api.Afwezigheid{},
	}
	assert.Equal(t, want, g)
	assert.Regexp(t, `^"1-`, tag)
	read := s.do(t, as("demo-beheer", call{path: userPath + "/m.devries"}))
	assert.Equal(t, tag, read.Header().Get("ETag"))
	same := s.do(t, as("demo-beheer", call{path: userPath + "/m.devries", header: map[string]string{"If-None-Match": tag}}))
	assert.Equal(t, http.StatusNotModified, same.Code)

	again := s.do(t, write(http.MethodPut, userPath+"/m.devries", tag, deVries))
	assert.Equal(t, http.StatusOK, again.Code)
	assert.Equal(t, tag, again.Header().Get("ETag"), "who stays as he was did not change")
	present := s.do(t, write(http.MethodPut, userPath+"/m.devries/afwezigheid", tag, `{"afwezig":[]}`))
	assert.Equal(t, http.StatusOK, present.Code, present.Body.String())
	assert.Equal(t, tag, present.Header().Get("ETag"), "nor who is away on no day, as before")

	w := s.do(t, write(http.MethodPut, userPath+"/m.devries", tag, `{"naam":"Mia de Vries","rollen":["inspecteur"]}`))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, api.Gebruiker{ID: "m.devries", Naam: "Mia de Vries", Rollen: []string{"inspecteur"}, Afwezig: &[]api.Afwezigheid{}}, userOf(t, w), "what is left out is gone")
	assert.Regexp(t, `^"2-`, w.Header().Get("ETag"))
	old := s.do(t, write(http.MethodPut, userPath+"/m.devries", tag, deVries))
	assert.Equal(t, http.StatusPreconditionFailed, old.Code)
	none := s.do(t, as("demo-beheer", call{method: http.MethodPut, path: userPath + "/m.devries", body: deVries}))
	assert.Equal(t, http.StatusPreconditionRequired, none.Code)
	other := s.do(t, write(http.MethodPut, userPath+"/m.devries", "*", strings.Replace(deVries, "m.devries", "een.ander", 1)))
	assert.Equal(t, []string{"id"}, faulted(t, other))
	for _, id := range []string{"niemand", "M.DEVRIES", "%00", "a%2Fb"} {
		assert.Equal(t, http.StatusNotFound, s.do(t, as("demo-beheer", call{path: userPath + "/" + id})).Code, id)
		assert.Equal(t, http.StatusNotFound, s.do(t, write(http.MethodPut, userPath+"/"+id, "*", `{"naam":"X","rollen":["beleid"]}`)).Code, id)
	}
}

func TestAllThatIsWrongWithABodyIsNamed(t *testing.T) {
	s := open(t, nil)
	_, _ = s.colleague(t, deVries)
	for body, want := range map[string][]string{
		`{}`: {"id", "naam", "rollen"},
		`{"id":"A","naam":"","rollen":[],"eMail":"x","team":1,"inactief":"ja","afwezig":[]}`:     {"afwezig", "eMail", "id", "inactief", "naam", "rollen", "team"},
		`{"id":"x1","naam":"a\nb","rollen":["systeem","medewerker"],"eMail":"a@b.nl\r\nBcc: c"}`: {"eMail", "naam", "rollen[0]"},
		`{"id":"x1","naam":"X","rollen":"beheer"}`:                                               {"rollen"},
	} {
		assert.ElementsMatch(t, want, faulted(t, s.do(t, as("demo-beheer", call{path: userPath, body: body}))), body)
	}
	for body, want := range map[string][]string{
		`{}`:               {"afwezig"},
		`{"afwezig":null}`: {"afwezig"},
		`{"afwezig":[{"van":"2026-12-21"},{"van":"x","tot":"2026-12-01","vervanger":"m.devries"},7,{"van":"2027-01-05","tot":"2027-01-01","wie":"x"}]}`: {
			"afwezig[0].tot", "afwezig[1].van", "afwezig[1].vervanger", "afwezig[2]", "afwezig[3].van", "afwezig[3].wie",
		},
		`{"afwezig":[` + strings.Repeat(`{"van":"2026-12-21","tot":"2026-12-21"},`, 50) + `{"van":"2026-12-21","tot":"2026-12-21"}]}`: {"afwezig"},
	} {
		assert.ElementsMatch(t, want, faulted(t, s.do(t, write(http.MethodPut, userPath+"/m.devries/afwezigheid", "*", body))), body)
	}
	assert.Len(t, userIDs(first(s.users(t, "demo-beheer", ""))), 1, "nothing was kept")
}

func first[A, B any](a A, _ B) A { return a }

func TestAUserIsAddedOnce(t *testing.T) {
	s := open(t, nil)
	add := func(body, key string) *httptest.ResponseRecorder {
		return s.do(t, as("demo-beheer", call{path: userPath, body: body, header: map[string]string{"Idempotency-Key": key}}))
	}
	begin := add(deVries, "sleutel-1")
	require.Equal(t, http.StatusCreated, begin.Code, begin.Body.String())
	again := add(deVries, "sleutel-1")
	assert.Equal(t, http.StatusCreated, again.Code)
	assert.Equal(t, begin.Body.String(), again.Body.String())
	assert.Equal(t, begin.Header().Get("ETag"), again.Header().Get("ETag"))
	w := s.do(t, write(http.MethodPut, userPath+"/m.devries", "*", `{"naam":"Anders","rollen":["beleid"]}`))
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, begin.Body.String(), add(deVries, "sleutel-1").Body.String(), "the first answer, whatever happened since")
	assert.Equal(t, http.StatusConflict, add(bakker, "sleutel-1").Code, "another body")
	for range 2 {
		taken := add(deVries, "sleutel-2")
		assert.Equal(t, http.StatusConflict, taken.Code, "taken")
		assert.Contains(t, problem(t, taken).Detail, "al een gebruiker")
	}
	assert.Equal(t, http.StatusCreated, add(bakker, "sleutel-2").Code, "what is refused fixes nothing under its key")
}

func TestWhoIsAwayIsSeenByHimselfAndThoseWhoLead(t *testing.T) {
	s := open(t, nil)
	s.colleague(t, bakker)
	s.colleague(t, `{"id":"demo-medewerker","naam":"Demo","eMail":"demo@example.nl","rollen":["medewerker"]}`)
	at := userPath + "/demo-medewerker"
	own := s.do(t, as("demo-medewerker", call{
		method: http.MethodPut, path: at + "/afwezigheid", header: map[string]string{"If-Match": "*"},
		body: `{"afwezig":[{"van":"2026-12-21","tot":"2027-01-01","vervanger":"j.bakker"}]}`,
	}))
	require.Equal(t, http.StatusOK, own.Code, own.Body.String())
	want := []api.Afwezigheid{{Van: "2026-12-21", Tot: "2027-01-01", Vervanger: ptr("j.bakker")}}
	assert.Equal(t, want, *userOf(t, own).Afwezig)
	for who, sees := range map[string]bool{"demo-medewerker": true, "demo-teamleider": true, "demo-beheer": true, "demo-inspecteur": false, "demo-beleid": false} {
		g := userOf(t, s.do(t, as(who, call{path: at})))
		list, _ := s.users(t, who, "?limit=1")
		require.Equal(t, "demo-medewerker", list.Items[0].ID)
		assert.Equal(t, g, list.Items[0])
		if !sees {
			assert.Nil(t, g.EMail, who)
			assert.Nil(t, g.Afwezig, who)
			continue
		}
		assert.Equal(t, "demo@example.nl", *g.EMail, who)
		assert.Equal(t, want, *g.Afwezig, who)
	}
	changed := s.do(t, write(http.MethodPut, at, "*", `{"naam":"Demo","rollen":["beleid"]}`))
	assert.Equal(t, want, *userOf(t, changed).Afwezig, "who changes a user leaves his absences")
	none := s.do(t, as("demo-teamleider", call{method: http.MethodPut, path: at + "/afwezigheid", header: map[string]string{"If-Match": "*"}, body: `{"afwezig":[]}`}))
	assert.Empty(t, *userOf(t, none).Afwezig)
}

func TestOnlyWhoMayDoesWhatIsNotForAll(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, bakker)
	m, _ := s.receive(t, told)
	all := []string{"demo-medewerker", "demo-teamleider", "demo-inspecteur", "demo-beleid", "demo-systeem", "demo-beheer"}
	any1 := map[string]string{"If-Match": "*"}
	for name, c := range map[string]struct {
		call call
		may  []string
	}{
		"list users":        {call{path: userPath}, []string{"demo-medewerker", "demo-teamleider", "demo-inspecteur", "demo-beleid", "demo-beheer"}},
		"read a user":       {call{path: userPath + "/j.bakker"}, []string{"demo-medewerker", "demo-teamleider", "demo-inspecteur", "demo-beleid", "demo-beheer"}},
		"change a user":     {call{method: http.MethodPut, path: userPath + "/j.bakker", body: bakker, header: any1}, []string{"demo-beheer"}},
		"absences":          {call{method: http.MethodPut, path: userPath + "/j.bakker/afwezigheid", body: `{"afwezig":[]}`, header: any1}, []string{"demo-teamleider", "demo-beheer"}},
		"a calendar":        {call{method: http.MethodPut, path: userPath + "/j.bakker/agenda", header: any1}, []string{"demo-beheer"}},
		"end a calendar":    {call{method: http.MethodDelete, path: userPath + "/j.bakker/agenda", header: any1}, []string{"demo-beheer"}},
		"list turns":        {call{path: "/v1/diensten"}, []string{"demo-medewerker", "demo-teamleider", "demo-inspecteur", "demo-beleid", "demo-beheer"}},
		"add a turn":        {call{path: "/v1/diensten", body: `{"gebruiker":"j.bakker","van":"2026-11-20T17:00:00Z","tot":"2026-11-21T08:00:00Z"}`}, []string{"demo-teamleider", "demo-beheer"}},
		"take a turn away":  {call{method: http.MethodDelete, path: "/v1/diensten/0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d40"}, []string{"demo-teamleider", "demo-beheer"}},
		"assign a melding":  {call{method: http.MethodPut, path: listPath + "/" + m.ID + "/toewijzing", body: `{"behandelaar":"j.bakker"}`, header: any1}, []string{"demo-medewerker", "demo-teamleider", "demo-inspecteur", "demo-beheer"}},
		"assign it to none": {call{method: http.MethodDelete, path: listPath + "/" + m.ID + "/toewijzing", header: any1}, []string{"demo-medewerker", "demo-teamleider", "demo-inspecteur", "demo-beheer"}},
	} {
		t.Run(name, func(t *testing.T) {
			var may []string
			for _, who := range all {
				w := s.do(t, as(who, c.call))
				if w.Code != http.StatusForbidden {
					require.Contains(t, []int{http.StatusOK, http.StatusCreated, http.StatusNotFound}, w.Code, w.Body.String())
					may = append(may, who)
				}
			}
			assert.Equal(t, c.may, may)
		})
	}
	w := s.do(t, as("demo-teamleider", call{path: userPath, body: `geen json`}))
	assert.Equal(t, http.StatusBadRequest, w.Code)
}

func TestUsersAreListedByPageAndFilter(t *testing.T) {
	s := open(t, nil)
	for _, body := range []string{
		deVries, bakker, `{"id":"a.jansen","naam":"A","rollen":["beheer"],"inactief":true}`, `{"id":"z.smit","naam":"Z","rollen":["medewerker"],"team":"zuid"}`,
	} {
		s.colleague(t, body)
	}
	for query, want := range map[string][]string{
		"":                            {"a.jansen", "j.bakker", "m.devries", "z.smit"},
		"?team=noord":                 {"j.bakker", "m.devries"},
		"?rol=medewerker":             {"j.bakker", "m.devries", "z.smit"},
		"?rol=teamleider":             {"j.bakker"},
		"?inactief=ja":                {"a.jansen"},
		"?inactief=nee&team=zuid":     {"z.smit"},
		"?team=weg":                   {},
		"?cursor=m.devries":           {"z.smit"},
		"?cursor=z.smit&inactief=nee": {},
	} {
		list, header := s.users(t, "demo-medewerker", query)
		assert.Equal(t, want, userIDs(list), query)
		assert.Empty(t, header.Get("Link"))
	}
	var seen []string
	for at := "?limit=3"; at != ""; {
		list, header := s.users(t, "demo-medewerker", at)
		seen = append(seen, userIDs(list)...)
		_, rest, more := strings.Cut(header.Get("Link"), userPath)
		at, _, _ = strings.Cut(rest, ">")
		assert.Equal(t, more, at != "")
	}
	assert.Equal(t, []string{"a.jansen", "j.bakker", "m.devries", "z.smit"}, seen)
	for query, want := range map[string][]string{
		"?rol=systeem": {"rol"}, "?inactief=true": {"inactief"}, "?wie=x": {"wie"}, "?cursor=%21": {"cursor"}, "?limit=0": {"limit"},
	} {
		assert.Equal(t, want, faulted(t, s.do(t, as("demo-beheer", call{path: userPath + query}))), query)
	}
}

func TestWhoLeavesIsToldOfWithWhatHeStillHas(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	s.colleague(t, deVries)
	for range 3 {
		m, tag := s.receive(t, `{"kanaal":"brief","soort":"klacht"}`)
		w := s.do(t, write(http.MethodPut, listPath+"/"+m.ID+"/toewijzing", tag, `{"behandelaar":"m.devries"}`))
		require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	}
	gone := `{"naam":"M. de Vries","rollen":["medewerker"],"inactief":true}`
	w := s.do(t, write(http.MethodPut, userPath+"/m.devries", "*", gone))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, 3, *userOf(t, w).OpenMeldingen)
	assert.Equal(t, 3, *userOf(t, s.do(t, as("demo-beheer", call{path: userPath + "/m.devries"}))).OpenMeldingen)
	assert.Len(t, s.list(t, "?behandelaar=m.devries").Items, 3)
	back := s.do(t, write(http.MethodPut, userPath+"/m.devries", "*", strings.Replace(gone, "true", "false", 1)))
	assert.Nil(t, userOf(t, back).OpenMeldingen)
}
