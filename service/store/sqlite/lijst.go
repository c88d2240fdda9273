package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Meldingen implements store.Meldingen.
func (s *Store) Meldingen(ctx context.Context, q domain.MeldingVraag) (domain.MeldingPagina, error) {
	v, err := newVraag(q)
	if err != nil {
		return domain.MeldingPagina{}, err
	}
	var page domain.MeldingPagina
	l, direct := v.direct()
	if direct && !l.inDelen() {
		page, err = s.reader.pagina(ctx, nil, v, l)
	} else {
		err = s.reader.snapshot(ctx, func(tx *sql.Tx) (err error) {
			if direct {
				page, err = s.reader.lijst(ctx, tx, v, l)
			} else {
				page, err = s.reader.zoek(ctx, tx, v)
			}
			return err
		})
	}
	if err != nil {
		return domain.MeldingPagina{}, fail("list meldingen", err)
	}
	return page, nil
}

// direct gives the list that holds exactly what v asks for.
func (v *vraag) direct() (lijst, bool) {
	gelijk, klantkenmerk, periode, na := v.gevraagd()
	if len(gelijk) > 1 || klantkenmerk || periode && v.Volgorde != domain.OpOntvangst || na && v.Volgorde != domain.OpWijziging {
		return lijst{}, false
	}
	if len(gelijk) == 1 {
		l := lijst{gelijk[0], v.Volgorde}
		return l, !l.gezeefd()
	}
	return lijst{"", v.Volgorde}, true
}

// lijst reads a page of v from l, or from its parts; what these do not filter on is
// filtered row by row.
func (r *reader) lijst(ctx context.Context, tx *sql.Tx, v *vraag, l lijst) (domain.MeldingPagina, error) {
	if l.inDelen() {
		parts, err := r.perStatus(ctx, tx, v)
		if err != nil {
			return domain.MeldingPagina{}, fmt.Errorf("find statuses: %w", err)
		}
		return r.inDelen(ctx, tx, v, "status", parts)
	}
	if v.Advies != "" && l.perRang() {
		return r.inDelen(ctx, tx, v, l.filter, v.perRang(l.filter))
	}
	return r.pagina(ctx, tx, v, l)
}

// pagina reads a page of v by the index of l.
func (r *reader) pagina(ctx context.Context, tx *sql.Tx, v *vraag, l lijst) (domain.MeldingPagina, error) {
	var page domain.MeldingPagina
	var last sleutel
	more := false
	collect := scanMeldingen(&page.Meldingen, &last.Urgentie, &last.Dag, &last.Ontvangen, &last.Gewijzigd)
	err := r.all(ctx, tx, r.lijsten[l], append(v.args(v.Aantal+1), v.begin()...), func(rows *sql.Rows) error {
		if len(page.Meldingen) == v.Aantal {
			more = true
			return nil
		}
		return collect(rows)
	})
	if err != nil || !more {
		return page, err
	}
	last.ID = page.Meldingen[v.Aantal-1].ID
	page.Volgende, err = domain.EncodeCursor(string(v.Volgorde), last.Delen(v.Volgorde)...)
	return page, err
}
