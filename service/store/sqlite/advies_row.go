package sqlite

import (
	"context"
	"database/sql"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// adviesRow gives the columns of g in the order of insertAdvies. They share no
// memory with g.
func adviesRow(g *domain.GegevenAdvies) []any {
	row := []any{
		g.ID, g.OpgesteldOp.UnixMilli(), vorm.DateNumber(g.Peildatum), g.Actor.ID, string(g.Actor.Rol),
		string(g.Besluit.Advies), vorm.EncodeCriteria(g.Besluit.Criteria), vorm.EncodeList(g.Besluit.Stappen), nil, nil, nil,
		g.Beleid.Versie, g.Beleid.Digest, g.Beleid.GeldigVanaf.UnixMilli(), g.KalenderDigest, g.Motor, nil,
	}
	if b := g.Bandbreedte; b != nil {
		row[8], row[9], row[10] = string(b.Laagste), string(b.Hoogste), vorm.EncodeList(b.Ontbrekend)
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
	g.OpgesteldOp, g.Beleid.GeldigVanaf, g.Peildatum = vorm.Moment(opgesteld), vorm.Moment(geldig), vorm.DateOf(peil)
	g.Invoer = bytesOf(invoer)
	if g.Besluit.Criteria, err = vorm.DecodeCriteria(criteria); err != nil {
		return domain.GegevenAdvies{}, err
	}
	if err := vorm.DecodeList(stappen, &g.Besluit.Stappen); err != nil {
		return domain.GegevenAdvies{}, err
	}
	if laagste.Valid {
		g.Bandbreedte = &domain.Bandbreedte{Laagste: domain.Advies(laagste.String), Hoogste: domain.Advies(hoogste.String)}
		if err := vorm.DecodeList(ontbrekend, &g.Bandbreedte.Ontbrekend); err != nil {
			return domain.GegevenAdvies{}, err
		}
	}
	return g, nil
}

// bytesOf tells no bytes from empty ones, which the driver gives alike.
func bytesOf(v sql.Null[[]byte]) []byte {
	if v.Valid && v.V == nil {
		return []byte{}
	}
	return v.V
}
