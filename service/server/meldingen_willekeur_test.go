package server_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
)

// partly draws a JSON object in which each field is given, null or absent.
func partly(fields map[string][]any) *rapid.Generator[map[string]any] {
	return rapid.Custom(func(t *rapid.T) map[string]any {
		out := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if rapid.Bool().Draw(t, name+" given") {
				out[name] = rapid.SampledFrom(append(fields[name], nil)).Draw(t, name)
			}
		}
		return out
	})
}

// correction draws a merge patch that the schema finds nothing wrong with.
func correction() *rapid.Generator[map[string]any] {
	return rapid.Custom(func(t *rapid.T) map[string]any {
		out := partly(map[string][]any{
			"regime": {"wkkgz", "jeugdwet"}, "sector": {"ggz"}, "anonimiteit": {"geen", "volledig"}, "onderwerp": {"a", ""},
			"omschrijving": {"Een verhaal"}, "aard": {"val"}, "ontvangstdatum": {"2026-11-01", "2026-11-20"},
			"aanbieder": {map[string]any{"naam": "De Horst"}, map[string]any{"naam": nil, "kvkNummer": "12345678"}, map[string]any{"id": nil}, map[string]any{}},
			"melder":    {map[string]any{"naam": "A"}, map[string]any{"naam": nil, "telefoon": "1"}},
			"redenen":   {map[string]any{"belangGoedeZorg": "omdat"}},
		}).Draw(t, "fields")
		out["feiten"] = partly(map[string][]any{
			"bedreiging": {"ja", "nee"}, "geweld": {"ja"}, "belangGoedeZorg": {"ja"}, "klachtplichtGebreken": {[]string{"art13"}, []string{}},
		}).Draw(t, "facts")
		out["gebeurtenis"] = partly(map[string][]any{"van": {"2019", "2026-10"}, "tot": {"2026-10-15"}, "voortdurend": {true}}).Draw(t, "event")
		return out
	})
}

// Whatever is told and corrected: the answer keeps the contract, is what is read
// back, and the same correction once more changes nothing.
func TestAnyMeldingIsKeptAndCorrectedAsItWasTold(t *testing.T) {
	s := open(t, apptest.Small(t, ""))
	rapid.Check(t, func(r *rapid.T) {
		body := correction().Draw(r, "melding")
		body["kanaal"], body["soort"] = "brief", rapid.SampledFrom([]string{"vraag", "klacht"}).Draw(r, "soort")
		first := s.do(t, call{path: listPath, body: encode(r, body)})
		if first.Code == http.StatusBadRequest { // of a rule between fields
			return
		}
		require.Equal(r, http.StatusCreated, first.Code, first.Body.String())
		path := first.Header().Get("Location")
		require.Equal(r, first.Body.String(), s.do(t, call{path: path}).Body.String())

		patch := encode(r, correction().Draw(r, "patch"))
		once := s.change(t, http.MethodPatch, path, first.Header().Get("ETag"), patch)
		if once.Code == http.StatusBadRequest {
			require.Equal(r, first.Body.String(), s.do(t, call{path: path}).Body.String())
			return
		}
		require.Equal(r, http.StatusOK, once.Code, once.Body.String())
		twice := s.change(t, http.MethodPatch, path, once.Header().Get("ETag"), patch)
		require.Equal(r, http.StatusOK, twice.Code, twice.Body.String())
		require.Equal(r, once.Body.String(), twice.Body.String())
		require.Equal(r, once.Body.String(), s.do(t, call{path: path}).Body.String())
	})
}

func encode(t require.TestingT, v any) string {
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}
