package schema_test

import (
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// names gives the schema of the body of every call.
func names() map[string]string {
	return map[string]string{
		"/v1/triage-adviezen":        "TriageInvoer",
		"/v1/triage-adviezen/_reeks": "ReeksInvoer",
		"/v1/termijnberekeningen":    "TermijnInvoer",
	}
}

func TestCheckNamesEveryFieldThatIsWrong(t *testing.T) {
	s := contract(t)
	cases, err := fixtures.Fouten("vorm")
	require.NoError(t, err)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			body, err := c.Body()
			require.NoError(t, err)
			require.ElementsMatch(t, c.Velden, fields(s.Check(names()[c.Pad], mustParse(t, string(body)))))
		})
	}
}

func TestCheckLeavesRulesBetweenFieldsToOthers(t *testing.T) {
	s := contract(t)
	cases, err := fixtures.Fouten("regels")
	require.NoError(t, err)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			body, err := c.Body()
			require.NoError(t, err)
			require.Empty(t, s.Check(names()[c.Pad], mustParse(t, string(body))))
		})
	}
}

func TestSentencesSayWhatIsAllowed(t *testing.T) {
	s := contract(t)
	melding := func(rest string) string { return `{"melding":{"soort":"klacht"` + rest + `}}` }
	figures := func(count, chance string) string {
		return `{"melding":{"soort":"klacht"},"aanbieder":{"signalen":{"aantal30":` + count +
			`,"aantal90":0,"aantal365":0,"aantalVorigJaar":0,"ernstig365":0,"overschrijdingskans":` + chance + `}}}`
	}
	for name, c := range map[string]struct{ schema, raw, want string }{
		"verplicht":                   {"TriageInvoer", `{"melding":{}}`, "melding.soort: Dit veld ontbreekt. Vul het in."},
		"onvolledig":                  {"TermijnInvoer", `{"soort":"reactie_aanbieder","start":"2026-03-16","nadereTermijn":{}}`, "nadereTermijn: Dit is niet compleet. Geef deze velden samen: tot, akkoordOp."},
		"onbekend veld":               {"TriageInvoer", melding(`,"gebeurtenis":{"duur":1}`), "melding.gebeurtenis.duur: Dit veld kennen we hier niet. Laat het weg. Deze velden mogen wel: tot, van, voortdurend."},
		"waarde":                      {"TriageInvoer", melding(`,"regime":"wlz"`), "melding.regime: Deze waarde kennen we niet. Kies uit: wkkgz, jeugdwet, overig."},
		"waarde in een lijst, null":   {"TriageInvoer", melding(`,"feiten":{"klachtplichtGebreken":[null]}`), "melding.feiten.klachtplichtGebreken[0]: Deze waarde kennen we niet. Kies uit: art13, art15, art18, art23."},
		"datum":                       {"TriageInvoer", melding(`,"ontvangstdatum":"2026-02-29"`), "melding.ontvangstdatum: Dit is niet goed geschreven. Geef hier een datum die bestaat, zoals 2026-11-20, in de jaren 1900 tot en met 2199."},
		"periode":                     {"TriageInvoer", melding(`,"gebeurtenis":{"van":"maart"}`), "melding.gebeurtenis.van: Dit is niet goed geschreven. Geef hier een datum, maand of jaar, zoals 2024-03-15, 2024-03 of 2024, in de jaren 1900 tot en met 2199."},
		"tekst":                       {"TermijnInvoer", `{"soort":"reactie_aanbieder","start":20260316}`, "start: Hier hoort een tekst, tussen aanhalingstekens."},
		"geheel getal":                {"TriageInvoer", figures("1.5", "0"), "aanbieder.signalen.aantal30: Hier hoort een geheel getal, zoals 3."},
		"getal":                       {"TriageInvoer", figures("1", `"0"`), "aanbieder.signalen.overschrijdingskans: Hier hoort een getal, zoals 0.5."},
		"lege reeksvraag":             {"ReeksOnderdeel", `{}`, "invoer: Dit veld ontbreekt. Vul het in."},
		"waar of onwaar":              {"TriageInvoer", `{"melding":{"soort":"klacht"},"opties":{"bandbreedte":"ja"}}`, "opties.bandbreedte: Hier hoort true (waar) of false (niet waar), zonder aanhalingstekens."},
		"lijst":                       {"ReeksInvoer", `{"items":{}}`, "items: Hier hoort een lijst, tussen rechte haken."},
		"object":                      {"TriageInvoer", `[]`, ": Hier hoort een object met velden, tussen accolades."},
		"te klein":                    {"TriageInvoer", figures("-1", "0"), "aanbieder.signalen.aantal30: Dit getal is te klein. Geef ten minste 0."},
		"te groot":                    {"TriageInvoer", figures("9007199254740992", "0"), "aanbieder.signalen.aantal30: Dit getal is te groot. Geef ten hoogste 9007199254740991."},
		"veel te groot":               {"TriageInvoer", figures("1e400", "0"), "aanbieder.signalen.aantal30: Dit getal is te groot. Geef ten hoogste 9007199254740991."},
		"veel te klein":               {"TriageInvoer", figures("0", "-1e400"), "aanbieder.signalen.overschrijdingskans: Dit getal is te klein. Geef ten minste 0."},
		"te kort":                     {"TriageInvoer", `{"melding":{"soort":"klacht"},"aanbieder":{"id":""}}`, "aanbieder.id: Deze tekst is te kort. Het kleinste aantal tekens is 1."},
		"te lang":                     {"TriageInvoer", `{"melding":{"soort":"klacht"},"aanbieder":{"id":"` + strings.Repeat("a", 201) + `"}}`, "aanbieder.id: Deze tekst is te lang. Gebruik ten hoogste 200 tekens."},
		"te veel":                     {"ReeksInvoer", `{"items":[` + strings.Repeat(`{"invoer":{}},`, 1000) + `{"invoer":{}}]}`, "items: In deze lijst staat te veel. Geef ten hoogste 1000 onderdelen."},
		"een schema dat niet bestaat": {"Zomaar", `{}`, ": Deze waarde past hier niet. Kijk in de beschrijving wat hier mag staan."},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, []string{c.want}, sentences(t, s.Check(c.schema, mustParse(t, c.raw))))
		})
	}
}

