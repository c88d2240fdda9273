package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
)

func TestEverythingWrongWithAMeldingIsNamedAtOnce(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"nothing": {`{}`, []string{"kanaal", "soort"}},
		"faults of the schema and of the rules": {
			`{"kanaal":"fax","soort":"klacht","ontvangstdatum":"2026-11-21","feiten":{"schade":"erg","belangGoedeZorg":"ja"},"onderwerp":"Bel 06-12345678",
				"aanbieder":{"kvkNummer":"123"},"peildatum":"2026-11-20","klantkenmerk":"111222333"}`,
			[]string{"aanbieder.kvkNummer", "feiten.schade", "kanaal", "klantkenmerk", "onderwerp", "ontvangstdatum", "peildatum", "redenen.belangGoedeZorg"},
		},
		"a melder who wants to be anonymous": {`{"kanaal":"brief","soort":"klacht","anonimiteit":"volledig","melder":{"naam":"A"}}`, []string{"melder"}},
		"an id and a name":                   {`{"kanaal":"brief","soort":"klacht","aanbieder":{"id":"x","naam":"y"}}`, []string{"aanbieder"}},
		"a provider nobody knows":            {`{"kanaal":"brief","soort":"klacht","aanbieder":{"id":"x"}}`, []string{"aanbieder.id"}},
		"a place alone":                      {`{"kanaal":"brief","soort":"klacht","aanbieder":{"plaats":"Zutphen"}}`, []string{"aanbieder.naam"}},
		"texts that are too long": {
			`{"kanaal":"brief","soort":"klacht","onderwerp":"` + strings.Repeat("o", 121) + `","omschrijving":"` + strings.Repeat("é", 20001) +
				`","aard":"` + strings.Repeat("a", 81) + `","klantkenmerk":"` + strings.Repeat("k", 101) + `"}`,
			[]string{"aard", "klantkenmerk", "omschrijving", "onderwerp"},
		},
		"texts of the wrong form": {
			`{"kanaal":"brief","soort":"klacht","aard":"Medicatie Fout","klantkenmerk":"","aanbieder":{"vestigingsnummer":"1","agbCode":"x"},
				"melder":{"eMail":"geen adres","geboortedatum":"2026-11-21"}}`,
			[]string{"aanbieder.agbCode", "aanbieder.vestigingsnummer", "klantkenmerk", "melder.eMail", "melder.geboortedatum"},
		},
		"personal data elsewhere": {`{"kanaal":"brief","soort":"klacht","bsn":"111222333","melder":{"bsn":"1"}}`, []string{"bsn", "melder.bsn"}},
		"what a reader sees":      {`{"kanaal":"brief","soort":"klacht","id":"x","status":"ontvangen"}`, []string{"id", "status"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.ElementsMatch(t, c.want, faulted(t, s.do(t, call{path: listPath, body: c.body})))
		})
	}
	assert.Empty(t, s.list(t, "").Items)
}

func TestAsMuchAsMayBeToldIsKept(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, _ := s.receive(t, `{"kanaal":"webformulier","soort":"andere_melding","onderwerp":"`+strings.Repeat("é", 120)+`","omschrijving":"`+
		strings.Repeat("ë", 19999)+`\u0000","klantkenmerk":"`+strings.Repeat("😀", 100)+`","melder":null,"redenen":{"belangGoedeZorg":""},"sector":null}`)
	assert.Equal(t, strings.Repeat("ë", 19999)+"\x00", *m.Omschrijving)
	assert.Equal(t, strings.Repeat("😀", 100), *m.Klantkenmerk)
	assert.Nil(t, m.Redenen, "an empty text is absent")
	assert.Nil(t, m.Sector)
}

func TestAKlantkenmerkIsGivenOnce(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	first, _ := s.receive(t, told)
	w := s.do(t, call{path: listPath, body: told})
	assert.Equal(t, http.StatusConflict, w.Code)
	assert.Contains(t, problem(t, w).Detail, first.Kenmerk)
	second, tag := s.receive(t, `{"kanaal":"brief","soort":"klacht"}`)
	w = s.change(t, http.MethodPatch, listPath+"/"+second.ID, tag, `{"klantkenmerk":"dossier-17"}`)
	assert.Equal(t, http.StatusConflict, w.Code)
	assert.Contains(t, problem(t, w).Detail, first.Kenmerk)
	other := s.do(t, call{path: listPath, body: told, header: map[string]string{"Authorization": "Bearer demo-medewerker"}})
	assert.Equal(t, http.StatusCreated, other.Code, "of another client it is another melding")
}

