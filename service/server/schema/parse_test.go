package schema_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

func TestParseReadsWhatIsRight(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"an empty object":                         {`{}`, `{}`},
		"white space around it":                   {" \t\r\n{ } \n", `{}`},
		"every kind of value":                     {`{"a":"x","b":1.5,"c":true,"d":[1,"y"],"e":{"f":false}}`, `{"a":"x","b":1.5,"c":true,"d":[1,"y"],"e":{"f":false}}`},
		"null in an object is absent":             {`{"a":null,"b":{"c":null,"d":1}}`, `{"b":{"d":1}}`},
		"null in an object in a list is absent":   {`[{"a":null}]`, `[{}]`},
		"null in a list stays":                    {`[null]`, `[null]`},
		"null alone":                              {`null`, `null`},
		"the same key in two objects":             {`{"a":{"k":1},"b":{"k":2}}`, `{"a":{"k":1},"b":{"k":2}}`},
		"a colon, bracket and quote inside text":  {`{"a":"x:{[\"","b":":"}`, `{"a":"x:{[\"","b":":"}`},
		"an escaped letter":                       {`{"a":"\u00e9\n"}`, `{"a":"é\n"}`},
		"a whole surrogate pair":                  {`{"a":"\ud83d\ude00"}`, `{"a":"😀"}`},
		"a backslash before the letters u d 8":    {`{"a":"\\ud800"}`, `{"a":"\\ud800"}`},
		"1.0 is the integer 1":                    {`[1.0]`, `[1]`},
		"1e2 is the integer 100":                  {`{"a":1e2}`, `{"a":100}`},
		"250e-1 is the integer 25":                {`[250e-1]`, `[25]`},
		"-0.0 is the integer 0":                   {`[-0.0]`, `[0]`},
		"-1.50E+1 is the integer -15":             {`-1.50E+1`, `-15`},
		"1.5 stays":                               {`[1.5]`, `[1.5]`},
		"nearly one stays":                        {`[1.0000000000000000001]`, `[1.0000000000000000001]`},
		"1e400 stays":                             {`[1e400]`, `[1e400]`},
		"an exponent that no integer holds stays": {`[1e99999999999999999999]`, `[1e99999999999999999999]`},
		"nested as deep as allowed":               {strings.Repeat("[", 64) + strings.Repeat("]", 64), strings.Repeat("[", 64) + strings.Repeat("]", 64)},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, asJSON(t, mustParse(t, c.raw)))
		})
	}
}

func TestParseNamesWhatIsWrong(t *testing.T) {
	const (
		twice  = "Dit veld staat er meer dan één keer. Noem het één keer."
		signs  = "In deze tekst staan tekens die we niet kunnen lezen. Stuur tekst in UTF-8."
		half   = "Deze JSON is niet af. Controleer of alle haken en aanhalingstekens gesloten zijn."
		second = "Na het einde van de JSON staat nog iets. Stuur één object, en niets daarna."
		deep   = "Hier staan te veel objecten of lijsten in elkaar. Er mogen er ten hoogste 64 in elkaar staan."
	)
	for name, c := range map[string]struct {
		raw  string
		want []string
	}{
		"nothing":                        {"", []string{": Er is geen invoer. Stuur een object in JSON mee."}},
		"only white space":               {" \n", []string{": Er is geen invoer. Stuur een object in JSON mee."}},
		"no JSON":                        {"soort=klacht", []string{": Dit is geen goede JSON. Kijk op regel 1, bij teken 1."}},
		"a comma too many":               {"{\"é\": 1,\n \"b\": 2,}", []string{": Dit is geen goede JSON. Kijk op regel 2, bij teken 9."}},
		"a control character in a text":  {"{\"a\":\n\"x\ty\"}", []string{": Dit is geen goede JSON. Kijk op regel 2, bij teken 3."}},
		"a bracket that does not match":  {`{"a":[1}`, []string{": Dit is geen goede JSON. Kijk op regel 1, bij teken 8."}},
		"an end that is missing":         {`{"a":[1`, []string{": " + half}},
		"a quote that is missing":        {`{"a`, []string{": " + half}},
		"a second value":                 {`{} {}`, []string{": " + second}},
		"rubbish behind the value":       {`{}x`, []string{": " + second}},
		"a byte order mark":              {"\ufeff{}", []string{": Dit is geen goede JSON. Kijk op regel 1, bij teken 1."}},
		"the same key twice":             {`{"a":1,"a":1}`, []string{"a: " + twice}},
		"the same key twice, escaped":    {`{"a":1,"\u0061":1}`, []string{"a: " + twice}},
		"the same key twice, once null":  {`{"a":1,"a":null}`, []string{"a: " + twice}},
		"the same key twice, deep down":  {`{"a":[{"b":1},{"b":{"c":1,"c":2}}]}`, []string{"a[1].b.c: " + twice}},
		"two keys twice":                 {`{"a":1,"a":1,"b":1,"b":1}`, []string{"a: " + twice, "b: " + twice}},
		"text that is not UTF-8":         {"{\"a\":{\"b\":\"\xff\"}}", []string{"a.b: " + signs}},
		"a key that is not UTF-8":        {"{\"a\":{\"\xff\":1}}", []string{"a: " + signs}},
		"the first half of a pair":       {`{"a":"\ud83d"}`, []string{"a: " + signs}},
		"the first half before a letter": {`{"a":"\ud83dx"}`, []string{"a: " + signs}},
		"two first halves":               {`{"a":"\ud83d\ud83d"}`, []string{"a: " + signs}},
		"the second half of a pair":      {`["x","\ude00"]`, []string{"[1]: " + signs}},
		"nested one too deep":            {`{"a":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + "}", []string{"a" + strings.Repeat("[0]", 63) + ": " + deep}},
		"nested far too deep, unclosed":  {strings.Repeat("[", 100_000), []string{strings.Repeat("[0]", 64) + ": " + deep}},
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := schema.Parse([]byte(c.raw))
			require.Nil(t, tree)
			require.Equal(t, c.want, sentences(t, faultsOf(t, err)))
		})
	}
}
