package api_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

func TestSpecJSONIsTheSameDocument(t *testing.T) {
	raw, err := api.SpecJSON()
	require.NoError(t, err)
	again, err := api.SpecJSON()
	require.NoError(t, err)
	require.Equal(t, raw, again)

	served, err := openapi3.NewLoader().LoadFromData(raw)
	require.NoError(t, err)
	want, err := document(t).MarshalJSON()
	require.NoError(t, err)
	got, err := served.MarshalJSON()
	require.NoError(t, err)
	require.JSONEq(t, string(want), string(got))
	require.Contains(t, string(raw), `"peildatum":"2026-11-20"`, "a date stays a text")
	require.NotContains(t, string(raw), "x-go-", "the document says nothing of how it is built")
}

func TestSpecIsACopy(t *testing.T) {
	api.Spec()[0] = 'X'
	require.Equal(t, byte('o'), api.Spec()[0])
}

func TestGeneratedTypesHoldTheExamples(t *testing.T) {
	examples := document(t).Components.Examples
	roundTrip := func(name string, into any) {
		t.Helper()
		want, err := json.Marshal(examples[name].Value.Value)
		require.NoError(t, err)
		dec := json.NewDecoder(bytes.NewReader(want))
		dec.DisallowUnknownFields()
		require.NoError(t, dec.Decode(into), name)
		got, err := json.Marshal(into)
		require.NoError(t, err)
		require.JSONEq(t, string(want), string(got), name)
	}
	roundTrip("Triagevraag", &api.TriageInvoer{})
	roundTrip("TriageAdvies", &api.TriageAdvies{})
	roundTrip("Reeksvraag", &api.ReeksInvoer{})
	roundTrip("Reeksantwoord", &api.ReeksAntwoord{})
	roundTrip("Termijnvraag", &api.TermijnInvoer{})
	roundTrip("Termijnberekening", &api.Termijnberekening{})
	roundTrip("OngeldigeInvoer", &api.Probleem{})
	roundTrip("Meldinginvoer", &api.MeldingInvoer{})
	roundTrip("KlachtBijAanbieder", &api.MeldingKlacht{})
	roundTrip("Mijlpaalinvoer", &api.MijlpaalInvoer{})
	roundTrip("Mijlpaal", &api.MijlpaalVastgelegd{})
	roundTrip("Melding", &api.Melding{})
	roundTrip("Toewijzing", &api.ToewijzingInvoer{})
	roundTrip("Gebruikerinvoer", &api.GebruikerInvoer{})
	roundTrip("Gebruiker", &api.Gebruiker{})
	roundTrip("GebruikerLijst", &api.GebruikerLijst{})
	roundTrip("Afwezigheidinvoer", &api.AfwezigheidInvoer{})
	roundTrip("AgendaAdres", &api.AgendaAdres{})
	roundTrip("Dienstinvoer", &api.DienstInvoer{})
	roundTrip("Dienst", &api.Dienst{})
	roundTrip("DienstWeg", &api.DienstWeg{})
	roundTrip("DienstLijst", &api.DienstLijst{})
	roundTrip("MeldingLijst", &api.MeldingLijst{})
	roundTrip("Geschiedenis", &api.Geschiedenis{})
	roundTrip("AanbiederLijst", &api.AanbiederLijst{})
	roundTrip("AanbiederSignalen", &api.AanbiederSignalen{})
	roundTrip("TermijnLijst", &api.TermijnLijst{})
	roundTrip("StiptheidLijst", &api.StiptheidLijst{})
	roundTrip("Stiptheid", &api.Stiptheid{})
	roundTrip("BerichtLijst", &api.BerichtLijst{})
	roundTrip("Bericht", &api.Bericht{})
	roundTrip("AlarmLijst", &api.AlarmLijst{})
	roundTrip("Kalenderinvoer", &api.KalenderInvoer{})
	roundTrip("Kalenderjaar", &api.Kalenderjaar{})
	roundTrip("KalenderversieLijst", &api.KalenderversieLijst{})
	roundTrip("Kalenderversie", &api.KalenderversieVolledig{})
}

