package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

const (
	listPath = "/v1/meldingen"
	told     = `{"kanaal":"brief","soort":"klacht","ontvangstdatum":"2026-11-18","sector":"ggz","onderwerp":"Gevallen op de gang",
		"omschrijving":"Ik viel.","aard":"valincident","feiten":{"bedreiging":"nee","schade":"licht","schadeDoorZorg":"ja"},
		"gebeurtenis":{"van":"2026-11","voortdurend":true},"toestemming":{"inspecteur":"gegeven"},
		"klachtBijAanbieder":{"ingediendOp":"2026-11-16"},"aanbieder":{"naam":"Zorggroep De Horst","plaats":"Zutphen","kvkNummer":"12345678"},
		"melder":{"naam":"A. Voorbeeld","eMail":"a@example.nl","geboortedatum":"1980-05-01"},"klantkenmerk":"dossier-17"}`
)

// receive sends a melding in and gives it as it was kept, with its entity tag.
func (s site) receive(t testing.TB, body string) (api.Melding, string) {
	t.Helper()
	w := s.do(t, call{path: listPath, body: body})
	require.Equal(t, http.StatusCreated, w.Code, w.Body.String())
	m := meldingOf(t, w)
	assert.Equal(t, listPath+"/"+m.ID, w.Header().Get("Location"))
	return m, w.Header().Get("ETag")
}

func meldingOf(t testing.TB, w *httptest.ResponseRecorder) api.Melding {
	t.Helper()
	var m api.Melding
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &m), w.Body.String())
	return m
}

// change sends a body to a melding under a condition.
func (s site) change(t testing.TB, method, path, tag, body string) *httptest.ResponseRecorder {
	t.Helper()
	return s.do(t, call{method: method, path: path, body: body, header: map[string]string{"If-Match": tag}})
}

func TestAMeldingIsKeptAsItWasTold(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	m, tag := s.receive(t, told)
	assert.Regexp(t, `^"1-[0-9a-f]{16}"$`, tag)
	assert.Regexp(t, `^LMZ-[0-9A-Z]{4}-[0-9A-Z]{4}$`, m.Kenmerk)
	assert.Equal(t, "ontvangen", m.Status)
	assert.Equal(t, "2026-11-18", m.Ontvangstdatum)
	assert.Equal(t, apptest.Begin(), m.OntvangenOp)
	assert.Equal(t, "valincident", *m.Aard)
	assert.Equal(t, api.Melder{Naam: ptr("A. Voorbeeld"), EMail: ptr("a@example.nl"), Geboortedatum: ptr("1980-05-01")}, *m.Melder)
	assert.Equal(t, api.Gebeurtenis{Van: ptr("2026-11"), Voortdurend: ptr(true)}, *m.Gebeurtenis, "as it was told")
	assert.Nil(t, m.Regime, "what was not told is not there")
	assert.NotEmpty(t, m.Aanbieder.ID)
	assert.Equal(t, "12345678", *m.Aanbieder.KvkNummer)

	assert.Equal(t, "ontvangst", m.Advies.Aanleiding)
	assert.Equal(t, "registreren", m.Advies.Advies)
	assert.Len(t, m.Advies.Criteria, 11)
	assert.Equal(t, "registreren", m.Advies.Bandbreedte.Laagste)
	assert.NotEmpty(t, *m.Advies.Ontbrekend)
	assert.Empty(t, m.EerdereAdviezen)
	kinds := []string{}
	for _, term := range m.Termijnen {
		kinds = append(kinds, term.Soort)
	}
	assert.ElementsMatch(t, []string{"reactie_aanbieder", "terugbellen_lmz"}, kinds)

	given := s.do(t, call{path: onePath + "/" + *m.Advies.ID})
	assert.Equal(t, http.StatusOK, given.Code, "its advice is in the decision log")
}

func ptr[T any](v T) *T { return &v }

func TestAMeldingReadsBackAsTheSameBytes(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	kept := s.do(t, call{path: listPath, body: told})
	m := meldingOf(t, kept)
	small := strings.ToLower(strings.ReplaceAll(m.Kenmerk, "-", ""))
	for name, id := range map[string]string{
		"by its id":              m.ID,
		"by its kenmerk":         m.Kenmerk,
		"as somebody typed it":   small,
		"without the first part": small[3:],
		"with spaces":            url.PathEscape(strings.ReplaceAll(m.Kenmerk, "-", " ")),
		"with signs encoded":     strings.ReplaceAll(m.Kenmerk, "-", "%2D"),
	} {
		t.Run(name, func(t *testing.T) {
			w := s.do(t, call{path: listPath + "/" + id})
			require.Equal(t, http.StatusOK, w.Code, w.Body.String())
			assert.Equal(t, kept.Body.String(), w.Body.String())
			assert.Equal(t, kept.Header().Get("ETag"), w.Header().Get("ETag"))
		})
	}
}

