package server

import "github.com/prometheus/client_golang/prometheus"

// toldMetrics counts what people are told of.
type toldMetrics struct {
	reminders, remindersUnheard   prometheus.Counter
	alarms, rounds, roundsUnheard prometheus.Counter
}

func newToldMetrics(r *prometheus.Registry) toldMetrics {
	counter := func(name, help string) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
		r.MustRegister(c)
		return c
	}
	return toldMetrics{
		reminders:        counter("lmz_herinneringen_total", "Reminders of a term that were given."),
		remindersUnheard: counter("lmz_herinneringen_zonder_ontvanger_total", "Reminders of a term of which there was nobody to tell."),
		alarms:           counter("lmz_alarmen_total", "Alarms that began."),
		rounds:           counter("lmz_alarmrondes_total", "Rounds of alarms that were given."),
		roundsUnheard:    counter("lmz_alarmrondes_zonder_ontvanger_total", "Rounds of alarms of which there was nobody to tell."),
	}
}

// Reminded implements app.Meter.
func (m *Metrics) Reminded(given, unheard int) {
	m.told.reminders.Add(float64(given))
	m.told.remindersUnheard.Add(float64(unheard))
}

// Alarmed implements app.Meter.
func (m *Metrics) Alarmed(first, unheard bool) {
	m.told.rounds.Inc()
	if first {
		m.told.alarms.Inc()
	}
	if unheard {
		m.told.roundsUnheard.Inc()
	}
}
