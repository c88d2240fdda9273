package server_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

const termsPath = "/v1/termijnen"

// complaint is a melding about a provider with a complaint of a day, and more of
// its complaint.
func complaint(provider, on, more string) string {
	return fmt.Sprintf(`{"kanaal":"telefoon","soort":"klacht","sector":"ggz","aanbieder":{"naam":%q,"plaats":"Zutphen"},
		"melder":{"naam":"Iemand"},"omschrijving":"Een verhaal","klachtBijAanbieder":{"ingediendOp":%q%s}}`, provider, on, more)
}

// get asks for path and reads the answer into out.
func (s site) get(t testing.TB, path string, out any) http.Header {
	t.Helper()
	w := s.do(t, call{path: path})
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), out))
	assert.NotContains(t, w.Body.String(), "Iemand")
	assert.NotContains(t, w.Body.String(), "verhaal")
	return w.Header()
}

func TestTheListOfTermsFiltersCountsAndPages(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	for i, day := range []string{"2026-11-18", "2026-10-05", "2026-10-15"} {
		s.receive(t, complaint([]string{"De Horst", "De Eik"}[i%2], day, ""))
	}
	m, _ := s.receive(t, `{"kanaal":"brief","soort":"vraag","sector":"jeugd"}`)
	ends := func(l api.TermijnLijst) (days []string) {
		for _, row := range l.Items {
			days = append(days, row.Einddatum)
		}
		return days
	}
	for query, want := range map[string][]string{
		"":                          {"2026-11-16", "2026-11-26", "2026-11-27", "2026-12-30"},
		"?status=verstreken":        {"2026-11-16"},
		"?status=nadert":            {"2026-11-26"},
		"?status=lopend":            {"2026-11-27", "2026-12-30"},
		"?eigenaar=lmz":             {"2026-11-27"},
		"?eigenaar=igj":             nil,
		"?soort=terugbellen_lmz":    {"2026-11-27"},
		"?sector=ggz&status=lopend": {"2026-12-30"},
		"?behandelaar=niemand":      nil,
		"?eindeVan=2026-11-26&eindeTot=2026-11-27": {"2026-11-26", "2026-11-27"},
	} {
		var list api.TermijnLijst
		s.get(t, termsPath+query, &list)
		assert.Equal(t, want, ends(list), query)
		assert.Equal(t, len(want), list.Totalen.Aantal, query)
		assert.Equal(t, "2026-11-20", list.Dag)
	}
	var all []string
	for at := termsPath + "?limit=3&eindeVan=2026-01-01"; at != ""; {
		var page api.TermijnLijst
		header := s.get(t, at, &page)
		assert.Equal(t, 4, page.Totalen.Aantal, "of all pages")
		assert.Equal(t, 3, page.Totalen.PerEigenaar.Aanbieder)
		assert.Equal(t, 2, page.Totalen.PerStatus.Lopend)
		all = append(all, ends(page)...)
		if at = next(t, header); at != "" {
			assert.Contains(t, at, "eindeVan=2026-01-01")
		}
	}
	assert.Equal(t, []string{"2026-11-16", "2026-11-26", "2026-11-27", "2026-12-30"}, all)
	var list api.TermijnLijst
	s.get(t, termsPath+"?eigenaar=lmz", &list)
	assert.Equal(t, api.TermijnRegel{
		Melding: m.ID, Kenmerk: m.Kenmerk, Soort: "terugbellen_lmz", Titel: "Terugbellen door het Landelijk Meldpunt Zorg", Eigenaar: ptr("lmz"),
		Start: "2026-11-20", Einddatum: "2026-11-27", Status: "lopend", DagenResterend: number(7), Sector: "jeugd",
	}, list.Items[0])
}

func number(n int) *int { return &n }

