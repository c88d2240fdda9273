package app

import (
	"context"
	"sync"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// stempels are the moments of the writes that this process is busy with. They make
// that whoever asks what changed after a moment misses nothing: what is answered is
// all that was written up to a moment, and what is written later has a later one.
type stempels struct {
	lock    sync.Mutex
	vanaf   time.Time // no write gets an earlier moment any more
	laatste time.Time // the latest that a write got
	bezig   map[*bezig]struct{}
}

// bezig is a write that is not done; klaar is closed when it is.
type bezig struct {
	moment time.Time
	klaar  chan struct{}
}

// stempel gives a write its moment, to the millisecond, and its day. The write has
// ended when klaar is called.
func (a *App) stempel() (now time.Time, today term.Date, klaar func()) {
	s := a.stempels
	s.lock.Lock()
	defer s.lock.Unlock()
	now = a.clock.Now()
	if now.Before(s.vanaf) {
		now = s.vanaf
	}
	if now.After(s.laatste) {
		s.laatste = now
	}
	w := &bezig{moment: now, klaar: make(chan struct{})}
	if s.bezig == nil {
		s.bezig = map[*bezig]struct{}{}
	}
	s.bezig[w] = struct{}{}
	return now, term.DateIn(now, a.zone), func() {
		s.lock.Lock()
		defer s.lock.Unlock()
		delete(s.bezig, w)
		close(w.klaar)
	}
}

// geschreven gives a moment up to which all writes of this process are done; it
// waits for those that are not. Later writes get a later one.
func (a *App) geschreven(ctx context.Context) (time.Time, error) {
	s := a.stempels
	s.lock.Lock()
	upTo := a.clock.Now()
	if s.laatste.After(upTo) { // the clock went back
		upTo = s.laatste
	}
	upTo = upTo.Truncate(time.Millisecond)
	s.vanaf = upTo.Add(time.Millisecond)
	var wait []*bezig
	for w := range s.bezig { // each has a moment before vanaf
		wait = append(wait, w)
	}
	s.lock.Unlock()
	waiting, end := store.Wacht(ctx, 0)
	defer end()
	for _, w := range wait {
		select {
		case <-w.klaar:
		case <-waiting.Done():
			return time.Time{}, waiting.Err() //nolint:wrapcheck // the caller ended
		}
	}
	return upTo, nil
}
