package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// series asks a list of items and gives the answers.
func (s site) series(t testing.TB, items ...string) []api.ReeksResultaat {
	t.Helper()
	w := s.do(t, call{path: seriesPath, body: `{"items":[` + strings.Join(items, ",") + `]}`})
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var out api.ReeksAntwoord
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
	require.Len(t, out.Items, len(items))
	return out.Items
}

func TestASeriesIsAnsweredInItsOrder(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	items := make([]string, 0, 40)
	for i := range 40 {
		violence := "nee"
		if i%4 == 0 {
			violence = "ja"
		}
		items = append(items, fmt.Sprintf(`{"kenmerk":"dossier-%d","invoer":{"melding":{"soort":"klacht","feiten":{"geweld":"%s"}}}}`, i, violence))
	}
	for i, a := range s.series(t, items...) {
		assert.Equal(t, fmt.Sprintf("dossier-%d", i), *a.Kenmerk)
		assert.Equal(t, a.ID, a.Advies.ID)
		assert.Equal(t, i%4 == 0, a.Advies.Advies == "escaleren", i)
		assert.Nil(t, a.Probleem)
	}
	assert.Equal(t, 40, s.Logged(t))
}

func TestOneBadItemLeavesTheOthersAlone(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	good := `{"kenmerk":"goed","invoer":{"melding":{"soort":"klacht"}}}`
	for name, c := range map[string]struct {
		item string
		want []string
	}{
		"a null":                       {`null`, []string{"invoer"}},
		"a text":                       {`"dossier"`, []string{""}},
		"nothing asked":                {`{"kenmerk":"x"}`, []string{"invoer"}},
		"a question that is a null":    {`{"invoer":null}`, []string{"invoer"}},
		"a question that is a list":    {`{"invoer":[]}`, []string{"invoer"}},
		"a question with two faults":   {`{"invoer":{"melding":{"soort":"roddel","feiten":{"schade":"erg"}}}}`, []string{"melding.soort", "melding.feiten.schade"}},
		"faults inside and outside":    {`{"spoed":true,"invoer":{"melding":{}}}`, []string{"spoed", "melding.soort"}},
		"a mark that is far too long":  {`{"kenmerk":"` + strings.Repeat("x", 201) + `","invoer":{"melding":{"soort":"klacht"}}}`, []string{"kenmerk"}},
		"a mark that is a number":      {`{"kenmerk":7,"invoer":{"melding":{"soort":"klacht"}}}`, []string{"kenmerk"}},
		"a rule between fields broken": {`{"invoer":{"peildatum":"2026-11-20","melding":{"soort":"klacht","ontvangstdatum":"2026-11-21"}}}`, []string{"melding.ontvangstdatum"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.series(t, good, c.item, good)
			for _, i := range []int{0, 2} {
				require.NotNil(t, got[i].Advies)
				assert.Equal(t, "goed", *got[i].Kenmerk)
			}
			require.NotNil(t, got[1].Probleem)
			assert.Nil(t, got[1].Advies)
			assert.Equal(t, http.StatusBadRequest, got[1].Probleem.Status)
			assert.Equal(t, "urn:uuid:"+got[1].ID, got[1].Probleem.Instance)
			fields := []string{}
			for _, f := range *got[1].Probleem.Fouten {
				fields = append(fields, f.Veld)
			}
			assert.ElementsMatch(t, c.want, fields)
		})
	}
}

func TestABodyOfASeriesThatCannotBeReadIsRefusedWhole(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	good := `{"invoer":{"melding":{"soort":"klacht"}}}`
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"a key twice inside an item": {`{"items":[` + good + `,{"invoer":{"melding":{"soort":"klacht","soort":"klacht"}}}]}`, []string{"items[1].invoer.melding.soort"}},
		"no text inside an item":     {"{\"items\":[{\"kenmerk\":\"\xff\",\"invoer\":{}}]}", []string{"items[0].kenmerk"}},
		"a field beside the items":   {`{"items":[` + good + `],"extra":1}`, []string{"extra"}},
		"no items":                   {`{}`, []string{"items"}},
		"items that are null":        {`{"items":null}`, []string{"items"}},
		"more than a thousand":       {`{"items":[` + strings.Repeat(good+",", 1000) + good + `]}`, []string{"items"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, faulted(t, s.do(t, call{path: seriesPath, body: c.body})))
		})
	}
	assert.Zero(t, s.Logged(t))
	assert.Empty(t, s.series(t), "a series of nothing is answered with nothing")
}

func TestAThousandFullItemsAreAnswered(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	full := `{"kenmerk":"` + strings.Repeat("k", 200) + `","invoer":{"peildatum":"2026-11-20","melding":{"soort":"andere_melding","ontvangstdatum":"2026-11-18",
"regime":"wkkgz","sector":"medisch_specialistische_zorg","hoedanigheid":"vertegenwoordiger","anonimiteit":"tegenover_aanbieder",
"gebeurtenis":{"van":"2026-10-01","tot":"2026-10-01","voortdurend":false},"feiten":{"bedreiging":"onbekend","bedreigingActueel":"onbekend",
"schade":"ernstig_lichamelijk","schadeDoorZorg":"onbekend","geweld":"onbekend","directeMaatregelen":"onbekend","calamiteitGemeld":"onbekend",
"belangGoedeZorg":"nee","noodzaakOndanksOuderdom":"nee","eerderOnderzocht":"nee","andereProcedure":"euthanasiecommissie",
"klachtplichtGebreken":["art13","art15","art18","art23"]},"toestemming":{"inspecteur":"niet_gevraagd","aanbieder":"niet_gevraagd"},
"klachtBijAanbieder":{"ingediendOp":"2026-10-05","verlengdOp":"2026-11-10","nadereTermijnTot":"2027-01-15","nadereTermijnAkkoordOp":"2026-11-12",
"antwoordOp":"2026-11-17","antwoordVoldoende":"onbekend"}},"aanbieder":{"id":"` + strings.Repeat("a", 200) + `","signalen":{"aantal30":1000000,
"aantal90":1000000,"aantal365":1000000,"aantalVorigJaar":1000000,"ernstig365":1000000,"overschrijdingskans":0.123456789}}}}`
	items := make([]string, 1000)
	for i := range items {
		items[i] = full
	}
	ids := map[string]bool{}
	for _, a := range s.series(t, items...) {
		require.NotNil(t, a.Advies)
		ids[a.ID] = true
	}
	assert.Len(t, ids, 1000)
	assert.Equal(t, 1000, s.Logged(t))
}

func TestAPolicyThatFailsIsAProblemOfItsItem(t *testing.T) {
	s := open(t, apptest.Small(t, "geen waarde"))
	for _, a := range s.series(t, `{"invoer":{"melding":{"soort":"klacht"}}}`, `{"invoer":{"melding":{"soort":"vraag"}}}`) {
		require.NotNil(t, a.Probleem)
		assert.Equal(t, http.StatusInternalServerError, a.Probleem.Status)
		assert.Nil(t, a.Probleem.Fouten)
	}
	assert.Zero(t, s.Logged(t))
	assert.Equal(t, "2", s.metric(t, `lmz_beleid_fouten_total{reden="ongedefinieerd"}`))
	assert.Equal(t, 2, strings.Count(s.log.String(), `"policy failed"`), "each is in the log")
}
