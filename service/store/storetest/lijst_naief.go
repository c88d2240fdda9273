package storetest

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// volgordes are all orders.
func volgordes() []domain.Volgorde {
	return []domain.Volgorde{domain.OpUrgentie, domain.OpOntvangst, domain.OpWijziging}
}

// wanted is the list that q asks for of all, put together the simplest way.
func wanted(all []domain.Melding, q domain.MeldingVraag) []domain.Melding {
	var list []domain.Melding
	for _, m := range all {
		if matches(&m, q) {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b domain.Melding) int { return compare(&a, &b, q.Volgorde) })
	return list
}

func matches(m *domain.Melding, q domain.MeldingVraag) bool {
	return either(q.Status, m.Status) && either(q.Advies, m.Advies.Advies) && either(q.AanbiederID, m.AanbiederID) && either(q.Behandelaar, m.Behandelaar) &&
		either(q.Sector, m.Sector) && either(q.TermijnStatus, m.TermijnStatus()) && either(q.Klantkenmerk, m.Opgave.Klantkenmerk) &&
		(q.Van.IsZero() || !m.Dag.Before(q.Van)) && (q.Tot.IsZero() || !m.Dag.After(q.Tot)) &&
		(q.GewijzigdNa.IsZero() || m.GewijzigdOp.After(q.GewijzigdNa))
}

// either reports that value is asked, or that nothing is asked.
func either[T ~string](asked, value T) bool { return asked == "" || asked == value }

func compare(a, b *domain.Melding, v domain.Volgorde) int {
	switch v {
	case domain.OpOntvangst:
		return -cmp.Or(a.Dag.Compare(b.Dag), a.OntvangenOp.Compare(b.OntvangenOp), cmp.Compare(a.ID, b.ID))
	case domain.OpWijziging:
		return cmp.Or(a.GewijzigdOp.Compare(b.GewijzigdOp), cmp.Compare(a.ID, b.ID))
	case domain.OpUrgentie:
	}
	return cmp.Compare(a.Urgentie(), b.Urgentie())
}

// pages reads the list that q asks for page by page, with between after each.
func pages(t *testing.T, s store.Store, q domain.MeldingVraag, between func()) []domain.Melding {
	t.Helper()
	return bladzijden(t, q.Aantal, func(na string) ([]domain.Melding, string, error) {
		q.Na = na
		page, err := s.Meldingen(t.Context(), q)
		return page.Meldingen, page.Volgende, err
	}, between)
}

// requireList requires that the list q asks for is the one of all, in pages of
// aantal.
func requireList(t *testing.T, s store.Store, all []domain.Melding, q domain.MeldingVraag, aantal int) {
	t.Helper()
	q.Aantal = aantal
	want, got := wanted(all, q), pages(t, s, q, func() {})
	require.Equal(t, ids(want), ids(got), "%+v", q)
	for i := 0; i < len(want); i += 16 { // what a melding holds has cases of its own
		require.Equal(t, want[i], got[i])
	}
}

func ids(list []domain.Melding) []string {
	found := make([]string, len(list))
	for i := range list {
		found[i] = list[i].ID
	}
	return found
}
