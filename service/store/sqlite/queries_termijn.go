package sqlite

import (
	"fmt"
	"strings"
)

const (
	// An update that changes nothing is left out, and with it what its triggers do.
	upsertTermijn = `INSERT INTO termijn (melding, nr, soort, start, eind, aandacht, voldaan, afloop, aanbieder, sector, behandelaar)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (melding, nr) DO UPDATE SET soort = excluded.soort, start = excluded.start, eind = excluded.eind,
  aandacht = excluded.aandacht, voldaan = excluded.voldaan, afloop = excluded.afloop,
  aanbieder = excluded.aanbieder, sector = excluded.sector, behandelaar = excluded.behandelaar
WHERE (soort, start, eind, aandacht, voldaan, afloop, aanbieder, sector, behandelaar) IS NOT
  (excluded.soort, excluded.start, excluded.eind, excluded.aandacht, excluded.voldaan, excluded.afloop,
   excluded.aanbieder, excluded.sector, excluded.behandelaar)`

	// Those but the numbers that are kept, each between bars.
	deleteTermijnen = `DELETE FROM termijn WHERE melding = ?1 AND instr(?2, '|' || nr || '|') = 0`

	selectTermijnTelling = `SELECT soort, eind, aandacht, sum(aantal) FROM termijn_telling
WHERE eind BETWEEN ?1 AND ?2 AND aandacht BETWEEN ?3 AND ?4 AND (?5 IS NULL OR sector = ?5)
GROUP BY eind, soort, aandacht`

	// Of the provider ?1, or those behind ?2: what ended, and what passed before ?5.
	selectStiptheid = `SELECT aanbieder, sector, afloop FROM termijn INDEXED BY termijn_aanbieder
WHERE soort = 'reactie_aanbieder' AND aanbieder <> '' AND %s AND eind BETWEEN ?3 AND ?4 AND (afloop <> '' OR eind < ?5)
ORDER BY aanbieder`
	// Up to a number.
	countGewijzigd = `SELECT count(*) FROM (SELECT 1 FROM melding INDEXED BY melding_wijziging WHERE gewijzigd_op > ? LIMIT ?)`

	eenAanbieder    = `aanbieder = ?1`
	latereAanbieder = `aanbieder > ?2`
)

// The parameters of a list of terms by their numbers.
const (
	parTBehandelaar = 1 + iota
	parTAanbieder
	parTSoort
	parTSector
	parTAfloop
	parTTot
	parTAandachtVan
	parTAandachtTot
	parTSoorten // each between bars
	parTAantal
	parTSleutel // eind, melding, nr
	parTNa      = parTSleutel + 3
)

// termijnLijst is a list of terms that is a range of an index. Of one with a filter
// the rows are counted one by one, of the others by termijn_telling.
type termijnLijst struct {
	naam, index, bereik string
	filter              bool
}

func termijnLijsten() []termijnLijst {
	open := "afloop = ''"
	return []termijnLijst{
		{"eind", "eind", open, false},
		{"soort", "soort", fmt.Sprintf("%s AND soort = ?%d", open, parTSoort), false},
		{"aanbieder", "aanbieder", fmt.Sprintf("%s AND aanbieder <> '' AND aanbieder = ?%d", open, parTAanbieder), true},
		{"behandelaar", "behandelaar", fmt.Sprintf("%s AND behandelaar <> '' AND behandelaar = ?%d", open, parTBehandelaar), true},
		{"antwoord", "aanbieder", fmt.Sprintf("aanbieder <> '' AND aanbieder = ?%d AND afloop = ?%d AND soort = 'reactie_aanbieder'", parTAanbieder, parTAfloop), false},
	}
}

// where are all conditions of a list: what its index does not hold one value of is
// filtered row by row.
func (l termijnLijst) where() string {
	all := []string{
		l.bereik,
		fmt.Sprintf("(eind, melding, nr) > (?%d, ?%d, ?%d) AND eind <= ?%d", parTSleutel, parTSleutel+1, parTSleutel+2, parTTot),
		fmt.Sprintf("aandacht BETWEEN ?%d AND ?%d", parTAandachtVan, parTAandachtTot),
		fmt.Sprintf("(?%d IS NULL OR instr(?%d, '|' || soort || '|') > 0)", parTSoorten, parTSoorten),
		fmt.Sprintf("(?%d IS NULL OR (SELECT gewijzigd_op FROM melding WHERE id = t.melding) > ?%d)", parTNa, parTNa),
	}
	for kolom, par := range map[string]int{"sector": parTSector, "aanbieder": parTAanbieder, "behandelaar": parTBehandelaar} {
		if kolom != l.naam && (l.naam != "antwoord" || kolom != "aanbieder") {
			all = append(all, fmt.Sprintf("(?%d IS NULL OR %s = ?%d)", par, kolom, par))
		}
	}
	return strings.Join(all, "\n  AND ")
}

// query reads a page of l.
func (l termijnLijst) query() string {
	return fmt.Sprintf(`SELECT melding, (SELECT kenmerk FROM melding WHERE id = t.melding), nr, soort, start, eind, aandacht, voldaan, afloop,
  aanbieder, behandelaar, sector
FROM termijn AS t INDEXED BY termijn_%s
WHERE %s
ORDER BY eind, melding, nr LIMIT ?%d`, l.index, l.where(), parTAantal)
}

// telling reads what all rows of l have in common with others.
func (l termijnLijst) telling() string {
	return fmt.Sprintf(`SELECT soort, eind, aandacht, 1 FROM termijn AS t INDEXED BY termijn_%s
WHERE %s`, l.index, l.where())
}

// gewijzigdeTermijnen reads the terms of meldingen that changed, in no order: all
// conditions but where a page begins.
func gewijzigdeTermijnen() string {
	all := []string{
		fmt.Sprintf("m.gewijzigd_op > ?%d AND t.afloop = ?%d AND (?%d = '' OR t.soort = 'reactie_aanbieder')", parTNa, parTAfloop, parTAfloop),
		fmt.Sprintf("t.eind BETWEEN ?%d AND ?%d AND t.aandacht BETWEEN ?%d AND ?%d", parTSleutel, parTTot, parTAandachtVan, parTAandachtTot),
		fmt.Sprintf("(?%d IS NULL OR instr(?%d, '|' || t.soort || '|') > 0)", parTSoorten, parTSoorten),
	}
	for _, f := range []gelijk{{"t.sector", parTSector}, {"t.aanbieder", parTAanbieder}, {"t.behandelaar", parTBehandelaar}} {
		all = append(all, fmt.Sprintf("(?%d IS NULL OR %s = ?%d)", f.par, f.kolom, f.par))
	}
	return `SELECT t.melding, m.kenmerk, t.nr, t.soort, t.start, t.eind, t.aandacht, t.voldaan, t.afloop, t.aanbieder, t.behandelaar, t.sector
FROM melding AS m INDEXED BY melding_wijziging CROSS JOIN termijn AS t ON t.melding = m.id
WHERE ` + strings.Join(all, "\n  AND ")
}
