package server_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

func TestAHappeningOverHTTP(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	at := listPath + "/" + m.ID + "/mijlpalen"
	w := s.change(t, http.MethodPost, at, tag, `{"soort":"rapport_gevraagd","datum":"2026-11-19"}`)
	require.Equal(t, http.StatusCreated, w.Code, w.Body.String())
	var got api.MijlpaalVastgelegd
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
	assert.Equal(t, at+"/"+got.ID, w.Header().Get("Location"))
	assert.Equal(t, "Er is een rapport gevraagd aan de aanbieder", got.Titel)
	require.Len(t, got.Gebeurtenissen, 2)
	assert.Equal(t, "Er is een rapport gevraagd aan de aanbieder. De dag: donderdag 19 november 2026.", got.Gebeurtenissen[0].Omschrijving)
	assert.Equal(t, "Er loopt een termijn: Onderzoek door de zorgaanbieder zelf. De laatste dag is donderdag 14 januari 2027.", got.Gebeurtenissen[1].Omschrijving)

	alone := s.do(t, call{path: w.Header().Get("Location")})
	require.Equal(t, http.StatusOK, alone.Code, alone.Body.String())
	assert.JSONEq(t, w.Body.String(), alone.Body.String(), "what was made can be read where it is said to be")

	read := s.do(t, call{path: listPath + "/" + m.ID})
	assert.Equal(t, w.Header().Get("ETag"), read.Header().Get("ETag"))
	now := meldingOf(t, read)
	require.Len(t, now.Mijlpalen, 1)
	require.Len(t, now.Termijnen, 3)
	report := now.Termijnen[2]
	assert.Equal(t, "aanbieder", report.Eigenaar)
	assert.True(t, report.Wettelijk)
	assert.Equal(t, got.ID, *report.Mijlpaal)
	assert.Nil(t, now.Termijnen[0].Mijlpaal, "the complaint started that one")
	assert.Equal(t, []bool{true, false}, []bool{now.Termijnen[0].Wettelijk, now.Termijnen[1].Wettelijk}, "calling back is the office's own norm")

	agreed := s.change(t, http.MethodPost, at, read.Header().Get("ETag"), `{"soort":"nadere_termijn_afgesproken","datum":"2026-11-20","termijn":"onderzoek_aanbieder","tot":"2027-02-01"}`)
	require.Equal(t, http.StatusCreated, agreed.Code, agreed.Body.String())
	now = meldingOf(t, s.do(t, call{path: listPath + "/" + m.ID}))
	assert.Equal(t, "2027-02-01", now.Termijnen[2].Einddatum)
	assert.Equal(t, api.AfgesprokenTermijn{Tot: "2027-02-01", AkkoordOp: "2026-11-20"}, *now.Termijnen[2].NadereTermijn)

	moved := s.change(t, http.MethodPut, at+"/"+now.Mijlpalen[0].ID, "*", `{"soort":"rapport_gevraagd","datum":"2026-11-20"}`)
	require.Equal(t, http.StatusOK, moved.Code, moved.Body.String())
	assert.Equal(t, "2026-11-20", meldingOf(t, moved).Termijnen[2].Start)
	assert.Equal(t, now.Mijlpalen[0].ID, *meldingOf(t, moved).Termijnen[2].Mijlpaal)

	gone := s.do(t, call{method: http.MethodDelete, path: at + "/" + now.Mijlpalen[1].ID, header: map[string]string{"If-Match": "*"}})
	require.Equal(t, http.StatusOK, gone.Code, gone.Body.String())
	assert.Equal(t, http.StatusNotFound, s.do(t, call{path: at + "/" + now.Mijlpalen[1].ID}).Code)
	assert.Equal(t, "2027-01-15", meldingOf(t, gone).Termijnen[2].Einddatum)
	assert.Len(t, meldingOf(t, gone).Mijlpalen, 1)
}