func TestWhoChangesAMeldingSaysWhichVersionHeSaw(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, first := s.receive(t, told)
	w := s.change(t, http.MethodPatch, listPath+"/"+m.ID, first, `{"aard":"val"}`)
	require.Equal(t, http.StatusOK, w.Code)
	second := w.Header().Get("ETag")
	for name, c := range map[string]struct {
		tag  string
		want int
	}{
		"nothing":                         {"", http.StatusPreconditionRequired},
		"spaces":                          {" ", http.StatusPreconditionRequired},
		"an older version":                {first, http.StatusPreconditionFailed},
		"a version that is not there yet": {`"3-0000000000000000"`, http.StatusPreconditionFailed},
		"a tag of somebody else":          {`"abc"`, http.StatusPreconditionFailed},
		"a weak tag":                      {"W/" + second, http.StatusPreconditionFailed},
		"no quotes":                       {strings.Trim(second, `"`), http.StatusBadRequest},
		"half a list":                     {second + `, "x`, http.StatusBadRequest},
		"the version he saw":              {second, http.StatusOK},
		"one of two":                      {first + ", " + second, http.StatusOK},
		"any":                             {"*", http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			for _, w := range []*httptest.ResponseRecorder{
				s.change(t, http.MethodPatch, listPath+"/"+m.ID, c.tag, `{"aard":"val"}`),
				s.change(t, http.MethodPut, listPath+"/"+m.ID+"/klacht-bij-aanbieder", c.tag, `{"ingediendOp":"2026-11-16"}`),
			} {
				assert.Equal(t, c.want, w.Code, w.Body.String())
				if c.want == http.StatusBadRequest {
					assert.Equal(t, []string{"If-Match"}, faulted(t, w))
				}
			}
		})
	}
}

func TestWhoHasAMeldingAlreadyIsToldSo(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	ask := func(known string) *httptest.ResponseRecorder {
		return s.do(t, call{path: listPath + "/" + m.ID, header: map[string]string{"If-None-Match": known}})
	}
	for _, known := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
		w := ask(known)
		assert.Equal(t, http.StatusNotModified, w.Code, known)
		assert.Empty(t, w.Body.String())
		assert.Equal(t, tag, w.Header().Get("ETag"))
	}
	for _, known := range []string{`"x"`, strings.Trim(tag, `"`), `"1-0000000000000000"`} {
		assert.Equal(t, http.StatusOK, ask(known).Code, known)
	}
	s.Clock.Set(apptest.Begin().AddDate(0, 0, 1))
	w := ask(tag)
	assert.Equal(t, http.StatusOK, w.Code, "a term has a day less")
	assert.Equal(t, http.StatusOK, s.change(t, http.MethodPatch, listPath+"/"+m.ID, tag, `{"aard":"val"}`).Code, "nobody edited it")
}

func TestWhatStandsFastInAMeldingCannotBePatched(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	w := s.change(t, http.MethodPatch, listPath+"/"+m.ID, tag, `{"id":null,"kenmerk":"x","status":"afgesloten","advies":{},"termijnen":[],
		"eerdereAdviezen":[],"ontvangenOp":"x","gewijzigdOp":"x","toestemming":{"inspecteur":"gegeven"},"klachtBijAanbieder":null,"peildatum":"2026-11-20",
		"feiten":{"schade":"erg","onzin":null},"kanaal":null,"onderwerp":"mail a@example.nl"}`)
	assert.ElementsMatch(t, []string{
		"advies", "eerdereAdviezen", "feiten.onzin", "feiten.schade", "gewijzigdOp", "id", "kanaal", "kenmerk", "klachtBijAanbieder", "onderwerp",
		"ontvangenOp", "peildatum", "status", "termijnen", "toestemming",
	}, faulted(t, w))
	for _, f := range *problem(t, w).Fouten {
		switch f.Veld {
		case "toestemming":
			assert.Contains(t, f.Melding, "POST /v1/meldingen/{id}/toestemmingen")
		case "klachtBijAanbieder":
			assert.Contains(t, f.Melding, "PUT /v1/meldingen/{id}/klacht-bij-aanbieder")
		default:
			continue
		}
		assert.Equal(t, "alleen_lezen", f.Code)
	}
	assert.Equal(t, tag, s.do(t, call{path: listPath + "/" + m.ID}).Header().Get("ETag"), "nothing changed")
}

