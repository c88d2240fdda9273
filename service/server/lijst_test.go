package server_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// list asks for meldingen and gives the page.
func (s site) list(t testing.TB, query string) api.MeldingLijst {
	t.Helper()
	w := s.do(t, call{path: listPath + query})
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var out api.MeldingLijst
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
	return out
}

// names gives the onderwerp of every row.
func names(l api.MeldingLijst) []string {
	out := []string{}
	for _, row := range l.Items {
		out = append(out, *row.Onderwerp)
	}
	return out
}

// next is the address that a Link header names as the next page, empty for none.
func next(t testing.TB, h http.Header) string {
	t.Helper()
	link := h.Get("Link")
	if link == "" {
		return ""
	}
	m := regexp.MustCompile(`^<(/v1/[^>]+)>; rel="next"$`).FindStringSubmatch(link)
	require.NotNil(t, m, link)
	return m[1]
}

// three receives a melding that must be escalated, one with a term that passed,
// and one that asks for nothing, an hour after each other.
func three(t testing.TB, s site) (ids map[string]string) {
	t.Helper()
	ids = map[string]string{}
	for i, body := range []string{
		`{"kanaal":"systeem","soort":"klacht","onderwerp":"spoed","sector":"ggz","feiten":{"geweld":"ja"},"klantkenmerk":"a b"}`,
		`{"kanaal":"telefoon","soort":"klacht","onderwerp":"termijn","ontvangstdatum":"2026-10-06","klachtBijAanbieder":{"ingediendOp":"2026-10-05"},
			"aanbieder":{"naam":"Zorggroep De Horst","plaats":"Zutphen"},"melder":{"naam":"Iemand"},"omschrijving":"Een verhaal"}`,
		`{"kanaal":"telefoon","soort":"vraag","onderwerp":"gewoon","sector":"jeugd"}`,
	} {
		s.Clock.Set(apptest.Begin().Add(time.Duration(i) * time.Hour))
		m, _ := s.receive(t, body)
		ids[*m.Onderwerp] = m.ID
		if m.Aanbieder != nil {
			ids["aanbieder"] = m.Aanbieder.ID
		}
	}
	return ids
}

func TestTheListFiltersAndSorts(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	ids := three(t, s)
	for query, want := range map[string][]string{
		"":                               {"spoed", "termijn", "gewoon"},
		"?sorteer=urgentie":              {"spoed", "termijn", "gewoon"},
		"?sorteer=ontvangst":             {"gewoon", "spoed", "termijn"},
		"?sorteer=wijziging":             {"spoed", "termijn", "gewoon"},
		"?advies=escaleren":              {"spoed"},
		"?advies=beoordelen":             {},
		"?status=ontvangen&sector=ggz":   {"spoed"},
		"?status=afgesloten":             {},
		"?sector=overig":                 {"termijn"},
		"?aanbieder=" + ids["aanbieder"]: {"termijn"},
		"?aanbieder=niemand":             {},
		"?ontvangenTot=2026-10-06":       {"termijn"},
		"?ontvangenVan=2026-10-07":       {"spoed", "gewoon"},
		"?ontvangenVan=2026-10-06&ontvangenTot=2026-10-06":               {"termijn"},
		"?termijnStatus=verstreken":                                      {"termijn"},
		"?termijnStatus=nadert":                                          {},
		"?klantkenmerk=a+b":                                              {"spoed"},
		"?klantkenmerk=a":                                                {},
		"?gewijzigdNa=2026-11-20T10:30:00Z":                              {"gewoon"},
		"?gewijzigdNa=2026-11-20T11:29:59.999%2B01:00&sorteer=wijziging": {"termijn", "gewoon"},
		"?limit=1": {"spoed"},
	} {
		t.Run(query, func(t *testing.T) { assert.Equal(t, want, names(s.list(t, query))) })
	}
}

func TestARowHoldsWhatAQueueShowsAndNothingPersonal(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	ids := three(t, s)
	w := s.do(t, call{path: listPath + "?termijnStatus=verstreken"})
	var out api.MeldingLijst
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
	require.Len(t, out.Items, 1)
	row := out.Items[0]
	assert.Equal(t, api.MeldingRegel{
		ID: ids["termijn"], Kenmerk: row.Kenmerk, Status: "ontvangen", Advies: "registreren", Onderwerp: ptr("termijn"), Kanaal: "telefoon",
		Soort: "klacht", Sector: "overig", Ontvangstdatum: "2026-10-06", OntvangenOp: apptest.Begin().Add(time.Hour),
		GewijzigdOp: apptest.Begin().Add(time.Hour),
		Aanbieder:   &api.AanbiederVerkort{ID: ids["aanbieder"], Naam: ptr("Zorggroep De Horst"), Plaats: ptr("Zutphen")},
		Termijn:     &api.OpenTermijn{Soort: "reactie_aanbieder", Einddatum: "2026-11-16", Status: "verstreken"},
	}, row)
	assert.NotContains(t, w.Body.String(), "Iemand")
	assert.NotContains(t, w.Body.String(), "verhaal")
}

