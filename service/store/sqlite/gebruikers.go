package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// ZetGebruiker implements store.Gebruikers.
func (s *Store) ZetGebruiker(ctx context.Context, g domain.Gebruiker) (domain.Gebruiker, error) {
	doc, err := vorm.EncodeGebruiker(&g)
	if err != nil {
		return domain.Gebruiker{}, fmt.Errorf("keep user: %w", err)
	}
	row := []any{g.ID, g.Versie, g.Agenda, doc}
	fresh := g.Versie == 0
	err = s.submit(ctx, 1, func(l *link) error {
		statement := l.gebruiker
		if fresh {
			statement = l.gebruikerBij
		}
		written, err := changed(statement, row)
		if err == nil && !written {
			return &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
		}
		return err
	})
	if err != nil {
		return domain.Gebruiker{}, fail("keep user", err)
	}
	kept := domain.Gebruiker{ID: g.ID, Versie: g.Versie + 1, Agenda: g.Agenda}
	return kept, fail("keep user", vorm.DecodeGebruiker([]byte(doc), &kept))
}

// Gebruiker implements store.Gebruikers.
func (s *Store) Gebruiker(ctx context.Context, id string) (domain.Gebruiker, error) {
	return s.gebruiker(ctx, s.reader.gebruiker, id)
}

// GebruikerMetAgenda implements store.Gebruikers.
func (s *Store) GebruikerMetAgenda(ctx context.Context, agenda string) (domain.Gebruiker, error) {
	return s.gebruiker(ctx, s.reader.metAgenda, agenda)
}

func (s *Store) gebruiker(ctx context.Context, query *sql.Stmt, key string) (domain.Gebruiker, error) {
	var g domain.Gebruiker
	var doc []byte
	err := s.reader.one(ctx, query, []any{key}, &g.ID, &g.Versie, &g.Agenda, &doc)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Gebruiker{}, notFound("fout.gebruiker_onbekend")
	}
	if err == nil {
		err = vorm.DecodeGebruiker(doc, &g)
	}
	if err != nil {
		return domain.Gebruiker{}, fail("read user", err)
	}
	return g, nil
}

// Gebruikers implements store.Gebruikers.
func (s *Store) Gebruikers(ctx context.Context) ([]domain.Gebruiker, error) {
	found := []domain.Gebruiker{}
	err := s.reader.all(ctx, nil, s.reader.gebruikers, nil, func(rows *sql.Rows) error {
		var g domain.Gebruiker
		var doc []byte
		if err := rows.Scan(&g.ID, &g.Versie, &g.Agenda, &doc); err != nil {
			return err
		}
		found = append(found, g)
		return vorm.DecodeGebruiker(doc, &found[len(found)-1])
	})
	if err != nil {
		return nil, fail("list users", err)
	}
	return found, nil
}

// ZetDienst implements store.Gebruikers.
func (s *Store) ZetDienst(ctx context.Context, d domain.Dienst) error {
	return fail("keep turn", s.submit(ctx, 1, func(l *link) error {
		_, err := l.dienst.ExecContext(context.Background(), d.ID, d.Gebruiker, d.Van.UnixMilli(), d.Tot.UnixMilli(), d.Volgorde, vorm.Milli(d.GezetOp))
		return err
	}))
}

// HaalDienstWeg implements store.Gebruikers.
func (s *Store) HaalDienstWeg(ctx context.Context, id string) error {
	return fail("remove turn", s.submit(ctx, 1, func(l *link) error {
		written, err := changed(l.dienstWeg, []any{id})
		if err == nil && !written {
			return notFound("fout.dienst_onbekend")
		}
		return err
	}))
}

// Diensten implements store.Gebruikers.
func (s *Store) Diensten(ctx context.Context, van, tot time.Time) ([]domain.Dienst, error) {
	found := []domain.Dienst{}
	period := []any{van.UnixMilli(), vorm.MilliOmhoog(tot)}
	err := s.reader.all(ctx, nil, s.reader.diensten, period, scanDiensten(&found))
	if err != nil {
		return nil, fail("list turns", err)
	}
	slices.SortFunc(found, domain.Dienst.Vergelijk)
	return found, nil
}

func scanDiensten(into *[]domain.Dienst) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var d domain.Dienst
		var van, tot int64
		err := rows.Scan(&d.ID, &d.Gebruiker, &van, &tot, &d.Volgorde, momentInto{&d.GezetOp})
		d.Van, d.Tot = vorm.Moment(van), vorm.Moment(tot)
		*into = append(*into, d)
		return err
	}
}

// AlleDiensten implements store.Kopie.
func (s *Store) AlleDiensten(ctx context.Context, na string, n int) (list []domain.Dienst, err error) {
	err = s.page(ctx, listDiensten, []any{na, n}, scanDiensten(&list))
	return list, fail("list turns", err)
}

// ZetGebruikers implements store.Kopie.
func (s *Store) ZetGebruikers(ctx context.Context, list []domain.Gebruiker) error {
	rows := make([][]any, len(list))
	for i := range list {
		doc, err := vorm.EncodeGebruiker(&list[i])
		if err != nil {
			return fmt.Errorf("copy users: %w", err)
		}
		rows[i] = []any{list[i].ID, list[i].Versie, list[i].Agenda, doc}
	}
	return fail("copy users", s.submit(ctx, 2+len(rows), func(l *link) error {
		for _, row := range rows {
			if err := l.kopieerGebruiker(row); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (l *link) kopieerGebruiker(row []any) error {
	ctx := context.Background()
	done, err := l.conn.ExecContext(ctx, copyGebruiker, row...)
	if err != nil {
		return fmt.Errorf("copy user: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 1 {
		return err
	}
	var there struct {
		id, agenda, doc string
		versie          int
	}
	if err := l.conn.QueryRowContext(ctx, selectGebruiker, row[0]).Scan(&there.id, &there.versie, &there.agenda, &there.doc); err != nil {
		return fmt.Errorf("find user: %w", err)
	}
	if !slices.Equal(row, []any{there.id, there.versie, there.agenda, there.doc}) {
		return kopieAnders()
	}
	return nil
}
