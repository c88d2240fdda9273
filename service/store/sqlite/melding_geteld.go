package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// geteld is what a melding adds to the counts of its provider.
type geteld struct {
	aanbieder     string // empty: none
	nummer        int64  // of its day
	telt, ernstig bool
}

func (g geteld) jaar() int { return int(g.nummer / 10000) }

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

// count adds g to the counts of its day (n is 1), or takes it off (-1).
func (l *link) count(g geteld, n int) error {
	if !g.telt || g.aanbieder == "" {
		return nil
	}
	var j signaalJaar
	jaar := g.jaar()
	err := l.leesJaren([]any{g.aanbieder, jaar, jaar}, func(_ int, found signaalJaar) { j = slices.Clone(found) })
	if err != nil {
		return err
	}
	return l.bewaarJaar(g, j, n)
}

// countNew counts a melding that was kept just before, and gives the signals of its
// provider with it among them.
func (l *link) countNew(w *meldingWrite) (domain.SignaalTelling, error) {
	if w.aanbieder == "" {
		return domain.SignaalTelling{}, nil
	}
	var own signaalJaar
	teller := newSignaalTeller(w.dag)
	err := l.leesJaren(teller.args(w.aanbieder), func(jaar int, j signaalJaar) {
		teller.addJaar(jaar, j)
		if jaar == w.jaar() {
			own = slices.Clone(j)
		}
	})
	if err != nil {
		return domain.SignaalTelling{}, err
	}
	counted, err := teller.telling()
	if err != nil || !w.telt {
		return counted, err
	}
	return counted.Met(w.ernstig), l.bewaarJaar(w.geteld, own, 1)
}

// leesJaren gives each the counts of the years that args of selectSignaalJaren ask
// for; they are its own only until it returns.
func (l *link) leesJaren(args []any, each func(jaar int, j signaalJaar)) (err error) {
	rows, err := l.jaren.QueryContext(context.Background(), args...)
	if err != nil {
		return fmt.Errorf("find counts: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var jaar int
		var dagen sql.RawBytes
		if err := rows.Scan(&jaar, &dagen); err != nil {
			return fmt.Errorf("read counts: %w", err)
		}
		j, err := leesJaar(dagen)
		if err != nil {
			return fmt.Errorf("year %d: %w", jaar, err)
		}
		each(jaar, j)
	}
	return rows.Err()
}

// bewaarJaar keeps the year of g, which is j without it, with g added n times. A year
// without meldingen is taken away.
func (l *link) bewaarJaar(g geteld, j signaalJaar, n int) error {
	d := aantallen{alle: n}
	if g.ernstig {
		d.ernstig = n
	}
	j, err := j.met(int(g.nummer%10000), d)
	if err != nil {
		return fmt.Errorf("count on day %d: %w", g.nummer, err)
	}
	if len(j) == 0 {
		_, err = l.jaarLeeg.ExecContext(context.Background(), g.aanbieder, g.jaar())
	} else {
		_, err = l.jaarBij.ExecContext(context.Background(), g.aanbieder, g.jaar(), []byte(j))
	}
	if err != nil {
		return fmt.Errorf("count melding: %w", err)
	}
	return nil
}
