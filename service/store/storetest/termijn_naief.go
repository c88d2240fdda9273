package storetest

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// wantedTermijnen is the list that q asks for of all, put together the simplest way.
func wantedTermijnen(all []domain.Melding, q domain.TermijnVraag) []domain.TermijnRegel {
	var list []domain.TermijnRegel
	for i := range all {
		for _, row := range all[i].TermijnRegels() {
			if asks(q, row) && (q.GewijzigdNa.IsZero() || all[i].GewijzigdOp.After(q.GewijzigdNa)) {
				list = append(list, row)
			}
		}
	}
	slices.SortFunc(list, func(a, b domain.TermijnRegel) int {
		return cmp.Or(a.Einddatum.Compare(b.Einddatum), cmp.Compare(a.MeldingID, b.MeldingID), cmp.Compare(a.Nr, b.Nr))
	})
	return list
}

// asks reports that q asks for row.
func asks(q domain.TermijnVraag, row domain.TermijnRegel) bool {
	if q.Afloop != "" && row.Soort != term.ReactieAanbieder {
		return false
	}
	return row.Afloop == q.Afloop && (len(q.Aarden) == 0 || slices.Contains(q.Aarden, row.TermijnAard)) &&
		either(q.AanbiederID, row.AanbiederID) && either(q.Behandelaar, row.Behandelaar) && either(q.Sector, row.Sector) &&
		within(row.Einddatum, q.Van, q.Tot) && within(row.Aandacht, q.AandachtVan, q.AandachtTot)
}

// within reports that d lies between two days, of which a zero one is no bound.
func within(d, van, tot term.Date) bool {
	return (van.IsZero() || !d.Before(van)) && (tot.IsZero() || !d.After(tot))
}

// termijnPages reads the list that q asks for page by page, with between after each.
func termijnPages(t *testing.T, s store.Store, q domain.TermijnVraag, between func()) []domain.TermijnRegel {
	t.Helper()
	return bladzijden(t, q.Aantal, func(na string) ([]domain.TermijnRegel, string, error) {
		q.Na = na
		page, err := s.Termijnen(t.Context(), q)
		return page.Regels, page.Volgende, err
	}, between)
}

// requireTermijnen requires that the list q asks for is the one of all, in pages of
// aantal.
func requireTermijnen(t *testing.T, s store.Store, all []domain.Melding, q domain.TermijnVraag, aantal int) {
	t.Helper()
	q.Aantal = aantal
	want := wantedTermijnen(all, q)
	if aantal == 1 && len(want) > 20 { // one by one takes long, and the first tell enough
		page, err := s.Termijnen(t.Context(), q)
		require.NoError(t, err)
		require.Equal(t, want[:1], page.Regels, "%+v", q)
		return
	}
	require.Equal(t, want, termijnPages(t, s, q, func() {}), "%+v", q)
}

// requireTelling requires that what q asks for is counted as of all.
func requireTelling(t *testing.T, s store.Store, all []domain.Melding, q domain.TermijnVraag) {
	t.Helper()
	if q.Afloop != "" {
		return
	}
	want, got := map[domain.TermijnAantal]int{}, map[domain.TermijnAantal]int{}
	for _, row := range wantedTermijnen(all, q) {
		want[domain.TermijnAantal{TermijnAard: row.TermijnAard, Einddatum: row.Einddatum, Aandacht: row.Aandacht}]++
	}
	counted, err := s.TelTermijnen(t.Context(), q)
	require.NoError(t, err)
	q.Tel, q.Aantal = true, 1
	page, err := s.Termijnen(t.Context(), q)
	require.NoError(t, err)
	for _, list := range [][]domain.TermijnAantal{counted, page.Aantallen} {
		clear(got)
		for _, a := range list {
			n := a.Aantal
			a.Aantal = 0
			got[a] += n
		}
		require.Equal(t, want, got, "%+v", q)
	}
}

// wantedStiptheid is what q counts of all, the simplest way.
func wantedStiptheid(all []domain.Melding, q domain.StiptheidVraag) []domain.Stiptheid {
	figures := map[[2]string]domain.Stiptheid{}
	for i := range all {
		for _, row := range all[i].TermijnRegels() {
			ended := row.Afloop
			if ended == "" && row.Einddatum.Before(q.Vandaag) {
				ended = domain.Nooit
			}
			if ended == "" || row.Soort != term.ReactieAanbieder || row.AanbiederID == "" || !either(q.AanbiederID, row.AanbiederID) ||
				!within(row.Einddatum, q.Van, q.Tot) {
				continue
			}
			f := figures[[2]string{row.AanbiederID, row.Sector}]
			f.AanbiederID, f.Sector = row.AanbiederID, row.Sector
			f.Tel(ended, 1)
			figures[[2]string{row.AanbiederID, row.Sector}] = f
		}
	}
	var list []domain.Stiptheid
	for _, f := range figures {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b domain.Stiptheid) int {
		return cmp.Or(cmp.Compare(a.AanbiederID, b.AanbiederID), cmp.Compare(a.Sector, b.Sector))
	})
	return list
}
