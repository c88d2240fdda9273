package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func unknownBericht() error { return notFound("fout.bericht_onbekend") }

// scanner is a row, or the next of many.
type scanner interface{ Scan(into ...any) error }

func scanBericht(row scanner) (domain.Bericht, error) {
	var doc []byte
	var s vorm.BerichtStand
	if err := row.Scan(&doc, &s.Gelezen, &s.Stand, &s.Pogingen, &s.Volgende, &s.Verzonden); err != nil {
		return domain.Bericht{}, err
	}
	return vorm.DecodeBericht(doc, s)
}

// berichten gives what collects rows into list.
func berichten(list *[]domain.Bericht) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		b, err := scanBericht(rows)
		*list = append(*list, b)
		return err
	}
}

// Berichten implements store.Berichten.
func (s *Store) Berichten(ctx context.Context, q domain.BerichtVraag) (domain.BerichtPagina, error) {
	op, id := int64(math.MaxInt64), ""
	if q.Na != "" {
		if err := domain.DecodeCursor(q.Na, domain.LijstBerichten, &op, &id); err != nil {
			return domain.BerichtPagina{}, err
		}
	}
	n := max(1, q.Aantal)
	var page domain.BerichtPagina
	err := s.reader.snapshot(ctx, func(tx *sql.Tx) (err error) {
		var rows []domain.Bericht
		if err := s.reader.all(ctx, tx, s.reader.berichten[q.Ongelezen], []any{q.Gebruiker, op, id, after(q.GewijzigdNa), n + 1}, berichten(&rows)); err != nil {
			return err
		}
		if page, err = vorm.BerichtPagina(rows, n); err != nil {
			return err
		}
		return s.reader.all(ctx, tx, s.reader.ongelezen, []any{q.Gebruiker}, func(rows *sql.Rows) error { return rows.Scan(&page.Ongelezen) })
	})
	if err != nil {
		return domain.BerichtPagina{}, fail("list messages", err)
	}
	return page, nil
}

// Bericht implements store.Berichten.
func (s *Store) Bericht(ctx context.Context, id string) (domain.Bericht, error) {
	var found []domain.Bericht
	if err := s.reader.all(ctx, nil, s.reader.bericht, []any{id}, berichten(&found)); err != nil {
		return domain.Bericht{}, fail("read message", err)
	}
	if len(found) == 0 {
		return domain.Bericht{}, unknownBericht()
	}
	return found[0], nil
}

// LeesBericht implements store.Berichten.
func (s *Store) LeesBericht(ctx context.Context, gebruiker, id string, op time.Time) (domain.Bericht, error) {
	var read domain.Bericht // read here only once the writer is done with it
	err := s.submit(ctx, 1, func(l *link) error {
		done, err := changed(l.gelezen, []any{op.UnixMilli(), id, gebruiker})
		if err == nil && !done {
			return unknownBericht()
		}
		if err == nil {
			read, err = scanBericht(l.berichtMetID.QueryRowContext(context.Background(), id))
		}
		return err
	})
	if err != nil {
		return domain.Bericht{}, fail("read message", err)
	}
	return read, nil
}

// TeVersturen implements store.Berichten.
func (s *Store) TeVersturen(ctx context.Context, soort domain.BerichtSoort, events bool, op time.Time, n int) ([]domain.Bericht, error) {
	var list []domain.Bericht
	err := s.reader.all(ctx, nil, s.reader.teVersturen, []any{string(soort), events, op.UnixMilli(), max(0, n)}, berichten(&list))
	if err != nil {
		return nil, fail("list what to send", err)
	}
	return list, nil
}

// ZetPost implements store.Berichten.
func (s *Store) ZetPost(ctx context.Context, id string, was int, post domain.Post, leiding *store.Leiding) error {
	row := []any{string(post.Stand), post.Pogingen, vorm.Milli(post.Volgende), vorm.Milli(post.VerzondenOp), id, was}
	var lead *store.Leiding
	if leiding != nil {
		own := *leiding
		lead = &own
	}
	return fail("note what was sent", s.submit(ctx, 1, func(l *link) error {
		if err := l.holds(lead); err != nil {
			return err
		}
		if done, err := changed(l.post, row); err != nil || done {
			return err
		}
		_, err := scanBericht(l.berichtMetID.QueryRowContext(context.Background(), id))
		if errors.Is(err, sql.ErrNoRows) {
			return unknownBericht()
		}
		if err != nil {
			return err
		}
		return &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
	}))
}