func TestEveryPageLinksToTheNextWithTheSameFilters(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	want := map[string]bool{}
	for i := range 7 {
		s.Clock.Set(apptest.Begin().Add(time.Duration(i%3) * time.Minute))
		m, _ := s.receive(t, fmt.Sprintf(`{"kanaal":"telefoon","soort":"vraag","sector":"ggz","onderwerp":"vraag %d"}`, i))
		want[m.ID] = true
		s.receive(t, `{"kanaal":"telefoon","soort":"vraag","sector":"jeugd"}`)
	}
	for _, order := range []string{"urgentie", "ontvangst", "wijziging"} {
		t.Run(order, func(t *testing.T) {
			got := map[string]bool{}
			pages := 0
			for at := listPath + "?sector=ggz&limit=3&gewijzigdNa=2026-11-20T10:00:00%2B01:00&sorteer=" + order; at != ""; pages++ {
				w := s.do(t, call{path: at})
				require.Equal(t, http.StatusOK, w.Code, w.Body.String())
				var page api.MeldingLijst
				require.NoError(t, json.Unmarshal(w.Body.Bytes(), &page))
				for _, row := range page.Items {
					assert.False(t, got[row.ID], "twice in the list")
					got[row.ID] = true
				}
				if at = next(t, w.Header()); at != "" {
					u, err := url.Parse(at)
					require.NoError(t, err)
					assert.Equal(t, []string{"ggz", "3", "2026-11-20T10:00:00+01:00", order},
						[]string{u.Query().Get("sector"), u.Query().Get("limit"), u.Query().Get("gewijzigdNa"), u.Query().Get("sorteer")})
				}
			}
			assert.Equal(t, want, got)
			assert.Equal(t, 3, pages)
		})
	}
}

func TestAListThatIsAskedWronglyNamesEveryParameter(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	three(t, s)
	page := s.do(t, call{path: listPath + "?limit=1&sorteer=ontvangst"})
	u, err := url.Parse(next(t, page.Header()))
	require.NoError(t, err)
	for query, want := range map[string][]string{
		"?limit=0&status=weg&onzin=1": {"limit", "onzin", "status"},
		"?limit=201":                  {"limit"},
		"?limit=1&limit=2":            {"limit"},
		"?cursor=onzin":               {"cursor"},
		"?cursor=":                    {"cursor"},
		"?sorteer=wijziging&cursor=" + u.Query().Get("cursor"):                     {"cursor"},
		"?ontvangenVan=2026-11-02&ontvangenTot=2026-11-01":                         {"ontvangenVan"},
		"?gewijzigdNa=2026-11-20T10:00:00+01:00&termijnStatus=weg":                 {"gewijzigdNa", "termijnStatus"},
		"?status=weg&cursor=onzin&ontvangenVan=2026-11-02&ontvangenTot=2026-11-01": {"cursor", "ontvangenVan", "status"},
		"?ontvangenVan=2026-11-02&ontvangenTot=2026-11-01&cursor=onzin":            {"cursor", "ontvangenVan"},
		"?ontvangenVan=2026-11-02&ontvangenTot=2026-11-99&limit=0":                 {"limit", "ontvangenTot"},
		"?sorteer=leeftijd&cursor=" + u.Query().Get("cursor"):                      {"sorteer"},
		"?sorteer=wijziging&cursor=" + cursorOf(`["wijziging",null,null]`):         {"cursor"},
		"?klantkenmerk=%FF": {"klantkenmerk"},
		"?klantkenmerk=%":   {""},
		"?klantkenmerk=a;b": {""},
		"?Status=ontvangen": {"Status"},
	} {
		t.Run(query, func(t *testing.T) {
			assert.Equal(t, want, faulted(t, s.do(t, call{path: listPath + query})))
		})
	}
	assert.Equal(t, []string{"dag", "sinds"}, faulted(t, s.do(t, call{path: "/v1/aanbieders/x/signalen?dag=2026-02-30&sinds=1"})))
	assert.Equal(t, []string{"velden"}, faulted(t, s.do(t, call{path: listPath + "/x?velden=advies"})))
}

