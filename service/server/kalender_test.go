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
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

const (
	yearPath     = "/v1/kalenders"
	versionsPath = "/v1/kalenderversies"
)

// decree is a body with one decree of these days, and more of the body.
func decree(source, more string, days ...string) string {
	var list []string
	for _, d := range days {
		list = append(list, `{"datum":"`+d+`","naam":"gelijkgestelde dag"}`)
	}
	return `{"besluiten":[{"besluit":"Besluit voor deze test","bron":{"titel":"koninklijk besluit, Staatscourant ` + source +
		`","verwijzing":"https://wetten.overheid.nl"},"dagen":[` + strings.Join(list, ",") + `]}],"reden":"Nieuw besluit."` + more + `}`
}

// fill sends body as somebody with the role beheer.
func (s site) fill(t testing.TB, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	all := map[string]string{"Authorization": "Bearer demo-beheer"}
	for i := 0; i+1 < len(header); i += 2 {
		all[header[i]] = header[i+1]
	}
	return s.do(t, call{path: versionsPath, body: body, header: all})
}

func (s site) versions(t testing.TB) api.KalenderversieLijst {
	t.Helper()
	var l api.KalenderversieLijst
	s.get(t, versionsPath, &l)
	return l
}

func TestAYearOfTheCalendarNamesEveryDayThatDoesNotCount(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	var year api.Kalenderjaar
	s.get(t, yearPath+"/2026", &year)
	assert.Equal(t, 2026, year.Jaar)
	assert.True(t, year.BesluitdagenBekend)
	assert.Len(t, year.Dagen, 104+10)
	assert.Equal(t, api.Kalenderdag{
		Datum: "2026-01-02", Soort: "besluitdag", Naam: "gelijkgestelde dag na Nieuwjaarsdag",
		Bron:  api.Bron{Titel: "koninklijk besluit voor 2026 tot en met 2028, Staatscourant 2025, 24713", Verwijzing: "https://wetten.overheid.nl/BWBR0051300"},
		Tekst: "gelijkgestelde dag na Nieuwjaarsdag (koninklijk besluit voor 2026 tot en met 2028, Staatscourant 2025, 24713)",
	}, year.Dagen[1])
	assert.Empty(t, year.Waarschuwingen)
	s.get(t, yearPath+"/1900", &year)
	assert.False(t, year.BesluitdagenBekend)
	assert.Equal(t, []string{"De gelijkgestelde dagen van 1900 zijn niet bekend. We kennen die van 2024 tot en met 2028."}, year.Waarschuwingen)
	for _, far := range []string{"1899", "2200", "02026", "20 26", "x", "-1", "2026.0"} {
		w := s.do(t, call{path: yearPath + "/" + strings.ReplaceAll(far, " ", "%20")})
		assert.Equal(t, []string{"jaar"}, faulted(t, w), far)
		assert.Equal(t, "Dit jaar kennen we niet. Kies een jaar van 1900 tot en met 2199.", (*problem(t, w).Fouten)[0].Melding)
	}
	assert.Equal(t, []string{"maand"}, faulted(t, s.do(t, call{path: yearPath + "/2026?maand=1"})))
}

func TestAVersionOfTheCalendarOverHTTP(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, _ := s.receive(t, complaint("De Horst", "2026-10-22", ""))
	w := s.fill(t, decree("2026, 40001", `,"stand":"2026-11-28","jaren":{"van":2024,"tot":2029}`, "2026-12-03"))
	require.Equal(t, http.StatusCreated, w.Code, w.Body.String())
	var made, read api.KalenderversieVolledig
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &made))
	assert.Equal(t, versionsPath+"/2", w.Header().Get("Location"))
	assert.Equal(t, 2, made.Versie)
	assert.Equal(t, "2026-11-28", made.Stand)
	assert.Equal(t, api.BekendeJaren{Van: 2024, Tot: 2029}, made.Jaren)
	assert.Equal(t, []api.Verschildag{{Datum: "2026-12-03", Tekst: "gelijkgestelde dag (koninklijk besluit, Staatscourant 2026, 40001)"}}, made.Erbij)
	assert.Empty(t, made.Eraf)
	assert.Equal(t, 1, made.TeHerrekenen)
	assert.Equal(t, api.Uitvoerder{ID: "demo-beheer", Rol: "beheer"}, made.Door)
	s.get(t, w.Header().Get("Location"), &read)
	assert.Equal(t, made, read)

	list := s.versions(t)
	require.Len(t, list.Items, 2)
	assert.Equal(t, made.Digest, list.Items[0].Digest)
	assert.Len(t, list.Items[1].Erbij, 8)
	assert.Equal(t, 1, list.TeHerrekenen)
	assert.Equal(t, api.BekendeJaren{Van: 2024, Tot: 2029}, list.BekendeJaren)
	assert.Equal(t, "1", s.metric(t, "lmz_kalender_te_herrekenen"))
	assert.Equal(t, "2029", s.metric(t, "lmz_kalender_laatste_jaar"))
	assert.Equal(t, "2", s.metric(t, "lmz_kalender_versie"))
	_, err := s.App.Herreken(t.Context(), nil, func(int) {})
	require.NoError(t, err)
	assert.Zero(t, s.versions(t).TeHerrekenen)
	assert.Equal(t, "0", s.metric(t, "lmz_kalender_te_herrekenen"))
	var history api.Geschiedenis
	s.get(t, listPath+"/"+m.ID+"/geschiedenis", &history)
	assert.Equal(t, "Een termijn is verschoven door de kalender: Reactie van de zorgaanbieder op de klacht. De laatste dag was donderdag 3 december 2026 en is nu vrijdag 4 december 2026.",
		history.Items[len(history.Items)-1].Omschrijving)

	again := s.fill(t, decree("2026, 40001", "", "2026-12-03"))
	require.Equal(t, http.StatusOK, again.Code, again.Body.String())
	assert.Empty(t, again.Header().Get("Location"))
	back := s.fill(t, `{"vervallen":[{"datum":"2026-12-03","reden":"Dit was een vergissing."}],"reden":"Herstel."}`)
	require.Equal(t, http.StatusCreated, back.Code, back.Body.String())
	assert.Contains(t, back.Body.String(), `"eraf":[{"datum":"2026-12-03"`)
}

