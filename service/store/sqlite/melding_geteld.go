package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// geteld is what a melding adds to the counts of its provider.
type geteld struct {
	aanbieder     string // empty: none
	nummer        int64  // of its day
	telt, ernstig bool
}

// counted gives what the melding that is kept adds; nothing when there is none.
func (l *link) counted(id string) (g geteld, err error) {
	err = l.geteld.QueryRowContext(context.Background(), id).Scan(&g.aanbieder, &g.nummer, &g.telt, &g.ernstig)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return g, fmt.Errorf("find counted: %w", err)
	}
	return g, nil
}

// recount puts what a melding adds now in the place of what it added.
func (l *link) recount(old, now geteld) error {
	if old == now {
		return nil
	}
	if err := l.count(old, -1); err != nil {
		return err
	}
	if err := l.count(now, 1); err != nil || !old.telt || old.aanbieder == "" {
		return err
	}
	for _, empty := range []*sql.Stmt{l.dagLeeg, l.maandLeeg} {
		if _, err := empty.ExecContext(context.Background(), old.aanbieder, old.nummer); err != nil {
			return fmt.Errorf("take empty count away: %w", err)
		}
	}
	return nil
}

// count adds g to the counts of its day and month (n is 1), or takes it off (-1).
func (l *link) count(g geteld, n int) error {
	if !g.telt || g.aanbieder == "" {
		return nil
	}
	serious := 0
	if g.ernstig {
		serious = n
	}
	for _, add := range []*sql.Stmt{l.dagBij, l.maandBij} {
		if _, err := add.ExecContext(context.Background(), g.aanbieder, g.nummer, n, serious); err != nil {
			return fmt.Errorf("count melding: %w", err)
		}
	}
	return nil
}

// countWith counts the signals of the provider of a melding that was kept just
// before, with it among them.
func (l *link) countWith(w *meldingWrite) (domain.SignaalTelling, error) {
	var t domain.SignaalTelling
	if w.aanbieder == "" {
		return t, nil
	}
	row := l.signalen.QueryRowContext(context.Background(), signalenArgs(w.aanbieder, w.dag, w.id)...)
	if err := row.Scan(signalenInto(&t)...); err != nil {
		return t, fmt.Errorf("count signals: %w", err)
	}
	if w.telt {
		t = t.Met(w.ernstig)
	}
	return t, nil
}
