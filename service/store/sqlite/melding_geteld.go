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
	return l.count(now, 1)
}

// count adds g to the counts of its day (n is 1), or takes it off (-1). A year
// without meldingen is taken away.
func (l *link) count(g geteld, n int) error {
	if !g.telt || g.aanbieder == "" {
		return nil
	}
	ctx, year := context.Background(), int(g.nummer/10000)
	var text []byte
	if err := l.jaar.QueryRowContext(ctx, g.aanbieder, year).Scan(&text); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find counts: %w", err)
	}
	days, err := leesJaar(nil, text)
	if err != nil {
		return err
	}
	day := dagTelling{dag: int(g.nummer % 10000), aantal: n}
	if g.ernstig {
		day.ernstig = n
	}
	if days = days.met(day); len(days) == 0 {
		_, err = l.jaarLeeg.ExecContext(ctx, g.aanbieder, year)
	} else {
		_, err = l.jaarBij.ExecContext(ctx, g.aanbieder, year, days.text())
	}
	if err != nil {
		return fmt.Errorf("count melding: %w", err)
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
	teller := newSignaalTeller(w.dag)
	rows, err := l.signalen.QueryContext(context.Background(), teller.args(w.aanbieder, w.id)...)
	if err != nil {
		return t, fmt.Errorf("count signals: %w", err)
	}
	defer func() { _ = rows.Close() }() // nothing is left to fail after its last row
	for rows.Next() {
		if err := teller.scan(rows); err != nil {
			return t, fmt.Errorf("count signals: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return t, fmt.Errorf("count signals: %w", err)
	}
	t = teller.telling()
	if w.telt {
		t = t.Met(w.ernstig)
	}
	return t, nil
}
