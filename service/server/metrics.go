package server

import (
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// Metrics counts what the service does. No label holds what a caller sent.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	advices  *prometheus.CounterVec
	failures *prometheus.CounterVec
	sweeps   sweepMetrics
	told     toldMetrics
	post     postMetrics
	figures  figureMetrics
	leading  atomic.Bool
}

// NewMetrics makes the counters, all series at zero.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "lmz_http_requests_total", Help: "Requests by route, method and status.",
		}, []string{"route", "method", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "lmz_http_request_seconds", Help: "Time to answer, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5},
		}, []string{"route"}),
		advices: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "lmz_adviezen_total", Help: "Advices given, by advice.",
		}, []string{"advies"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "lmz_beleid_fouten_total", Help: "Evaluations in which the policy gave no usable answer, by reason.",
		}, []string{"reden"}),
	}
	m.sweeps, m.told = newSweepMetrics(m.registry), newToldMetrics(m.registry)
	m.post, m.figures = newPostMetrics(m.registry), newFigureMetrics(m.registry)
	m.registry.MustRegister(m.requests, m.duration, m.advices, m.failures,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, a := range append(domain.Adviezen(), domain.Beoordelen) {
		m.advices.WithLabelValues(string(a))
	}
	for _, r := range policy.Reasons() {
		m.failures.WithLabelValues(string(r))
	}
	return m
}

// Advised implements app.Meter.
func (m *Metrics) Advised(a domain.Advies) { m.advices.WithLabelValues(string(a)).Inc() }

// Failed implements app.Meter.
func (m *Metrics) Failed(r policy.Reason) { m.failures.WithLabelValues(string(r)).Inc() }

// Follow shows the active version of p with every reading.
func (m *Metrics) Follow(p *app.Policies) { m.registry.MustRegister(policyCollector{p}) }

func (m *Metrics) request(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(route).Observe(took.Seconds())
}

// policyCollector reads the active version at the moment it is asked.
type policyCollector struct{ policies *app.Policies }

func policyInfo() *prometheus.Desc {
	return prometheus.NewDesc("lmz_beleid_actief", "The active version of the policy.", []string{"versie", "digest"}, nil)
}

func policyLost() *prometheus.Desc {
	return prometheus.NewDesc("lmz_beleid_instanties_verloren", "Instances given up because an evaluation overran.", nil, nil)
}

// Describe implements prometheus.Collector.
func (c policyCollector) Describe(ch chan<- *prometheus.Desc) { ch <- policyInfo(); ch <- policyLost() }

// Collect implements prometheus.Collector.
func (c policyCollector) Collect(ch chan<- prometheus.Metric) {
	a, err := c.policies.Active()
	if err != nil {
		return
	}
	ch <- prometheus.MustNewConstMetric(policyInfo(), prometheus.GaugeValue, 1,
		strconv.Itoa(a.Activation.Versie), a.Activation.Digest)
	ch <- prometheus.MustNewConstMetric(policyLost(), prometheus.GaugeValue, float64(a.Version.Lost()))
}
