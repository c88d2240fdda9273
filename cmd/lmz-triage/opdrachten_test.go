package main_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestADecisionWithoutTheService(t *testing.T) {
	for name, c := range map[string]struct {
		question string
		status   int
		out, err []string
	}{
		"a question":            {vraag, 0, []string{"Advies: escaleren", "vrijdag 20 november 2026", "Er is geweld in de zorgrelatie gemeld.", "Stappen:"}, nil},
		"what is still unknown": {`{"peildatum":"2026-11-20","melding":{"soort":"klacht"},"opties":{"bandbreedte":true}}`, 0, []string{"van registreren tot escaleren", "melding.feiten.geweld"}, nil},
		"every fault at once":   {`{"peildatum":"gisteren","melding":{"soort":"roddel"}}`, 1, nil, []string{"peildatum:", "melding.soort:"}},
		"no JSON":               {`{`, 1, nil, []string{"niet af"}},
		"nothing":               {``, 1, nil, []string{"geen invoer"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, c.question, "advies", "-")
			assert.Equal(t, c.status, got.status)
			for _, text := range c.out {
				assert.Contains(t, got.out, text)
			}
			for _, text := range c.err {
				assert.Contains(t, got.err, text)
			}
			assert.Equal(t, c.status == 0, got.err == "")
			assert.Equal(t, c.status == 0, got.out != "")
		})
	}
}

func TestADecisionAsJSONIsThatOfTheService(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vraag.json")
	require.NoError(t, os.WriteFile(file, []byte(vraag), 0o600))
	offline := command(t, "", "advies", "--json", file)
	require.Equal(t, 0, offline.status, offline.err)
	d := serve(t, t.TempDir())
	_, online := d.must(t, http.MethodPost, "/v1/triage-adviezen", vraag)
	var a, b map[string]any
	require.NoError(t, json.Unmarshal([]byte(offline.out), &a))
	require.NoError(t, json.Unmarshal([]byte(online), &b))
	assert.Equal(t, b["beleid"].(map[string]any)["digest"], a["beleid"].(map[string]any)["digest"])
	for _, own := range []string{"id", "opgesteldOp", "beleid"} {
		delete(a, own)
		delete(b, own)
	}
	assert.Equal(t, b, a)
	missing := command(t, "", "advies", filepath.Join(t.TempDir(), "er-niet.json"))
	assert.Equal(t, 1, missing.status)
	assert.Contains(t, missing.err, "er-niet.json")
}

func TestATermWithoutTheService(t *testing.T) {
	for name, c := range map[string]struct {
		args   []string
		status int
		want   []string
	}{
		"extended in time": {
			[]string{"reactie_aanbieder", "2026-03-16", "--verlengd-op", "2026-04-20", "--peildatum", "2026-05-20"},
			0,
			[]string{"dinsdag 26 mei 2026", "Koningsdag", "Tweede Pinksterdag", "Dagen tot het einde: 6.", "Wkkgz, artikel 17"},
		},
		"extended too late": {
			[]string{"reactie_aanbieder", "2026-03-16", "--verlengd-op", "2026-04-29", "--peildatum", "2026-05-20"},
			0,
			[]string{"dinsdag 28 april 2026", "te laat"},
		},
		"as JSON":             {[]string{"terugbellen_lmz", "2026-11-20", "--json"}, 0, []string{`"einddatum": "2026-11-27"`}},
		"a kind that is none": {[]string{"bedenktijd", "2026-03-16"}, 1, []string{"soort:", "reactie_aanbieder"}},
		"a day that is none":  {[]string{"reactie_aanbieder", "2026-02-30"}, 1, []string{"start:", "bestaande datum"}},
		"half an agreement":   {[]string{"reactie_aanbieder", "2026-03-16", "--akkoord-op", "2026-04-01"}, 1, []string{"nadereTermijn"}},
		"no start at all":     {[]string{"reactie_aanbieder"}, 2, []string{"start"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, "", append([]string{"termijn"}, c.args...)...)
			assert.Equal(t, c.status, got.status, got.err)
			for _, text := range c.want {
				assert.Contains(t, got.out+got.err, text)
			}
		})
	}
}

// broken is a copy of the shipped policy with one file in place of another.
func broken(t *testing.T, file, text string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "beleid")
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../policies")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600))
	return dir
}

func TestAPolicyIsCheckedTestedAndCovered(t *testing.T) {
	for verb, want := range map[string]string{
		"check": "Het beleid is goed: 11 criteria, 14 stappen",
		"test":  "tests slagen",
		"cover": "100.0 %  totaal",
	} {
		t.Run(verb, func(t *testing.T) {
			got := command(t, "", "policy", verb)
			assert.Equal(t, 0, got.status, got.err)
			assert.Contains(t, got.out, want)
		})
	}
}

func TestAPolicyThatIsBrokenSaysWhere(t *testing.T) {
	const spoed = "criteria/spoed/spoed.rego"
	for name, c := range map[string]struct {
		dir  string
		verb string
		want []string
	}{
		"no Rego":             {broken(t, spoed, "package criteria.spoed\n\nuitkomst := if {\n"), "check", []string{spoed + ":3"}},
		"no METADATA":         {broken(t, spoed, "package criteria.spoed\n\nuitkomst := \"ja\"\n"), "check", []string{spoed, "METADATA"}},
		"a clock":             {broken(t, "lib/klok.rego", "package lib.klok\n\nnu := time.now_ns()\n"), "check", []string{"lib/klok.rego", "time.now_ns"}},
		"a test that fails":   {broken(t, "lib/klok_test.rego", "package lib.klok_test\n\ntest_nee if 1 == 2\n"), "test", []string{"lib/klok_test.rego", "test_nee"}},
		"a folder of nothing": {t.TempDir(), "check", []string{"geen leesbaar beleid"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, "", "policy", c.verb, c.dir)
			assert.Equal(t, 1, got.status)
			for _, text := range c.want {
				assert.Contains(t, got.out+got.err, text)
			}
		})
	}
	dir, data := broken(t, spoed, "package criteria.spoed\n"), t.TempDir()
	got := command(t, "", "policy", "activate", dir, "--data", data, "--reason", "x")
	assert.Equal(t, 1, got.status, "what does not pass its checks is never made active")
	assert.NotZero(t, command(t, "", "policy", "activate", "--data", data).status, "a reason is needed")
}

func TestAPolicyIsPutInItsForm(t *testing.T) {
	dir := broken(t, "lib/los.rego", "package lib.los\nx   :=   1\n")
	assert.Equal(t, 0, command(t, "", "policy", "format", dir).status)
	text, err := os.ReadFile(filepath.Join(dir, "lib/los.rego"))
	require.NoError(t, err)
	assert.Equal(t, "package lib.los\n\nx := 1\n", string(text))
}

func TestHelpAndMistakes(t *testing.T) {
	for name, c := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"the version":            {[]string{"version"}, 0, "proef"},
		"help":                   {[]string{"--help"}, 0, "Start de dienst."},
		"a command that is none": {[]string{"start"}, 2, "start"},
		"a flag that is none":    {[]string{"serve", "--snel"}, 2, "--snel"},
		"nothing":                {nil, 2, "serve"},
		"health of nobody":       {[]string{"health", "--addr", "127.0.0.1:9"}, 1, "127.0.0.1:9"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, "", c.args...)
			assert.Equal(t, c.status, got.status)
			assert.Contains(t, got.out+got.err, c.want)
		})
	}
	d := serve(t, t.TempDir())
	assert.Equal(t, 0, command(t, "", "health", "--addr", d.url[len("http://"):]).status)
}
