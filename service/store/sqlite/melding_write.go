package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// meldingWrite is a melding with the advices given on it, ready to be written:
// it shares no memory with what the caller gave.
type meldingWrite struct {
	id, kenmerk, client string
	klantkenmerk        any // nil when there is none
	rev                 int64
	kalender            int
	columns             []any // klantkenmerk and what follows it, doc being the last
	given               [][]any
	hertel              []store.Hertel
	termijnen, alarmen  [][]any // their columns but melding, by place
	berichten           [][]any
	leiding             *store.Leiding
	eerste              any // the document in the place of the first, nil to leave it

	geteld
	dag term.Date
}

func newMeldingWrite(m *domain.Melding, bij store.Bij) (meldingWrite, error) {
	doc, err := vorm.EncodeMelding(m)
	if err != nil {
		return meldingWrite{}, err
	}
	w := meldingWrite{
		id: m.ID, kenmerk: m.Kenmerk, client: m.Client, rev: m.Rev, klantkenmerk: orNull(m.Opgave.Klantkenmerk),
		kalender: m.Kalender, hertel: slices.Clone(bij.Hertel), dag: m.Dag,
		geteld: geteld{aanbieder: m.AanbiederID, nummer: vorm.DateNumber(m.Dag), telt: m.Telt(), ernstig: m.Advies.Ernstig},
	}
	if bij.Eerste != nil {
		if w.eerste, err = vorm.EncodeMelding(bij.Eerste); err != nil {
			return meldingWrite{}, err
		}
	}
	if bij.Leiding != nil {
		lead := *bij.Leiding
		w.leiding = &lead
	}
	w.columns = []any{
		w.klantkenmerk, string(m.Status), string(m.Advies.Advies), orNull(m.AanbiederID), m.Sector,
		vorm.DateNumber(m.Dag), kwartaal(m.Dag), m.OntvangenOp.UnixMilli(), m.GewijzigdOp.UnixMilli(), orNull(string(m.TermijnStatus())),
		m.Urgentie(), dateOrNull(m.Controle()), m.Telt(), m.Advies.Ernstig, orNull(m.Behandelaar),
		dateOrNull(m.Herinnering()), momentOrNull(m.AlarmVolgende()), m.Kalender, doc,
	}
	for _, t := range m.TermijnRegels() {
		w.termijnen = append(w.termijnen, termijnRow(t))
	}
	for _, a := range m.AlarmRegels() {
		w.alarmen = append(w.alarmen, alarmRow(a))
	}
	for _, b := range bij.Berichten {
		row, err := berichtRow(b)
		if err != nil {
			return meldingWrite{}, err
		}
		w.berichten = append(w.berichten, row)
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
	return vorm.DateNumber(d)
}

func momentOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
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
		counted, err = l.countNew(w)
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
	do := func(l *link) error { return l.writeMelding(&w, write) }
	rows := 1 + len(bij.Gegeven) + len(bij.Hertel) + len(bij.Berichten)
	return fail(verb, s.send(ctx, &call{ctx: ctx, rows: rows, clean: true, do: do, done: make(chan error, 1)}))
}

// writeMelding writes the advices, then the melding, and then its notes and messages,
// which are never refused. What was refused leaves nothing behind.
func (l *link) writeMelding(w *meldingWrite, write func(*link, *meldingWrite) error) error {
	for i, row := range w.given {
		if err := l.keep(row); err != nil {
			return l.forget(w.given[:i], err)
		}
	}
	if err := write(l, w); err != nil {
		return l.forget(w.given, err)
	}
	for _, h := range w.hertel {
		if err := l.noteer(h); err != nil {
			return err
		}
	}
	return l.bericht(w.berichten)
}

// forget takes advices away that were written just before, since refused. It gives
// that refusal, or why it could not.
func (l *link) forget(given [][]any, refused error) error {
	for _, row := range given {
		if _, err := l.terug.ExecContext(context.Background(), row[0]); err != nil {
			return fmt.Errorf("take advice back: %w", err)
		}
	}
	return refused
}

func (l *link) keepMelding(w *meldingWrite) error {
	args := append([]any{w.id, w.kenmerk, w.client}, w.columns...)
	if done, err := changed(l.melding, args); err != nil {
		return err
	} else if done {
		return errors.Join(l.zetTermijnen(w, false), l.zetAlarmen(w, false))
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
	old, err := l.counted(w.id)
	if err != nil {
		return err
	}
	args := append(append([]any{w.eerste}, w.columns...), w.id, w.rev, w.kalender)
	if done, err := changed(l.vervanging, args); err != nil {
		return err
	} else if done {
		return errors.Join(l.zetTermijnen(w, true), l.zetAlarmen(w, true), l.recount(old, w.geteld))
	}
	var rev int64
	var client string
	var kalender int
	err = l.meldingRev.QueryRowContext(context.Background(), w.id).Scan(&rev, &client, &kalender)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return unknownMelding()
	case err != nil:
		return fmt.Errorf("find replaced: %w", err)
	case rev != w.rev:
		return &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
	case kalender > w.kalender:
		return &domain.Error{Code: domain.Stale, Key: "fout.kalender_verouderd"}
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
