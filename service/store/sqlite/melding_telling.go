package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Telling implements store.Meldingen.
func (s *Store) Telling(ctx context.Context) (domain.Telling, error) {
	t := domain.Telling{
		PerAdvies: map[domain.Advies]int{}, PerTermijn: map[term.Status]int{}, PerStatus: map[domain.MeldingStatus]int{},
	}
	err := s.reader.all(ctx, nil, s.reader.telling, nil, func(rows *sql.Rows) error {
		var per, value string
		var n int
		if err := rows.Scan(&per, &value, &n); err != nil {
			return err
		}
		switch per {
		case "melding":
			t.Meldingen = n
		case "aanbieder":
			t.Aanbieders = n
		case "status":
			t.PerStatus[domain.MeldingStatus(value)] = n
		case "advies":
			t.PerAdvies[domain.Advies(value)] = n
		case "termijn":
			t.PerTermijn[term.Status(value)] = n
		}
		return nil
	})
	if err != nil {
		return domain.Telling{}, fail("count meldingen", err)
	}
	return t, nil
}

// TelSignalen implements store.Meldingen.
func (s *Store) TelSignalen(ctx context.Context, aanbieder string, dag term.Date, zonder string) (domain.SignaalTelling, error) {
	teller := newSignaalTeller(dag)
	err := s.reader.all(ctx, nil, s.reader.signalen, append(teller.args(aanbieder), zonder), teller.scan)
	if err != nil {
		return domain.SignaalTelling{}, fail("count signals", err)
	}
	counted, err := teller.telling()
	return counted, fail("count signals", err)
}

// MeldingenOver implements store.Meldingen.
func (s *Store) MeldingenOver(ctx context.Context, aanbieder string, van, tot term.Date, na string, n int) ([]domain.Melding, error) {
	var found []domain.Melding
	err := s.reader.snapshot(ctx, func(tx *sql.Tx) error {
		var keys []*sleutel
		args := []any{aanbieder, vorm.DateNumber(van), vorm.DateNumber(tot), na}
		err := s.reader.all(ctx, tx, s.reader.meldingenOver, args, func(rows *sql.Rows) error {
			k := &sleutel{}
			keys = append(keys, k)
			return rows.Scan(&k.nr, &k.ID)
		})
		if err != nil {
			return fmt.Errorf("find keys: %w", err)
		}
		slices.SortFunc(keys, func(a, b *sleutel) int { return strings.Compare(a.ID, b.ID) })
		found, err = s.reader.metSleutels(ctx, tx, keys[:min(n, len(keys))])
		return err
	})
	if err != nil {
		return nil, fail("list meldingen of provider", err)
	}
	return found, nil
}

// TeControleren implements store.Meldingen.
func (s *Store) TeControleren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	return s.wachtende(ctx, s.reader.teControleren, vorm.DateNumber(dag), n)
}
