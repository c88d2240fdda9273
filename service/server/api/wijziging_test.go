package api_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func contract(t testing.TB) *api.Contract {
	t.Helper()
	c, err := api.LoadContract()
	require.NoError(t, err)
	return c
}

// read reads the body of a melding in which the schema finds nothing wrong.
func read(t require.TestingT, c *api.Contract, body string) domain.Opgave {
	told, err := c.ReadMelding([]byte(body))
	require.NoError(t, err)
	require.Empty(t, told.Faults)
	told.Faults = nil
	return told
}

// patched applies a patch to a melding about provider seen.
func patched(t require.TestingT, c *api.Contract, told domain.Opgave, seen *domain.Aanbieder, patch string) domain.Opgave {
	change, err := c.ReadWijziging([]byte(patch))
	require.NoError(t, err)
	out, err := change.Beside(seen).Apply(told)
	require.NoError(t, err)
	return out
}

func faults(o domain.Opgave) []string {
	out := []string{}
	for _, f := range o.Faults {
		out = append(out, f.Field+" "+f.Code)
	}
	return out
}

func TestAPatchChangesWhatItNamesAlone(t *testing.T) {
	c := contract(t)
	const before = `{"kanaal":"brief","soort":"klacht","onderwerp":"Gevallen","feiten":{"schade":"licht","geweld":"nee",
		"klachtplichtGebreken":["art13","art15"]},"gebeurtenis":{"van":"2024"},"melder":{"naam":"A","telefoon":"1"},
		"redenen":{"belangGoedeZorg":"omdat"},"toestemming":{"inspecteur":"gegeven"},"klachtBijAanbieder":{"ingediendOp":"2026-01-05"}}`
	for name, c2 := range map[string]struct{ patch, want string }{
		"nothing":             {`{}`, before},
		"a fact":              {`{"feiten":{"schade":"geen"}}`, strings.Replace(before, "licht", "geen", 1)},
		"a list, as a whole":  {`{"feiten":{"klachtplichtGebreken":["art18"]}}`, strings.Replace(before, `"art13","art15"`, `"art18"`, 1)},
		"a list emptied":      {`{"feiten":{"klachtplichtGebreken":[]}}`, strings.Replace(before, `"art13","art15"`, ``, 1)},
		"a text taken away":   {`{"onderwerp":null}`, strings.Replace(before, `"onderwerp":"Gevallen",`, ``, 1)},
		"an object":           {`{"melder":null,"redenen":null}`, strings.NewReplacer(`"melder":{"naam":"A","telefoon":"1"},`, ``, `"redenen":{"belangGoedeZorg":"omdat"},`, ``).Replace(before)},
		"a field of it":       {`{"melder":{"telefoon":null,"adres":"B"}}`, strings.Replace(before, `"telefoon":"1"`, `"adres":"B"`, 1)},
		"what was never told": {`{"aard":null,"feiten":{"bedreiging":null}}`, before},
		"the channel":         {`{"kanaal":"e_mail","klantkenmerk":"17"}`, strings.Replace(before, `"brief"`, `"e_mail","klantkenmerk":"17"`, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			got := patched(t, c, read(t, c, before), nil, c2.patch)
			require.Empty(t, got.Faults)
			assert.Empty(t, domain.Verschil(read(t, c, c2.want), got))
		})
	}
}

func TestWhatIsWrongWithAPatchStandsInTheFaults(t *testing.T) {
	c := contract(t)
	told := read(t, c, `{"kanaal":"brief","soort":"klacht","aard":"a"}`)
	got := patched(t, c, told, nil, `{"status":"afgesloten","aard":"`+strings.Repeat("x", 81)+`","feiten":{"schade":"erg"},"sector":"ggz"}`)
	assert.ElementsMatch(t, []string{"aard te_lang", "feiten.schade waarde", "status alleen_lezen"}, faults(got))
	assert.Equal(t, "ggz", *got.Melding.Sector, "the rest is read, so that its rules can be checked")
	assert.Equal(t, "a", got.Aard)
}

