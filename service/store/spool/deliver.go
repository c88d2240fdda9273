package spool

import (
	"context"
	"reflect"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// pace is how often the store is asked whether it is back, while it is away or
// entries wait.
const pace = 250 * time.Millisecond

// atOnce is how many entries are delivered together. They need not be those that
// were kept together: each entry stands for itself.
const atOnce = 200

// run delivers until ctx ends.
func (s *Store) run(ctx context.Context) {
	defer close(s.done)
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		if err := s.round(ctx); err != nil && ctx.Err() == nil && !s.away.Swap(true) {
			s.log.Warn("deliver waiting entries", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// round delivers all that waits, when the store is there.
func (s *Store) round(ctx context.Context) error {
	if err := s.recount(ctx); err != nil {
		return err
	}
	if !s.away.Load() && s.wachtend.Load() == s.geweigerd.Load() {
		return nil
	}
	if err := s.ping(ctx); err != nil {
		return err
	}
	if s.away.Swap(false) {
		s.log.Info("store is back", "waiting", s.wachtend.Load())
	}
	refused := int64(0)
	for na := int64(0); ; {
		list, last, err := s.file.Oudste(ctx, na, atOnce)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.geweigerd.Store(refused)
			return nil
		}
		n, err := s.deliver(ctx, list)
		if err != nil {
			return err
		}
		refused, na = refused+n, last
	}
}

// recount counts the file again where a failed write left a doubt.
func (s *Store) recount(ctx context.Context) error {
	if !s.unsure.Load() {
		return nil
	}
	s.parking.Lock()
	defer s.parking.Unlock()
	n, err := s.file.Aantal(ctx)
	if err != nil {
		return err
	}
	s.wachtend.Store(n)
	s.unsure.Store(false)
	return nil
}

func (s *Store) ping(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return s.Ping(bounded)
}

// deliver has the store keep list and takes out of the file what it has. It gives
// how many it refused, which stay.
func (s *Store) deliver(ctx context.Context, list []domain.GegevenAdvies) (refused int64, err error) {
	kept, err := s.offer(ctx, list)
	if err == nil {
		refused = int64(len(list) - len(kept))
	}
	if len(kept) == 0 {
		return refused, err
	}
	if e := s.file.Haal(ctx, kept); e != nil {
		return refused, e
	}
	s.wachtend.Add(int64(-len(kept)))
	s.geleverd.Add(int64(len(kept)))
	return refused, err
}

// offer gives the ids of list that the store has, until it is away. A process that
// was killed, or an answer that was lost, may have left some of them there before:
// then each is offered by itself.
func (s *Store) offer(ctx context.Context, list []domain.GegevenAdvies) (kept []string, err error) {
	err = s.Store.BewaarAdviezen(ctx, list)
	if domain.IsCode(err, domain.Unavailable) {
		return nil, err
	}
	for i := range list {
		has := err == nil
		if !has {
			var away error
			if has, away = s.offerOne(ctx, list[i]); away != nil {
				return kept, away
			}
		}
		if has {
			kept = append(kept, list[i].ID)
		}
	}
	return kept, nil
}

// offerOne reports whether the store has g, the same in everything.
func (s *Store) offerOne(ctx context.Context, g domain.GegevenAdvies) (bool, error) {
	err := s.Store.BewaarAdviezen(ctx, []domain.GegevenAdvies{g})
	switch {
	case err == nil:
		return true, nil
	case domain.IsCode(err, domain.Unavailable):
		return false, err
	case domain.IsCode(err, domain.Conflict):
		there, err := s.Store.Advies(ctx, g.ID)
		if err != nil {
			return false, err
		}
		if reflect.DeepEqual(there, g) {
			return true, nil
		}
	}
	s.log.Error("entry refused, it stays in the spool", "id", g.ID, "error", err.Error())
	return false, nil
}