func TestAnswersThatBreakTheContractAreSeen(t *testing.T) {
	schemas := document(t).Components.Schemas
	for name, c := range map[string]struct {
		schema, example string
		spoil           func(map[string]any)
	}{
		"an advice no policy may choose": {"TriageAdvies", "TriageAdvies", func(m map[string]any) { m["advies"] = "beoordelen" }},
		"an advice without its policy":   {"TriageAdvies", "TriageAdvies", func(m map[string]any) { delete(m, "beleid") }},
		"a moment outside UTC":           {"TriageAdvies", "TriageAdvies", func(m map[string]any) { m["opgesteldOp"] = "2026-11-20T10:30:00+01:00" }},
		"a field nobody knows":           {"TriageAdvies", "TriageAdvies", func(m map[string]any) { m["melder"] = "x" }},
		"an id that is no UUID":          {"TriageAdvies", "TriageAdvies", func(m map[string]any) { m["id"] = "17" }},
		"a term without days left":       {"Termijnberekening", "Termijnberekening", func(m map[string]any) { delete(m, "dagenResterend") }},
		"a term without explanation":     {"Termijnberekening", "Termijnberekening", func(m map[string]any) { m["verklaring"] = []any{} }},
		"a problem that is no error":     {"Probleem", "OngeldigeInvoer", func(m map[string]any) { m["status"] = 200.0 }},
		"a melding without an advice":    {"Melding", "Melding", func(m map[string]any) { delete(m, "advies") }},
		"a kenmerk with a letter O":      {"Melding", "Melding", func(m map[string]any) { m["kenmerk"] = "LMZ-7J34-78NO" }},
		"a melder in a list":             {"MeldingLijst", "MeldingLijst", func(m map[string]any) { m["melder"] = map[string]any{} }},
		"a name in a message":            {"Bericht", "Bericht", func(m map[string]any) { m["naam"] = "Piet" }},
		"a state nobody knows":           {"Bericht", "Bericht", func(m map[string]any) { m["eMail"] = "onderweg" }},
		"figures without a number":       {"AlarmLijst", "AlarmLijst", func(m map[string]any) { delete(m["cijfers"].(map[string]any), "open") }},
		"an empty title":                 {"Probleem", "OngeldigeInvoer", func(m map[string]any) { m["title"] = "" }},
	} {
		t.Run(name, func(t *testing.T) {
			answer, is := document(t).Components.Examples[c.example].Value.Value.(map[string]any)
			require.True(t, is)
			require.NoError(t, schemas[c.schema].Value.VisitJSON(answer))
			c.spoil(answer)
			require.Error(t, schemas[c.schema].Value.VisitJSON(answer))
		})
	}
}

func TestAnItemOfASeriesIsAnAdviceOrAProblem(t *testing.T) {
	item := document(t).Components.Schemas["ReeksResultaat"].Value
	const id = "0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d12"
	require.Error(t, item.VisitJSON(map[string]any{"id": id}))
	examples := document(t).Components.Examples
	both := map[string]any{"id": id, "advies": examples["TriageAdvies"].Value.Value, "probleem": examples["OngeldigeInvoer"].Value.Value}
	require.Error(t, item.VisitJSON(both))
	delete(both, "advies")
	require.NoError(t, item.VisitJSON(both))
}

func TestAFactMayHaveAnyValueOrNone(t *testing.T) {
	fact := document(t).Components.Schemas["FeitWaarde"].Value
	for _, value := range []any{nil, "ja", true, 3.0, 0.63, []any{"art13"}, []any{}, map[string]any{"van": "2024-01-01"}} {
		assert.NoError(t, fact.VisitJSON(map[string]any{"veld": "melding.feiten.schade", "waarde": value}))
	}
	require.Error(t, fact.VisitJSON(map[string]any{"veld": "melding.feiten.schade"}))
}