func TestEveryListNamesItsCursorBesideWhatElseIsWrong(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	var contract struct {
		Paths map[string]struct{ Get json.RawMessage }
	}
	require.NoError(t, json.Unmarshal(s.do(t, call{path: "/v1/openapi.json"}).Body.Bytes(), &contract))
	lists := 0
	for path, calls := range contract.Paths {
		if !strings.Contains(string(calls.Get), `"#/components/parameters/cursor"`) {
			continue
		}
		lists++
		asked := "/v1" + strings.ReplaceAll(path, "{id}", "x") + "?limit=-1&cursor=!!"
		assert.Equal(t, []string{"cursor", "limit"}, faulted(t, s.do(t, as("demo-teamleider", call{path: asked}))), path)
	}
	assert.Greater(t, lists, 8)
}

// cursorOf writes a cursor by hand.
func cursorOf(key string) string { return base64.RawURLEncoding.EncodeToString([]byte(key)) }

func TestProvidersAreFound(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	for _, name := range []string{"Zorggroep De Horst", "Huisartsen Noord", "Praktijk Zuid"} {
		s.receive(t, `{"kanaal":"telefoon","soort":"klacht","aanbieder":{"naam":"`+name+`","plaats":"Zutphen"}}`)
	}
	s.receive(t, `{"kanaal":"telefoon","soort":"klacht","aanbieder":{"naam":"Apotheek West","plaats":"Lochem","kvkNummer":"87654321"}}`)
	for query, want := range map[string][]string{
		"":                    {"Apotheek West", "Huisartsen Noord", "Praktijk Zuid", "Zorggroep De Horst"},
		"?zoek=horst":         {"Zorggroep De Horst"},
		"?zoek=HORST+zutphen": {"Zorggroep De Horst"},
		"?zoek=lochem":        {"Apotheek West"},
		"?zoek=87654321":      {"Apotheek West"},
		"?zoek=niemand":       {},
		"?limit=3":            {"Apotheek West", "Huisartsen Noord", "Praktijk Zuid"},
	} {
		t.Run(query, func(t *testing.T) {
			w := s.do(t, call{path: "/v1/aanbieders" + query})
			require.Equal(t, http.StatusOK, w.Code, w.Body.String())
			var out api.AanbiederLijst
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
			got := []string{}
			for _, a := range out.Items {
				got = append(got, *a.Naam)
			}
			assert.Equal(t, want, got)
			assert.Equal(t, strings.Contains(query, "limit"), next(t, w.Header()) != "")
		})
	}
}

func TestTheFiguresOfAProvider(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	m, _ := s.receive(t, `{"kanaal":"telefoon","soort":"klacht","ontvangstdatum":"2026-11-01","aanbieder":{"naam":"Zorggroep De Horst"},"feiten":{"geweld":"ja"}}`)
	s.receive(t, `{"kanaal":"telefoon","soort":"klacht","ontvangstdatum":"2026-11-20","aanbieder":{"id":"`+m.Aanbieder.ID+`"}}`)
	s.receive(t, `{"kanaal":"telefoon","soort":"vraag","aanbieder":{"id":"`+m.Aanbieder.ID+`"}}`)
	for query, want := range map[string][3]int{
		"": {2, 2, 1}, "?dag=2026-11-20": {2, 2, 1}, "?dag=2026-11-19": {1, 1, 1}, "?dag=2026-12-05": {1, 2, 1}, "?dag=2026-10-31": {0, 0, 0},
	} {
		t.Run(query, func(t *testing.T) {
			w := s.do(t, call{path: "/v1/aanbieders/" + m.Aanbieder.ID + "/signalen" + query})
			require.Equal(t, http.StatusOK, w.Code, w.Body.String())
			var out api.AanbiederSignalen
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
			assert.Equal(t, want, [3]int{out.Signalen.Aantal30, out.Signalen.Aantal90, out.Signalen.Ernstig365})
			assert.Equal(t, "Zorggroep De Horst", *out.Aanbieder.Naam)
			if query != "" {
				assert.Equal(t, "?dag="+out.Dag, query)
			}
		})
	}
	for _, id := range []string{"niemand", "%FF", "0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d21"} {
		assert.Equal(t, http.StatusNotFound, s.do(t, call{path: "/v1/aanbieders/" + id + "/signalen"}).Code)
	}
}
