package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

func TestEveryTriageCaseIsAnsweredAsItShould(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	cases, err := fixtures.TriageGevallen()
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			body, err := c.Body()
			require.NoError(t, err)
			got := s.advise(t, string(body))
			assert.Equal(t, c.Advies, got.Advies)
			outcomes := map[string][]string{"ja": {}, "nee": {}, "onbekend": {}}
			for _, cr := range got.Criteria {
				outcomes[cr.Uitkomst] = append(outcomes[cr.Uitkomst], cr.Code)
			}
			assert.Equal(t, c.Criteria, outcomes, "in the order of the catalogue")
			steps := []string{}
			for _, step := range got.Stappen {
				steps = append(steps, step.Code)
			}
			assert.Equal(t, c.Stappen, steps)
			assert.Equal(t, api.Bandbreedte{Laagste: c.Laagste, Hoogste: c.Hoogste}, *got.Bandbreedte)
			missing := []string{}
			for _, q := range *got.Ontbrekend {
				missing = append(missing, q.Veld[strings.LastIndex(q.Veld, ".")+1:])
				assert.Contains(t, q.Vraag, "?")
			}
			assert.Equal(t, c.Ontbrekend, missing)
		})
	}
}

func TestEveryFaultCaseNamesItsFields(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	for _, kind := range []string{"vorm", "regels"} {
		cases, err := fixtures.Fouten(kind)
		require.NoError(t, err)
		for name, c := range cases {
			t.Run(name, func(t *testing.T) {
				body, err := c.Body()
				require.NoError(t, err)
				assert.ElementsMatch(t, c.Velden, faulted(t, s.do(t, call{path: c.Pad, body: string(body)})))
			})
		}
	}
	assert.Zero(t, s.Logged(t))
}

func TestABodyThatIsNoJSONIsAFaultWithItsPlace(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	deep := func(n int) string {
		return `{"melding":{"soort":"klacht"},"diep":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}`
	}
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"a key that is there twice":       {`{"melding":{"soort":"klacht","soort":"vraag"}}`, []string{"melding.soort"}},
		"an object that is there twice":   {`{"melding":{"soort":"klacht"},"melding":{"soort":"klacht"}}`, []string{"melding"}},
		"the same key, written otherwise": {`{"melding":{"soort":"klacht","s\u006fort":"klacht"}}`, []string{"melding.soort"}},
		"a second value":                  {question + `{}`, []string{""}},
		"nested as deep as it may be":     {deep(63), []string{"diep"}},
		"nested one deeper":               {deep(64), []string{"diep" + strings.Repeat("[0]", 63)}},
		"bytes that are no text":          {"{\"melding\":{\"soort\":\"kl\xffcht\"}}", []string{"melding.soort"}},
		"half a pair":                     {`{"melding":{"soort":"\ud800"}}`, []string{"melding.soort"}},
		"half a document":                 {`{"melding":`, []string{""}},
		"a list":                          {`[]`, []string{""}},
		"nothing but null":                {`null`, []string{""}},
		"a comma too many":                {`{"melding":{"soort":"klacht",}}`, []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			got := faulted(t, s.do(t, call{path: onePath, body: c.body}))
			if c.want[0] != "" {
				assert.Equal(t, c.want, got)
				return
			}
			assert.Len(t, got, 1)
		})
	}
	w := s.do(t, call{method: http.MethodPost, path: onePath, header: map[string]string{"Content-Type": "application/json"}})
	assert.Equal(t, []string{""}, faulted(t, w), "a body without a byte")
	assert.Zero(t, s.Logged(t))
}

