package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// A lead ends by the clock of the machine, which every process on the file has.
const (
	nowMillis = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`

	upsertLeiding = `INSERT INTO leiding (naam, houder, nr, tot) VALUES (?1, ?2, 1, ` + nowMillis + ` + ?3)
ON CONFLICT (naam) DO UPDATE SET nr = nr + (houder <> excluded.houder), houder = excluded.houder, tot = excluded.tot
WHERE houder = excluded.houder OR tot <= ` + nowMillis + `
RETURNING nr, tot`

	updateLeiding = `UPDATE leiding SET houder = '', tot = 0 WHERE naam = ? AND houder = ? AND nr = ?`

	existsLeiding = `SELECT 1 FROM leiding WHERE naam = ? AND houder = ? AND nr = ? AND tot > ` + nowMillis
)

// NeemLeiding implements store.Leidingen.
func (s *Store) NeemLeiding(ctx context.Context, naam, houder string, duur time.Duration) (store.Leiding, error) {
	var nr, tot int64 // read here only once the writer is done with them
	err := s.submit(ctx, 1, func(l *link) error {
		err := l.leiding.QueryRowContext(context.Background(), naam, houder, duur.Milliseconds()).Scan(&nr, &tot)
		if errors.Is(err, sql.ErrNoRows) {
			return &domain.Error{Code: domain.Conflict, Key: "fout.leiding_bezet"}
		}
		return err
	})
	if err != nil {
		return store.Leiding{}, fail("take lead", err)
	}
	return store.Leiding{Naam: naam, Houder: houder, Nr: nr, Tot: vorm.Moment(tot)}, nil
}

// LaatLeiding implements store.Leidingen.
func (s *Store) LaatLeiding(ctx context.Context, lead store.Leiding) error {
	return fail("give lead up", s.submit(ctx, 1, func(l *link) error {
		_, err := l.laat.ExecContext(context.Background(), lead.Naam, lead.Houder, lead.Nr)
		return err
	}))
}

// holds refuses what is written under a lead that has ended.
func (l *link) holds(lead *store.Leiding) error {
	if lead == nil {
		return nil
	}
	var is int
	err := l.leidt.QueryRowContext(context.Background(), lead.Naam, lead.Houder, lead.Nr).Scan(&is)
	if errors.Is(err, sql.ErrNoRows) {
		return &domain.Error{Code: domain.Stale, Key: "fout.leiding_voorbij"}
	}
	if err != nil {
		return fmt.Errorf("find lead: %w", err)
	}
	return nil
}
