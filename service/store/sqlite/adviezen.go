package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// BewaarAdviezen implements store.Adviezen.
func (s *Store) BewaarAdviezen(ctx context.Context, given []domain.GegevenAdvies) error {
	rows := make([][]any, len(given))
	for i := range given {
		rows[i] = adviesRow(&given[i])
	}
	return fail("keep advices", s.submit(ctx, len(rows), func(l *link) error {
		for _, row := range rows {
			if err := l.keep(row); err != nil {
				return err
			}
		}
		return nil
	}))
}

// keep writes one entry. An id that is there is a Conflict.
func (l *link) keep(row []any) error {
	done, err := l.advies.ExecContext(context.Background(), row...)
	if err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return fmt.Errorf("count inserted: %w", err)
	}
	if n == 0 {
		return &domain.Error{Code: domain.Conflict, Key: "fout.opslag_advies_bestaat", Args: row[:1]}
	}
	return nil
}

// Advies implements store.Adviezen.
func (s *Store) Advies(ctx context.Context, id string) (domain.GegevenAdvies, error) {
	g, err := s.reader.readAdvies(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.GegevenAdvies{}, notFound("fout.opslag_advies_onbekend", id)
	}
	return g, fail("read advice", err)
}
