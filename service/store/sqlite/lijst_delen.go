package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// An index is written at every melding, on a page of its own. So a list that others
// hold together has none. It is read in parts, a range of an index each, which SQLite
// reads side by side and no further than the page is full:
//   - all meldingen are those of each status;
//   - those of an advice begin, in the order of urgency, with what that advice begins
//     with: a range of each status, and of a provider, a handler or a term two of its
//     own, of what is open and of what is closed;
//   - those of an advice or a sector, in the order of receipt, are looked for among those
//     of each status: unless they are few, or all old, they fill a page soon;
//   - those of some days, in another order than theirs, are those of a few quarters.

// inDelen reports whether l is read in parts of a status.
func (l lijst) inDelen() bool {
	switch l.volgorde {
	case domain.OpUrgentie:
		return l.filter == "" || l.filter == "advies"
	case domain.OpOntvangst:
		return l.filter == "" || l.gezeefd()
	case domain.OpWijziging:
	}
	return false
}

// gezeefd reports whether most of what is read of l may not be asked for.
func (l lijst) gezeefd() bool {
	return l.volgorde == domain.OpOntvangst && (l.filter == "advies" || l.filter == "sector")
}

// perRang reports whether what l has of one advice are two ranges of its index. A list of
// a sector is none: an advice is looked for before it (gelijken).
func (l lijst) perRang() bool {
	return l.volgorde == domain.OpUrgentie && slices.Contains([]string{"aanbieder", "behandelaar", "termijn"}, l.filter)
}

// deelSoort is what lists are parted by, the column that has one value in a part, and
// how many parts are read side by side; one that is not there costs time as well.
type deelSoort struct {
	kolom    string
	volgorde domain.Volgorde
	naast    int
}

// meestNaast is how many parts are at most read side by side.
const meestNaast = 8

// deelSoorten is every one there is a statement of.
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

// query reads the keys of a page of as many parts as are read side by side.
func (d deelSoort) query() string {
	parts, order := make([]string, d.naast), ""
	for n := range parts {
		waarde := parDelen + n*d.breedte()
		where, by := bereik(d.volgorde, waarde+1)
		where = append([]string{fmt.Sprintf("%s = ?%d", d.kolom, waarde)}, append(where, filters(d.kolom)...)...)
		parts[n] = fmt.Sprintf("SELECT nr, %s FROM melding INDEXED BY melding_%s_%s\nWHERE %s",
			strings.ReplaceAll(by, " DESC", ""), d.kolom, d.volgorde, strings.Join(where, " AND "))
		order = by
	}
	return fmt.Sprintf("%s\nORDER BY %s LIMIT ?%d", strings.Join(parts, "\nUNION ALL "), order, parAantal)
}

// breedte is how many parameters a part has.
func (d deelSoort) breedte() int { return 2 + len((&sleutel{}).Delen(d.volgorde)) }

// args are the parameters of query for these parts of a page of v; a part that is not
// there has no value, and so no rows.
func (d deelSoort) args(v *vraag, parts []deel) []any {
	args := v.args(v.Aantal + 1)[:parDelen-1]
	for _, p := range parts {
		args = append(append(args, p.waarde, p.grens), p.begin...)
	}
	return append(args, make([]any, (d.naast-len(parts))*d.breedte())...)
}
