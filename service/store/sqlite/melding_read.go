package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// Melding implements store.Meldingen.
func (s *Store) Melding(ctx context.Context, id string) (domain.Melding, error) {
	return s.readMelding(ctx, s.reader.melding, id)
}

// EersteMelding implements store.Meldingen.
func (s *Store) EersteMelding(ctx context.Context, id string) (domain.Melding, error) {
	return s.readMelding(ctx, s.reader.eersteMelding, id)
}

// MeldingMetKenmerk implements store.Meldingen.
func (s *Store) MeldingMetKenmerk(ctx context.Context, kenmerk string) (domain.Melding, error) {
	return s.readMelding(ctx, s.reader.meldingMetKenmerk, kenmerk)
}

func (s *Store) readMelding(ctx context.Context, query *sql.Stmt, by string) (domain.Melding, error) {
	var m domain.Melding
	var doc []byte
	var kalender int
	err := s.reader.one(ctx, query, []any{by}, &m.ID, &m.Rev, &m.Kenmerk, &m.Client, &kalender, &doc)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Melding{}, unknownMelding()
	}
	if err == nil {
		err = decodeMelding(doc, kalender, &m)
	}
	if err != nil {
		return domain.Melding{}, fail("read melding", err)
	}
	return m, nil
}

// scanMeldingen gives what collects rows into list, with what stands behind the
// melding in more.
func scanMeldingen(list *[]domain.Melding, more ...any) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var m domain.Melding
		var doc sql.RawBytes
		var kalender int
		if err := rows.Scan(append([]any{&m.ID, &m.Rev, &m.Kenmerk, &m.Client, &kalender, &doc}, more...)...); err != nil {
			return err
		}
		if err := decodeMelding(doc, kalender, &m); err != nil {
			return err
		}
		*list = append(*list, m)
		return nil
	}
}

// decodeMelding reads a document into m, of which the terms were looked at under
// version kalender since.
func decodeMelding(doc []byte, kalender int, m *domain.Melding) error {
	if err := vorm.DecodeMelding(doc, m); err != nil {
		return err
	}
	m.Kalender = max(m.Kalender, kalender)
	return nil
}
