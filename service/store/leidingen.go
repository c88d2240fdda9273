package store

import (
	"context"
	"time"
)

// Leidingen decides which of the running services does a kind of work. Its time
// is that of the store, so that the clocks of machines may differ.
type Leidingen interface {
	// NeemLeiding takes the lead of naam for houder, for duur from now on: when
	// nobody has it, when it has run out, or when houder has it already, which then
	// keeps its Nr. A lead taken anew gets a Nr above all that went before. Conflict
	// with the Key fout.leiding_bezet while another has it.
	NeemLeiding(ctx context.Context, naam, houder string, duur time.Duration) (Leiding, error)
	// LaatLeiding gives l up, so that another need not wait for its end. One that is
	// not l's any more is left alone, and is no error.
	LaatLeiding(ctx context.Context, l Leiding) error
}

// Leiding is the lead of a kind of work, which ends at Tot unless it is taken
// again. A write under a lead that has ended, or that another took since, is
// refused as Stale with the Key fout.leiding_voorbij.
type Leiding struct {
	Naam, Houder string
	Nr           int64     // the fencing number: goes up with every new leader
	Tot          time.Time // by the clock of the store
}
