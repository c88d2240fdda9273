package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// perFewRows is how many times as many meldingen may have changed as rows of a list are
// few, for their terms to be read whole and put in order here: what is passed over
// else is looked up in another table.
const perFewRows = 40

// weinigGewijzigd reports that v asks for the terms of meldingen that changed, and that
// those are few.
func (r *reader) weinigGewijzigd(ctx context.Context, tx *sql.Tx, v *termijnVraag) (bool, error) {
	if v.GewijzigdNa.IsZero() {
		return false, nil
	}
	most, n := perFewRows*r.few, 0
	err := r.all(ctx, tx, r.aantalGewijzigd, []any{v.GewijzigdNa.UnixMilli(), most + 1}, func(rows *sql.Rows) error { return rows.Scan(&n) })
	if err != nil {
		return false, fmt.Errorf("count what changed: %w", err)
	}
	return n <= most, nil
}

// gewijzigd reads all terms that v asks for, of all pages, by the meldingen that changed.
func (r *reader) gewijzigd(ctx context.Context, tx *sql.Tx, v *termijnVraag) (rows []domain.TermijnRegel, err error) {
	args := v.args("", 0)
	args[parTSleutel-1] = vorm.DateNumber(v.Van)
	err = r.all(ctx, tx, r.gewijzigdeTermijnen, args, scanTermijn(&rows))
	return rows, err
}

// voorbij reports that a page of v begins behind t.
func (v *termijnVraag) voorbij(t domain.TermijnRegel) bool {
	b := domain.TermijnRegel{Einddatum: vorm.DateOf(v.begin.eind), MeldingID: v.begin.melding, Nr: v.begin.nr}
	return vorm.VergelijkTermijnen(t, b) <= 0
}

// orMoment is t, or null for the zero Time.
func orMoment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}
