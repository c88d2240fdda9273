package apptest

import (
	"maps"
	"sync"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// Meter implements app.Meter and tells afterwards what it was told.
type Meter struct {
	lock    sync.Mutex
	advised map[domain.Advies]int
	failed  map[policy.Reason]int
	told    Told
}

// Told is what was counted of reminders and alarms. Unheard are those of which there
// was nobody to tell.
type Told struct{ Reminders, RemindersUnheard, Alarms, Rounds, RoundsUnheard int }

// NewMeter makes a meter that was told nothing.
func NewMeter() *Meter {
	return &Meter{advised: map[domain.Advies]int{}, failed: map[policy.Reason]int{}}
}

// Advised implements app.Meter.
func (m *Meter) Advised(a domain.Advies) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.advised[a]++
}

// Failed implements app.Meter.
func (m *Meter) Failed(r policy.Reason) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.failed[r]++
}

// Reminded implements app.Meter.
func (m *Meter) Reminded(given, unheard int) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.told.Reminders += given
	m.told.RemindersUnheard += unheard
}

// Alarmed implements app.Meter.
func (m *Meter) Alarmed(first, unheard bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.told.Rounds++
	if first {
		m.told.Alarms++
	}
	if unheard {
		m.told.RoundsUnheard++
	}
}

// Told gives what was counted of reminders and alarms so far.
func (m *Meter) Told() Told {
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.told
}

// Counts gives what was counted so far.
func (m *Meter) Counts() (map[domain.Advies]int, map[policy.Reason]int) {
	m.lock.Lock()
	defer m.lock.Unlock()
	return maps.Clone(m.advised), maps.Clone(m.failed)
}
