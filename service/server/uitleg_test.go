package server_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// every is what happens to a melding so that each kind of term runs, or ran, on it.
func every() map[string][]string {
	return map[string][]string{
		`{"kanaal":"brief","soort":"klacht","ontvangstdatum":"2026-03-19","klachtBijAanbieder":{"ingediendOp":"2026-03-16","verlengdOp":"2026-04-28"}}`: {
			`{"soort":"aanvulling_gevraagd","datum":"2026-04-13"}`, `{"soort":"aanvulling_ontvangen","datum":"2026-04-28"}`,
			`{"soort":"in_behandeling_genomen","datum":"2026-04-16"}`, `{"soort":"termijn_verlengd","datum":"2026-05-18","termijn":"besluit_onderzoek"}`,
			`{"soort":"rapport_gevraagd","datum":"2026-03-20"}`, `{"soort":"nadere_termijn_afgesproken","datum":"2026-05-18","termijn":"onderzoek_aanbieder","tot":"2026-07-01"}`,
			`{"soort":"onderzoek_geopend","datum":"2026-05-20"}`, `{"soort":"gespreksverslag_verstuurd","datum":"2026-05-22","partij":"melder"}`,
			`{"soort":"concept_verstuurd","datum":"2026-10-30"}`, `{"soort":"geschil_voorgelegd","datum":"2026-08-31"}`,
		},
		`{"kanaal":"telefoon","soort":"klacht","regime":"jeugdwet","ontvangstdatum":"2026-03-19","klachtBijAanbieder":{"ingediendOp":"2026-03-16"}}`: {
			`{"soort":"oordeel_klachtencommissie","datum":"2026-10-31"}`,
		},
		`{"kanaal":"webformulier","soort":"klacht","ontvangstdatum":"2026-05-11","klachtBijAanbieder":{"ingediendOp":"2026-10-17","antwoordOp":"2026-11-03"}}`: {
			`{"soort":"melder_teruggebeld","datum":"2026-05-20"}`,
		},
		`{"kanaal":"telefoon","soort":"klacht","ontvangstdatum":"2026-11-02","klachtBijAanbieder":{"ingediendOp":"2026-10-28","nadereTermijnTot":"2027-02-01","nadereTermijnAkkoordOp":"2026-11-05"}}`: nil,
	}
}

// calculation is the calculation of a term of a melding.
func calculation(t *testing.T, one api.MeldingTermijn, today string) string {
	t.Helper()
	ask := map[string]any{"soort": one.Soort, "start": one.Start, "peildatum": today}
	if one.VerlengdOp != nil {
		ask["verlengdOp"] = *one.VerlengdOp
	}
	if one.VoldaanOp != nil {
		ask["voldaanOp"] = *one.VoldaanOp
	}
	if n := one.NadereTermijn; n != nil {
		ask["nadereTermijn"] = map[string]any{"tot": n.Tot, "akkoordOp": n.AkkoordOp}
	}
	body, err := json.Marshal(ask)
	require.NoError(t, err)
	return string(body)
}

// TestHowADateCameAboutIsSaidInTheSameWords holds the explanation of every kind of term
// of a melding against that of the calculation on its own.
func TestHowADateCameAboutIsSaidInTheSameWords(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	w := s.fill(t, decree("2026, 40001", "", "2026-05-19", "2026-11-30"))
	require.Equal(t, http.StatusCreated, w.Code, w.Body.String())
	seen, skipped := map[string]bool{}, 0
	for told, happenings := range every() {
		m, _ := s.receive(t, told)
		for _, what := range happenings {
			w := s.change(t, http.MethodPost, listPath+"/"+m.ID+"/mijlpalen", "*", what)
			require.Equal(t, http.StatusCreated, w.Code, "%s: %s", what, w.Body.String())
		}
		for _, one := range meldingOf(t, s.do(t, call{path: listPath + "/" + m.ID})).Termijnen {
			seen[one.Soort] = true
			w := s.do(t, call{path: termPath, body: calculation(t, one, "2026-11-20")})
			require.Equal(t, http.StatusOK, w.Code, w.Body.String())
			var want api.Termijnberekening
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &want))
			assert.Equal(t, want.Verklaring, one.Verklaring, one.Soort)
			assert.Equal(t, want.Verlenging, one.Verlenging)
			assert.Equal(t, []string{want.RuweEinddatum, want.Einddatum, want.Status}, []string{one.RuweEinddatum, one.Einddatum, one.Status}, one.Soort)
			assert.Equal(t, want.DagenResterend, one.DagenResterend)
			assert.Equal(t, want.Bron, one.Bron)
			skipped += requireNamed(t, s, one.Verklaring)
		}
	}
	assert.Len(t, seen, 11, "every kind of term: %v", seen)
	assert.Greater(t, skipped, 8, "days that were skipped on the way")
}

// requireNamed requires that each skipped day has the name and the source that the
// calendar of its year gives it, and counts them.
func requireNamed(t *testing.T, s site, steps []api.TermijnStap) (n int) {
	t.Helper()
	free := regexp.MustCompile(`Reden: (.+)\.$`)
	for _, step := range steps {
		found := free.FindStringSubmatch(step.Reden)
		if found == nil {
			continue
		}
		n++
		var year api.Kalenderjaar
		s.get(t, yearPath+"/"+step.Datum[:4], &year)
		texts := map[string]string{}
		for _, d := range year.Dagen {
			texts[d.Datum] = d.Tekst
		}
		assert.Equal(t, texts[step.Datum], found[1], step.Reden)
	}
	return n
}
