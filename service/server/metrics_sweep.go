package server

import (
	"github.com/prometheus/client_golang/prometheus"

	"zorgmeldingen.nl/lmz-triage/service/app"
)

// sweepMetrics tells what the jobs did.
type sweepMetrics struct {
	last                      prometheus.Gauge
	near, passed, advicesAnew prometheus.Counter
	failed                    *prometheus.CounterVec
	leads                     prometheus.Gauge
	recomputed, moved, broken prometheus.Counter
}

func newSweepMetrics(r *prometheus.Registry) sweepMetrics {
	m := sweepMetrics{
		last: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "lmz_termijnen_laatst_gecontroleerd_seconden", Help: "When the last sweep of the terms ended well, in seconds since 1970.",
		}),
		near: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "lmz_termijnen_genaderd_total", Help: "Terms of which the end came near.",
		}),
		passed: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "lmz_termijnen_verstreken_total", Help: "Terms that passed.",
		}),
		advicesAnew: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "lmz_termijnen_heradviezen_total", Help: "Advices that changed because a term passed or the figures of a provider changed.",
		}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "lmz_taken_mislukt_total", Help: "Runs of a job that failed, by job.",
		}, []string{"taak"}),
		leads: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "lmz_taken_leidt", Help: "1 while this process has the lead of the jobs: of all processes on a store exactly one should.",
		}),
	}
	m.recomputed = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "lmz_kalender_herrekend_total", Help: "Meldingen of which the terms were looked at after a change of the calendar.",
	})
	m.moved = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "lmz_kalender_verschoven_total", Help: "Of these, those of which a term moved.",
	})
	m.broken = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "lmz_kalender_mislukt_total", Help: "Times that the terms of a melding could not be computed after a change of the calendar.",
	})
	r.MustRegister(m.last, m.near, m.passed, m.advicesAnew, m.failed, m.leads, m.recomputed, m.moved, m.broken)
	m.failed.WithLabelValues("leiding")
	return m
}

// Swept implements schedule.Meter.
func (m *Metrics) Swept(out app.VeegUitslag) {
	m.sweeps.last.SetToCurrentTime()
	m.sweeps.near.Add(float64(out.Genaderd))
	m.sweeps.passed.Add(float64(out.Verstreken))
	m.sweeps.advicesAnew.Add(float64(out.Heradviezen))
}

// Counted implements schedule.Meter.
func (m *Metrics) Counted(out app.VeegUitslag) { m.sweeps.advicesAnew.Add(float64(out.Heradviezen)) }

// JobAdded implements schedule.Meter: a first failure is seen as one more than none.
func (m *Metrics) JobAdded(job string) { m.sweeps.failed.WithLabelValues(job) }

// Recomputed implements schedule.Meter.
func (m *Metrics) Recomputed(out app.HerrekenUitslag) {
	m.sweeps.recomputed.Add(float64(out.Bekeken))
	m.sweeps.moved.Add(float64(out.Gewijzigd))
	m.sweeps.broken.Add(float64(out.Mislukt))
}

// JobFailed implements schedule.Meter.
func (m *Metrics) JobFailed(job string) { m.sweeps.failed.WithLabelValues(job).Inc() }

// Leads implements schedule.Meter.
func (m *Metrics) Leads(is bool) {
	m.leading.Store(is)
	value := 0.0
	if is {
		value = 1
	} else {
		m.figures.forget()
	}
	m.sweeps.leads.Set(value)
}
