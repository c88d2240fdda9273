package server

import (
	"github.com/prometheus/client_golang/prometheus"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// postMetrics counts messages that leave the product.
type postMetrics struct {
	sent     *prometheus.CounterVec
	failed   *prometheus.CounterVec
	underWay *prometheus.GaugeVec
}

func newPostMetrics(r *prometheus.Registry) postMetrics {
	m := postMetrics{
		sent: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "lmz_post_verzonden_total", Help: "Messages that were handed over, by way.",
		}, []string{"kanaal"}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "lmz_post_mislukt_total", Help: "Times that a message could not be handed over, by way and reason. Most are tried again.",
		}, []string{"kanaal", "reden"}),
		underWay: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "lmz_post_bezig", Help: "Messages that are being sent at this moment, by way.",
		}, []string{"kanaal"}),
	}
	r.MustRegister(m.sent, m.failed, m.underWay)
	for _, k := range domain.Kanalen() {
		m.sent.WithLabelValues(string(k))
		m.underWay.WithLabelValues(string(k))
		for _, reden := range domain.VerzendRedenen() {
			m.failed.WithLabelValues(string(k), string(reden))
		}
	}
	return m
}

// Posted implements app.PostMeter.
func (m *Metrics) Posted(k domain.Kanaal) { m.post.sent.WithLabelValues(string(k)).Inc() }

// PostFailed implements app.PostMeter.
func (m *Metrics) PostFailed(k domain.Kanaal, why domain.VerzendReden) {
	m.post.failed.WithLabelValues(string(k), string(why)).Inc()
}

// PostUnderWay implements app.PostMeter.
func (m *Metrics) PostUnderWay(k domain.Kanaal, more int) {
	m.post.underWay.WithLabelValues(string(k)).Add(float64(more))
}
