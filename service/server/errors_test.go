package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
)

func TestWhoDoesNotSayWhoTheyAreIsRefused(t *testing.T) {
	s := open(t, nil)
	for name, authorization := range map[string]string{
		"nothing":          "",
		"a wrong token":    "Bearer demo-niemand",
		"no token":         "Bearer",
		"an empty token":   "Bearer ",
		"another scheme":   "Basic demo-systeem",
		"a token alone":    "demo-systeem",
		"a token too long": "Bearer demo-systeem-x",
	} {
		t.Run(name, func(t *testing.T) {
			for _, path := range []string{onePath, seriesPath, termPath} {
				w := s.do(t, call{path: path, body: "{}", header: map[string]string{"Authorization": authorization}})
				assert.Equal(t, http.StatusUnauthorized, w.Code)
				assert.Equal(t, `Bearer realm="lmz-triage"`, w.Header().Get("WWW-Authenticate"))
			}
			w := s.do(t, call{path: onePath + "/x", header: map[string]string{"Authorization": authorization}})
			assert.Equal(t, http.StatusUnauthorized, w.Code)
		})
	}
}

func TestEveryDemoTokenAndSpellingOfBearerIsTaken(t *testing.T) {
	s := open(t, nil)
	for _, authorization := range []string{
		"Bearer demo-medewerker", "bearer demo-inspecteur", "BEARER demo-beleid", "Bearer demo-beleid-2",
		"Bearer  demo-systeem", "Bearer demo-beheer ",
	} {
		w := s.do(t, call{path: termPath, body: `{"soort":"terugbellen_lmz","start":"2026-03-16"}`, header: map[string]string{"Authorization": authorization}})
		assert.Equal(t, http.StatusOK, w.Code, authorization)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	for name, path := range map[string]string{
		"an unknown route":        "/v1/meldingen-van-gisteren",
		"an unknown page":         "/pagina",
		"a trailing slash":        onePath + "/",
		"a slash after the call":  termPath + "/",
		"a slash behind an id":    onePath + "/0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d12/",
		"another case":            "/v1/Triage-adviezen",
		"the base alone":          "/v1",
		"an id nobody has":        onePath + "/0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d12",
		"an id in capitals":       onePath + "/0199F2A4-6C1E-7B3D-9F10-2A4C6E8B0D12",
		"an id that is no uuid":   onePath + "/17",
		"an id with odd letters":  onePath + "/%00%FF",
		"the openapi in yaml":     "/v1/openapi.yaml",
		"a series that is longer": seriesPath + "/x",
	} {
		t.Run(name, func(t *testing.T) {
			w := s.do(t, call{path: path})
			assert.Equal(t, http.StatusNotFound, w.Code)
			assert.Equal(t, "https://lmz-triage.zorgmeldingen.nl/problemen/niet_gevonden", problem(t, w).Type)
		})
	}
}

func TestAWrongMethodIsToldWhichOnesThereAre(t *testing.T) {
	s := open(t, nil)
	for name, c := range map[string]struct{ method, path, allow string }{
		"reading the questions":     {http.MethodGet, onePath, "OPTIONS, POST"},
		"asking for the questions":  {http.MethodHead, onePath, "OPTIONS, POST"},
		"reading the series":        {http.MethodGet, seriesPath, "OPTIONS, POST"},
		"deleting a decision":       {http.MethodDelete, onePath + "/0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d12", "OPTIONS, GET"},
		"changing the calculations": {http.MethodPut, termPath, "OPTIONS, POST"},
		"writing the contract":      {http.MethodPost, "/v1/openapi.json", "OPTIONS, GET"},
		"writing the health":        {http.MethodPost, "/healthz", "OPTIONS, GET"},
		"a method nobody knows":     {"PROPFIND", termPath, "OPTIONS, POST"},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.do(t, call{method: c.method, path: c.path})
			assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
			assert.ElementsMatch(t, strings.Split(c.allow, ", "), strings.Split(w.Header().Get("Allow"), ", "))
		})
	}
}

