package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// meldingWrite is a melding with the advices given on it, ready to be written:
// it shares no memory with what the caller gave.
type meldingWrite struct {
	id, kenmerk, client string
	klantkenmerk        any // nil when there is none
	rev                 int64
	columns             []any // klantkenmerk and what follows it, doc being the last
	given               [][]any
	hertel              []store.Hertel
	gezien              *domain.SignaalTelling
	leiding             *store.Leiding

	aanbieder string
	dag       term.Date
	telt      bool
	ernstig   bool
}

func newMeldingWrite(m *domain.Melding, bij store.Bij) (meldingWrite, error) {
	doc, err := encodeMelding(m)
	if err != nil {
		return meldingWrite{}, err
	}
	w := meldingWrite{
		id: m.ID, kenmerk: m.Kenmerk, client: m.Client, rev: m.Rev, klantkenmerk: orNull(m.Opgave.Klantkenmerk),
		hertel: slices.Clone(bij.Hertel), aanbieder: m.AanbiederID, dag: m.Dag, telt: m.Telt(), ernstig: m.Advies.Ernstig,
	}
	if bij.Gezien != nil {
		seen := *bij.Gezien
		w.gezien = &seen
	}
	if bij.Leiding != nil {
		lead := *bij.Leiding
		w.leiding = &lead
	}
	w.columns = []any{
		w.klantkenmerk, string(m.Status), string(m.Advies.Advies), orNull(m.AanbiederID), m.Sector,
		dateNumber(m.Dag), kwartaal(m.Dag), m.OntvangenOp.UnixMilli(), m.GewijzigdOp.UnixMilli(), orNull(string(m.TermijnStatus())),
		m.Urgentie(), dateOrNull(m.Controle()), m.Telt(), m.Advies.Ernstig, doc,
	}
	for i := range bij.Gegeven {
		w.given = append(w.given, adviesRow(&bij.Gegeven[i]))
	}
	return w, nil
}

// orNull is text, or no value when it is empty.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func dateOrNull(d term.Date) any {
	if d.IsZero() {
		return nil
	}
	return dateNumber(d)
}

// kwartaal numbers the quarter of a year that d lies in.
func kwartaal(d term.Date) int { return d.Year()*4 + (int(d.Month())-1)/3 }

// BewaarMelding implements store.Meldingen.
func (s *Store) BewaarMelding(ctx context.Context, m domain.Melding, bij store.Bij) (domain.SignaalTelling, error) {
	var counted domain.SignaalTelling // read here only once the writer is done with it
	err := s.writeMelding(ctx, "keep melding", &m, bij, func(l *link, w *meldingWrite) (err error) {
		if err := l.keepMelding(w); err != nil {
			return err
		}
		counted, err = l.countWith(w)
		return err
	})
	if err != nil {
		return domain.SignaalTelling{}, err
	}
	return counted, nil
}

// VervangMelding implements store.Meldingen.
func (s *Store) VervangMelding(ctx context.Context, m domain.Melding, bij store.Bij) error {
	return s.writeMelding(ctx, "replace melding", &m, bij, func(l *link, w *meldingWrite) error {
		if err := l.holds(w.leiding); err != nil {
			return err
		}
		return l.replaceMelding(w)
	})
}

func (s *Store) writeMelding(ctx context.Context, verb string, m *domain.Melding, bij store.Bij,
	write func(*link, *meldingWrite) error,
) error {
	w, err := newMeldingWrite(m, bij)
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return fail(verb, s.submit(ctx, 1+len(bij.Gegeven)+len(bij.Hertel), func(l *link) error {
		if err := write(l, &w); err != nil {
			return err
		}
		for _, row := range w.given {
			if err := l.keep(row); err != nil {
				return err
			}
		}
		for _, h := range w.hertel {
			if err := l.noteer(h); err != nil {
				return err
			}
		}
		return nil
	}))
}

// countWith counts the signals of the provider of a melding that was kept just
// before, and notes its day when the others are not what its writer saw.
func (l *link) countWith(w *meldingWrite) (domain.SignaalTelling, error) {
	var t domain.SignaalTelling
	if w.aanbieder == "" {
		return t, nil
	}
	row := l.signalen.QueryRowContext(context.Background(), signalenArgs(w.aanbieder, w.dag, w.id)...)
	if err := row.Scan(signalenInto(&t)...); err != nil {
		return t, fmt.Errorf("count signals: %w", err)
	}
	if w.gezien != nil && *w.gezien != t {
		if err := l.noteer(store.Hertel{Aanbieder: w.aanbieder, Vanaf: w.dag}); err != nil {
			return t, err
		}
	}
	if w.telt {
		t = t.Met(w.ernstig)
	}
	return t, nil
}

func (l *link) keepMelding(w *meldingWrite) error {
	args := append([]any{w.id, w.kenmerk, w.client}, w.columns...)
	if done, err := changed(l.melding, args); done || err != nil {
		return err
	}
	for _, taken := range []struct {
		by  *sql.Stmt
		of  string
		key string
	}{{l.meldingMetID, w.id, "fout.melding_bestaat"}, {l.meldingMetKenmerk, w.kenmerk, "fout.kenmerk_bezet"}} {
		var is int
		if err := taken.by.QueryRowContext(context.Background(), taken.of).Scan(&is); err == nil {
			return &domain.Error{Code: domain.Conflict, Key: taken.key}
		} else if !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("find taken: %w", err)
		}
	}
	return l.takenKlantkenmerk(w.klantkenmerk, w.client)
}

func (l *link) replaceMelding(w *meldingWrite) error {
	args := append(append([]any{}, w.columns...), w.id, w.rev)
	if done, err := changed(l.vervanging, args); done || err != nil {
		return err
	}
	var rev int64
	var client string
	err := l.meldingRev.QueryRowContext(context.Background(), w.id).Scan(&rev, &client)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return unknownMelding()
	case err != nil:
		return fmt.Errorf("find replaced: %w", err)
	case rev != w.rev:
		return &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
	}
	return l.takenKlantkenmerk(w.klantkenmerk, client)
}

// takenKlantkenmerk is the refusal of a klantkenmerk that the client gave to
// another melding.
func (l *link) takenKlantkenmerk(klantkenmerk any, client string) error {
	var earlier string
	if err := l.klantkenmerk.QueryRowContext(context.Background(), klantkenmerk, client).Scan(&earlier); err != nil {
		return fmt.Errorf("find klantkenmerk: %w", err)
	}
	return &domain.Error{Code: domain.Conflict, Key: "fout.klantkenmerk_bezet", Args: []any{earlier}}
}

// changed carries out a write of one row, and reports false when it was refused.
func changed(write *sql.Stmt, args []any) (bool, error) {
	done, err := write.ExecContext(context.Background(), args...)
	if err != nil {
		return false, fmt.Errorf("write: %w", err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("count written: %w", err)
	}
	return n > 0, nil
}

func unknownMelding() error { return notFound("fout.melding_onbekend") }
