package server

import (
	"github.com/prometheus/client_golang/prometheus"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// figureMetrics tells how the work stands. Only the process that has the lead shows
// them, so that of all processes on a store one does.
type figureMetrics struct {
	terms    *prometheus.GaugeVec
	overdue  *prometheus.GaugeVec
	alarms   *prometheus.GaugeVec
	alarmsUp *prometheus.GaugeVec
	post     *prometheus.GaugeVec
	late     *prometheus.GaugeVec
}

func newFigureMetrics(r *prometheus.Registry) figureMetrics {
	gauge := func(name, help string, labels ...string) *prometheus.GaugeVec {
		g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
		r.MustRegister(g)
		return g
	}
	return figureMetrics{
		terms:    gauge("lmz_termijnen_open", "Open terms by how they stand today.", "status"),
		overdue:  gauge("lmz_herinneringen_achterstallig", "Meldingen with a reminder that should have been given on an earlier day."),
		alarms:   gauge("lmz_alarmen_open", "Alarms that nobody took on; 1000 is at least that."),
		alarmsUp: gauge("lmz_alarmen_lang_open", "Alarms that nobody took on within half an hour; 1000 is at least that."),
		post:     gauge("lmz_berichten_post", "Messages by how they stand that also leave the product.", "stand"),
		late:     gauge("lmz_post_te_laat", "Messages that should have been sent ten minutes ago; 100 is at least that.", "kanaal", "soort"),
	}
}

// Measured implements schedule.Meter.
func (m *Metrics) Measured(c app.Cijfers) {
	m.figures.overdue.WithLabelValues().Set(float64(c.Achterstallig))
	m.figures.alarms.WithLabelValues().Set(float64(c.Alarmen))
	m.figures.alarmsUp.WithLabelValues().Set(float64(c.AlarmenLang))
	for _, stand := range domain.PostStanden() {
		m.figures.post.WithLabelValues(string(stand)).Set(float64(c.Post[stand]))
	}
	for k, kinds := range c.TeLaat {
		for soort, n := range kinds {
			m.figures.late.WithLabelValues(string(k), string(soort)).Set(float64(n))
		}
	}
}

// TermsCounted implements schedule.Meter.
func (m *Metrics) TermsCounted(perStatus map[term.Status]int) {
	for _, s := range []term.Status{term.Lopend, term.Nadert, term.Verstreken} {
		m.figures.terms.WithLabelValues(string(s)).Set(float64(perStatus[s]))
	}
}

// forget shows no figures any more.
func (f figureMetrics) forget() {
	for _, g := range []*prometheus.GaugeVec{f.terms, f.overdue, f.alarms, f.alarmsUp, f.post, f.late} {
		g.Reset()
	}
}
