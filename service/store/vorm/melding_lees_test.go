package vorm_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

func TestMeldingIsReadAsItWasWritten(t *testing.T) {
	for n := range 20 {
		m := storetest.Melding(n)
		text, err := vorm.EncodeMelding(&m)
		require.NoError(t, err)
		got := domain.Melding{ID: m.ID, Rev: m.Rev, Kenmerk: m.Kenmerk, Client: m.Client}
		require.NoError(t, vorm.DecodeMelding([]byte(text), &got))
		require.Equal(t, m, got)
	}
}

func TestMeldingIsReadFromEveryTextThatAStoreMayHold(t *testing.T) {
	for name, tc := range map[string]struct{ text, sector, kanaal string }{
		"a field that nobody knows is passed over":      {`{"later":{"a":[1,null]},"sector":"ggz","opgave":{"Later":1,"Kanaal":"post"}}`, "ggz", "post"},
		"nothing where something may stand is nothing":  {`{"sector":null,"opgave":{"Kanaal":null},"eerdere":null}`, "", ""},
		"the last of two fields of one name counts":     {`{"sector":"jeugd","opgave":{"Kanaal":"a","Kanaal":"post"},"sector":"ggz"}`, "ggz", "post"},
		"space between the fields means nothing":        {"\n{ \"sector\" : \"ggz\" ,\t\"opgave\":{} }\r\n", "ggz", ""},
		"letters that are written as numbers are read":  {`{"sector":"gg\u007a","opgave":{"Kanaal":"caf\u00e9 \ud83d\ude00"}}`, "ggz", "café 😀"},
		"bytes that are no letters do not end the read": {"{\"sector\":\"ggz\",\"opgave\":{\"Kanaal\":\"a\xffb\"}}", "ggz", "a\ufffdb"},
	} {
		t.Run(name, func(t *testing.T) {
			var m domain.Melding
			require.NoError(t, vorm.DecodeMelding([]byte(tc.text), &m))
			require.Equal(t, tc.sector, m.Sector)
			require.Equal(t, tc.kanaal, m.Opgave.Kanaal)
		})
	}
}

func TestMeldingIsNotReadFromWhatIsNone(t *testing.T) {
	m := storetest.Melding(1)
	whole, err := vorm.EncodeMelding(&m)
	require.NoError(t, err)
	for name, text := range map[string]string{
		"nothing":                           "",
		"a text that was cut off":           whole[:len(whole)/2],
		"a text with more behind it":        whole + "{}",
		"a list":                            "[]",
		"a text where a number belongs":     strings.Replace(whole, `"versie":1`, `"versie":"1"`, 1),
		"a part where a whole one belongs":  strings.Replace(whole, `"versie":1`, `"versie":1.5`, 1),
		"a number that is too large":        strings.Replace(whole, `"versie":1`, `"versie":99999999999999999999`, 1),
		"a number where a text belongs":     strings.Replace(whole, `"status":"ontvangen"`, `"status":1`, 1),
		"an object where a list belongs":    strings.Replace(whole, `"versie":1`, `"eerdere":{}`, 1),
		"a field without a value":           strings.Replace(whole, `"ernstig":true`, `"ernstig":`, 1),
		"a control character within a text": strings.Replace(whole, "systeem", "sys\x01eem", 1),
	} {
		t.Run(name, func(t *testing.T) {
			require.NotEqual(t, whole, text)
			require.Error(t, vorm.DecodeMelding([]byte(text), &domain.Melding{}))
		})
	}
}