func TestAQuestionForTermsThatIsWrongIsRefusedWhole(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	for query, want := range map[string][]string{
		"?status=voldaan&eigenaar=ik&limit=0&koffie=1": {"status", "eigenaar", "limit", "koffie"},
		"?eindeVan=2026-13-01&afloop=goed":             {"eindeVan", "afloop"},
		"?eindeVan=2026-11-02&eindeTot=2026-11-01":     {"eindeVan"},
		"?soort=koffie": {"soort"},
		"?soort=koffie&eindeVan=2026-02-02&eindeTot=2026-02-01": {"soort", "eindeVan"},
		"?soort=koffie&afloop=nooit":                            {"soort", "aanbieder"},
		"?cursor=koffie":                                        {"cursor"},
		"?afloop=te_laat&status=nadert":                         {"aanbieder", "status"},
	} {
		for _, accept := range []string{"application/json", "text/csv, application/problem+json"} {
			w := s.do(t, call{path: termsPath + query, header: map[string]string{"Accept": accept}})
			require.Equal(t, http.StatusBadRequest, w.Code, query)
			var problem api.Probleem
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &problem))
			var fields []string
			for _, f := range *problem.Fouten {
				fields = append(fields, f.Veld)
			}
			assert.ElementsMatch(t, want, fields, query)
			assert.Empty(t, w.Header().Get("Content-Disposition"), "a problem is no file")
		}
	}
}

func TestAllTermsComeAsAFile(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	for range 7 {
		s.receive(t, complaint("=cmd()", "2026-10-05", ""))
	}
	w := s.do(t, call{path: termsPath + "?limit=2&status=verstreken", header: map[string]string{"Accept": "text/csv"}})
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "text/csv; charset=utf-8; header=present", w.Header().Get("Content-Type"))
	assert.Equal(t, `attachment; filename="termijnen.csv"`, w.Header().Get("Content-Disposition"))
	assert.Empty(t, w.Header().Get("Link"))
	body, marked := strings.CutPrefix(w.Body.String(), "\ufeff")
	require.True(t, marked)
	assert.Equal(t, 8, strings.Count(body, "\r\n"), "all pages of it")
	rows := csv.NewReader(strings.NewReader(body))
	rows.Comma = ';'
	all, err := rows.ReadAll()
	require.NoError(t, err)
	assert.Equal(t, []string{"verstreken", "", "4", "'=cmd()", "Zutphen"}, all[7][5:10])
	w = s.do(t, call{path: "/v1/meldingen", header: map[string]string{"Accept": "text/csv"}})
	assert.Equal(t, http.StatusNotAcceptable, w.Code, "not everything is a file")
	w = s.do(t, call{path: termsPath, header: map[string]string{"Accept": "text/csv", "Authorization": ""}})
	assert.Equal(t, http.StatusUnauthorized, w.Code)
}

// halfway is a store that goes away after the first page of terms.
type halfway struct {
	store.Store
	pages atomic.Int32
}

// Termijnen implements store.Store.
func (h *halfway) Termijnen(context.Context, domain.TermijnVraag) (domain.TermijnPagina, error) {
	if h.pages.Add(1) > 1 {
		return domain.TermijnPagina{}, &domain.Error{Code: domain.Unavailable, Key: "fout.opslag_niet_beschikbaar"}
	}
	return domain.TermijnPagina{Regels: make([]domain.TermijnRegel, 5000), Volgende: "x"}, nil
}

func TestAFileThatBreaksOffIsSeenToBeBroken(t *testing.T) {
	metrics := server.NewMetrics()
	h := apptest.Empty(t, metrics, apptest.Patient())
	h.App = h.Over(t, &halfway{Store: h.Store}, metrics)
	s := serve(t, h, metrics)
	srv := httptest.NewServer(s.server.Handler())
	defer srv.Close()
	answer := ask(t, srv, "text/csv")
	defer func() { _ = answer.Body.Close() }()
	require.Equal(t, http.StatusOK, answer.StatusCode)
	_, err := io.ReadAll(answer.Body)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "nobody takes a part for the whole")
	again := ask(t, srv, "text/csv")
	defer func() { _ = again.Body.Close() }()
	require.Equal(t, http.StatusServiceUnavailable, again.StatusCode, "what fails at once says so")
	require.Equal(t, "application/problem+json", again.Header.Get("Content-Type"))
}

