package storetest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// adviezenCases are about keeping all or none, and about ids.
func adviezenCases() map[string]testCase {
	return map[string]testCase{
		"an id that is not there is not found": func(t *testing.T, at Stores) {
			requireAbsent(t, at.Open(t), Entry(1))
		},
		"keeping no entries is fine": func(t *testing.T, at Stores) {
			s := at.Open(t)
			require.NoError(t, s.BewaarAdviezen(t.Context(), nil))
			require.NoError(t, s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{}))
		},
		"a thousand entries are kept in one call": func(t *testing.T, at Stores) {
			s := at.Open(t)
			entries := Entries(1, 1000)
			keep(t, s, entries...)
			requireKept(t, s, entries...)
		},
		"an id that is there is a conflict and changes nothing": conflictChangesNothing,
		"a conflict anywhere in a call keeps nothing of it":     conflictKeepsNothing,
		"an id twice in one call is a conflict":                 sameIDTwice,
		"after a conflict the store works on": func(t *testing.T, at Stores) {
			s := at.Open(t)
			keep(t, s, Entry(1))
			RequireFailure(t, s.BewaarAdviezen(t.Context(), Entries(1, 3)), domain.Conflict)
			keep(t, s, Entries(2, 3)...)
			requireKept(t, s, Entries(1, 3)...)
		},
	}
}

func conflictChangesNothing(t *testing.T, at Stores) {
	s := at.Open(t)
	keep(t, s, Entry(1))
	other := Entry(2)
	other.ID = Entry(1).ID
	RequireFailure(t, s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{other}), domain.Conflict)
	RequireFailure(t, s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{Entry(1)}), domain.Conflict)
	requireKept(t, s, Entry(1))
}

func conflictKeepsNothing(t *testing.T, at Stores) {
	for name, place := range map[string]int{"first": 0, "in the middle": 400, "last": 799} {
		t.Run(name, func(t *testing.T) {
			s := at.Open(t)
			keep(t, s, Entry(1))
			entries := slices.Insert(Entries(2, 800), place, Entry(1))
			RequireFailure(t, s.BewaarAdviezen(t.Context(), entries), domain.Conflict)
			requireKept(t, s, Entry(1))
			requireAbsent(t, s, Entries(2, 800)...)
		})
	}
}

func sameIDTwice(t *testing.T, at Stores) {
	s := at.Open(t)
	RequireFailure(t, s.BewaarAdviezen(t.Context(), append(Entries(1, 3), Entry(2))), domain.Conflict)
	requireAbsent(t, s, Entries(1, 3)...)
}
