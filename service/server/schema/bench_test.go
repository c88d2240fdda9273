package schema_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// question is the example of the contract: a melding with every part filled in.
func question(t testing.TB) []byte {
	t.Helper()
	doc, err := api.SpecJSON()
	require.NoError(t, err)
	var spec struct {
		Components struct {
			Examples map[string]struct{ Value json.RawMessage }
		}
	}
	require.NoError(t, json.Unmarshal(doc, &spec))
	return spec.Components.Examples["Triagevraag"].Value
}

func BenchmarkRead(b *testing.B) {
	s, raw := contract(b), question(b)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		_, _, faults, err := schema.Read[api.TriageInvoer](s, "TriageInvoer", raw)
		require.NoError(b, err)
		require.Empty(b, faults)
	}
}

func BenchmarkParse(b *testing.B) {
	raw := question(b)
	b.ReportAllocs()
	for b.Loop() {
		_, err := schema.Parse(raw)
		require.NoError(b, err)
	}
}

func BenchmarkParseWithEscapes(b *testing.B) {
	raw := append([]byte(`{"\u0061":`), append(question(b), '}')...)
	b.ReportAllocs()
	for b.Loop() {
		_, err := schema.Parse(raw)
		require.NoError(b, err)
	}
}

func BenchmarkCheck(b *testing.B) {
	s, tree := contract(b), mustParse(b, string(question(b)))
	b.ReportAllocs()
	for b.Loop() {
		require.Empty(b, s.Check("TriageInvoer", tree))
	}
}

func BenchmarkReadWithFaults(b *testing.B) {
	s, raw := contract(b), []byte(`{"peildatum":"x","melding":{"soort":"roddel","feiten":{"schade":"erg"},"melder":{}}}`)
	b.ReportAllocs()
	for b.Loop() {
		_, _, faults, err := schema.Read[api.TriageInvoer](s, "TriageInvoer", raw)
		require.NoError(b, err)
		require.Len(b, faults, 4)
	}
}