// ask asks a server for terms.
func ask(t testing.TB, srv *httptest.Server, accept string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+termsPath, nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer demo-systeem")
	r.Header.Set("Accept", accept)
	answer, err := srv.Client().Do(r)
	require.NoError(t, err)
	return answer
}

func TestThePunctualityOfProvidersLinksToItsLists(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	for range 6 {
		s.receive(t, complaint("De Horst", "2026-06-01", `,"antwoordOp":"2026-07-13"`))
	}
	for range 3 {
		s.receive(t, complaint("De Horst", "2026-06-01", ""))
	}
	s.receive(t, strings.Replace(complaint("De Horst", "2026-06-01", `,"antwoordOp":"2026-07-14"`), `"ggz"`, `"jeugd"`, 1))
	for range 5 {
		s.receive(t, complaint("De Horst", "2026-06-01", `,"antwoordOp":"2026-07-14"`))
	}
	s.receive(t, complaint("De Eik", "2026-06-01", `,"antwoordOp":"2026-08-01"`))
	s.receive(t, complaint("De Beuk", "2026-11-18", ""))
	var list api.StiptheidLijst
	s.get(t, "/v1/stiptheid?eindeVan=2026-01-01", &list)
	require.Len(t, list.Items, 2, "of De Beuk nothing ended")
	horst := list.Items[0]
	if *horst.Aanbieder.Naam != "De Horst" {
		horst = list.Items[1]
	}
	c := horst.Cijfers
	assert.Equal(t, []string{"6", "0", "6 of meer", "minder dan 5", "13 of meer"}, []string{c.OpTijd.Tekst, c.Verlengd.Tekst, c.TeLaat.Tekst, c.Nooit.Tekst, c.Totaal.Tekst})
	assert.Equal(t, number(6), c.OpTijd.Aantal)
	assert.Nil(t, c.Nooit.Aantal)
	assert.Nil(t, c.Totaal.Aantal)
	assert.Nil(t, c.Nooit.Lijst, "nobody counts what is behind it")
	assert.Nil(t, c.TeLaat.Lijst, "nobody takes the one sector off the whole")
	require.Len(t, horst.Sectoren, 2)
	for figure, want := range map[*api.StiptheidGetal]int{
		&c.OpTijd: 6, &c.Verlengd: 0, &horst.Sectoren[0].Cijfers.OpTijd: 6, &horst.Sectoren[0].Cijfers.TeLaat: 5,
	} {
		var behind api.TermijnLijst
		s.get(t, *figure.Lijst, &behind)
		assert.Len(t, behind.Items, want, *figure.Lijst)
		assert.Nil(t, behind.Totalen, "the number stands in no total")
	}
	var one api.Stiptheid
	s.get(t, "/v1/aanbieders/"+horst.Aanbieder.ID+"/stiptheid?eindeVan=2026-01-01", &one)
	assert.Equal(t, horst, one)
	s.get(t, "/v1/aanbieders/"+horst.Aanbieder.ID+"/stiptheid?eindeTot=2026-07-12", &one)
	assert.Equal(t, "0", one.Cijfers.Totaal.Tekst)
	assert.Equal(t, http.StatusNotFound, s.do(t, call{path: "/v1/aanbieders/weg/stiptheid"}).Code)
	w := s.do(t, call{path: "/v1/stiptheid?eindeVan=2026-11-02&eindeTot=2026-11-01&limit=300"})
	assert.Equal(t, http.StatusBadRequest, w.Code)
	seen := 0
	for at := "/v1/stiptheid?limit=1"; at != ""; seen++ {
		var page api.StiptheidLijst
		at = next(t, s.get(t, at, &page))
		require.Len(t, page.Items, 1)
	}
	assert.Equal(t, 2, seen)
}