func TestAnAnswerThatIsNotJSONCannotBeHad(t *testing.T) {
	s := open(t, nil)
	body := `{"soort":"terugbellen_lmz","start":"2026-03-16"}`
	for accept, want := range map[string]int{
		"":                                   http.StatusOK,
		"*/*":                                http.StatusOK,
		"application/*":                      http.StatusOK,
		"application/json":                   http.StatusOK,
		"Application/JSON; q=0.1":            http.StatusOK,
		"text/html, application/json;q=0.9":  http.StatusOK,
		"text/html, */*;q=0.1":               http.StatusOK,
		"*/*;q=0, application/json":          http.StatusOK,
		"text/html":                          http.StatusNotAcceptable,
		"application/xml, text/*":            http.StatusNotAcceptable,
		"application/json;q=0":               http.StatusNotAcceptable,
		"application/json;q=0.000":           http.StatusNotAcceptable,
		"*/*, application/json;q=0":          http.StatusNotAcceptable,
		"*/*;q=0":                            http.StatusNotAcceptable,
		"application/json;q=0, */*":          http.StatusNotAcceptable,
		"application/*;q=0, */*":             http.StatusNotAcceptable,
		"application/json;profile=x, text/x": http.StatusOK,
	} {
		t.Run(accept, func(t *testing.T) {
			w := s.do(t, call{path: termPath, body: body, header: map[string]string{"Accept": accept}})
			assert.Equal(t, want, w.Code)
		})
	}
	w := s.do(t, call{path: "/v1/openapi.json", header: map[string]string{"Accept": "text/html"}})
	assert.Equal(t, http.StatusNotAcceptable, w.Code)
}

func TestABodyThatIsNotPlainJSONIsNotRead(t *testing.T) {
	s := open(t, nil)
	body := `{"soort":"terugbellen_lmz","start":"2026-03-16"}`
	for name, c := range map[string]struct {
		header map[string]string
		want   int
	}{
		"no type":             {map[string]string{"Content-Type": ""}, http.StatusUnsupportedMediaType},
		"a form":              {map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, http.StatusUnsupportedMediaType},
		"text":                {map[string]string{"Content-Type": "text/json"}, http.StatusUnsupportedMediaType},
		"another charset":     {map[string]string{"Content-Type": "application/json; charset=latin1"}, http.StatusUnsupportedMediaType},
		"an empty charset":    {map[string]string{"Content-Type": `application/json; charset=""`}, http.StatusUnsupportedMediaType},
		"a type cut in half":  {map[string]string{"Content-Type": "application/"}, http.StatusUnsupportedMediaType},
		"compressed":          {map[string]string{"Content-Encoding": "gzip"}, http.StatusUnsupportedMediaType},
		"not compressed":      {map[string]string{"Content-Encoding": "identity"}, http.StatusOK},
		"utf-8 in capitals":   {map[string]string{"Content-Type": "application/json;charset=UTF-8"}, http.StatusOK},
		"a type in capitals":  {map[string]string{"Content-Type": "Application/JSON"}, http.StatusOK},
		"json of a dialect":   {map[string]string{"Content-Type": "application/merge-patch+json"}, http.StatusUnsupportedMediaType},
		"a parameter besides": {map[string]string{"Content-Type": "application/json; versie=1"}, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, s.do(t, call{path: termPath, body: body, header: c.header}).Code)
		})
	}
}

