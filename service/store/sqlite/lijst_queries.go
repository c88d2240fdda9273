package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// The parameters of a list by their numbers, up to parAantal the same in all its
// statements. Behind them one that is read in parts has those of its parts.
const (
	parStatus = 1 + iota
	parAdvies
	parAanbieder
	parSector
	parTermijn
	parVan
	parTot
	parNa
	parKlantkenmerk
	parBehandelaar
	parAantal
	parGrens // an urgentie that all asked for are before; behind it, the parts of the key a page begins after
)

// parDelen is the first parameter of the parts.
const parDelen = parAantal + 1

// gelijk is a column that a list is filtered on by one value.
type gelijk struct {
	kolom string
	par   int
}

// gelijken are those columns, the likely most selective first.
func gelijken() []gelijk {
	return []gelijk{
		{"aanbieder", parAanbieder},
		{"behandelaar", parBehandelaar},
		{"termijn", parTermijn},
		{"advies", parAdvies},
		{"sector", parSector},
		{"status", parStatus},
	}
}

// parameter is that of the column kolom, one of gelijken.
func parameter(kolom string) int {
	all := gelijken()
	return all[slices.IndexFunc(all, func(g gelijk) bool { return g.kolom == kolom })].par
}

// lijst is a list of meldingen that has an index: those of which the column
// filter has one value (all of them when it is empty), in an order.
type lijst struct {
	filter   string
	volgorde domain.Volgorde
}

// lijsten is every list that has an index.
func lijsten() []lijst {
	all := []lijst{{"", domain.OpWijziging}}
	for _, v := range []domain.Volgorde{domain.OpUrgentie, domain.OpOntvangst, domain.OpWijziging} {
		for _, g := range gelijken() {
			if l := (lijst{g.kolom, v}); !l.inDelen() {
				all = append(all, l)
			}
		}
	}
	return all
}

// index is the name of the index of l.
func (l lijst) index() string {
	if l.filter == "" {
		return "melding_" + string(l.volgorde)
	}
	return "melding_" + l.filter + "_" + string(l.volgorde)
}

// query reads a page of l; what its index does not filter on is filtered row by
// row.
func (l lijst) query() string {
	where, order := bereik(l.volgorde, parGrens)
	if l.filter != "" {
		where = append(where, fmt.Sprintf("%s = ?%d", l.filter, parameter(l.filter)))
	}
	return fmt.Sprintf(`SELECT id, rev, kenmerk, client, kalender, doc, urgentie, dag, ontvangen_op, gewijzigd_op
FROM melding INDEXED BY %s
WHERE %s
ORDER BY %s LIMIT ?%d`, l.index(), strings.Join(append(where, filters(l.filter)...), " AND "), order, parAantal)
}

// bereik is the part of an index in the order v that a page is read from, and its
// order. grens is the number of the parameter that is an urgentie all asked for are
// before; those behind it are the parts of the key the page begins after.
func bereik(v domain.Volgorde, grens int) (where []string, order string) {
	switch v {
	case domain.OpOntvangst: // the key is never after parTot
		key := fmt.Sprintf("(dag, ontvangen_op, id) < (?%d, ?%d, ?%d)", grens+1, grens+2, grens+3)
		return []string{key, fmt.Sprintf("dag >= ?%d", parVan), gewijzigdNa()}, "dag DESC, ontvangen_op DESC, id DESC"
	case domain.OpWijziging: // the key is never before parNa
		key := fmt.Sprintf("(gewijzigd_op, id) > (?%d, ?%d)", grens+1, grens+2)
		return []string{key, periode()}, "gewijzigd_op, id"
	case domain.OpUrgentie:
	}
	key := fmt.Sprintf("urgentie > ?%d AND urgentie < ?%d", grens+1, grens)
	return []string{key, gewijzigdNa(), periode()}, "urgentie"
}

// selectStatussen gives every status that there is a melding of, by a step to the
// next one in the index each.
const selectStatussen = `WITH RECURSIVE statussen (status) AS (
  SELECT min(status) FROM melding INDEXED BY melding_status_ontvangst
  UNION ALL
  SELECT (SELECT min(status) FROM melding INDEXED BY melding_status_ontvangst WHERE melding.status > statussen.status)
  FROM statussen WHERE status IS NOT NULL
) SELECT status FROM statussen WHERE status IS NOT NULL`

func periode() string     { return fmt.Sprintf("dag BETWEEN ?%d AND ?%d", parVan, parTot) }
func gewijzigdNa() string { return fmt.Sprintf("gewijzigd_op > ?%d", parNa) }

// filters are the conditions of all filters by one value but of the column kolom: it
// is asked for or not.
func filters(kolom string) []string {
	var where []string
	for _, g := range gelijken() {
		if g.kolom != kolom {
			where = append(where, fmt.Sprintf("(?%d IS NULL OR %s = ?%d)", g.par, g.kolom, g.par))
		}
	}
	return where
}

// ingang is a filter that by itself may leave few rows, which are then read by
// its index and put in order here.
type ingang struct{ naam, index, where string }

// The names of the filters that are no gelijk.
const (
	opKlantkenmerk = "klantkenmerk"
	opPeriode      = "periode"
	opGewijzigdNa  = "gewijzigd na"
)

func ingangen() []ingang {
	all := []ingang{
		{opKlantkenmerk, "melding_klantkenmerk", fmt.Sprintf("klantkenmerk = ?%d", parKlantkenmerk)},
		{opPeriode, "melding_status_ontvangst", "status IN (" + selectStatussen + ") AND " + periode()},
		{opGewijzigdNa, "melding_wijziging", gewijzigdNa()},
	}
	for _, g := range gelijken() {
		all = append(all, ingang{g.kolom, "melding_" + g.kolom + "_wijziging", fmt.Sprintf("%s = ?%d", g.kolom, g.par)})
	}
	return all
}

// count counts what e leaves, up to ?parAantal.
func (e ingang) count() string {
	return fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM melding INDEXED BY %s WHERE %s LIMIT ?%d)`, e.index, e.where, parAantal)
}

// query reads the keys of all that e and the other filters leave.
func (e ingang) query() string {
	where := append([]string{e.where}, filters("")...)
	return fmt.Sprintf(`SELECT nr, id, urgentie, dag, ontvangen_op, gewijzigd_op
FROM melding INDEXED BY %s
WHERE %s`, e.index, strings.Join(append(where, periode(), gewijzigdNa()), " AND "))
}
