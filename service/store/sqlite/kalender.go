package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// BewaarKalender implements store.Kalenders.
func (s *Store) BewaarKalender(ctx context.Context, k domain.KalenderVersie) error {
	doc, err := vorm.EncodeKalender(k)
	if err != nil {
		return fmt.Errorf("keep calendar: %w", err)
	}
	return fail("keep calendar", s.submit(ctx, 1, func(l *link) error {
		if done, err := changed(l.kalender, []any{k.Versie, doc}); err != nil || done {
			return err
		}
		return &domain.Error{Code: domain.Stale, Key: "fout.kalender_versie"}
	}))
}

// Kalender implements store.Kalenders.
func (s *Store) Kalender(ctx context.Context) (domain.KalenderVersie, error) {
	var versie int
	var doc []byte
	err := s.reader.one(ctx, s.reader.kalender, nil, &versie, &doc)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.KalenderVersie{}, notFound("fout.opslag_geen_kalender")
	}
	if err != nil {
		return domain.KalenderVersie{}, fail("read calendar", err)
	}
	k, err := vorm.DecodeKalender(versie, doc)
	return k, fail("read calendar", err)
}

// Kalenders implements store.Kalenders.
func (s *Store) Kalenders(ctx context.Context) ([]domain.KalenderVersie, error) {
	list := []domain.KalenderVersie{}
	err := s.reader.all(ctx, nil, s.reader.kalenders, nil, func(rows *sql.Rows) error {
		var versie int
		var doc []byte
		if err := rows.Scan(&versie, &doc); err != nil {
			return err
		}
		k, err := vorm.DecodeKalender(versie, doc)
		list = append(list, k)
		return err
	})
	if err != nil {
		return nil, fail("list calendars", err)
	}
	return list, nil
}

// TeHerrekenen implements store.Kalenders. It reads the keys of each version that is
// behind, and then the first of all of them.
func (s *Store) TeHerrekenen(ctx context.Context, versie int, na string, n int) (list []domain.Melding, err error) {
	err = s.reader.snapshot(ctx, func(tx *sql.Tx) error {
		var ids []string
		for achter := -1; n > 0; {
			scan := func(rows *sql.Rows) error { return rows.Scan(&achter) }
			if err := s.reader.all(ctx, tx, s.reader.volgendeKalender, []any{achter, versie}, scan); err != nil {
				return err
			}
			if achter < 0 {
				break
			}
			if err := s.reader.all(ctx, tx, s.reader.teHerrekenen, []any{achter, na, n}, texts(&ids)); err != nil {
				return err
			}
		}
		slices.Sort(ids)
		for _, id := range ids[:min(n, len(ids))] {
			if err := s.reader.all(ctx, tx, s.reader.melding, []any{id}, scanMeldingen(&list)); err != nil {
				return err
			}
		}
		return nil
	})
	return list, fail("list meldingen to compute anew", err)
}

// TelTeHerrekenen implements store.Kalenders.
func (s *Store) TelTeHerrekenen(ctx context.Context, versie int) (n int, err error) {
	err = s.reader.one(ctx, s.reader.aantalTeHerrekenen, []any{versie}, &n)
	return n, fail("count meldingen to compute anew", err)
}

// MerkHerrekend implements store.Kalenders.
func (s *Store) MerkHerrekend(ctx context.Context, list []store.MeldingRev, versie int, leiding *store.Leiding) error {
	own := slices.Clone(list)
	var lead *store.Leiding
	if leiding != nil {
		held := *leiding
		lead = &held
	}
	do := func(l *link) error {
		if err := l.holds(lead); err != nil {
			return err
		}
		for _, m := range own {
			if _, err := l.herrekend.ExecContext(context.Background(), versie, m.ID, m.Rev); err != nil {
				return fmt.Errorf("mark melding: %w", err)
			}
		}
		return nil
	}
	return fail("mark meldingen", s.send(ctx, &call{ctx: ctx, rows: len(own), clean: true, do: do, done: make(chan error, 1)}))
}
