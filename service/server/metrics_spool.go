package server

import (
	"github.com/prometheus/client_golang/prometheus"

	"zorgmeldingen.nl/lmz-triage/service/app"
)

// FollowSpool shows with every reading how many entries of the decision log wait
// for the store. Where none can wait it shows nothing.
func (m *Metrics) FollowSpool(a *app.App) {
	if _, spooled := a.Wachtstand(); spooled {
		m.registry.MustRegister(spoolCollector{a})
	}
}

// spoolCollector reads the spool at the moment it is asked.
type spoolCollector struct{ app *app.App }

func spoolWaiting() *prometheus.Desc {
	return prometheus.NewDesc("lmz_spool_wachtend", "Entries of the decision log that wait for the store.", nil, nil)
}

func spoolRefused() *prometheus.Desc {
	return prometheus.NewDesc("lmz_spool_geweigerd", "Entries that wait because the store has another one under the same id.", nil, nil)
}

func spoolDelivered() *prometheus.Desc {
	return prometheus.NewDesc("lmz_spool_geleverd_total", "Entries that waited and were delivered to the store.", nil, nil)
}

// Describe implements prometheus.Collector.
func (c spoolCollector) Describe(ch chan<- *prometheus.Desc) {
	ch <- spoolWaiting()
	ch <- spoolRefused()
	ch <- spoolDelivered()
}

// Collect implements prometheus.Collector.
func (c spoolCollector) Collect(ch chan<- prometheus.Metric) {
	w, _ := c.app.Wachtstand()
	ch <- prometheus.MustNewConstMetric(spoolWaiting(), prometheus.GaugeValue, float64(w.Wachtend))
	ch <- prometheus.MustNewConstMetric(spoolRefused(), prometheus.GaugeValue, float64(w.Geweigerd))
	ch <- prometheus.MustNewConstMetric(spoolDelivered(), prometheus.CounterValue, float64(w.Geleverd))
}
