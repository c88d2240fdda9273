package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// BewaarPakket implements store.Beleid.
func (s *Store) BewaarPakket(ctx context.Context, p domain.Beleidspakket) error {
	catalogue, err := vorm.EncodeCatalogus(p.Catalogus)
	if err != nil {
		return fmt.Errorf("keep policy: %w", err)
	}
	row := []any{p.Digest, bytes.Clone(p.Bron), catalogue, bytes.Clone(p.Wasm), p.Motor, p.VastgelegdOp.UnixMilli()}
	return fail("keep policy", s.submit(ctx, 1, func(l *link) error {
		_, err := l.pakket.ExecContext(context.Background(), row...)
		return err
	}))
}

// Pakket implements store.Beleid.
func (s *Store) Pakket(ctx context.Context, digest string) (domain.Beleidspakket, error) {
	var (
		p          domain.Beleidspakket
		bron, wasm sql.Null[[]byte]
		catalogue  []byte
		kept       int64
	)
	err := s.reader.one(ctx, s.reader.pakket, []any{digest}, &p.Digest, &bron, &catalogue, &wasm, &p.Motor, &kept)
	if err == nil {
		p.Catalogus, err = vorm.DecodeCatalogus(catalogue)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Beleidspakket{}, unknownPackage(digest)
	}
	if err != nil {
		return domain.Beleidspakket{}, fail("read policy", err)
	}
	p.Bron, p.Wasm, p.VastgelegdOp = bytesOf(bron), bytesOf(wasm), vorm.Moment(kept)
	return p, nil
}

// Activeer implements store.Beleid.
func (s *Store) Activeer(ctx context.Context, a domain.Activering) (domain.Activering, error) {
	from := a.GeldigVanaf.UnixMilli()
	var version int                               // read here only once the writer is done with it
	err := s.submit(ctx, 2, func(l *link) error { // not 1: it may have to be undone
		err := l.activering.QueryRowContext(context.Background(), a.Digest, from, a.Door, a.Reden).Scan(&version)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return unknownPackage(a.Digest)
		case err == nil && a.Versie != 0 && a.Versie != version:
			return &domain.Error{Code: domain.Conflict, Key: "fout.beleid_al_actief", Args: []any{a.Versie}}
		}
		return err
	})
	if err != nil {
		return domain.Activering{}, fail("activate policy", err)
	}
	a.Versie, a.GeldigVanaf = version, vorm.Moment(from)
	return a, nil
}

// ActieveActivering implements store.Beleid.
func (s *Store) ActieveActivering(ctx context.Context) (domain.Activering, error) {
	var (
		a    domain.Activering
		from int64
	)
	err := s.reader.one(ctx, s.reader.actief, nil, &a.Versie, &a.Digest, &from, &a.Door, &a.Reden)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Activering{}, notFound("fout.opslag_geen_beleid")
	}
	if err != nil {
		return domain.Activering{}, fail("read active policy", err)
	}
	a.GeldigVanaf = vorm.Moment(from)
	return a, nil
}

// Activeringen implements store.Beleid.
func (s *Store) Activeringen(ctx context.Context) ([]domain.Activering, error) {
	found := []domain.Activering{}
	err := s.reader.all(ctx, nil, s.reader.activeringen, nil, func(rows *sql.Rows) error {
		var (
			a    domain.Activering
			from int64
		)
		if err := rows.Scan(&a.Versie, &a.Digest, &from, &a.Door, &a.Reden); err != nil {
			return err
		}
		a.GeldigVanaf = vorm.Moment(from)
		found = append(found, a)
		return nil
	})
	if err != nil {
		return nil, fail("list policies", err)
	}
	return found, nil
}

func unknownPackage(digest string) error { return notFound("fout.opslag_pakket_onbekend", digest) }