func TestARefusedHappeningNamesItsFields(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	at := listPath + "/" + m.ID + "/mijlpalen"
	for body, want := range map[string][]string{
		`{}`: {"soort"}, `{"soort":"feest"}`: {"soort"}, `{"soort":"rapport_gevraagd","datum":"2026-11-21","x":1}`: {"datum", "x"},
		`{"soort":"rapport_gevraagd","datum":"2026-11-17"}`:                           {"datum"},
		`{"soort":"termijn_verlengd","termijn":"reactie_aanbieder","tot":"volgende"}`: {"termijn", "tot"},
		`{"soort":"aanvulling_ontvangen"}`:                                            {"soort"},
	} {
		w := s.change(t, http.MethodPost, at, tag, body)
		require.Equal(t, http.StatusBadRequest, w.Code, body)
		fields := []string{}
		for _, f := range *problem(t, w).Fouten {
			fields = append(fields, f.Veld)
		}
		assert.Equal(t, want, fields, body)
	}
	ok := `{"soort":"rapport_gevraagd"}`
	assert.Equal(t, http.StatusPreconditionRequired, s.do(t, call{path: at, body: ok}).Code)
	assert.Equal(t, http.StatusPreconditionFailed, s.change(t, http.MethodPost, at, `"9-0000000000000000"`, ok).Code)
	assert.Equal(t, http.StatusNotFound, s.change(t, http.MethodPost, listPath+"/LMZ-0000-0000/mijlpalen", "*", ok).Code)
	for _, id := range []string{"x", "0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d30", "%00"} {
		w := s.do(t, call{method: http.MethodDelete, path: at + "/" + id, header: map[string]string{"If-Match": "*"}})
		assert.Equal(t, http.StatusNotFound, w.Code, id)
	}
	assert.Equal(t, tag, s.do(t, call{path: listPath + "/" + m.ID}).Header().Get("ETag"), "nothing changed")
}

func TestWhatTheAnswerOfTheProviderStates(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, tag := s.receive(t, told)
	at := listPath + "/" + m.ID + "/klacht-bij-aanbieder"
	w := s.change(t, http.MethodPut, at, tag, `{"ingediendOp":"2026-11-16","antwoordOp":"2026-11-18","antwoordBevat":{"oordeel":"ja","besluiten":"nee"}}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	now := meldingOf(t, w)
	assert.Equal(t, "nee", *now.KlachtBijAanbieder.AntwoordBevat.Besluiten)
	assert.Equal(t, []string{"De besluiten over de klacht staan niet in het antwoord. De wet vraagt dat wel (Wkkgz, artikel 17)."}, now.Termijnen[0].Waarschuwingen)

	patched := s.change(t, http.MethodPatch, listPath+"/"+m.ID, w.Header().Get("ETag"), `{"aard":"bejegening"}`)
	require.Equal(t, http.StatusOK, patched.Code, patched.Body.String())
	assert.Equal(t, now.KlachtBijAanbieder, meldingOf(t, patched).KlachtBijAanbieder, "a correction of something else keeps it")

	history := s.do(t, call{path: listPath + "/" + m.ID + "/geschiedenis"}).Body.String()
	assert.Contains(t, history, "klachtBijAanbieder.antwoordBevat.besluiten")
}

func TestAnOwnTermOfYouthCareIsNamedAsSuch(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	m, _ := s.receive(t, `{"kanaal":"telefoon","soort":"klacht","regime":"jeugdwet","klachtBijAanbieder":{"ingediendOp":"2026-11-16","eigenTermijnTot":"2026-12-26"}}`)
	require.Len(t, m.Termijnen, 1)
	own := m.Termijnen[0]
	assert.Equal(t, "eigen_termijn_aanbieder", own.Soort)
	assert.Equal(t, "Eigen termijn van de aanbieder", own.Titel)
	assert.False(t, own.Wettelijk)
	assert.Equal(t, "2026-12-26", own.Einddatum)
	assert.Equal(t, "Opgave van de aanbieder. Dit is geen wettelijke termijn.", own.Bron.Titel)
	assert.Len(t, own.Verklaring, 2)
}