func TestANullIsAbsent(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	bare := s.advise(t, `{"peildatum":"2026-11-20","melding":{"soort":"klacht"}}`)
	nulls := s.advise(t, `{"peildatum":"2026-11-20","aanbieder":null,"opties":null,"melding":{"soort":"klacht","ontvangstdatum":null,
		"regime":null,"sector":null,"hoedanigheid":null,"anonimiteit":null,"toestemming":null,"klachtBijAanbieder":null,
		"gebeurtenis":{"van":null,"tot":null,"voortdurend":null},"feiten":{"bedreiging":null,"andereProcedure":null,"klachtplichtGebreken":null}}}`)
	assert.Equal(t, same(t, bare), same(t, nulls))
	assert.Nil(t, bare.Bandbreedte)
}

// same is an advice without what is new every time.
func same(t testing.TB, a api.TriageAdvies) string {
	t.Helper()
	a.ID, a.OpgesteldOp = "", time.Time{}
	raw, err := json.Marshal(a)
	require.NoError(t, err)
	return string(raw)
}

func TestEverythingWrongIsNamedAtOnce(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	w := s.do(t, call{path: onePath, body: `{"peildatum":"2026-11-20","extra":1,"melding":{"soort":"roddel","ontvangstdatum":"2026-12-01",
		"gebeurtenis":{"van":"2026-10-02","tot":"2026-10-01"},"feiten":{"schade":"erg"}},"aanbieder":{"id":"bestaat-niet"}}`})
	assert.ElementsMatch(t, []string{
		"extra", "melding.soort", "melding.feiten.schade", "melding.ontvangstdatum", "melding.gebeurtenis", "aanbieder.id",
	}, faulted(t, w))
}

