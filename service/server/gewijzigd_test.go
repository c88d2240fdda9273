package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// count is how many rows somebody is given at an address.
func (s site) count(t testing.TB, who, path string) int {
	t.Helper()
	w := s.do(t, as(who, call{path: path}))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var l struct {
		Items []json.RawMessage `json:"items"`
	}
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &l))
	return len(l.Items)
}

// Whoever asks any list on from when he asked before gets what changed since, and
// nothing else.
func TestEveryListGivesWhatChangedAfterAMoment(t *testing.T) {
	s := staffed(t)
	require.NoError(t, s.Store.HaalDienstWeg(t.Context(), "d"))
	require.NoError(t, s.Store.ZetDienst(t.Context(), domain.Dienst{
		ID: "01a2231c-9f15-73c4-9df4-a433fa193789", Gebruiker: "demo-medewerker", Van: apptest.Begin(), Tot: apptest.Begin().AddDate(0, 0, 9),
	}))
	at := func(hour int) {
		s.Clock.Set(apptest.Begin().Add(time.Duration(hour) * time.Hour))
	}
	var ids []string
	for i, provider := range []string{"De Horst", "De Eik"} {
		at(i)
		loud, _ := s.receive(t, strings.Replace(complaint(provider, "2026-11-18", ""), `{"kanaal"`, `{"feiten":{"geweld":"ja"},"kanaal"`, 1))
		s.ring(t)
		w := s.do(t, as("demo-teamleider", call{method: http.MethodPost, path: listPath + "/" + loud.ID + "/aanname", header: map[string]string{"If-Match": "*"}}))
		require.Equal(t, http.StatusOK, w.Code, w.Body.String())
		ids = append(ids, loud.ID)
		s.colleague(t, strings.Replace(deVries, "m.devries", []string{"m.devries", "n.devries"}[i], 1))
		turnOf(t, s.turn(t, "2026-11-21T08:00:00Z", "2026-11-22T08:00:00Z", 1, ""))
	}
	require.Equal(t, http.StatusCreated, s.fill(t, decree("2026, 1", "", "2026-12-24")).Code)
	asked := func(path string, after time.Time) string {
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		return path + join + "gewijzigdNa=" + after.Format(time.RFC3339Nano)
	}
	for path, want := range map[string]struct {
		who           string
		all, half, no int
	}{
		"/v1/meldingen":         {"demo-medewerker", 2, 1, 0},
		"/v1/termijnen":         {"demo-medewerker", 2, 1, 0},
		"/v1/aanbieders":        {"demo-medewerker", 2, 1, 0},
		"/v1/berichten":         {"demo-medewerker", 2, 1, 0},
		"/v1/alarmen":           {"demo-teamleider", 2, 1, 0},
		"/v1/alarmen?open=true": {"demo-teamleider", 0, 0, 0},
		"/v1/gebruikers":        {"demo-medewerker", 4, 3, 2}, // two were kept without a moment
		"/v1/diensten":          {"demo-medewerker", 3, 2, 1},
		"/v1/kalenderversies":   {"demo-medewerker", 2, 1, 0},
		"/v1/meldingen/" + ids[1] + "/geschiedenis": {"demo-medewerker", s.count(t, "demo-medewerker", "/v1/meldingen/"+ids[1]+"/geschiedenis"), s.count(t, "demo-medewerker", "/v1/meldingen/"+ids[1]+"/geschiedenis"), 0},
	} {
		t.Run(path, func(t *testing.T) {
			assert.Equal(t, want.all, s.count(t, want.who, asked(path, apptest.Begin().Add(-time.Hour))), "all")
			assert.Equal(t, want.half, s.count(t, want.who, asked(path, apptest.Begin())), "what is of the second hour")
			assert.Equal(t, want.no, s.count(t, want.who, asked(path, apptest.Begin().Add(time.Hour))), "nothing since")
			w := s.do(t, as(want.who, call{path: path + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "gewijzigdNa=gisteren"}))
			assert.Equal(t, []string{"gewijzigdNa"}, faulted(t, w))
		})
	}
	assert.Equal(t, []string{"gewijzigdNa"}, faulted(t, s.do(t, call{path: asked("/v1/stiptheid", apptest.Begin())})), "figures change without a write")
}

func TestTheTotalsAndTheFileOfTermsTakeTheMomentToo(t *testing.T) {
	s := open(t, apptest.Shipped(t))
	s.receive(t, complaint("De Horst", "2026-11-18", ""))
	s.Clock.Set(apptest.Begin().Add(time.Hour))
	s.receive(t, complaint("De Eik", "2026-11-17", ""))
	later := "?gewijzigdNa=" + apptest.Begin().Format(time.RFC3339)
	var l struct {
		Totalen struct{ Aantal int }
	}
	s.get(t, termsPath, &l)
	assert.Equal(t, 2, l.Totalen.Aantal)
	s.get(t, termsPath+later, &l)
	assert.Equal(t, 1, l.Totalen.Aantal)
	w := s.do(t, call{path: termsPath + later, header: map[string]string{"Accept": "text/csv"}})
	require.Equal(t, http.StatusOK, w.Code)
	assert.Contains(t, w.Body.String(), "De Eik")
	assert.NotContains(t, w.Body.String(), "De Horst")
}