func TestCheckGivesTheSameOrderEveryTime(t *testing.T) {
	s := contract(t)
	raw := `{"zz":1,"peildatum":"x","melding":{"feiten":{"schade":"erg","geweld":1,"onzin":2},"regime":"?"},"aa":1}`
	want := []string{
		"aa", "zz", "melding.feiten.geweld", "melding.feiten.onzin", "melding.feiten.schade", "melding.regime",
		"melding.soort", "peildatum",
	}
	for range 20 {
		require.Equal(t, want, fields(s.Check("TriageInvoer", mustParse(t, raw))))
	}
}

func TestCheckAnswersHugeBodiesWithAThousandFaults(t *testing.T) {
	var raw strings.Builder
	raw.WriteString(`{"melding":{"soort":"klacht"}`)
	for i := range 50_000 {
		raw.WriteString(`,"x` + strconv.Itoa(i) + `":0`)
	}
	raw.WriteString(`}`)
	require.Len(t, contract(t).Check("TriageInvoer", mustParse(t, raw.String())), 1000)
}

func TestQueryParametersThatTheCallDoesNotHave(t *testing.T) {
	s := contract(t)
	require.Empty(t, s.CheckQuery("POST", "/triage-adviezen", nil))
	require.Equal(t, []string{
		"bandbreedte: Deze vraagparameter kennen we hier niet. Laat hem weg.",
		"limit: Deze vraagparameter kennen we hier niet. Laat hem weg.",
	}, sentences(t, s.CheckQuery("GET", "/triage-adviezen/:id", url.Values{"limit": {"1"}, "bandbreedte": {"ja", "ja"}})))
}

func TestQueryParametersThatTheCallHas(t *testing.T) {
	s, err := schema.New([]byte(`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"components":{},"paths":{"/lijst/{id}":{
		"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},{"name":"cursor","in":"query","schema":{"type":"string"}}],
		"get":{"parameters":[{"name":"limit","in":"query","schema":{"type":"integer"}}],"responses":{"200":{"description":"ok"}}}}}}`))
	require.NoError(t, err)
	require.Empty(t, s.CheckQuery("GET", "/lijst/:id", url.Values{"limit": {"1"}, "cursor": {"x"}}))
	require.Equal(t, []string{
		"id: Deze vraagparameter kennen we hier niet. Laat hem weg.",
		"limit: Deze vraagparameter staat er meer dan één keer. Noem hem één keer.",
	}, sentences(t, s.CheckQuery("GET", "/lijst/:id", url.Values{"limit": {"1", "2"}, "id": {"x"}})))
}

func TestNewRefusesWhatIsNoContract(t *testing.T) {
	for _, raw := range []string{"openapi: [", "openapi: 3.0.3\npaths: {}"} {
		_, err := schema.New([]byte(raw))
		require.ErrorContains(t, err, "read contract")
	}
}

func TestSchemasServeManyAtOnce(t *testing.T) {
	s := contract(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				assert.Len(t, s.Check("TriageInvoer", map[string]any{"peildatum": "morgen"}), 2)
			}
		})
	}
	group.Wait()
}
