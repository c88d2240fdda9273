package sqlite

import (
	"context"
	"database/sql"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// adviesRow gives the columns of g in the order of insertAdvies. They share no
// memory with g.
func adviesRow(g *domain.GegevenAdvies) []any {
	row := []any{
		g.ID, g.OpgesteldOp.UnixMilli(), dateNumber(g.Peildatum), g.Actor.ID, string(g.Actor.Rol),
		string(g.Besluit.Advies), encodeCriteria(g.Besluit.Criteria), encodeList(g.Besluit.Stappen), nil, nil, nil,
		g.Beleid.Versie, g.Beleid.Digest, g.Beleid.GeldigVanaf.UnixMilli(), g.KalenderDigest, g.Motor, nil,
	}
	if b := g.Bandbreedte; b != nil {
		row[8], row[9], row[10] = string(b.Laagste), string(b.Hoogste), encodeList(b.Ontbrekend)
	}
	if g.Invoer != nil {
		row[16] = string(g.Invoer)
	}
	return row
}

// readAdvies reads the entry id; sql.ErrNoRows when there is none.
func (r *reader) readAdvies(ctx context.Context, id string) (domain.GegevenAdvies, error) {
	return scanAdvies(func(into ...any) error { return r.one(ctx, r.advies, []any{id}, into...) })
}

// scanAdvies reads an entry from the columns of selectAdvies.
func scanAdvies(scan func(into ...any) error) (domain.GegevenAdvies, error) {
	var (
		g                       domain.GegevenAdvies
		opgesteld, geldig, peil int64
		criteria, stappen       []byte
		laagste, hoogste        sql.NullString
		ontbrekend              []byte
		invoer                  sql.Null[[]byte]
	)
	err := scan(&g.ID, &opgesteld, &peil, &g.Actor.ID, &g.Actor.Rol,
		&g.Besluit.Advies, &criteria, &stappen, &laagste, &hoogste, &ontbrekend,
		&g.Beleid.Versie, &g.Beleid.Digest, &geldig, &g.KalenderDigest, &g.Motor, &invoer)
	if err != nil {
		return domain.GegevenAdvies{}, err
	}
	g.OpgesteldOp, g.Beleid.GeldigVanaf, g.Peildatum = moment(opgesteld), moment(geldig), dateOf(peil)
	g.Invoer = bytesOf(invoer)
	if g.Besluit.Criteria, err = decodeCriteria(criteria); err != nil {
		return domain.GegevenAdvies{}, err
	}
	if err := decodeList(stappen, &g.Besluit.Stappen); err != nil {
		return domain.GegevenAdvies{}, err
	}
	if laagste.Valid {
		g.Bandbreedte = &domain.Bandbreedte{Laagste: domain.Advies(laagste.String), Hoogste: domain.Advies(hoogste.String)}
		if err := decodeList(ontbrekend, &g.Bandbreedte.Ontbrekend); err != nil {
			return domain.GegevenAdvies{}, err
		}
	}
	return g, nil
}

// moment is the moment ms milliseconds after 1970 in UTC.
func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// dateNumber writes a date as the number yyyymmdd; 0 is no date.
func dateNumber(d term.Date) int64 {
	return int64(d.Year())*10000 + int64(d.Month())*100 + int64(d.Day())
}

func dateOf(n int64) term.Date {
	if n == 0 {
		return term.Date{}
	}
	return term.NewDate(int(n/10000), time.Month(n/100%100), int(n%100))
}

// bytesOf tells no bytes from empty ones, which the driver gives alike.
func bytesOf(v sql.Null[[]byte]) []byte {
	if v.Valid && v.V == nil {
		return []byte{}
	}
	return v.V
}