func TestBodiesOfMeldingenAreReadAsOthersAre(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, _ := s.receive(t, told)
	for name, c := range map[string]struct {
		method, path, tail, merge string
	}{
		"POST":  {http.MethodPost, listPath, `"kanaal":"brief","soort":"vraag"}`, "415"},
		"PATCH": {http.MethodPatch, listPath + "/" + m.ID, `"aard":"val"}`, "200"},
		"PUT":   {http.MethodPut, listPath + "/" + m.ID + "/klacht-bij-aanbieder", `"ingediendOp":"2026-11-16"}`, "415"},
	} {
		t.Run(name, func(t *testing.T) {
			ask := func(media, body string) int {
				return s.do(t, call{method: c.method, path: c.path, body: body, header: map[string]string{"Content-Type": media, "If-Match": "*"}}).Code
			}
			assert.Equal(t, http.StatusUnsupportedMediaType, ask("text/plain", "{}"))
			assert.Equal(t, c.merge == "415", ask("application/merge-patch+json", "{"+c.tail) == http.StatusUnsupportedMediaType)
			assert.Equal(t, http.StatusRequestEntityTooLarge, ask("application/json", "{"+strings.Repeat(" ", 1<<20)+c.tail))
			for _, body := range []string{`{"aard":"a","aard":"b",` + c.tail, "{\"aard\":\"\xff\"," + c.tail, "{" + c.tail + "{}", "[]", "{", strings.Repeat("[", 65)} {
				assert.Equal(t, http.StatusBadRequest, ask("application/json", body), body)
			}
		})
	}
}

func TestOfAChangeTheFirstThingWrongIsTold(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	header := map[string]string{"Authorization": "Bearer x", "Content-Type": "text/plain"}
	c := call{method: http.MethodPatch, path: listPath + "/" + m.ID, body: "x", header: header}
	assert.Equal(t, http.StatusUnauthorized, s.do(t, c).Code)
	delete(header, "Authorization")
	w := s.do(t, c)
	assert.Equal(t, http.StatusUnsupportedMediaType, w.Code)
	assert.Equal(t, "application/merge-patch+json, application/json", w.Header().Get("Accept-Patch"))
	delete(header, "Content-Type")
	assert.Equal(t, http.StatusPreconditionRequired, s.do(t, c).Code)
	header["If-Match"] = `"0-0000000000000000"`
	assert.Equal(t, http.StatusBadRequest, s.do(t, c).Code)
	c.body = `{"onzin":1}`
	assert.Equal(t, http.StatusPreconditionFailed, s.do(t, c).Code)
	header["If-Match"] = tag
	assert.Equal(t, http.StatusBadRequest, s.do(t, c).Code)
}

func TestMeldingenOfAStoreThatIsGone(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	require.NoError(t, s.Store.Close())
	for _, w := range []*httptest.ResponseRecorder{
		s.do(t, call{path: listPath, body: told}), s.do(t, call{path: listPath}), s.do(t, call{path: listPath + "/" + m.ID}),
		s.do(t, call{path: listPath + "/" + m.ID + "/geschiedenis"}), s.do(t, call{path: "/v1/aanbieders"}),
		s.do(t, call{path: "/v1/aanbieders/" + m.Aanbieder.ID + "/signalen"}),
		s.change(t, http.MethodPatch, listPath+"/"+m.ID, tag, `{"aard":"val"}`),
		s.change(t, http.MethodPut, listPath+"/"+m.ID+"/klacht-bij-aanbieder", tag, `{"ingediendOp":"2026-11-16"}`),
	} {
		assert.Equal(t, http.StatusServiceUnavailable, w.Code)
		assert.Equal(t, "2", w.Header().Get("Retry-After"))
	}
	assert.NotContains(t, s.log.String(), "Voorbeeld")
}

func TestEveryCallButTheContractNeedsAToken(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	for _, r := range s.server.Routes() {
		if !strings.HasPrefix(r.Path, "/v1/") || r.Path == "/v1/openapi.json" {
			continue
		}
		w := s.do(t, call{method: r.Method, path: strings.ReplaceAll(r.Path, ":id", "x"), header: map[string]string{"Authorization": ""}})
		assert.Equal(t, http.StatusUnauthorized, w.Code, r.Method+" "+r.Path)
	}
}
