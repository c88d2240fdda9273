package mongo

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/store"
)

// A command takes along what came in while others were under way, up to this many
// entries; so many writes of a kind may be under way at once.
const (
	groepEntries = 500
	groepWrites  = 2
)

// groeper gathers what single callers ask for into one command.
type groeper[T any] struct {
	write func(ctx context.Context, entries []T) []error // one per entry
	most  int                                            // how many commands may be under way at once
	geeft func() time.Duration                           // how long a caller waits at most

	lock    sync.Mutex
	waiting []wacht[T]
	writing int
}

type wacht[T any] struct {
	entry T
	done  chan<- error
}

var errTraag = errors.New("the server does not answer in time")

// keep keeps one entry, together with those of others. A context that ends ends
// the wait, and so does a server that is slow: who comes while a command of others
// fails does not wait for a second one. The entry may be kept all the same. busy is held while there is work.
func (g *groeper[T]) keep(ctx context.Context, entry T, busy *sync.WaitGroup) error {
	done := make(chan error, 1)
	g.lock.Lock()
	g.waiting = append(g.waiting, wacht[T]{entry, done})
	if g.writing < g.most {
		g.writing++
		busy.Go(func() { g.run(store.ZonderGeduld(ctx)) })
	}
	g.lock.Unlock()
	wait, end := store.Wacht(ctx, g.geeft())
	defer end()
	select {
	case err := <-done:
		return err
	case <-wait.Done():
		return cmp.Or(ctx.Err(), errTraag)
	}
}

// run writes until nothing waits.
func (g *groeper[T]) run(ctx context.Context) {
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

func (g *groeper[T]) send(ctx context.Context, group []wacht[T]) {
	entries := make([]T, len(group))
	for i := range group {
		entries[i] = group[i].entry
	}
	for i, err := range g.write(ctx, entries) {
		group[i].done <- err
	}
}
