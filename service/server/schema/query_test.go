package schema_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValuesOfQueryParametersFitTheirSchema(t *testing.T) {
	s := contract(t)
	for query, want := range map[string]string{
		"limit=1":                              "",
		"limit=200":                            "",
		"limit=0":                              "limit: Dit getal is te klein. Geef ten minste 1.",
		"limit=201":                            "limit: Dit getal is te groot. Geef ten hoogste 200.",
		"limit=-5":                             "limit: Dit getal is te klein. Geef ten minste 1.",
		"limit=99999999999999999999":           "limit: Hier hoort een geheel getal, zoals 3.",
		"limit=1.0":                            "limit: Hier hoort een geheel getal, zoals 3.",
		"limit=1e2":                            "limit: Hier hoort een geheel getal, zoals 3.",
		"limit=+7":                             "limit: Hier hoort een geheel getal, zoals 3.",
		"limit=07":                             "limit: Hier hoort een geheel getal, zoals 3.",
		"limit=":                               "limit: Hier hoort een geheel getal, zoals 3.",
		"limit=vijf":                           "limit: Hier hoort een geheel getal, zoals 3.",
		"status=ontvangen":                     "",
		"status=":                              "status: Deze waarde kennen we niet. Kies uit: ontvangen, geregistreerd, voorgelegd, reactie_gevraagd, reactie_ontvangen, in_onderzoek, afgesloten.",
		"status=null":                          "status: Deze waarde kennen we niet. Kies uit: ontvangen, geregistreerd, voorgelegd, reactie_gevraagd, reactie_ontvangen, in_onderzoek, afgesloten.",
		"advies=beoordelen":                    "",
		"sorteer=naam":                         "sorteer: Deze waarde kennen we niet. Kies uit: urgentie, ontvangst, wijziging.",
		"ontvangenVan=2024-02-29":              "",
		"ontvangenVan=2026-02-29":              "ontvangenVan: Dit is niet goed geschreven. Geef hier een datum die bestaat, zoals 2026-11-20, in de jaren 1900 tot en met 2199.",
		"ontvangenVan=2026-11":                 "ontvangenVan: Dit is niet goed geschreven. Geef hier een datum die bestaat, zoals 2026-11-20, in de jaren 1900 tot en met 2199.",
		"gewijzigdNa=2026-11-20T09:30:00Z":     "",
		"gewijzigdNa=2026-11-20T09:30:00.123Z": "",
		"gewijzigdNa=2026-11-20T10:30:00%2B01:00": "",
		"gewijzigdNa=2026-11-20T10:30:00+01:00":   "gewijzigdNa: Dit is geen bestaand moment. Schrijf het als 2026-11-20T09:30:00Z.",
		"gewijzigdNa=2026-11-20":                  "gewijzigdNa: Dit is geen bestaand moment. Schrijf het als 2026-11-20T09:30:00Z.",
		"gewijzigdNa=2026-13-20T09:30:00Z":        "gewijzigdNa: Dit is geen bestaand moment. Schrijf het als 2026-11-20T09:30:00Z.",
		"klantkenmerk=":                           "klantkenmerk: Deze tekst is te kort. Het kleinste aantal tekens is 1.",
		"klantkenmerk=%ff":                        "klantkenmerk: In deze tekst staan tekens die we niet kunnen lezen. Stuur tekst in UTF-8.",
		"klantkenmerk=17":                         "",
		"klantkenmerk=true":                       "",
	} {
		t.Run(query, func(t *testing.T) {
			values, err := url.ParseQuery(query)
			require.NoError(t, err)
			got := sentences(t, s.CheckQuery("GET", "/meldingen", values))
			if want == "" {
				require.Empty(t, got)
				return
			}
			require.Equal(t, []string{want}, got)
		})
	}
}

func TestYesAndNoInAQueryAreWrittenOneWay(t *testing.T) {
	s := contract(t)
	for _, value := range []string{"true", "false"} {
		require.Empty(t, s.CheckQuery("GET", "/alarmen", url.Values{"open": {value}}), value)
	}
	for _, value := range []string{"", "True", "1", "ja", " true", `"true"`, "null"} {
		require.Equal(t, []string{"open"}, fields(s.CheckQuery("GET", "/alarmen", url.Values{"open": {value}})), value)
	}
}

func TestEverythingWrongInAQueryIsNamedAtOnce(t *testing.T) {
	values := url.Values{"limit": {"0"}, "status": {"weg"}, "zomaar": {"1"}, "advies": {"escaleren", "escaleren"}, "sector": {"ggz"}}
	require.Equal(t, []string{"advies", "limit", "status", "zomaar"}, fields(contract(t).CheckQuery("GET", "/meldingen", values)))
}
