package app

import (
	"context"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/store"
)

// MetGeduld gives a context for who waits for the store at most most in all, however
// many times a use case asks it something.
func MetGeduld(ctx context.Context, most time.Duration) context.Context {
	return store.MetGeduld(ctx, most)
}
