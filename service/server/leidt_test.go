package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/server"
)

func TestAnOperatorSeesWhichCopyRunsTheJobs(t *testing.T) {
	metrics := server.NewMetrics()
	s := serve(t, apptest.Open(t, metrics, apptest.Shipped(t)), metrics)
	get := func(path string) string {
		w := s.do(t, call{path: path})
		require.Equal(t, http.StatusOK, w.Code)
		return w.Body.String()
	}
	for _, c := range []struct {
		is            bool
		ready, metric string
	}{{false, `"leidt":false`, "lmz_taken_leidt 0"}, {true, `"leidt":true`, "lmz_taken_leidt 1"}, {false, `"leidt":false`, "lmz_taken_leidt 0"}} {
		metrics.Leads(c.is)
		assert.Contains(t, get("/readyz"), c.ready)
		assert.Contains(t, get("/metrics"), c.metric)
	}
}
