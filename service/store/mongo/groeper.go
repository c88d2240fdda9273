package mongo

import (
	"context"
	"sync"

	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// A write takes along what came in while others were under way, up to this many
// entries; so many writes may be under way at once.
const (
	groepEntries = 500
	groepWrites  = 4
)

// groeper gathers single entries of many callers into one write.
type groeper struct {
	write func(ctx context.Context, entries []vorm.Advies) []error // one per entry

	lock    sync.Mutex
	waiting []wacht
	writing int
}

type wacht struct {
	entry vorm.Advies
	done  chan<- error
}

// keep keeps one entry, together with those of others. A context that ends ends
// the wait; the entry may be kept all the same. busy is held while there is work.
func (g *groeper) keep(ctx context.Context, entry vorm.Advies, busy *sync.WaitGroup) error {
	done := make(chan error, 1)
	g.lock.Lock()
	g.waiting = append(g.waiting, wacht{entry, done})
	if g.writing < groepWrites {
		g.writing++
		busy.Go(func() { g.run(context.WithoutCancel(ctx)) })
	}
	g.lock.Unlock()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run writes until nothing waits.
func (g *groeper) run(ctx context.Context) {
	for {
		g.lock.Lock()
		n := min(len(g.waiting), groepEntries)
		if n == 0 {
			g.writing--
			g.lock.Unlock()
			return
		}
		group := g.waiting[:n:n]
		g.waiting = g.waiting[n:]
		g.lock.Unlock()
		g.send(ctx, group)
	}
}

func (g *groeper) send(ctx context.Context, group []wacht) {
	ctx, cancel := detached(ctx)
	defer cancel()
	entries := make([]vorm.Advies, len(group))
	for i := range group {
		entries[i] = group[i].entry
	}
	for i, err := range g.write(ctx, entries) {
		group[i].done <- err
	}
}