func TestAProviderIsPatchedAsReadersSeeIt(t *testing.T) {
	c := contract(t)
	seen := &domain.Aanbieder{ID: "p1", Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "12345678"}
	known := &domain.Aanbieder{ID: "p1", Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "12345678", Vestigingsnummer: "000012345678", AgbCode: "01234567"}
	byName := `{"kanaal":"brief","soort":"klacht","aanbieder":{"naam":"de horst"}}`
	byID := `{"kanaal":"brief","soort":"klacht","aanbieder":{"id":"p1"}}`
	for name, c2 := range map[string]struct {
		patch string
		want  domain.AanbiederOpgave
	}{
		"the same as it is seen":       {`{"aanbieder":{"id":"p1","naam":"De Horst","plaats":"Zutphen","kvkNummer":"12345678"}}`, domain.AanbiederOpgave{}},
		"the same id":                  {`{"aanbieder":{"id":"p1"}}`, domain.AanbiederOpgave{}},
		"nothing":                      {`{"aanbieder":{}}`, domain.AanbiederOpgave{}},
		"another id":                   {`{"aanbieder":{"id":"p2"}}`, domain.AanbiederOpgave{ID: "p2"}},
		"another id, the rest seen":    {`{"aanbieder":{"id":"p2","naam":"De Horst","plaats":"Zutphen","kvkNummer":"12345678"}}`, domain.AanbiederOpgave{ID: "p2"}},
		"another id and another name":  {`{"aanbieder":{"id":"p2","naam":"Elders"}}`, domain.AanbiederOpgave{ID: "p2", Naam: "Elders"}},
		"another place":                {`{"aanbieder":{"plaats":"Lochem"}}`, domain.AanbiederOpgave{Naam: "De Horst", Plaats: "Lochem"}},
		"another name and place":       {`{"aanbieder":{"naam":"Tandarts C","plaats":"Tiel"}}`, domain.AanbiederOpgave{Naam: "Tandarts C", Plaats: "Tiel"}},
		"another place and its number": {`{"aanbieder":{"plaats":"Lochem","kvkNummer":"12345678"}}`, domain.AanbiederOpgave{Naam: "De Horst", Plaats: "Lochem", KvkNummer: "12345678"}},
		"the name written otherwise":   {`{"aanbieder":{"naam":"de  horst"}}`, domain.AanbiederOpgave{Naam: "de  horst", Plaats: "Zutphen", KvkNummer: "12345678"}},
		"another place, the id seen":   {`{"aanbieder":{"id":"p1","plaats":"Lochem","kvkNummer":null}}`, domain.AanbiederOpgave{Naam: "De Horst", Plaats: "Lochem"}},
		"no id":                        {`{"aanbieder":{"id":null}}`, domain.AanbiederOpgave{Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "12345678"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, told := range []string{byName, byID} {
				before := read(t, c, told)
				got := patched(t, c, before, seen, c2.patch)
				require.Empty(t, got.Faults)
				if c2.want == (domain.AanbiederOpgave{}) {
					assert.Equal(t, before.Aanbieder, got.Aanbieder)
					continue
				}
				assert.Equal(t, c2.want, *got.Aanbieder)
			}
		})
	}
	whole := `"id":"p1","naam":"De Horst","plaats":"Zutphen"`
	for patch, want := range map[string]domain.AanbiederOpgave{
		`{"kvkNummer":"87654321"}`:                                   {Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "87654321"},
		`{"vestigingsnummer":"000087654321"}`:                        {Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "12345678", Vestigingsnummer: "000087654321"},
		`{"agbCode":"76543210"}`:                                     {Naam: "De Horst", Plaats: "Zutphen", AgbCode: "76543210"},
		`{"kvkNummer":"87654321","vestigingsnummer":"000087654321"}`: {Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "87654321", Vestigingsnummer: "000087654321"},
		`{"kvkNummer":"12345678","vestigingsnummer":null}`:           {Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "12345678", AgbCode: "01234567"},
		`{` + whole + `,"kvkNummer":"87654321","vestigingsnummer":"000012345678","agbCode":"01234567"}`: {Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "87654321"},
		`{` + whole + `,"kvkNummer":"12345678","vestigingsnummer":"000087654321","agbCode":"01234567"}`: {Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "12345678", Vestigingsnummer: "000087654321"},
		`{"naam":"Elders","kvkNummer":"87654321"}`:                                                      {Naam: "Elders", Plaats: "Zutphen", KvkNummer: "87654321"},
	} {
		got := patched(t, c, read(t, c, byName), known, `{"aanbieder":`+patch+`}`)
		require.Empty(t, got.Faults)
		assert.Equal(t, want, *got.Aanbieder, "no number is left that finds the old one again: %s", patch)
	}
	other := patched(t, c, read(t, c, byName), seen, `{"aanbieder":{"naam":"Elders","agbCode":"76543210"}}`)
	assert.Equal(t, domain.AanbiederOpgave{Naam: "Elders", Plaats: "Zutphen", AgbCode: "76543210"}, *other.Aanbieder, "its number is not that of the one before")
	more := patched(t, c, read(t, c, byName), seen, `{"aanbieder":{"agbCode":"01234567"}}`)
	assert.Equal(t, domain.AanbiederOpgave{Naam: "De Horst", Plaats: "Zutphen", KvkNummer: "12345678", AgbCode: "01234567"}, *more.Aanbieder, "a number more")
	assert.Nil(t, patched(t, c, read(t, c, byName), seen, `{"aanbieder":null}`).Aanbieder)
	first := patched(t, c, read(t, c, `{"kanaal":"brief","soort":"klacht"}`), nil, `{"aanbieder":{"naam":"Elders","plaats":null}}`)
	assert.Equal(t, domain.AanbiederOpgave{Naam: "Elders"}, *first.Aanbieder)
}