func TestAMeldingNobodyHasIsNotFound(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	_, tag := s.receive(t, told)
	for _, id := range []string{
		"0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d20", "LMZ-7J34-78N7", "LMZ-7J34-78N8", "17", "%00", "%FF", "..%2F", "LMZ",
	} {
		for _, w := range []*httptest.ResponseRecorder{
			s.do(t, call{path: listPath + "/" + id}), s.do(t, call{path: listPath + "/" + id + "/geschiedenis"}),
			s.change(t, http.MethodPatch, listPath+"/"+id, tag, `{"aard":"x"}`),
			s.change(t, http.MethodPatch, listPath+"/"+id, tag, `{"aanbieder":{"id":"x"}}`),
			s.change(t, http.MethodPut, listPath+"/"+id+"/klacht-bij-aanbieder", tag, `{"ingediendOp":"2026-11-16"}`),
		} {
			assert.Equal(t, http.StatusNotFound, w.Code, id)
		}
	}
}

func TestACorrectionIsWeighedAgain(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	m, tag := s.receive(t, told)
	s.Clock.Set(apptest.Begin().Add(time.Hour))
	w := s.do(t, call{
		method: http.MethodPatch, path: listPath + "/" + m.Kenmerk, body: `{"feiten":{"geweld":"ja"},"melder":{"eMail":null},"kanaal":"telefoon"}`,
		header: map[string]string{"If-Match": tag, "Content-Type": "application/merge-patch+json"},
	})
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	got := meldingOf(t, w)
	assert.Regexp(t, `^"2-`, w.Header().Get("ETag"))
	assert.Equal(t, "escaleren", got.Advies.Advies)
	assert.Equal(t, "wijziging", got.Advies.Aanleiding)
	require.Len(t, got.EerdereAdviezen, 1)
	assert.Equal(t, *m.Advies.ID, *got.EerdereAdviezen[0].ID)
	assert.Equal(t, "licht", *got.Feiten.Schade, "what was not named stays")
	assert.Nil(t, got.Melder.EMail)
	assert.Equal(t, "A. Voorbeeld", *got.Melder.Naam)
	assert.Len(t, got.Termijnen, 1, "who calls is not called back")
	assert.Equal(t, m.OntvangenOp, got.OntvangenOp)
	assert.Equal(t, apptest.Begin().Add(time.Hour), got.GewijzigdOp)
}

func TestWhatAReaderSeesCanBeSentBack(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	read := s.do(t, call{path: listPath + "/" + m.ID})
	var doc map[string]any
	require.NoError(t, json.Unmarshal(read.Body.Bytes(), &doc))
	for _, fixed := range []string{
		"id", "kenmerk", "status", "ontvangenOp", "gewijzigdOp", "advies", "eerdereAdviezen", "termijnen", "mijlpalen", "toestemming", "klachtBijAanbieder",
	} {
		delete(doc, fixed)
	}
	body, err := json.Marshal(doc)
	require.NoError(t, err)
	w := s.change(t, http.MethodPatch, listPath+"/"+m.ID, tag, string(body))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, read.Body.String(), w.Body.String(), "nothing changed")
	assert.Equal(t, tag, w.Header().Get("ETag"))
}

