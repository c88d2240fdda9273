package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

var _ store.Kopie = (*Store)(nil)

// The statements that only a copy needs.
const (
	countStukken = `SELECT (SELECT count(*) FROM beleidspakket) + (SELECT count(*) FROM activering) + (SELECT count(*) FROM sleutel)
  + (SELECT count(*) FROM aanbieder) + (SELECT count(*) FROM advies) + (SELECT count(*) FROM melding) + (SELECT count(*) FROM herteling)
  + (SELECT count(*) FROM bericht) + (SELECT count(*) FROM gebruiker) + (SELECT count(*) FROM dienst) + (SELECT count(*) FROM kalender)`

	listSleutels   = `SELECT naam, digest, id, moment FROM sleutel WHERE naam > ? ORDER BY naam LIMIT ?`
	listAdviezen   = `SELECT id FROM advies WHERE id > ? ORDER BY id LIMIT ?`
	listAanbieders = `SELECT id, naam, plaats, kvknummer, vestigingsnummer, agbcode, gewijzigd_op FROM aanbieder WHERE id > ? ORDER BY id LIMIT ?`
	listNamen      = `SELECT sleutel FROM aanbieder_sleutel WHERE aanbieder = ? ORDER BY sleutel`
	listMeldingen  = `SELECT id, rev, kenmerk, client, kalender, doc, coalesce(eerste, doc) FROM melding WHERE id > ? ORDER BY id LIMIT ?`

	copyMelding = `INSERT INTO melding (id, kenmerk, client, rev, eerste,
  klantkenmerk, status, advies, aanbieder, sector, dag, kwartaal, ontvangen_op, gewijzigd_op, termijn,
  urgentie, controle, telt, ernstig, behandelaar, herinnering, alarm_volgende, kalender, doc)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING`

	selectKopie   = `SELECT kenmerk, client, rev, kalender, doc, eerste FROM melding WHERE id = ?`
	listDiensten  = `SELECT id, gebruiker, van, tot, volgorde, gezet_op FROM dienst WHERE id > ? ORDER BY id LIMIT ?`
	copyGebruiker = `INSERT INTO gebruiker (id, versie, agenda, doc) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`

	selectNaam = `SELECT aanbieder FROM aanbieder_sleutel WHERE sleutel = ?`
)

func kopieAnders() error { return &domain.Error{Code: domain.Conflict, Key: "fout.kopie_anders"} }

// page asks for rows by a statement that is prepared for once: a copy asks rarely.
func (s *Store) page(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	prepared, err := s.reader.pool.PrepareContext(ctx, query)
	if err != nil {
		return s.reader.explain(err)
	}
	defer func() { _ = prepared.Close() }()
	return s.reader.all(ctx, nil, prepared, args, scan)
}

// Stukken implements store.Kopie.
func (s *Store) Stukken(ctx context.Context) (n int64, err error) {
	err = s.page(ctx, countStukken, nil, func(rows *sql.Rows) error { return rows.Scan(&n) })
	return n, fail("count pieces", err)
}

// AlleSleutels implements store.Kopie.
func (s *Store) AlleSleutels(ctx context.Context, na string, n int) (list []domain.Sleutel, err error) {
	err = s.page(ctx, listSleutels, []any{na, n}, func(rows *sql.Rows) error {
		var k domain.Sleutel
		var at int64
		if err := rows.Scan(&k.Naam, &k.Digest, &k.ID, &at); err != nil {
			return err
		}
		k.Moment = vorm.Moment(at)
		list = append(list, k)
		return nil
	})
	return list, fail("list keys", err)
}

// AlleAdviezen implements store.Kopie.
func (s *Store) AlleAdviezen(ctx context.Context, na string, n int) (list []domain.GegevenAdvies, err error) {
	var ids []string
	err = s.page(ctx, listAdviezen, []any{na, n}, texts(&ids))
	for _, id := range ids {
		var g domain.GegevenAdvies
		if g, err = s.reader.readAdvies(ctx, id); err != nil {
			break
		}
		list = append(list, g)
	}
	return list, fail("list advices", err)
}

func texts(list *[]string) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		*list = append(*list, text)
		return err
	}
}

// AlleAanbieders implements store.Kopie.
func (s *Store) AlleAanbieders(ctx context.Context, na string, n int) (list []store.AanbiederKopie, err error) {
	err = s.page(ctx, listAanbieders, []any{na, n}, func(rows *sql.Rows) error {
		var a domain.Aanbieder
		err := rows.Scan(aanbiederInto(&a)...)
		list = append(list, store.AanbiederKopie{Aanbieder: a})
		return err
	})
	for i := range list {
		if err == nil {
			err = s.page(ctx, listNamen, []any{list[i].Aanbieder.ID}, texts(&list[i].Sleutels))
		}
	}
	return list, fail("list providers", err)
}

