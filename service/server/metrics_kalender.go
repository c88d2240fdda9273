package server

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"zorgmeldingen.nl/lmz-triage/service/app"
)

// FollowKalender shows with every reading which calendar counts, up to which year its
// decree days are known, and how many meldingen it is still to be counted for.
func (m *Metrics) FollowKalender(a *app.App) { m.registry.MustRegister(kalenderCollector{a}) }

// kalenderCollector reads the calendar at the moment it is asked.
type kalenderCollector struct{ app *app.App }

// countTime is how long the store gets to count for a reading.
const countTime = time.Second

func kalenderVersion() *prometheus.Desc {
	return prometheus.NewDesc("lmz_kalender_versie", "The version of the calendar that counts.", nil, nil)
}

func kalenderLastYear() *prometheus.Desc {
	return prometheus.NewDesc("lmz_kalender_laatste_jaar", "The last year of which the days equated by decree are known.", nil, nil)
}

func kalenderBehind() *prometheus.Desc {
	return prometheus.NewDesc("lmz_kalender_te_herrekenen", "Meldingen with open terms that an earlier calendar computed.", nil, nil)
}

// Describe implements prometheus.Collector.
func (c kalenderCollector) Describe(ch chan<- *prometheus.Desc) {
	ch <- kalenderVersion()
	ch <- kalenderLastYear()
	ch <- kalenderBehind()
}

// Collect implements prometheus.Collector. A store that does not count in time gives no
// figure, rather than a wrong one.
func (c kalenderCollector) Collect(ch chan<- prometheus.Metric) {
	k := c.app.Kalenders().Geldend()
	_, last := k.Jaren()
	ch <- prometheus.MustNewConstMetric(kalenderVersion(), prometheus.GaugeValue, float64(k.Versie))
	ch <- prometheus.MustNewConstMetric(kalenderLastYear(), prometheus.GaugeValue, float64(last))
	ctx, cancel := context.WithTimeout(context.Background(), countTime)
	defer cancel()
	if n, err := c.app.TeHerrekenen(ctx); err == nil {
		ch <- prometheus.MustNewConstMetric(kalenderBehind(), prometheus.GaugeValue, float64(n))
	}
}
