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
// list is read in parts, a range of an index each.

// inDelen reports whether l is read in parts of a status.
func (l lijst) inDelen() bool {
	return l.filter == "" && l.volgorde != domain.OpWijziging || l.filter == "advies" && l.volgorde == domain.OpUrgentie
}

// deelSoort is what lists are parted by: the column that has one value in a part.
type deelSoort struct {
	kolom    string
	volgorde domain.Volgorde
}

func deelSoorten() []deelSoort {
	return []deelSoort{
		{"status", domain.OpUrgentie},
		{"status", domain.OpOntvangst},
		{"kwartaal", domain.OpUrgentie},
		{"kwartaal", domain.OpWijziging},
	}
}

// query reads the keys of a part.
func (d deelSoort) query() string {
	bereik, order := lijst{"", d.volgorde}.bereik()
	where := filters(d.kolom)
	if d.kolom == "kwartaal" {
		where = append([]string{fmt.Sprintf("kwartaal = ?%d", parKwartaal)}, where...)
	}
	return fmt.Sprintf(`SELECT nr, %s
FROM melding INDEXED BY melding_%s_%s
WHERE %s
ORDER BY %s LIMIT ?%d`, strings.ReplaceAll(order, " DESC", ""), d.kolom, d.volgorde, strings.Join(append(where, bereik...), " AND "), order, parAantal)
}

// perStatus gives what a page of v asks of the part of each status, that it asks for
// or that there is.
func (r *reader) perStatus(ctx context.Context, tx *sql.Tx, v *vraag) (parts [][]any, err error) {
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
		args := append(v.args(v.Aantal+1), v.begin()...)
		args[parStatus-1] = string(s)
		if v.Volgorde == domain.OpUrgentie && v.Advies != "" {
			van, tot := domain.UrgentieVan(v.Advies, s)
			args[parGrens-1], args[parSleutel-1] = tot, max(van, args[parSleutel-1].(string))
		}
		parts = append(parts, args)
	}
	return parts, err
}

// perKwartaal gives what a page of v asks of the parts of the quarters first to last.
func (v *vraag) perKwartaal(first, last int) [][]any {
	var parts [][]any
	for q := first; q <= last; q++ {
		args := append(v.args(v.Aantal+1), v.begin()...)
		args[parKwartaal-1] = q
		parts = append(parts, args)
	}
	return parts
}

// nauwer has a part end where no key comes among those of a page any more, of which some
// were read already. What is filtered row by row is then not looked for in all of it.
func (v *vraag) nauwer(args []any, keys []*sleutel) {
	if len(keys) <= v.Aantal {
		return
	}
	last := keys[v.Aantal]
	switch v.Volgorde {
	case domain.OpUrgentie:
		args[parGrens-1] = min(args[parGrens-1].(string), last.urgentie)
	case domain.OpOntvangst:
		args[parVan-1] = max(args[parVan-1].(int64), last.dag)
	case domain.OpWijziging: // its statement takes no end
	}
}

// inDelen reads the keys of a page of each part, and of them a page.
func (r *reader) inDelen(ctx context.Context, tx *sql.Tx, v *vraag, kolom string, parts [][]any) (domain.MeldingPagina, error) {
	var keys []*sleutel
	for _, args := range parts {
		v.nauwer(args, keys)
		err := r.all(ctx, tx, r.delen[deelSoort{kolom, v.Volgorde}], args, func(rows *sql.Rows) error {
			k := &sleutel{}
			keys = append(keys, k)
			return rows.Scan(append([]any{&k.nr}, k.parts(v.Volgorde)...)...)
		})
		if err != nil {
			return domain.MeldingPagina{}, fmt.Errorf("find keys by %s: %w", kolom, err)
		}
		slices.SortFunc(keys, func(a, b *sleutel) int { return a.compare(b, v.Volgorde) })
		keys = keys[:min(len(keys), v.Aantal+1)]
	}
	return r.gesorteerd(ctx, tx, v, keys)
}
