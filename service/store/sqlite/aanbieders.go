package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// Vestig implements store.Aanbieders.
func (s *Store) Vestig(ctx context.Context, a domain.Aanbieder) (domain.Aanbieder, error) {
	var kept domain.Aanbieder // read here only once the writer is done with it
	err := s.submit(ctx, 1, func(l *link) (err error) {
		kept, err = l.vestig(a)
		return err
	})
	if err != nil {
		return domain.Aanbieder{}, fail("establish provider", err)
	}
	return kept, nil
}

func (l *link) vestig(a domain.Aanbieder) (domain.Aanbieder, error) {
	found, ok, err := l.bekend(a)
	if err != nil {
		return domain.Aanbieder{}, err
	}
	write, kept := l.aanbieder, a
	if ok {
		if kept = found.Aangevuld(a); kept == found {
			return found, nil
		}
		write = l.aanvulling
	}
	written, err := changed(write, aanbiederRow(kept))
	if err != nil {
		return domain.Aanbieder{}, err
	}
	if !written { // another provider, which none of the names is of
		return domain.Aanbieder{}, &domain.Error{Code: domain.Conflict, Key: "fout.conflict"}
	}
	for _, name := range kept.Sleutels() {
		if _, err := l.aanbiederSleutel.ExecContext(context.Background(), name, kept.ID); err != nil {
			return domain.Aanbieder{}, fmt.Errorf("insert name of provider: %w", err)
		}
	}
	return kept, nil
}

// bekend finds the provider that a names; false when there is none.
func (l *link) bekend(a domain.Aanbieder) (found domain.Aanbieder, ok bool, err error) {
	for _, name := range a.Sleutels() {
		err := l.aanbiederMetSleutel.QueryRowContext(context.Background(), name).Scan(aanbiederInto(&found)...)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return domain.Aanbieder{}, false, fmt.Errorf("find provider: %w", err)
		}
		if !strings.HasPrefix(name, "naam:") || found.Zelfde(a) {
			return found, true, nil
		}
	}
	return domain.Aanbieder{}, false, nil
}

// aanbiederRow gives the columns of a in the order of insertAanbieder.
func aanbiederRow(a domain.Aanbieder) []any {
	name := domain.Zoekvorm(a.Naam)
	return []any{
		a.ID, a.Naam, a.Plaats, a.KvkNummer, a.Vestigingsnummer, a.AgbCode, name, name + " " + domain.Zoekvorm(a.Plaats), vorm.Milli(a.GewijzigdOp),
	}
}

func aanbiederInto(a *domain.Aanbieder) []any {
	return []any{&a.ID, &a.Naam, &a.Plaats, &a.KvkNummer, &a.Vestigingsnummer, &a.AgbCode, momentInto{&a.GewijzigdOp}}
}

// momentInto reads a moment that may not have happened.
type momentInto struct{ to *time.Time }

// Scan implements sql.Scanner.
func (m momentInto) Scan(from any) error {
	ms, ok := from.(int64)
	if !ok {
		return fmt.Errorf("a moment is %T", from)
	}
	*m.to = vorm.MomentOf(ms)
	return nil
}

// Aanbieder implements store.Aanbieders.
func (s *Store) Aanbieder(ctx context.Context, id string) (domain.Aanbieder, error) {
	var a domain.Aanbieder
	err := s.reader.one(ctx, s.reader.aanbieder, []any{id}, aanbiederInto(&a)...)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Aanbieder{}, notFound("fout.aanbieder_onbekend")
	}
	if err != nil {
		return domain.Aanbieder{}, fail("read provider", err)
	}
	return a, nil
}
