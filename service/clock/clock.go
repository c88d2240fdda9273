// Package clock is the only place that reads the time. Everything else is handed
// a Clock, so that a decision can be repeated and a test can choose the moment.
package clock

import (
	"time"
	_ "time/tzdata" // the zone is there on a machine without one
)

// Clock tells the moment.
type Clock interface {
	// Now is the present moment in UTC, to the millisecond, the precision that
	// every store keeps.
	Now() time.Time
}

// System is the clock of the machine.
type System struct{}

// Now implements Clock.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// Fixed always tells the same moment; tests and calculations use it.
type Fixed time.Time

// Now implements Clock.
func (f Fixed) Now() time.Time { return time.Time(f).UTC() }

// Amsterdam is the zone in which the law counts its days.
func Amsterdam() (*time.Location, error) { return time.LoadLocation("Europe/Amsterdam") }
