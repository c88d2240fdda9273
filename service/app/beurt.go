package app

import (
	"context"
	"slices"
	"sync"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// beurt is the right to hand over a mail, which one has at a time: so a process that
// ends in between leaves at most one that was sent and is not noted as such. Alarms
// go before reminders.
type beurt struct {
	lock     sync.Mutex
	bezet    bool
	alarmen  []chan struct{} // who waits; closed when it is his turn
	overigen []chan struct{}
}

// neem waits for the turn, which geef must end.
func (b *beurt) neem(ctx context.Context, soort domain.BerichtSoort) error {
	b.lock.Lock()
	if !b.bezet {
		b.bezet = true
		b.lock.Unlock()
		return nil
	}
	line, mine := &b.overigen, make(chan struct{})
	if soort == domain.BerichtAlarm {
		line = &b.alarmen
	}
	*line = append(*line, mine)
	b.lock.Unlock()
	select {
	case <-mine:
		return nil
	case <-ctx.Done():
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	if i := slices.Index(*line, mine); i >= 0 {
		*line = slices.Delete(*line, i, i+1)
	} else { // it came at the same moment
		b.volgende()
	}
	return ctx.Err() //nolint:wrapcheck // the caller ended
}

// geef ends the turn.
func (b *beurt) geef() {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.volgende()
}

// volgende gives the turn to who waits longest.
func (b *beurt) volgende() {
	for _, line := range []*[]chan struct{}{&b.alarmen, &b.overigen} {
		if len(*line) > 0 {
			close((*line)[0])
			*line = (*line)[1:]
			return
		}
	}
	b.bezet = false
}
