package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// deel is a part: the value of the column, an urgentie that all of it are before, and
// the key it begins after.
type deel struct {
	waarde any
	grens  string
	begin  []any
}

// perStatus gives the part of each status that v asks for, or that there is.
func (r *reader) perStatus(ctx context.Context, tx *sql.Tx, v *vraag) (parts []deel, err error) {
	list := []domain.MeldingStatus{v.Status}
	if v.Status == "" {
		list = nil
		err = r.all(ctx, tx, r.statussen, nil, func(rows *sql.Rows) error {
			var s domain.MeldingStatus
			err := rows.Scan(&s)
			list = append(list, s)
			return err
		})
	}
	for _, s := range list {
		parts = append(parts, v.deel(string(s), s))
	}
	return parts, err
}

// deel gives the part of the meldingen with a value, all of a status like s where an
// advice is asked for by urgency.
func (v *vraag) deel(waarde any, s domain.MeldingStatus) deel {
	d := deel{waarde: waarde, grens: domain.NaUrgentie, begin: v.begin()}
	if v.Volgorde == domain.OpUrgentie && v.Advies != "" {
		van, tot := domain.UrgentieVan(v.Advies, s)
		d.grens, d.begin = tot, []any{max(van, d.begin[0].(string))}
	}
	return d
}

// perKwartaal gives the parts of the quarters first to last.
func (v *vraag) perKwartaal(first, last int) []deel {
	var parts []deel
	for q := first; q <= last; q++ {
		parts = append(parts, deel{waarde: q, grens: domain.NaUrgentie, begin: v.begin()})
	}
	return parts
}

// perRang gives the parts of the value of the filter kolom: those with the advice of v
// that are open, and those that are closed.
func (v *vraag) perRang(kolom string) []deel {
	waarde := v.args(0)[parameter(kolom)-1]
	return []deel{v.deel(waarde, domain.StatusOntvangen), v.deel(waarde, domain.StatusAfgesloten)}
}

// inDelen reads the keys of a page of all parts, and of them a page.
func (r *reader) inDelen(ctx context.Context, tx *sql.Tx, v *vraag, kolom string, parts []deel) (domain.MeldingPagina, error) {
	var keys []*sleutel
	for some := range slices.Chunk(parts, meestNaast) {
		d := deelSoort{kolom, v.Volgorde, 1}
		for d.naast < len(some) {
			d.naast *= 2
		}
		err := r.all(ctx, tx, r.delen[d], d.args(v, some), func(rows *sql.Rows) error {
			k := &sleutel{}
			keys = append(keys, k)
			return rows.Scan(append([]any{&k.nr}, k.Delen(v.Volgorde)...)...)
		})
		if err != nil {
			return domain.MeldingPagina{}, fmt.Errorf("find keys by %s: %w", kolom, err)
		}
	}
	return r.gesorteerd(ctx, tx, v, keys)
}
