package server_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/spool"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

const oneTerm = `{"soort":"reactie_aanbieder","start":"2026-03-16"}`

// away is a site of which the store can go away. With room above zero it has a
// spool for as many decisions.
func away(t *testing.T, room int64) (site, *storetest.Switch) {
	t.Helper()
	metrics := server.NewMetrics()
	h := apptest.Open(t, metrics, apptest.Small(t, ""))
	behind := &storetest.Switch{Store: h.Store}
	h.Policies = app.NewPolicies(behind, apptest.Patient())
	t.Cleanup(h.Policies.Close)
	_, err := h.Policies.Follow(t.Context())
	require.NoError(t, err)
	var st store.Store = behind
	if room > 0 {
		dir, log := filepath.Join(t.TempDir(), "spool"), slog.New(slog.NewTextHandler(io.Discard, nil))
		file, err := sqlite.OpenWachtrij(t.Context(), dir)
		require.NoError(t, err)
		s, err := spool.Open(t.Context(), behind, file, spool.OpenGeheugen(dir, log), room, log)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		st = s
	}
	h.App = h.Over(t, st, metrics)
	metrics.FollowSpool(h.App)
	return serve(t, h, metrics), behind
}

// requireAway requires that c is told, in time, that the store is not there.
func (s site) requireAway(t *testing.T, c call) {
	t.Helper()
	began := clock.System{}.Now()
	w := s.do(t, c)
	require.Equal(t, http.StatusServiceUnavailable, w.Code, w.Body.String())
	assert.NotEmpty(t, w.Header().Get("Retry-After"))
	assert.Less(t, clock.System{}.Now().Sub(began), 2*time.Second)
}

func TestWithoutItsStoreTheServiceSaysSoAndComputesTerms(t *testing.T) {
	s, behind := away(t, 0)
	given := s.advise(t, question)
	melding := `{"kanaal":"telefoon","soort":"klacht","onderwerp":"x"}`
	calls := map[string]call{
		"a decision":            {path: onePath, body: question},
		"a decision with a key": {path: onePath, body: question, header: map[string]string{"Idempotency-Key": "k"}},
		"a series":              {path: seriesPath, body: `{"items":[{"invoer":` + question + `}]}`},
		"reading a decision":    {path: onePath + "/" + given.ID},
		"a melding":             {path: "/v1/meldingen", body: melding, header: map[string]string{"Authorization": "Bearer demo-medewerker"}},
		"the queue":             {path: "/v1/meldingen", header: map[string]string{"Authorization": "Bearer demo-medewerker"}},
		"one melding":           {path: "/v1/meldingen/0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d12", header: map[string]string{"Authorization": "Bearer demo-medewerker"}},
		"the providers":         {path: "/v1/aanbieders", header: map[string]string{"Authorization": "Bearer demo-medewerker"}},
	}
	behind.Set(storetest.Off)
	for name, c := range calls {
		t.Run(name, func(t *testing.T) { s.requireAway(t, c) })
	}
	_, err := s.Policies.Follow(t.Context())
	require.Error(t, err)
	require.Equal(t, http.StatusOK, s.do(t, call{path: termPath, body: oneTerm}).Code)
	require.Equal(t, http.StatusOK, s.do(t, call{path: "/healthz"}).Code)
	require.Contains(t, s.page(t, "x").Body.String(), "Opslaan en ophalen lukt op dit moment niet")
	ready := s.do(t, call{path: "/readyz"})
	require.Equal(t, http.StatusServiceUnavailable, ready.Code)
	require.Contains(t, ready.Body.String(), "Opslaan en ophalen lukt op dit moment niet")

	behind.Set(storetest.On)
	s.advise(t, question)
	require.Equal(t, http.StatusOK, s.do(t, call{path: "/readyz"}).Code)
}

func TestReadyIsAnsweredInTimeWhereTheStoreIsSilent(t *testing.T) {
	s, behind := away(t, 0)
	behind.Set(storetest.Silent)
	began := clock.System{}.Now()
	require.Equal(t, http.StatusServiceUnavailable, s.do(t, call{path: "/readyz"}).Code)
	require.Less(t, clock.System{}.Now().Sub(began), 2*time.Second)
	require.Equal(t, http.StatusOK, s.do(t, call{path: termPath, body: oneTerm}).Code)
}

func TestWithASpoolDecisionsGoOnUntilItIsFull(t *testing.T) {
	s, behind := away(t, 2)
	for name, state := range map[string]storetest.State{"that is gone": storetest.Off, "that is silent": storetest.Silent} {
		t.Run("before a store "+name, func(t *testing.T) {
			before, delivered := s.Logged(t), s.metric(t, "lmz_spool_geleverd_total")
			behind.Set(state)
			first, second := s.advise(t, question), s.advise(t, question)
			require.Equal(t, http.StatusOK, s.do(t, call{path: onePath + "/" + first.ID}).Code)
			s.requireAway(t, call{path: onePath, body: question})
			ready := s.do(t, call{path: "/readyz"})
			require.Equal(t, http.StatusServiceUnavailable, ready.Code)
			requireWaiting(t, ready.Body.Bytes(), 2)
			require.Equal(t, "2", s.metric(t, "lmz_spool_wachtend"))

			behind.Set(storetest.On)
			require.Eventually(t, func() bool { return s.metric(t, "lmz_spool_wachtend") == "0" }, 10*time.Second, 10*time.Millisecond)
			require.Equal(t, before+2, s.Logged(t))
			require.NotEqual(t, delivered, s.metric(t, "lmz_spool_geleverd_total"))
			for _, id := range []string{first.ID, second.ID} {
				require.Equal(t, http.StatusOK, s.do(t, call{path: onePath + "/" + id}).Code)
			}
			s.advise(t, question)
		})
	}
}

func TestWithASpoolTheServiceIsReadyAndSaysWhatIsWrong(t *testing.T) {
	s, behind := away(t, 5)
	behind.Set(storetest.Off)
	s.advise(t, question)
	s.requireAway(t, call{path: onePath, body: question, header: map[string]string{"Idempotency-Key": "k"}})
	ready := s.do(t, call{path: "/readyz"})
	require.Equal(t, http.StatusOK, ready.Code)
	requireWaiting(t, ready.Body.Bytes(), 1)
	require.Contains(t, ready.Body.String(), "Opslaan en ophalen lukt op dit moment niet")
}

func requireWaiting(t *testing.T, body []byte, want int) {
	t.Helper()
	var r struct{ Wachtend int }
	require.NoError(t, json.Unmarshal(body, &r))
	require.Equal(t, want, r.Wachtend)
}