func TestAProviderIsCorrectedByIDOrByName(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	other, _ := s.receive(t, `{"kanaal":"telefoon","soort":"klacht","aanbieder":{"naam":"Elders","plaats":"Lochem"}}`)
	w := s.change(t, http.MethodPatch, listPath+"/"+m.ID, tag, `{"aanbieder":{"id":"`+other.Aanbieder.ID+`"}}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, "Elders", *meldingOf(t, w).Aanbieder.Naam)
	w = s.change(t, http.MethodPatch, listPath+"/"+m.ID, w.Header().Get("ETag"), `{"aanbieder":{"naam":"Zorggroep De Horst","plaats":"Zutphen"}}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, m.Aanbieder.ID, meldingOf(t, w).Aanbieder.ID, "the provider we know")
	w = s.change(t, http.MethodPatch, listPath+"/"+m.ID, w.Header().Get("ETag"), `{"aanbieder":null}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Nil(t, meldingOf(t, w).Aanbieder)
}

func TestANumberOfTheProviderThatIsCorrectedLeadsToAnother(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, `{"kanaal":"telefoon","soort":"klacht","aanbieder":{"naam":"De Horst","kvkNummer":"71000001","vestigingsnummer":"000071000001"}}`)
	w := s.change(t, http.MethodPatch, listPath+"/"+m.ID, tag, `{"aanbieder":{"kvkNummer":"71000002"}}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	got := meldingOf(t, w).Aanbieder
	assert.NotEqual(t, m.Aanbieder.ID, got.ID)
	assert.Equal(t, "71000002", *got.KvkNummer)
	assert.Nil(t, got.Vestigingsnummer)
}

func TestTheComplaintAtTheProviderMovesTheClock(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	m, tag := s.receive(t, `{"kanaal":"telefoon","soort":"klacht"}`)
	path := listPath + "/" + m.ID + "/klacht-bij-aanbieder"
	require.Empty(t, m.Termijnen)
	w := s.change(t, http.MethodPut, path, tag, `{"ingediendOp":"2026-10-05","verlengdOp":null}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	got := meldingOf(t, w)
	require.Len(t, got.Termijnen, 1)
	assert.Equal(t, "2026-11-16", got.Termijnen[0].Einddatum)
	assert.Equal(t, "verstreken", got.Termijnen[0].Status)
	w = s.change(t, http.MethodPut, path, w.Header().Get("ETag"), `{"ingediendOp":"2026-10-05","antwoordOp":"2026-11-10","antwoordVoldoende":"ja"}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, "voldaan", meldingOf(t, w).Termijnen[0].Status)
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"nothing":             {`{}`, []string{"ingediendOp"}},
		"a null":              {`null`, []string{"ingediendOp"}},
		"faults of two kinds": {`{"ingediendOp":"2026-11-01","verlengdOp":"morgen","antwoordOp":"2026-10-01","extra":1}`, []string{"verlengdOp", "antwoordOp", "extra"}},
		"a day to come":       {`{"ingediendOp":"2026-11-21"}`, []string{"ingediendOp"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.ElementsMatch(t, c.want, faulted(t, s.change(t, http.MethodPut, path, w.Header().Get("ETag"), c.body)))
		})
	}
}

func TestTheHistoryTellsEverythingInOrder(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	m, tag := s.receive(t, told)
	s.Clock.Set(apptest.Begin().Add(time.Minute))
	w := s.change(t, http.MethodPatch, listPath+"/"+m.ID, tag, `{"feiten":{"schade":"geen"},"omschrijving":"Anders","melder":{"telefoon":"0612345678"}}`)
	require.Equal(t, http.StatusOK, w.Code)
	w = s.do(t, call{path: listPath + "/" + m.Kenmerk + "/geschiedenis"})
	var got api.Geschiedenis
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
	sentences, kinds := []string{}, []string{}
	for i, v := range got.Items {
		assert.Equal(t, i+1, v.Nr)
		assert.Equal(t, api.Uitvoerder{ID: "demo-systeem", Rol: "systeem"}, v.Door)
		assert.NotContains(t, v.Omschrijving, "voorval.", "a kind without a sentence")
		sentences, kinds = append(sentences, v.Omschrijving), append(kinds, v.Soort)
	}
	assert.Equal(t, []string{
		"ontvangen", "toestemming", "advies", "termijn_gestart", "termijn_gestart", "gewijzigd", "advies",
	}, kinds)
	assert.Equal(t, "De melding is ontvangen. Kanaal: brief.", sentences[0])
	assert.Equal(t, "De toestemming voor de inspecteur is: gegeven.", sentences[1])
	assert.Equal(t, "Het advies is: registreren. De aanleiding: de melding kwam binnen.", sentences[2])
	assert.Contains(t, sentences[3], "Reactie van de zorgaanbieder op de klacht. De laatste dag is maandag 28 december 2026.")
	assert.Equal(t, "De melding is gewijzigd. Velden: feiten.schade, melder.telefoon, omschrijving.", sentences[5])
	assert.Equal(t, []api.VeldWijziging{
		{Veld: "feiten.schade", Van: ptr("licht"), Naar: ptr("geen")}, {Veld: "melder.telefoon"}, {Veld: "omschrijving"},
	}, got.Items[5].Velden, "of what is personal or free text the name alone")
	assert.NotContains(t, w.Body.String(), "Voorbeeld")
}