// melding draws the body of a melding that the schema finds nothing wrong with.
func melding() *rapid.Generator[map[string]any] {
	return rapid.Custom(func(t *rapid.T) map[string]any {
		some := func(fields map[string]*rapid.Generator[any]) map[string]any {
			out := map[string]any{}
			for _, name := range slices.Sorted(maps.Keys(fields)) {
				if rapid.Bool().Draw(t, name+" given") {
					out[name] = fields[name].Draw(t, name)
				}
			}
			return out
		}
		of := func(values ...string) *rapid.Generator[any] {
			return rapid.Map(rapid.SampledFrom(values), func(s string) any { return s })
		}
		words := of("a", "Een verhaal\nin twee regels", "é ", strings.Repeat("x", 50))
		day := of("2024-02-29", "2026-11-01", "1999-01-01")
		out := some(map[string]*rapid.Generator[any]{
			"ontvangstdatum": day, "regime": of("wkkgz", "overig"), "sector": of("ggz", "jeugd"), "hoedanigheid": of("client"),
			"anonimiteit": of("geen", "volledig"), "onderwerp": words, "omschrijving": words, "aard": of("medicatie_fout"),
			"klantkenmerk": words,
		})
		out["kanaal"], out["soort"] = of("telefoon", "brief").Draw(t, "kanaal"), of("klacht", "vraag").Draw(t, "soort")
		for name, object := range map[string]map[string]any{
			"feiten":      some(map[string]*rapid.Generator[any]{"schade": of("licht", "onbekend"), "geweld": of("ja"), "belangGoedeZorg": of("ja", "nee")}),
			"gebeurtenis": some(map[string]*rapid.Generator[any]{"van": of("2019", "2024-11"), "tot": day}),
			"redenen":     some(map[string]*rapid.Generator[any]{"belangGoedeZorg": words, "noodzaakOndanksOuderdom": words}),
			"melder":      some(map[string]*rapid.Generator[any]{"naam": words, "telefoon": words, "geboortedatum": day}),
			"aanbieder":   some(map[string]*rapid.Generator[any]{"naam": words, "plaats": words, "kvkNummer": of("12345678")}),
		} {
			if len(object) > 0 {
				out[name] = object
			}
		}
		return out
	})
}

func TestAMeldingAsItsOwnPatchChangesNothing(t *testing.T) {
	c := contract(t)
	rapid.Check(t, func(r *rapid.T) {
		body, err := json.Marshal(melding().Draw(r, "melding"))
		require.NoError(r, err)
		before := read(r, c, string(body))
		after := patched(r, c, before, nil, string(body))
		require.Empty(r, after.Faults)
		after.Faults = nil
		require.Equal(r, before, after)
	})
}

func TestAMeldingIsReadTheSameAfterAnyOtherMeldingAsPatch(t *testing.T) {
	c := contract(t)
	rapid.Check(t, func(r *rapid.T) {
		first, second := melding().Draw(r, "first"), melding().Draw(r, "second")
		raw, err := json.Marshal(first)
		require.NoError(r, err)
		patch, err := json.Marshal(second)
		require.NoError(r, err)
		once := patched(r, c, read(r, c, string(raw)), nil, string(patch))
		require.Empty(r, once.Faults)
		require.Empty(r, domain.Verschil(once, patched(r, c, once, nil, string(patch))), "a patch twice is a patch once")
	})
}

// FuzzMeldingBody reads any body as a melding: it is read, or refused with
// faults that each have a sentence; what is read goes through the rules as well,
// and reads the same as its own patch.
func FuzzMeldingBody(f *testing.F) {
	example, err := json.Marshal(document(f).Components.Examples["Meldinginvoer"].Value.Value)
	require.NoError(f, err)
	f.Add(example)
	for _, seed := range []string{
		`{}`, `null`, `{"kanaal":"brief","soort":"vraag"}`, `{"kanaal":"brief","soort":"vraag","soort":"klacht"}`,
		`{"kanaal":"fax","soort":"klacht","aanbieder":{"id":"a","naam":"b"},"melder":{"eMail":"x"},"anonimiteit":"volledig"}`,
		`{"kanaal":"brief","soort":"klacht","feiten":{"belangGoedeZorg":"ja"},"onderwerp":"bel 0612345678","klantkenmerk":"111222333"}`,
	} {
		f.Add([]byte(seed))
	}
	c := contract(f)
	texts, err := domain.LoadTexts()
	require.NoError(f, err)
	calendar, err := term.Load()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, raw []byte) {
		told, err := c.ReadMelding(raw)
		if err != nil {
			require.True(t, domain.IsCode(err, domain.Invalid))
			told.Faults = domain.AsError(err).Faults
			require.NotEmpty(t, told.Faults)
		}
		_, found := domain.LeesMelding(told, term.NewDate(2026, 11, 20), calendar)
		for _, fault := range found {
			require.Contains(t, texts, "gebrek."+fault.Code)
			require.NotContains(t, texts.Sentence("gebrek."+fault.Code, fault.Args...), "%!")
		}
		if len(told.Faults) > 0 {
			return
		}
		require.Empty(t, domain.Verschil(told, patched(t, c, told, nil, `{}`)))
	})
}
