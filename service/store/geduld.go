package store

import (
	"context"
	"sync"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/clock"
)

// geduld is how long a caller may wait for a store in all, and how long he did.
type geduld struct {
	most time.Duration

	lock  sync.Mutex
	bezig int           // waits that go on, of which one may lie within another
	sinds time.Time     // since when there is one
	op    time.Duration // spent on those before
}

type geduldKey struct{}

// MetGeduld gives a context for a caller who waits for a store at most most in all,
// however often he asks it something. What he does between two waits is not counted.
func MetGeduld(ctx context.Context, most time.Duration) context.Context {
	return context.WithValue(ctx, geduldKey{}, &geduld{most: most})
}

// ZonderGeduld gives a context for what goes on when its caller is gone: it does not
// end with him, and takes nothing of his time.
func ZonderGeduld(ctx context.Context) context.Context {
	return context.WithValue(context.WithoutCancel(ctx), geduldKey{}, (*geduld)(nil))
}

// Wacht counts a wait for a store until end is called, and gives the context for it:
// that ends with ctx, after most (where that is above 0), and when its caller
// has no time left for waits.
func Wacht(ctx context.Context, most time.Duration) (wait context.Context, end func()) {
	g, _ := ctx.Value(geduldKey{}).(*geduld)
	if g == nil {
		if most <= 0 {
			return ctx, func() {}
		}
		return context.WithTimeout(ctx, most)
	}
	left := g.begin()
	if most <= 0 || left < most {
		most = left
	}
	wait, cancel := context.WithTimeout(ctx, most)
	return wait, sync.OnceFunc(func() {
		cancel()
		g.end()
	})
}

// begin begins a wait, and gives how long it may take.
func (g *geduld) begin() time.Duration {
	now := clock.System{}.Now()
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.bezig++; g.bezig == 1 {
		g.sinds = now
	}
	return g.most - g.op - max(0, now.Sub(g.sinds))
}

func (g *geduld) end() {
	now := clock.System{}.Now()
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.bezig--; g.bezig == 0 {
		g.op += max(0, now.Sub(g.sinds)) // the clock may have gone back
	}
}