func TestTheVersionsComePageByPage(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	for _, day := range []string{"2026-12-01", "2026-12-02"} {
		require.Equal(t, http.StatusCreated, s.fill(t, decree("2026, 1", "", day)).Code)
	}
	var page api.KalenderversieLijst
	head := s.get(t, versionsPath+"?limit=2", &page)
	assert.Equal(t, []int{3, 2}, []int{page.Items[0].Versie, page.Items[1].Versie})
	next := strings.TrimSuffix(strings.TrimPrefix(head.Get("Link"), "<"), `>; rel="next"`)
	head = s.get(t, next, &page)
	require.Len(t, page.Items, 1)
	assert.Equal(t, 1, page.Items[0].Versie)
	assert.Empty(t, head.Get("Link"))
	assert.Equal(t, []string{"cursor"}, faulted(t, s.do(t, call{path: versionsPath + "?cursor=x"})))
	assert.Equal(t, []string{"limit"}, faulted(t, s.do(t, call{path: versionsPath + "?limit=201"})))
	for _, none := range []string{"4", "0", "x", "%20"} {
		assert.Equal(t, http.StatusNotFound, s.do(t, call{path: versionsPath + "/" + none}).Code, none)
	}
}

func TestAWrongDecreeOverHTTPIsRefusedWholeWithTheFieldAndTheReason(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	require.Equal(t, http.StatusCreated, s.fill(t, decree("2026, 40001", "", "2026-12-03")).Code)
	const day = "besluiten[0].dagen[0].datum"
	for name, c := range map[string]struct {
		body, field, reason string
	}{
		"a day that is a holiday":             {decree("2026, 2", "", "2026-12-25"), day, "Deze dag telt al niet mee: Eerste Kerstdag"},
		"a day in a weekend":                  {decree("2026, 2", "", "2026-12-12"), day, "Deze dag telt al niet mee: zaterdag"},
		"a day that another decree has":       {decree("2026, 2", "", "2026-12-03"), day, "Deze dag staat al in een ander besluit"},
		"a day centuries away":                {decree("2026, 2", "", "2926-12-03"), day, "in de jaren 1900 tot en met 2199"},
		"a day in a year that is not known":   {decree("2026, 2", "", "2150-12-03"), day, "buiten de bekende jaren (2024 tot en met 2028)"},
		"a day twice":                         {decree("2026, 2", "", "2026-12-04", "2026-12-04"), "besluiten[0].dagen[1].datum", "staat er twee keer"},
		"years centuries away":                {decree("2026, 2", `,"jaren":{"van":2024,"tot":2199}`, "2026-12-04"), "jaren.tot", "ligt te ver weg"},
		"fewer years":                         {decree("2026, 2", `,"jaren":{"van":2025,"tot":2028}`, "2026-12-04"), "jaren.van", "kunnen niet minder worden"},
		"no Staatscourant":                    {strings.Replace(decree("2026, 2", "", "2026-12-04"), "Staatscourant", "krant", 1), "besluiten[0].bron.titel", "Noem het nummer van de Staatscourant"},
		"an address that is none":             {strings.Replace(decree("2026, 2", "", "2026-12-04"), "https:", "javascript:", 1), "besluiten[0].bron.verwijzing", "een adres dat begint met https://"},
		"takes back what is not there":        {`{"vervallen":[{"datum":"2026-12-04","reden":"x"}],"reden":"x"}`, "vervallen[0].datum", "staat in geen bekend besluit"},
		"no reason":                           {`{"vervallen":[{"datum":"2026-12-03","reden":"x"}]}`, "reden", "ontbreekt"},
		"a field that is none":                {decree("2026, 2", `,"dagen":[]`, "2026-12-04"), "dagen", "kennen we hier niet"},
		"an element that is no decree at all": {`{"besluiten":[7],"reden":"x"}`, "besluiten[0]", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.fill(t, c.body)
			require.Equal(t, []string{c.field}, faulted(t, w), w.Body.String())
			assert.Contains(t, (*problem(t, w).Fouten)[0].Melding, c.reason)
			assert.Len(t, s.versions(t).Items, 2, "nothing changed")
		})
	}
	all := faulted(t, s.fill(t, `{"besluiten":[{"besluit":"","bron":{"titel":"x"},"dagen":[{"datum":"2026-12-25"}]}],"vervallen":[{}],"jaren":{"tot":1}}`))
	assert.Equal(t, []string{
		"besluiten[0].besluit", "besluiten[0].bron.titel", "besluiten[0].bron.verwijzing", "besluiten[0].dagen[0].datum",
		"besluiten[0].dagen[0].naam", "jaren.tot", "jaren.van", "reden", "vervallen[0].datum", "vervallen[0].reden",
	}, all, "all of them at once")
}

