package spool

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

var (
	_ store.Store   = (*Store)(nil)
	_ store.Uitwijk = (*Store)(nil)
)

// patience is how long the store gets to keep an entry, or to answer whether it is
// there, before it counts as away. One that kept it after all is no harm:
// the entry is then found there when it is delivered.
const patience = time.Second

// Wachtrij is a file in which entries wait. What it keeps is durable.
type Wachtrij interface {
	store.Adviezen
	// Oudste gives at most n entries behind place na, oldest first, and the place of
	// the last; 0 is before all.
	Oudste(ctx context.Context, na int64, n int) ([]domain.GegevenAdvies, int64, error)
	// Haal takes the entries with these ids out, all or none. One that is not there
	// is no error.
	Haal(ctx context.Context, ids []string) error
	// Aantal counts the entries that wait.
	Aantal(ctx context.Context) (int64, error)
	// Close finishes the writes under way.
	Close() error
}

// Store is a store of which the decision log can be written while it is away.
type Store struct {
	store.Store
	file Wachtrij
	most int64
	log  *slog.Logger

	away      atomic.Bool
	closed    atomic.Bool
	wachtend  atomic.Int64 // never less than the file holds
	geweigerd atomic.Int64
	geleverd  atomic.Int64
	parking   sync.RWMutex // held for writing while the file is counted
	unsure    atomic.Bool  // the file must be counted again

	geheugen *Geheugen

	stop func()
	done chan struct{}
	end  func() error
}

// Open puts file before behind, for at most most entries, and delivers what waits
// in it. The Store closes both. In geheugen it remembers the active policy.
func Open(ctx context.Context, behind store.Store, file Wachtrij, geheugen *Geheugen, most int64, log *slog.Logger) (*Store, error) {
	n, err := file.Aantal(ctx)
	if err != nil {
		return nil, err
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	s := &Store{Store: behind, file: file, geheugen: geheugen, most: most, log: log, stop: stop, done: make(chan struct{})}
	s.wachtend.Store(n)
	s.end = sync.OnceValue(func() error {
		s.closed.Store(true)
		s.stop()
		<-s.done
		return errors.Join(s.Store.Close(), s.file.Close())
	})
	go s.run(running)
	return s, nil
}

// Close implements store.Store. What still waits is delivered by the next process.
func (s *Store) Close() error { return s.end() }

// Wachtstand implements store.Uitwijk.
func (s *Store) Wachtstand() store.Wachtstand {
	n := s.wachtend.Load()
	return store.Wachtstand{Wachtend: n, Geweigerd: s.geweigerd.Load(), Geleverd: s.geleverd.Load(), Vol: n >= s.most}
}

// BewaarAdviezen implements store.Adviezen. While the store is away they wait in the
// file; whether the store has one of the ids is then seen at delivery.
func (s *Store) BewaarAdviezen(ctx context.Context, given []domain.GegevenAdvies) error {
	if err := s.waits(ctx, given); err != nil {
		return err
	}
	if !s.away.Load() {
		err := s.try(ctx, given)
		if !domain.IsCode(err, domain.Unavailable) || ctx.Err() != nil || s.closed.Load() {
			return err
		}
		if !s.away.Swap(true) {
			s.log.Warn("store away, decisions wait in the spool", "error", err.Error())
		}
	}
	return s.park(ctx, given)
}

// waits is a Conflict when one of given waits in the file.
func (s *Store) waits(ctx context.Context, given []domain.GegevenAdvies) error {
	if s.wachtend.Load() == 0 {
		return nil
	}
	for i := range given {
		_, err := s.file.Advies(ctx, given[i].ID)
		if err == nil {
			return &domain.Error{Code: domain.Conflict, Key: "fout.opslag_advies_bestaat", Args: []any{given[i].ID}}
		}
		if !domain.IsCode(err, domain.NotFound) {
			return err
		}
	}
	return nil
}

// try has the store keep given, in the time that it gets for that.
func (s *Store) try(ctx context.Context, given []domain.GegevenAdvies) error {
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return s.Store.BewaarAdviezen(bounded, given)
}

// park keeps given in the file. It does not stop when ctx ends meanwhile, which is
// a matter of milliseconds, so that it is always known what the file holds.
func (s *Store) park(ctx context.Context, given []domain.GegevenAdvies) error {
	if err := ctx.Err(); err != nil {
		return &domain.Error{Code: domain.Unavailable, Key: "fout.opslag_afgebroken", Cause: err}
	}
	s.parking.RLock()
	defer s.parking.RUnlock()
	n := int64(len(given))
	if s.wachtend.Add(n) > s.most {
		s.wachtend.Add(-n)
		return &domain.Error{Code: domain.Unavailable, Key: "fout.spool_vol"}
	}
	err := s.file.BewaarAdviezen(context.WithoutCancel(ctx), given)
	switch {
	case domain.IsCode(err, domain.Conflict):
		s.wachtend.Add(-n)
	case err != nil: // kept or not: the count is no lower than what is there
		s.unsure.Store(true)
	}
	return err
}

// Advies implements store.Adviezen. It looks in the file first: an entry leaves that
// only when the store has it.
func (s *Store) Advies(ctx context.Context, id string) (domain.GegevenAdvies, error) {
	if s.wachtend.Load() > 0 {
		if g, err := s.file.Advies(ctx, id); !domain.IsCode(err, domain.NotFound) {
			return g, err
		}
	}
	return s.Store.Advies(ctx, id)
}
