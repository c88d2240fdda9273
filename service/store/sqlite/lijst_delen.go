package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// An index is written at every melding, on a page of its own. So a list that others
// hold together has none: all meldingen are those of each status, and those of an
// advice begin, in the order of urgency, with what that advice begins with. Such a
// list is read in parts, a range of an index each, which SQLite reads side by side
// and no further than the page is full.

// inDelen reports whether l is read in parts of a status.
func (l lijst) inDelen() bool {
	return l.filter == "" && l.volgorde != domain.OpWijziging || l.filter == "advies" && l.volgorde == domain.OpUrgentie
}

// deelSoort is what lists are parted by, the column that has one value in a part, and
// how many parts are read side by side; one that is not there costs time as well.
type deelSoort struct {
	kolom    string
	volgorde domain.Volgorde
	naast    int
}

func deelSoorten() (all []deelSoort) {
	for _, naast := range []int{1, 2, 4, meestNaast} {
		all = append(
			all,
			deelSoort{"status", domain.OpUrgentie, naast}, deelSoort{"status", domain.OpOntvangst, naast},
			deelSoort{"kwartaal", domain.OpUrgentie, naast}, deelSoort{"kwartaal", domain.OpWijziging, naast},
		)
	}
	for _, g := range gelijken() {
		if (lijst{g.kolom, domain.OpUrgentie}).perRang() {
			all = append(all, deelSoort{g.kolom, domain.OpUrgentie, 2})
		}
	}
	return all
}

// meestNaast is how many parts are at most read side by side.
const meestNaast = 8

// perRang reports whether what l has of one advice are two ranges of its index: what is
// open, and what is closed.
func (l lijst) perRang() bool {
	return l.volgorde == domain.OpUrgentie && l.filter != "" && l.filter != "status" && l.filter != "advies"
}

// deel is a part: the value of the column, an urgentie that all of it are before, and
// the key it begins after.
type deel struct {
	waarde any
	grens  string
	begin  []any
}

// query reads the keys of a page of as many parts as are read side by side.
func (d deelSoort) query() string {
	parts, order := make([]string, d.naast), ""
	for n := range parts {
		waarde := parGrens + n*d.breedte()
		where, by := bereik(d.volgorde, waarde+1)
		where = append([]string{fmt.Sprintf("%s = ?%d", d.kolom, waarde)}, append(where, filters(d.kolom)...)...)
		parts[n] = fmt.Sprintf("SELECT nr, %s FROM melding INDEXED BY melding_%s_%s\nWHERE %s",
			strings.ReplaceAll(by, " DESC", ""), d.kolom, d.volgorde, strings.Join(where, " AND "))
		order = by
	}
	return fmt.Sprintf("%s\nORDER BY %s LIMIT ?%d", strings.Join(parts, "\nUNION ALL "), order, parAantal)
}

// breedte is how many parameters a part has.
func (d deelSoort) breedte() int { return 2 + len((&sleutel{}).parts(d.volgorde)) }

// args are the parameters of query for these parts of a page of v; a part that is not
// there has no value, and so no rows.
func (d deelSoort) args(v *vraag, parts []deel) []any {
	args := v.args(v.Aantal + 1)[:parGrens-1]
	for _, p := range parts {
		args = append(append(args, p.waarde, p.grens), p.begin...)
	}
	return append(args, make([]any, (d.naast-len(parts))*d.breedte())...)
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
	at := slices.IndexFunc(gelijken(), func(g gelijk) bool { return g.kolom == kolom })
	waarde := v.args(0)[gelijken()[at].par-1]
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
			return rows.Scan(append([]any{&k.nr}, k.parts(v.Volgorde)...)...)
		})
		if err != nil {
			return domain.MeldingPagina{}, fmt.Errorf("find keys by %s: %w", kolom, err)
		}
	}
	return r.gesorteerd(ctx, tx, v, keys)
}