func TestOnlyBeheerMayChangeTheCalendarAndEverybodyMayReadIt(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	_, names := server.DemoTokens()
	for _, name := range names {
		as := map[string]string{"Authorization": "Bearer " + name}
		assert.Equal(t, http.StatusOK, s.do(t, call{path: versionsPath, header: as}).Code, name)
		assert.Equal(t, http.StatusOK, s.do(t, call{path: yearPath + "/2027", header: as}).Code, name)
		w := s.do(t, call{path: versionsPath, body: decree("2026, 3", "", "2026-12-07"), header: as})
		if name == "demo-beheer" {
			assert.Equal(t, http.StatusCreated, w.Code)
			continue
		}
		assert.Equal(t, http.StatusForbidden, w.Code, name)
	}
	assert.Equal(t, http.StatusUnauthorized, s.do(t, call{path: versionsPath, header: map[string]string{"Authorization": ""}}).Code)
}

func TestAChangeOfTheCalendarWithAKeyIsAnsweredAsBefore(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	body := decree("2026, 4", "", "2026-12-07")
	first := s.fill(t, body, "Idempotency-Key", "k")
	require.Equal(t, http.StatusCreated, first.Code)
	require.Equal(t, http.StatusCreated, s.fill(t, `{"vervallen":[{"datum":"2026-12-07","reden":"x"}],"reden":"x"}`).Code)
	again := s.fill(t, body, "Idempotency-Key", "k")
	assert.Equal(t, http.StatusCreated, again.Code)
	assert.Equal(t, first.Body.String(), again.Body.String())
	assert.Equal(t, first.Header().Get("Location"), again.Header().Get("Location"))
	assert.Equal(t, http.StatusConflict, s.fill(t, decree("2026, 4", "", "2026-12-08"), "Idempotency-Key", "k").Code)
	assert.Len(t, s.versions(t).Items, 3)

	gone := `{"vervallen":[{"datum":"2028-05-26","reden":"x"}],"reden":"x"}`
	taken := s.fill(t, gone, "Idempotency-Key", "weg")
	require.Equal(t, http.StatusCreated, taken.Code)
	again = s.fill(t, gone, "Idempotency-Key", "weg")
	assert.Equal(t, http.StatusCreated, again.Code, "though the day is not there any more")
	assert.Equal(t, taken.Body.String(), again.Body.String())
	assert.Equal(t, http.StatusBadRequest, s.fill(t, gone, "Idempotency-Key", "nieuw").Code)
	assert.Equal(t, http.StatusCreated, s.fill(t, decree("2026, 5", "", "2026-12-08"), "Idempotency-Key", "nieuw").Code, "what was refused fixed nothing under its key")
}

func TestItIsToldInTimeThatTheKnownYearsEnd(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	const said = "De gelijkgestelde dagen zijn bekend tot en met 2028. Voeg op tijd de dagen van 2029 en later toe."
	assert.NotContains(t, s.page(t, "x").Body.String(), "Let op")
	assert.Empty(t, s.versions(t).Waarschuwingen)
	s.Clock.Set(apptest.Begin().AddDate(1, 2, 0)) // January 2028
	assert.Equal(t, []string{said}, s.versions(t).Waarschuwingen)
	var year api.Kalenderjaar
	s.get(t, yearPath+"/2028", &year)
	assert.Equal(t, []string{said}, year.Waarschuwingen)
	assert.Contains(t, s.page(t, "x").Body.String(), said)
	require.Equal(t, http.StatusCreated, s.fill(t, decree("2028, 1", `,"stand":"2028-01-10","jaren":{"van":2024,"tot":2031}`, "2029-05-11")).Code)
	assert.Empty(t, s.versions(t).Waarschuwingen)
	assert.NotContains(t, s.page(t, "x").Body.String(), "Let op")
}
