package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// scraped gives what /metrics says.
func scraped(t *testing.T, metrics *server.Metrics) func() string {
	t.Helper()
	s := serve(t, apptest.Open(t, metrics, apptest.Small(t, "")), metrics)
	return func() string {
		w := s.do(t, call{path: "/metrics"})
		require.Equal(t, http.StatusOK, w.Code)
		return w.Body.String()
	}
}

func TestTheLeaderShowsHowTheWorkStandsAndNobodyElseDoes(t *testing.T) {
	metrics := server.NewMetrics()
	get := scraped(t, metrics)
	metrics.Leads(true)
	assert.NotContains(t, get(), "lmz_termijnen_open", "nothing was counted yet")
	metrics.Measured(app.Cijfers{
		Achterstallig: 3, Alarmen: 2, AlarmenLang: 1, Post: map[domain.PostStand]int{domain.PostWacht: 7},
		TeLaat: map[domain.Kanaal]map[domain.BerichtSoort]int{domain.KanaalMail: {domain.BerichtAlarm: 4}},
	})
	metrics.TermsCounted(map[term.Status]int{term.Nadert: 5})
	lines := []string{
		"lmz_herinneringen_achterstallig 3", "lmz_alarmen_open 2", "lmz_alarmen_lang_open 1",
		`lmz_berichten_post{stand="wacht"} 7`, `lmz_berichten_post{stand="opgegeven"} 0`,
		`lmz_post_te_laat{kanaal="mail",soort="alarm"} 4`,
		`lmz_termijnen_open{status="nadert"} 5`, `lmz_termijnen_open{status="lopend"} 0`, `lmz_termijnen_open{status="verstreken"} 0`,
	}
	for _, line := range lines {
		assert.Contains(t, get(), line+"\n")
	}
	metrics.Leads(false)
	for _, name := range []string{"achterstallig", "lmz_alarmen_open", "lang_open", "lmz_berichten_post", "te_laat", "lmz_termijnen_open"} {
		assert.NotContains(t, get(), name, "figures of before are nobody's")
	}
}

func TestPostIsCountedByWayAndReason(t *testing.T) {
	metrics := server.NewMetrics()
	get := scraped(t, metrics)
	assert.Contains(t, get(), `lmz_post_mislukt_total{kanaal="event",reden="weg"} 0`+"\n", "all series are there from the start")
	metrics.Posted(domain.KanaalMail)
	metrics.PostFailed(domain.KanaalMail, domain.RedenAdres)
	metrics.PostUnderWay(domain.KanaalEvent, 2)
	metrics.PostUnderWay(domain.KanaalEvent, -1)
	for _, line := range []string{
		`lmz_post_verzonden_total{kanaal="mail"} 1`, `lmz_post_verzonden_total{kanaal="event"} 0`,
		`lmz_post_mislukt_total{kanaal="mail",reden="adres"} 1`, `lmz_post_bezig{kanaal="event"} 1`,
	} {
		assert.Contains(t, get(), line+"\n")
	}
}
