package sqlite

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// GeefVrij implements store.Sleutels.
func (s *Store) GeefVrij(ctx context.Context, key domain.Sleutel) error {
	return fail("release key", s.submit(ctx, 1, func(l *link) error {
		_, err := l.vrij.ExecContext(context.Background(), key.Naam, key.ID)
		return err
	}))
}

// LegVast implements store.Sleutels.
func (s *Store) LegVast(ctx context.Context, key domain.Sleutel) (domain.Sleutel, error) {
	kept := domain.Sleutel{Naam: key.Naam} // read here only once the writer is done with it
	var at int64
	err := s.submit(ctx, 1, func(l *link) error {
		return l.sleutel.QueryRowContext(context.Background(), key.Naam, key.Digest, key.ID, key.Moment.UnixMilli()).
			Scan(&kept.Digest, &kept.ID, &at)
	})
	if err != nil {
		return domain.Sleutel{}, fail("keep key", err)
	}
	kept.Moment = vorm.Moment(at)
	return kept, nil
}
