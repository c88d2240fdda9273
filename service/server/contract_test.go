package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

func document(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(api.Spec())
	require.NoError(t, err)
	return doc
}

// operation is the call of the contract that a request is, nil when it is none.
func operation(doc *openapi3.T, r *http.Request) *openapi3.Operation {
	path, under := strings.CutPrefix(r.URL.Path, "/v1")
	if !under {
		return nil
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if item := doc.Paths.Value(path); item != nil {
		return item.GetOperation(method)
	}
	for template, item := range doc.Paths.Map() {
		form := regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(template, "[^/]+")
		if regexp.MustCompile("^" + form + "$").MatchString(path) {
			return item.GetOperation(method)
		}
	}
	return nil
}

// requireContract holds the answer to a call of the contract against it.
func requireContract(t testing.TB, doc *openapi3.T, r *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	o := operation(doc, r)
	if o == nil || r.Method == http.MethodHead {
		return
	}
	response := o.Responses.Status(w.Code)
	require.NotNil(t, response, "%s %s answers %d, which the contract does not name", r.Method, r.URL.Path, w.Code)
	for name, header := range response.Value.Headers {
		if header.Value.Required {
			assert.NotEmpty(t, w.Header().Get(name), name)
		}
	}
	if len(response.Value.Content) == 0 {
		assert.Empty(t, w.Body.String())
		return
	}
	media := response.Value.Content.Get(w.Header().Get("Content-Type"))
	require.NotNil(t, media, "%s is not what the contract says", w.Header().Get("Content-Type"))
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") {
		return // a text of any form
	}
	var body any
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &body), w.Body.String())
	require.NoError(t, media.Schema.Value.VisitJSON(body, openapi3.MultiErrors(), openapi3.VisitAsResponse()), w.Body.String())
}

func TestEveryRouteIsInTheContractAndBack(t *testing.T) {
	s := open(t, nil)
	want := map[string]bool{}
	for path, item := range document(t).Paths.Map() {
		for method := range item.Operations() {
			want[method+" /v1"+strings.NewReplacer("{", ":", "}", "").Replace(path)] = true
		}
	}
	outside := map[string]bool{
		"GET /": true, "GET /stijl.css": true, "GET /healthz": true, "GET /readyz": true, "GET /metrics": true,
		"GET /agenda/:bestand": true,
	}
	for _, r := range s.server.Routes() {
		name := r.Method + " " + r.Path
		if strings.HasPrefix(r.Path, "/v1") {
			assert.True(t, want[name], "%s is not in the contract", name)
			delete(want, name)
			continue
		}
		assert.True(t, outside[name], "%s is not expected outside /v1", name)
		delete(outside, name)
	}
	assert.Empty(t, want, "in the contract and not there")
	assert.Empty(t, outside)
}

func TestTheExamplesOfTheContractAreAnswered(t *testing.T) {
	for path, item := range document(t).Paths.Map() {
		if item.Post == nil || item.Post.RequestBody == nil {
			continue
		}
		s := open(t, apptest.Shipped(t))
		for name, example := range item.Post.RequestBody.Value.Content.Get("application/json").Examples {
			t.Run(path+" "+name, func(t *testing.T) {
				body, err := json.Marshal(example.Value.Value)
				require.NoError(t, err)
				at, header := "/v1"+path, map[string]string{}
				if path == "/gebruikers" || path == "/diensten" {
					header["Authorization"] = "Bearer demo-beheer"
				}
				if path == "/diensten" {
					s.colleague(t, `{"id":"m.devries","naam":"M. de Vries","rollen":["medewerker"]}`)
				}
				if path == "/kalenderversies" { // for the role beheer alone
					header["Authorization"] = "Bearer demo-beheer"
				}
				if strings.Contains(path, "{id}") {
					m, _ := s.receive(t, `{"kanaal":"telefoon","soort":"klacht","ontvangstdatum":"2026-03-20","onderwerp":"Een val"}`)
					at, header["If-Match"] = strings.ReplaceAll(at, "{id}", m.ID), "*"
				}
				w := s.do(t, call{path: at, body: string(body), header: header})
				require.Contains(t, []int{http.StatusOK, http.StatusCreated}, w.Code, w.Body.String())
			})
		}
	}
}

func TestTheContractIsOpenToEveryWebsite(t *testing.T) {
	s := open(t, nil)
	w := s.do(t, call{path: "/v1/openapi.json", header: map[string]string{"Authorization": "", "Origin": "https://voorbeeld.nl"}})
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "*", w.Header().Get("Access-Control-Allow-Origin"))
	assert.True(t, strings.HasPrefix(w.Header().Get("Content-Type"), "application/json"))
	want, err := api.SpecJSON()
	require.NoError(t, err)
	assert.Equal(t, string(want), w.Body.String())
	assert.Equal(t, document(t).Info.Version, w.Header().Get("API-Version"))
}

func TestHeadIsGetWithoutABody(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	srv := httptest.NewServer(s.server.Handler())
	defer srv.Close()
	id := s.advise(t, question).ID
	for _, path := range []string{"/", "/healthz", "/readyz", "/metrics", "/stijl.css", "/v1/openapi.json", onePath + "/" + id} {
		t.Run(path, func(t *testing.T) {
			ask := func(method string) *http.Request {
				r, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, nil)
				require.NoError(t, err)
				r.Header.Set("Authorization", "Bearer demo-systeem")
				return r
			}
			head := over(t, srv.Client(), ask(http.MethodHead))
			assert.Empty(t, head.body)
			get := over(t, srv.Client(), ask(http.MethodGet))
			assert.Equal(t, http.StatusOK, head.status)
			assert.Equal(t, get.header.Get("Content-Type"), head.header.Get("Content-Type"))
			requireHeaders(t, head.header)
		})
	}
}

func TestManyCallersAtOnceGetTheirOwnAnswers(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	srv := httptest.NewServer(s.server.Handler())
	defer srv.Close()
	var callers sync.WaitGroup
	for i := range 8 {
		callers.Go(func() {
			for n := range 10 {
				day := "2026-11-" + strconv.Itoa(10+(i+n)%10)
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+onePath,
					strings.NewReader(`{"peildatum":"`+day+`","melding":{"soort":"klacht"}}`))
				if !assert.NoError(t, err) {
					return
				}
				r.Header.Set("Authorization", "bearer demo-systeem")
				r.Header.Set("Content-Type", "application/json; charset=UTF-8")
				got := over(t, srv.Client(), r)
				assert.Contains(t, string(got.body), `"peildatum":"`+day+`"`)
			}
		})
	}
	callers.Wait()
	assert.Equal(t, 80, s.Logged(t))
}
