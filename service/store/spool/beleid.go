package spool

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// ActieveActivering implements store.Beleid. While the store is away it gives what was
// active when it was there.
func (s *Store) ActieveActivering(ctx context.Context) (domain.Activering, error) {
	a, err := s.Store.ActieveActivering(ctx)
	if err == nil {
		s.geheugen.zag(a)
		return a, nil
	}
	if kept, is := s.geheugen.actief(); is && s.alone(ctx, err) {
		return kept, nil
	}
	return a, err
}

// Pakket implements store.Beleid. While the store is away it gives that of the policy
// that was active.
func (s *Store) Pakket(ctx context.Context, digest string) (domain.Beleidspakket, error) {
	p, err := s.Store.Pakket(ctx, digest)
	if err == nil {
		s.geheugen.las(p)
		return p, nil
	}
	if kept, is := s.geheugen.pakket(digest); is && s.alone(ctx, err) {
		return kept, nil
	}
	return p, err
}

// alone reports that err says that the store is away, and not that who asks or this
// store ended.
func (s *Store) alone(ctx context.Context, err error) bool {
	return domain.IsCode(err, domain.Unavailable) && ctx.Err() == nil && !s.closed.Load()
}