func TestABodyThatIsTooLargeIsRefused(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	const mib = 1 << 20
	padded := func(body string, size int) string { return body + strings.Repeat(" ", size-len(body)) }
	series := `{"items":[{"invoer":{"melding":{"soort":"vraag"}}}]}`
	term := `{"soort":"terugbellen_lmz","start":"2026-03-16"}`
	for name, c := range map[string]struct {
		path, body string
		want       int
		detail     string
	}{
		"a question that just fits":  {onePath, padded(question, mib), http.StatusOK, ""},
		"a question a byte larger":   {onePath, padded(question, mib+1), http.StatusRequestEntityTooLarge, "1 MiB"},
		"a term that just fits":      {termPath, padded(term, mib), http.StatusOK, ""},
		"a term a byte larger":       {termPath, padded(term, mib+1), http.StatusRequestEntityTooLarge, "1 MiB"},
		"a series that just fits":    {seriesPath, padded(series, 4*mib), http.StatusOK, ""},
		"a series a byte larger":     {seriesPath, padded(series, 4*mib+1), http.StatusRequestEntityTooLarge, "4 MiB"},
		"nonsense that is too large": {onePath, strings.Repeat("[", 2*mib), http.StatusRequestEntityTooLarge, "1 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.do(t, call{path: c.path, body: c.body})
			require.Equal(t, c.want, w.Code, w.Body.String())
			if c.detail != "" {
				assert.Contains(t, problem(t, w).Detail, c.detail)
			}
		})
	}
}

// What is told first: who, then what may come back, what came in, its size, and
// what is in it.
func TestTheFirstThingWrongIsTold(t *testing.T) {
	s := open(t, nil)
	wrong := map[string]string{"Authorization": "Bearer x", "Accept": "text/html", "Content-Type": "text/plain"}
	c := call{path: onePath, body: strings.Repeat("x", 2<<20), header: wrong}
	assert.Equal(t, http.StatusUnauthorized, s.do(t, c).Code)
	wrong["Authorization"] = "Bearer demo-systeem"
	assert.Equal(t, http.StatusNotAcceptable, s.do(t, c).Code)
	delete(wrong, "Accept")
	assert.Equal(t, http.StatusUnsupportedMediaType, s.do(t, c).Code)
	delete(wrong, "Content-Type")
	assert.Equal(t, http.StatusRequestEntityTooLarge, s.do(t, c).Code)
	c.body = "x"
	assert.Equal(t, http.StatusBadRequest, s.do(t, c).Code)
}

func TestAQueryParameterThatNobodyKnowsIsAFault(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	id := s.advise(t, question).ID
	for name, c := range map[string]struct {
		call call
		want []string
	}{
		"on a question":        {call{path: onePath + "?b=1&a=2", body: question}, []string{"a", "b"}},
		"on a decision":        {call{path: onePath + "/" + id + "?velden=advies"}, []string{"velden"}},
		"on the contract":      {call{path: "/v1/openapi.json?versie=1"}, []string{"versie"}},
		"without a value":      {call{path: termPath + "?uitleg", body: "{}"}, []string{"uitleg"}},
		"on a series":          {call{path: seriesPath + "?limit=1", body: "{}"}, []string{"limit"}},
		"before the id counts": {call{path: onePath + "/17?x=1"}, []string{"x"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, faulted(t, s.do(t, c.call))) })
	}
	assert.Equal(t, 1, s.Logged(t))
}

func TestAStoreThatIsGoneIsUnavailableForNow(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	id := s.advise(t, question).ID
	require.NoError(t, s.Store.Close())
	for name, c := range map[string]call{
		"a question": {path: onePath, body: question},
		"a series":   {path: seriesPath, body: `{"items":[{"invoer":{"melding":{"soort":"vraag"}}}]}`},
		"a decision": {path: onePath + "/" + id},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.do(t, c)
			assert.Equal(t, http.StatusServiceUnavailable, w.Code)
			assert.Equal(t, "2", w.Header().Get("Retry-After"))
		})
	}
	w := s.do(t, call{path: termPath, body: `{"soort":"terugbellen_lmz","start":"2026-03-16"}`})
	assert.Equal(t, http.StatusOK, w.Code, "a calculation needs no store")
	assert.Contains(t, s.log.String(), "request failed")
}

func TestWithoutAPolicyNothingIsDecided(t *testing.T) {
	s := open(t, nil)
	w := s.do(t, call{path: onePath, body: question})
	assert.Equal(t, http.StatusServiceUnavailable, w.Code)
	assert.Equal(t, "2", w.Header().Get("Retry-After"))
}