func TestEveryKindOfHappeningHasItsSentence(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	m, tag := s.receive(t, `{"kanaal":"brief","soort":"klacht","toestemming":{"aanbieder":"geweigerd"}}`)
	for _, step := range []struct {
		days               int
		method, path, body string
	}{
		{0, http.MethodPut, "/klacht-bij-aanbieder", `{"ingediendOp":"2026-10-12"}`},
		{1, http.MethodPut, "/klacht-bij-aanbieder", `{"ingediendOp":"2026-10-12","verlengdOp":"2026-11-20"}`},
		{2, http.MethodPatch, "", `{"kanaal":"telefoon"}`},
		{40, "", "", ""},
	} {
		s.Clock.Set(apptest.Begin().AddDate(0, 0, step.days))
		_, err := s.App.Veeg(t.Context(), nil)
		require.NoError(t, err)
		if step.method != "" {
			w := s.change(t, step.method, listPath+"/"+m.ID+step.path, tag, step.body)
			require.Equal(t, http.StatusOK, w.Code, w.Body.String())
			tag = w.Header().Get("ETag")
		}
	}
	var got api.Geschiedenis
	require.NoError(t, json.Unmarshal(s.do(t, call{path: listPath + "/" + m.ID + "/geschiedenis"}).Body.Bytes(), &got))
	said := map[string]string{}
	for _, v := range got.Items {
		said[v.Soort] = v.Omschrijving
	}
	const answer, calling = "Reactie van de zorgaanbieder op de klacht", "Terugbellen door het Landelijk Meldpunt Zorg"
	assert.Equal(t, map[string]string{
		"ontvangen":            "De melding is ontvangen. Kanaal: brief.",
		"toestemming":          "De toestemming voor de aanbieder is: geweigerd.",
		"klacht_bij_aanbieder": "De klacht bij de aanbieder is vastgelegd. Velden: klachtBijAanbieder.verlengdOp.",
		"gewijzigd":            "De melding is gewijzigd. Velden: kanaal.",
		"advies":               "Het advies is: registreren. De aanleiding: een termijn is verstreken.",
		"termijn_gestart":      "Er loopt een termijn: " + answer + ". De laatste dag is maandag 23 november 2026.",
		"termijn_gewijzigd":    "Een termijn is gewijzigd: " + answer + ". De laatste dag was maandag 23 november 2026 en is nu maandag 21 december 2026.",
		"termijn_vervallen":    "Een termijn vervalt: " + calling + ". De laatste dag zou vrijdag 27 november 2026 zijn.",
		"termijn_nadert":       "Een termijn loopt bijna af: " + answer + ". De laatste dag is maandag 23 november 2026.",
		"termijn_verstreken":   "Een termijn is verstreken: " + answer + ". De laatste dag was maandag 21 december 2026.",
	}, said)
	assert.Equal(t, api.Uitvoerder{ID: "dienst", Rol: "systeem"}, got.Items[len(got.Items)-1].Door)
}

func TestEveryReasonOfAMissingAdviceHasItsSentence(t *testing.T) {
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	for _, reason := range append(policy.Reasons(), "geen_beleid", "invoer") {
		assert.Contains(t, texts, "voorval.reden."+string(reason))
	}
}

func TestAMeldingWithoutAPolicyIsKept(t *testing.T) {
	for name, c := range map[string]struct{ variant, reason string }{
		"no policy at all":              {"", "geen_beleid"},
		"a policy that does not answer": {"geen waarde", "ongedefinieerd"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			if c.variant != "" {
				s.Activate(t, apptest.Small(t, c.variant))
			}
			m, _ := s.receive(t, told)
			assert.Equal(t, "beoordelen", m.Advies.Advies)
			assert.Equal(t, c.reason, *m.Advies.Reden)
			assert.Contains(t, *m.Advies.Toelichting, "Een mens moet deze melding bekijken.")
			assert.Nil(t, m.Advies.ID)
			assert.Nil(t, m.Advies.Beleid)
			w := s.do(t, call{path: listPath + "/" + m.ID + "/geschiedenis"})
			assert.Contains(t, w.Body.String(), "Er kwam geen advies. ")
			assert.Equal(t, "1", s.metric(t, `lmz_adviezen_total{advies="beoordelen"}`))
		})
	}
}

func TestAMeldingSentAgainWithItsKeyIsThereOnce(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	key := map[string]string{"Idempotency-Key": "een"}
	var callers sync.WaitGroup
	answers := make([]*httptest.ResponseRecorder, 4)
	for i := range answers {
		callers.Go(func() { answers[i] = s.do(t, call{path: listPath, body: told, header: key}) })
	}
	callers.Wait()
	for _, w := range answers {
		assert.Equal(t, http.StatusCreated, w.Code, w.Body.String())
		assert.Equal(t, answers[0].Body.String(), w.Body.String())
		assert.Equal(t, answers[0].Header().Get("Location"), w.Header().Get("Location"))
	}
	w := s.do(t, call{path: listPath, body: strings.Replace(told, "dossier-17", "dossier-18", 1), header: key})
	assert.Equal(t, http.StatusConflict, w.Code)
	assert.Len(t, s.list(t, "").Items, 1)
}