// A text with a form of its own can only be refused in plain words when the
// contract has those words.
func TestFormsOfQuestionsAreInWords(t *testing.T) {
	seen := map[string]bool{}
	var walk func(path string, ref *openapi3.SchemaRef)
	walk = func(path string, ref *openapi3.SchemaRef) {
		s := ref.Value
		if s.Type.Is("string") && (s.Pattern != "" || s.Format != "") {
			seen[path] = true
			assert.NotEmpty(t, s.Extensions["x-vorm"], path)
		}
		for name, property := range s.Properties {
			walk(path+"."+name, property)
		}
		if s.Items != nil {
			walk(path+"[]", s.Items)
		}
	}
	for name, body := range document(t).Components.RequestBodies {
		walk(name, body.Value.Content["application/json"].Schema)
	}
	require.NotEmpty(t, seen)
	for name, p := range document(t).Components.Parameters {
		if s := p.Value.Schema.Value; p.Value.In == "query" && (s.Pattern != "" || s.Format != "") {
			assert.NotEmpty(t, s.Extensions["x-vorm"], name)
		}
	}
}

// A correction knows every field that a reader of a melding sees, and says of
// each that it cannot change how it does change.
func TestACorrectionKnowsEveryFieldOfAMelding(t *testing.T) {
	schemas := document(t).Components.Schemas
	told, change := schemas["MeldingInvoer"].Value.Properties, schemas["MeldingWijziging"].Value.Properties
	require.Empty(t, schemas["MeldingWijziging"].Value.Required)
	for name := range schemas["Melding"].Value.Properties {
		require.Contains(t, change, name)
		field := change[name].Value
		if told[name] == nil || name == "toestemming" || name == "klachtBijAanbieder" {
			assert.True(t, field.ReadOnly, name)
			assert.NotEmpty(t, field.Extensions["x-wijzigen"], name)
			continue
		}
		assert.False(t, field.ReadOnly, name)
		assert.Equal(t, !slices.Contains([]string{"soort", "kanaal"}, name), field.Nullable, "%s can be taken away", name)
	}
	assert.Len(t, change, len(schemas["Melding"].Value.Properties))
}

// What stands in two places of the contract says the same.
func TestTheListFiltersOnWhatAMeldingHolds(t *testing.T) {
	doc := document(t)
	choices := func(s *openapi3.Schema) []any {
		return slices.DeleteFunc(slices.Clone(s.Enum), func(v any) bool { return v == nil })
	}
	melding, row := doc.Components.Schemas["MeldingInvoer"].Value.Properties, doc.Components.Schemas["MeldingRegel"].Value.Properties
	for _, name := range []string{"kanaal", "soort", "sector"} {
		assert.Equal(t, choices(melding[name].Value), choices(row[name].Value), name)
	}
	assert.Equal(t, choices(melding["sector"].Value), choices(doc.Components.Parameters["sector"].Value.Schema.Value))
	var states, advices, roles []any
	for _, s := range domain.MeldingStatussen() {
		states = append(states, string(s))
	}
	for _, a := range append(domain.Adviezen(), domain.Beoordelen) {
		advices = append(advices, string(a))
	}
	for _, r := range domain.Rollen() {
		roles = append(roles, string(r))
	}
	assert.Equal(t, states, choices(doc.Components.Parameters["status"].Value.Schema.Value))
	assert.Equal(t, advices, choices(doc.Components.Parameters["advies"].Value.Schema.Value))
	assert.Equal(t, roles, choices(doc.Components.Schemas["Uitvoerder"].Value.Properties["rol"].Value))
	var kinds, posts, parties []any
	for _, s := range domain.BerichtSoorten() {
		kinds = append(kinds, string(s))
	}
	for _, s := range domain.PostStanden() {
		posts = append(posts, string(s))
	}
	for _, p := range domain.Partijen() {
		parties = append(parties, string(p))
	}
	message := doc.Components.Schemas["Bericht"].Value.Properties
	assert.Equal(t, kinds, choices(message["soort"].Value))
	assert.Equal(t, posts, choices(message["eMail"].Value))
	assert.Equal(t, parties, choices(message["partij"].Value))
	people := slices.DeleteFunc(slices.Clone(roles), func(r any) bool { return r == string(domain.Systeem) })
	for _, s := range []string{"GebruikerInvoer", "Gebruiker"} {
		assert.Equal(t, people, choices(doc.Components.Schemas[s].Value.Properties["rollen"].Value.Items.Value))
	}
	assert.Equal(t, people, choices(doc.Components.Parameters["gebruikerRol"].Value.Schema.Value))
}
