package app

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// retries bounds how often a write is tried that others were before, longestPause how
// long is waited between two tries.
const (
	retries      = 60
	longestPause = 200 * time.Millisecond
)

// errOvertaken: another write was before this one. The version that people see may
// still be the same, so the change is made again.
var errOvertaken = errors.New("melding was written meanwhile")

// pauze waits a random while before a try after the first, longer each time, so that
// many who change the same melding do not stay in each other's way.
func pauze(ctx context.Context, try int) error {
	if try == 0 {
		return nil
	}
	wait := time.NewTimer(rand.N(min(time.Millisecond<<min(try, 10), longestPause)))
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the caller ended
	}
}
