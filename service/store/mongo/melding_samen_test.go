package mongo_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// stepped is a store of which every command waits until it is let go, while a test
// watches it.
type stepped struct {
	*mongo.Store
	lock    sync.Mutex
	watched bool
	at      chan struct{} // a command stands still
	let     chan struct{} // it may go on
	ended   chan struct{} // nobody watches any more
}

func openStepped(t *testing.T, address string) *stepped {
	t.Helper()
	s := &stepped{at: make(chan struct{}), let: make(chan struct{})}
	s.Store = opened(t, address, func(o *options.ClientOptions) {
		o.SetMonitor(&event.CommandMonitor{Started: func(context.Context, *event.CommandStartedEvent) { s.stand() }})
	})
	s.SetNaamGeduld(time.Millisecond)
	return s
}

func (s *stepped) stand() {
	s.lock.Lock()
	watched, ended := s.watched, s.ended
	s.lock.Unlock()
	if !watched {
		return
	}
	select {
	case s.at <- struct{}{}:
	case <-ended:
		return
	}
	select {
	case <-s.let:
	case <-ended:
	}
}

// begin has do done, each of its commands standing still. The function it gives ends
// that: from then on all goes on.
func (s *stepped) begin(do func() error) (done chan error, free func()) {
	s.lock.Lock()
	s.watched, s.ended = true, make(chan struct{})
	s.lock.Unlock()
	done = make(chan error, 1)
	go func() { done <- do() }()
	return done, sync.OnceFunc(func() {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.watched = false
		close(s.ended)
	})
}

// until lets n commands go and stands still at the next; false when do ended before.
func (s *stepped) until(n int, done chan error) bool {
	for range n {
		select {
		case <-s.at:
			s.let <- struct{}{}
		case err := <-done:
			done <- err
			return false
		}
	}
	select {
	case <-s.at:
		return true
	case err := <-done:
		done <- err
		return false
	}
}

// wanted are two meldingen of which one can have the klantkenmerk. The first is
// replaced where it was kept before with another.
func wanted(round int) (mine, yours domain.Melding) {
	mine, yours = storetest.Melding(2*round), storetest.Melding(2*round+1)
	name := fmt.Sprint("dezelfde ", round)
	mine.Opgave.Klantkenmerk, yours.Opgave.Klantkenmerk = name, name
	return mine, yours
}

func requireAtMostOneHas(t *testing.T, s store.Store, name string, errs ...error) {
	t.Helper()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		}
	}
	page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Klantkenmerk: name, Aantal: 9})
	require.NoError(t, err)
	require.LessOrEqual(t, len(page.Meldingen), 1, "%s: %v", name, errs)
	require.Len(t, page.Meldingen, won, "%s: %v", name, errs)
}

// The writer stands still at each of its commands, and while it does who takes its name
// over at each of his. Then the writer goes on, to its end or for some commands, then
// the taker, then what is left of the writer.
func TestNamesAreOfOneMeldingWhereverWriterAndTakerStandStill(t *testing.T) {
	for _, replaces := range []bool{false, true} {
		for _, further := range []int{4, 7, 1000} {
			t.Run(fmt.Sprint("replaces: ", replaces, ", goes on for: ", further), func(t *testing.T) {
				address := server.Database(t)
				p := pair{writer: openStepped(t, address), taker: openStepped(t, address), replaces: replaces, further: further}
				for n, more := 0, true; more; n++ {
					for k, stood := 0, true; stood; k++ {
						more, stood = p.meet(t, n, k)
					}
				}
				require.Greater(t, p.round, 20)
			})
		}
	}
}

// pair are a writer and who takes a name over from it.
type pair struct {
	writer, taker *stepped
	replaces      bool
	further       int // for how many commands the writer goes on
	round         int
}

// meet has the writer stand at its command n, the taker at his command k, and then both
// go on; more and stood tell whether they had as many.
func (p *pair) meet(t *testing.T, n, k int) (more, stood bool) {
	t.Helper()
	mine, yours := wanted(p.round)
	p.round++
	write := storetest.Bewaar
	if p.replaces {
		old := mine
		old.Opgave.Klantkenmerk = "eerder" + old.Opgave.Klantkenmerk
		require.NoError(t, storetest.Bewaar(t.Context(), p.taker, old, nil))
		write = storetest.Vervang
	}
	mineDone, mineFree := p.writer.begin(func() error { return write(t.Context(), p.writer, mine, nil) })
	more = p.writer.until(n, mineDone)
	yoursDone, yoursFree := p.taker.begin(func() error { return storetest.Bewaar(t.Context(), p.taker, yours, nil) })
	stood = p.taker.until(k, yoursDone)
	if more {
		p.writer.let <- struct{}{}
		p.writer.goOn(p.further, mineDone)
	}
	yoursFree()
	yoursErr := <-yoursDone
	mineFree()
	requireAtMostOneHas(t, p.taker, mine.Opgave.Klantkenmerk, <-mineDone, yoursErr)
	return more, stood
}

// goOn lets n commands go, or fewer where do ends or waits for another.
func (s *stepped) goOn(n int, done chan error) {
	for range n {
		select {
		case <-s.at:
			s.let <- struct{}{}
		case err := <-done:
			done <- err
			return
		case <-time.After(150 * time.Millisecond):
			return
		}
	}
}