// TelPost implements store.Berichten.
func (s *Store) TelPost(ctx context.Context) (map[domain.PostStand]int, error) {
	counted := map[domain.PostStand]int{}
	err := s.reader.all(ctx, nil, s.reader.berichtTelling, nil, func(rows *sql.Rows) error {
		var stand domain.PostStand
		var n int
		err := rows.Scan(&stand, &n)
		counted[stand] = n
		return err
	})
	if err != nil {
		return nil, fail("count messages", err)
	}
	return counted, nil
}

// TeHerinneren implements store.Berichten.
func (s *Store) TeHerinneren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	return s.wachtende(ctx, s.reader.teHerinneren, vorm.DateNumber(dag), n)
}

// TeAlarmeren implements store.Berichten.
func (s *Store) TeAlarmeren(ctx context.Context, op time.Time, n int) ([]domain.Melding, error) {
	return s.wachtende(ctx, s.reader.teAlarmeren, op.UnixMilli(), n)
}

// wachtende gives at most n meldingen that wait for something until tot.
func (s *Store) wachtende(ctx context.Context, query *sql.Stmt, tot int64, n int) ([]domain.Melding, error) {
	var list []domain.Melding
	if err := s.reader.all(ctx, nil, query, []any{tot, max(0, n)}, scanMeldingen(&list)); err != nil {
		return nil, fail("list what is due", err)
	}
	return list, nil
}

// TelTeHerinneren implements store.Berichten.
func (s *Store) TelTeHerinneren(ctx context.Context, dag term.Date) (n int, err error) {
	err = s.reader.one(ctx, s.reader.aantalTeHerinneren, []any{vorm.DateNumber(dag)}, &n)
	return n, fail("count reminders", err)
}

// Alarmen implements store.Berichten.
func (s *Store) Alarmen(ctx context.Context, q domain.AlarmVraag) (domain.AlarmPagina, error) {
	van, tot, melding, nr := int64(math.MinInt64), int64(math.MaxInt64), "", 0
	if !q.Van.IsZero() {
		van = q.Van.UnixMilli()
	}
	if !q.Tot.IsZero() {
		tot = q.Tot.UnixMilli()
	}
	if q.Na != "" {
		var last int64
		if err := domain.DecodeCursor(q.Na, domain.LijstAlarmen, &last, &melding, &nr); err != nil {
			return domain.AlarmPagina{}, err
		}
		if tot <= last { // what is asked for ends earlier
			melding, nr = "", 0
		}
		tot = min(tot, last)
	}
	n := max(1, q.Aantal)
	var rows []domain.AlarmRegel
	err := s.reader.all(ctx, nil, s.reader.alarmen[q.Open], []any{van, tot, melding, nr, after(q.GewijzigdNa), n + 1}, scanAlarmen(&rows))
	if err != nil {
		return domain.AlarmPagina{}, fail("list alarms", err)
	}
	page, err := vorm.AlarmPagina(rows, n)
	return page, fail("list alarms", err)
}

// scanAlarmen gives what collects rows into list.
func scanAlarmen(list *[]domain.AlarmRegel) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var a domain.AlarmRegel
		var sinds, laatste, aangenomen, vervallen int64
		err := rows.Scan(&a.MeldingID, &a.Kenmerk, &a.Nr, &a.Advies, &sinds, &a.Rondes, &laatste, &aangenomen, &a.Door, &a.Verzoek, &vervallen)
		a.Sinds, a.Laatste = vorm.Moment(sinds), vorm.MomentOf(laatste)
		a.AangenomenOp, a.VervallenOp = vorm.MomentOf(aangenomen), vorm.MomentOf(vervallen)
		*list = append(*list, a)
		return err
	}
}