// AlleMeldingen implements store.Kopie.
func (s *Store) AlleMeldingen(ctx context.Context, na string, n int) (list []store.MeldingKopie, err error) {
	err = s.page(ctx, listMeldingen, []any{na, n}, func(rows *sql.Rows) error {
		var k store.MeldingKopie
		var doc, first []byte
		var kalender int
		m := &k.Melding
		if err := rows.Scan(&m.ID, &m.Rev, &m.Kenmerk, &m.Client, &kalender, &doc, &first); err != nil {
			return err
		}
		k.Eerste = *m
		k.Eerste.Rev = 1
		list = append(list, k)
		last := &list[len(list)-1]
		return errors.Join(decodeMelding(doc, kalender, &last.Melding), vorm.DecodeMelding(first, &last.Eerste))
	})
	return list, fail("list meldingen", err)
}

// ZetAanbieders implements store.Kopie.
func (s *Store) ZetAanbieders(ctx context.Context, list []store.AanbiederKopie) error {
	own := slices.Clone(list)
	return fail("copy providers", s.submit(ctx, 2+len(own), func(l *link) error {
		for _, k := range own {
			if err := l.zetAanbieder(k); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (l *link) zetAanbieder(k store.AanbiederKopie) error {
	ctx := context.Background()
	if written, err := changed(l.aanbieder, aanbiederRow(k.Aanbieder)); err != nil {
		return err
	} else if !written {
		var there domain.Aanbieder
		if err := l.conn.QueryRowContext(ctx, selectAanbieder, k.Aanbieder.ID).Scan(aanbiederInto(&there)...); err != nil {
			return fmt.Errorf("find provider: %w", err)
		}
		if there != k.Aanbieder {
			return kopieAnders()
		}
	}
	for _, name := range k.Sleutels {
		if _, err := l.aanbiederSleutel.ExecContext(ctx, name, k.Aanbieder.ID); err != nil {
			return fmt.Errorf("insert name of provider: %w", err)
		}
		var of string
		if err := l.conn.QueryRowContext(ctx, selectNaam, name).Scan(&of); err != nil {
			return fmt.Errorf("find name of provider: %w", err)
		}
		if of != k.Aanbieder.ID {
			return kopieAnders()
		}
	}
	return nil
}

// ZetMeldingen implements store.Kopie.
func (s *Store) ZetMeldingen(ctx context.Context, list []store.MeldingKopie) error {
	type write struct {
		meldingWrite
		eerste any
	}
	writes := make([]write, len(list))
	for i, k := range list {
		w, err := newMeldingWrite(&k.Melding, store.Bij{})
		if err != nil {
			return fmt.Errorf("copy meldingen: %w", err)
		}
		first, err := vorm.EncodeMelding(&k.Eerste)
		if err != nil {
			return fmt.Errorf("copy meldingen: %w", err)
		}
		if k.Melding.Rev > 1 {
			writes[i].eerste = first
		} else { // the column has the calendar, the document is the first
			w.columns[len(w.columns)-1] = first
		}
		writes[i].meldingWrite = w
	}
	return fail("copy meldingen", s.submit(ctx, 2+len(writes), func(l *link) error {
		for i := range writes {
			if err := l.zetMelding(&writes[i].meldingWrite, writes[i].eerste); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (l *link) zetMelding(w *meldingWrite, first any) error {
	ctx := context.Background()
	args := append([]any{w.id, w.kenmerk, w.client, w.rev, first}, w.columns...)
	done, err := l.conn.ExecContext(ctx, copyMelding, args...)
	if err != nil {
		return fmt.Errorf("copy melding: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 1 {
		return errors.Join(err, l.zetTermijnen(w, false), l.zetAlarmen(w, false), l.count(w.geteld, 1))
	}
	there := make([]any, 6)
	var eerste sql.NullString
	row := l.conn.QueryRowContext(ctx, selectKopie, w.id)
	err = row.Scan(&there[0], &there[1], &there[2], &there[3], &there[4], &eerste)
	if errors.Is(err, sql.ErrNoRows) {
		return kopieAnders() // another has one of its names
	}
	if err != nil {
		return fmt.Errorf("find melding: %w", err)
	}
	if eerste.Valid {
		there[5] = eerste.String
	}
	if !reflect.DeepEqual(there, []any{w.kenmerk, w.client, w.rev, int64(w.kalender), w.columns[len(w.columns)-1], first}) {
		return kopieAnders()
	}
	return nil
}
