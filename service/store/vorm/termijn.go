package vorm

import (
	"cmp"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// AardTekst is the text by which terms are found of what they are.
func AardTekst(a domain.TermijnAard) string {
	if a.Partij == "" {
		return string(a.Soort)
	}
	return string(a.Soort) + "/" + string(a.Partij)
}

// AardVan reads what AardTekst wrote.
func AardVan(text string) domain.TermijnAard {
	soort, partij, _ := strings.Cut(text, "/")
	return domain.TermijnAard{Soort: term.Soort(soort), Partij: domain.Partij(partij)}
}

// AardTeksten are the texts of all, each once, in order.
func AardTeksten(all []domain.TermijnAard) []string {
	texts := Each(all, AardTekst)
	slices.Sort(texts)
	return slices.Compact(texts)
}

// VergelijkTermijnen compares by the order of the lists.
func VergelijkTermijnen(a, b domain.TermijnRegel) int {
	return cmp.Or(a.Einddatum.Compare(b.Einddatum), cmp.Compare(a.MeldingID, b.MeldingID), cmp.Compare(a.Nr, b.Nr))
}

// TelTermijnen counts the rows that are alike.
func TelTermijnen(rows []domain.TermijnRegel) []domain.TermijnAantal {
	var list []domain.TermijnAantal
	place := map[domain.TermijnAantal]int{}
	for _, r := range rows {
		alike := domain.TermijnAantal{TermijnAard: r.TermijnAard, Einddatum: r.Einddatum, Aandacht: r.Aandacht}
		i, there := place[alike]
		if !there {
			i = len(list)
			place[alike], list = i, append(list, alike)
		}
		list[i].Aantal++
	}
	return list
}

// TermijnPagina is the page of the first n of rows, which hold more than n when
// there is a next one.
func TermijnPagina(rows []domain.TermijnRegel, n int) (domain.TermijnPagina, error) {
	if len(rows) <= n {
		return domain.TermijnPagina{Regels: rows}, nil
	}
	last := rows[n-1]
	next, err := domain.EncodeCursor(domain.LijstTermijnen, DateNumber(last.Einddatum), last.MeldingID, last.Nr)
	if err != nil {
		return domain.TermijnPagina{}, err
	}
	return domain.TermijnPagina{Regels: rows[:n:n], Volgende: next}, nil
}
