package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// Hertel implements store.Aanbieders.
func (s *Store) Hertel(ctx context.Context, h store.Hertel) error {
	return fail("note to count again", s.submit(ctx, 1, func(l *link) error { return l.noteer(h) }))
}

func (l *link) noteer(h store.Hertel) error {
	if _, err := l.hertel.ExecContext(context.Background(), h.Aanbieder, vorm.DateNumber(h.Vanaf)); err != nil {
		return fmt.Errorf("note to count again: %w", err)
	}
	return nil
}

// TeHertellen implements store.Aanbieders. Those noted longest ago come first.
func (s *Store) TeHertellen(ctx context.Context, n int) ([]store.Herteling, error) {
	var found []store.Herteling
	err := s.reader.all(ctx, nil, s.reader.hertelingen, []any{n}, func(rows *sql.Rows) error {
		var h store.Herteling
		var vanaf int64
		if err := rows.Scan(&h.Aanbieder, &vanaf, &h.Nr); err != nil {
			return err
		}
		h.Vanaf = vorm.DateOf(vanaf)
		found = append(found, h)
		return nil
	})
	if err != nil {
		return nil, fail("list what to count again", err)
	}
	return found, nil
}

// Herteld implements store.Aanbieders.
func (s *Store) Herteld(ctx context.Context, h store.Herteling) error {
	return fail("take note away", s.submit(ctx, 1, func(l *link) error {
		_, err := l.herteld.ExecContext(context.Background(), h.Nr, h.Aanbieder)
		return err
	}))
}