func TestADecisionReadsBackAsTheSameBytes(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	for name, body := range map[string]string{
		"a plain question":       question,
		"with its bandwidth":     `{"melding":{"soort":"vraag"},"opties":{"bandbreedte":true}}`,
		"with nothing to ask":    `{"melding":{"soort":"vraag","feiten":{"geweld":"ja"}},"opties":{"bandbreedte":true}}`,
		"with figures and dates": `{"peildatum":"2026-11-20","melding":{"soort":"klacht","gebeurtenis":{"van":"2024"},"klachtBijAanbieder":{"ingediendOp":"2026-10-05"}},"aanbieder":{"id":"é \u0000<&>","signalen":{"aantal30":0,"aantal90":1,"aantal365":3,"aantalVorigJaar":4,"ernstig365":0,"overschrijdingskans":0.1}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			given := s.do(t, call{path: onePath, body: body})
			require.Equal(t, http.StatusOK, given.Code, given.Body.String())
			var a api.TriageAdvies
			require.NoError(t, json.Unmarshal(given.Body.Bytes(), &a))
			read := s.do(t, call{path: onePath + "/" + a.ID})
			assert.Equal(t, given.Body.String(), read.Body.String())
			assert.Equal(t, "2026-11-20T09:30:00Z", a.OpgesteldOp.Format(time.RFC3339Nano))
		})
	}
}

func TestAnOldDecisionReadsTheSameUnderANewPolicy(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	given := s.do(t, call{path: onePath, body: question})
	var first api.TriageAdvies
	require.NoError(t, json.Unmarshal(given.Body.Bytes(), &first))
	assert.Equal(t, 1, first.Beleid.Versie)
	s.Clock.Set(apptest.Begin().Add(time.Hour))
	active := s.Activate(t, apptest.Shipped(t))
	assert.Equal(t, given.Body.String(), s.do(t, call{path: onePath + "/" + first.ID}).Body.String())
	second := s.advise(t, question)
	assert.Equal(t, api.Beleidsversie{Versie: 2, Digest: active.Digest, GeldigVanaf: active.GeldigVanaf}, second.Beleid)
	assert.Equal(t, "1", s.metric(t, `lmz_beleid_actief{digest="`+active.Digest+`",versie="2"}`))
}

// body draws a question as a caller may write it.
func body() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		facts := map[string]string{}
		for name, values := range map[string][]string{
			"bedreiging": {"ja", "mogelijk", "nee", "onbekend"}, "bedreigingActueel": {"ja", "nee"}, "geweld": {"ja", "nee", "onbekend"},
			"schade": {"geen", "overleden", "onbekend"}, "schadeDoorZorg": {"ja", "nee"}, "andereProcedure": {"om", "wzd"},
		} {
			if rapid.Bool().Draw(t, name+" given") {
				facts[name] = rapid.SampledFrom(values).Draw(t, name)
			}
		}
		raw, err := json.Marshal(map[string]any{
			"peildatum": "2026-11-20", "opties": map[string]any{"bandbreedte": rapid.Bool().Draw(t, "bandwidth")},
			"melding": map[string]any{
				"soort": rapid.SampledFrom([]string{"vraag", "klacht", "andere_melding"}).Draw(t, "kind"), "feiten": facts,
				"gebeurtenis": map[string]any{"van": rapid.SampledFrom([]string{"2019", "2024-11", "2026-11-20"}).Draw(t, "from")},
			},
		})
		require.NoError(t, err)
		return string(raw)
	})
}

func TestTheSameQuestionIsTheSameBytesAgain(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	rapid.Check(t, func(r *rapid.T) {
		asked := body().Draw(r, "body")
		first, second := s.advise(t, asked), s.advise(t, asked)
		require.NotEqual(r, first.ID, second.ID)
		require.Equal(r, same(t, first), same(t, second))
		require.Len(r, first.Criteria, 11)
	})
}

func TestEveryTermCaseIsAnsweredAsItShould(t *testing.T) {
	s := open(t, nil)
	cases, err := fixtures.TermijnGevallen()
	require.NoError(t, err)
	for name, c := range cases {
		if c.Verwacht == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			w := s.do(t, call{path: termPath, body: termBody(t, c.Invoer)})
			require.Equal(t, http.StatusOK, w.Code, w.Body.String())
			var got api.Termijnberekening
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
			assert.Equal(t, c.Verwacht.Einddatum, got.Einddatum)
			assert.Equal(t, c.Verwacht.RuweEinddatum, got.RuweEinddatum)
			assert.Equal(t, c.Verwacht.Status, got.Status)
			assert.Equal(t, c.Verwacht.DagenResterend, got.DagenResterend)
			if want := c.Verwacht.VerlengingGeldig; want == nil {
				assert.Nil(t, got.Verlenging)
			} else {
				assert.Equal(t, *want, got.Verlenging.Geldig)
				assert.NotEmpty(t, got.Verlenging.Reden)
			}
			assert.Len(t, got.Waarschuwingen, len(c.Verwacht.Waarschuwingen))
		})
	}
}

// termBody is a question about a term in JSON, with the fields that are given.
func termBody(t testing.TB, in fixtures.TermijnInvoer) string {
	t.Helper()
	out := map[string]any{}
	for name, value := range map[string]string{
		"soort": in.Soort, "start": in.Start, "peildatum": in.Peildatum, "verlengdOp": in.VerlengdOp, "voldaanOp": in.VoldaanOp,
	} {
		if value != "" {
			out[name] = value
		}
	}
	if n := in.NadereTermijn; n != nil {
		out["nadereTermijn"] = map[string]string{"tot": n.Tot, "akkoordOp": n.AkkoordOp}
	}
	raw, err := json.Marshal(out)
	require.NoError(t, err)
	return string(raw)
}

func TestATermExplainsItselfInDutch(t *testing.T) {
	s := open(t, nil)
	w := s.do(t, call{path: termPath, body: `{"soort":"reactie_aanbieder","start":"2025-03-07","peildatum":"2025-04-01"}`})
	assert.Contains(t, w.Body.String(), `"verlenging":null`)
	var got api.Termijnberekening
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
	assert.Equal(t, "2025-04-18", got.RuweEinddatum)
	assert.Equal(t, "2025-04-22", got.Einddatum)
	days := fmt.Sprint(got.Verklaring)
	for _, want := range []string{"vrijdag 7 maart 2025", "Goede Vrijdag", "dinsdag 22 april 2025"} {
		assert.Contains(t, days, want)
	}
}
