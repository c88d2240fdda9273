package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// aanbiederCases are about which provider is which.
func aanbiederCases() map[string]testCase {
	return map[string]testCase{
		"a provider that is not there is not found": func(t *testing.T, at Stores) {
			_, err := at.Open(t).Aanbieder(t.Context(), aanbiederID(1))
			requireRefusal(t, err, domain.NotFound, "fout.aanbieder_onbekend")
		},
		"a provider is made with its own id and comes back exactly":    exactAanbieder,
		"who names a known provider gets the one that is kept":         knownAanbieder,
		"the strongest name that is known decides":                     strongestDecides,
		"what is told and not known is added, and what is known stays": addedAanbieder,
		"a name never moves to another provider":                       namesStay,
		"of many who name a provider at once one makes it":             parallelVestig,
		"of many who name a provider differently at once one makes it": parallelPartly,
		"a provider without any name is another one every time":        nameless,
		"a provider outlives the process, with its names": func(t *testing.T, at Stores) {
			s := at.Open(t)
			vestig(t, s, Aanbieder(1))
			s = at.Reopen(t, s)
			requireVestig(t, s, Aanbieder(1), domain.Aanbieder{ID: "nieuw", AgbCode: Aanbieder(1).AgbCode})
		},
	}
}

// Aanbieder is provider n, with all that can be known.
func Aanbieder(n int) domain.Aanbieder {
	return domain.Aanbieder{
		ID: aanbiederID(n), Naam: fmt.Sprintf("Zorgcentrum De Één %d", n), Plaats: "'s-Gravenhage",
		KvkNummer: fmt.Sprintf("%08d", 60_000_000+n), Vestigingsnummer: fmt.Sprintf("%012d", 40_000_000+n), AgbCode: fmt.Sprintf("%08d", 22_000_000+n),
		GewijzigdOp: time.UnixMilli(1_795_000_000_000 + int64(n)).UTC(),
	}
}

func vestig(t *testing.T, s store.Store, list ...domain.Aanbieder) {
	t.Helper()
	for _, a := range list {
		requireVestig(t, s, a, a)
	}
}

// requireVestig requires that asked is the provider want, and that want is what
// is kept from then on.
func requireVestig(t *testing.T, s store.Store, want, asked domain.Aanbieder) {
	t.Helper()
	got, err := s.Vestig(t.Context(), asked)
	require.NoError(t, err)
	require.Equal(t, want, got)
	got, err = s.Aanbieder(t.Context(), want.ID)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func exactAanbieder(t *testing.T, at Stores) {
	s := at.Open(t)
	vestig(t, s, Aanbieder(1), Aanbieder(2), domain.Aanbieder{ID: "kaal", Naam: "Kaal"}, domain.Aanbieder{ID: "agb", AgbCode: "00000001"})
	for name, text := range OddStrings() {
		t.Run(name, func(t *testing.T) {
			vestig(t, s, domain.Aanbieder{ID: "id " + text, Naam: "a " + name + text, Plaats: text})
		})
	}
}

func knownAanbieder(t *testing.T, at Stores) {
	s := at.Open(t)
	kept := Aanbieder(1)
	kept.Vestigingsnummer = ""
	vestig(t, s, kept, Aanbieder(2))
	for name, asked := range map[string]domain.Aanbieder{
		"the same":             kept,
		"its code":             {AgbCode: kept.AgbCode},
		"its company":          {KvkNummer: kept.KvkNummer},
		"its name and place":   {Naam: kept.Naam, Plaats: kept.Plaats},
		"its name as compared": {Naam: "ZORGCENTRUM  de een (1)", Plaats: "s Gravenhage"},
		"a number and a name":  {KvkNummer: kept.KvkNummer, Naam: "Heel anders"},
	} {
		t.Run(name, func(t *testing.T) {
			asked.ID = "nieuw " + name
			requireVestig(t, s, kept, asked)
			_, err := s.Aanbieder(t.Context(), asked.ID)
			RequireFailure(t, err, domain.NotFound)
		})
	}
	for name, asked := range map[string]domain.Aanbieder{
		"its name in another place":        {Naam: kept.Naam, Plaats: "Zwolle"},
		"its name, place unknown":          {Naam: kept.Naam},
		"its name with another company":    {Naam: kept.Naam, Plaats: kept.Plaats, KvkNummer: "87654321"},
		"its name with another code":       {Naam: kept.Naam, Plaats: kept.Plaats, AgbCode: "87654321"},
		"a code that looks like a company": {AgbCode: kept.KvkNummer},
	} {
		t.Run(name, func(t *testing.T) {
			asked.ID = "nieuw " + name
			requireVestig(t, s, asked, asked)
		})
	}
}

func strongestDecides(t *testing.T, at Stores) {
	s := at.Open(t)
	vestiging, agb, kvk, naam := domain.Aanbieder{ID: "vestiging", Vestigingsnummer: "000000000001"}, domain.Aanbieder{ID: "agb", AgbCode: "00000002"},
		domain.Aanbieder{ID: "kvk", KvkNummer: "00000003"}, domain.Aanbieder{ID: "naam", Naam: "Vier", Plaats: "Emmen"}
	vestig(t, s, vestiging, agb, kvk, naam)
	all := domain.Aanbieder{ID: "nieuw", Vestigingsnummer: "000000000001", AgbCode: "00000002", KvkNummer: "00000003", Naam: "Vier", Plaats: "Emmen"}
	requireVestig(t, s, domain.Aanbieder{
		ID: "vestiging", Vestigingsnummer: all.Vestigingsnummer, AgbCode: all.AgbCode, KvkNummer: all.KvkNummer, Naam: all.Naam, Plaats: all.Plaats,
	}, all)
	for _, weaker := range []domain.Aanbieder{agb, kvk, naam} { // their names are still theirs
		asked := weaker
		asked.ID = "nieuw"
		requireVestig(t, s, weaker, asked)
	}
	requireVestig(t, s, domain.Aanbieder{ID: "agb", AgbCode: "00000002", KvkNummer: "00000003"},
		domain.Aanbieder{ID: "nieuw", AgbCode: "00000002", KvkNummer: "00000003"})
}

func addedAanbieder(t *testing.T, at Stores) {
	s := at.Open(t)
	vestig(t, s, domain.Aanbieder{ID: "een", Naam: "Een", Plaats: "Ede"})
	want := domain.Aanbieder{ID: "een", Naam: "Een", Plaats: "Ede", AgbCode: "00000001"}
	requireVestig(t, s, want, domain.Aanbieder{ID: "nieuw", Naam: "EEN", Plaats: "ede", AgbCode: "00000001"})
	want.KvkNummer = "00000002"
	requireVestig(t, s, want, domain.Aanbieder{ID: "nieuw", Naam: "Anders", Plaats: "Elders", AgbCode: "00000001", KvkNummer: "00000002"})
	for _, asked := range []domain.Aanbieder{ // what was added finds it
		{AgbCode: "00000001"}, {KvkNummer: "00000002"}, {Naam: "een", Plaats: "EDE"}, {AgbCode: "00000001", KvkNummer: "00000009"},
	} {
		asked.ID = "nieuw"
		requireVestig(t, s, want, asked)
	}
}

func namesStay(t *testing.T, at Stores) {
	s := at.Open(t)
	one := domain.Aanbieder{ID: "een", Naam: "Zorg", Plaats: "Ede", KvkNummer: "00000001"}
	two := domain.Aanbieder{ID: "twee", Naam: "Zorg", Plaats: "Ede", KvkNummer: "00000002"}
	vestig(t, s, one, two) // the name was taken, the number says that it is another
	requireVestig(t, s, one, domain.Aanbieder{ID: "nieuw", Naam: "Zorg", Plaats: "Ede"})
	requireVestig(t, s, two, domain.Aanbieder{ID: "nieuw", KvkNummer: "00000002"})
	vestig(t, s, domain.Aanbieder{ID: "drie", AgbCode: "00000003"})
	requireVestig(t, s, domain.Aanbieder{ID: "drie", AgbCode: "00000003", KvkNummer: "00000001", Naam: "Drie"},
		domain.Aanbieder{ID: "nieuw", AgbCode: "00000003", KvkNummer: "00000001", Naam: "Drie"})
	requireVestig(t, s, one, domain.Aanbieder{ID: "nieuw", KvkNummer: "00000001"})
}

func parallelVestig(t *testing.T, at Stores) {
	s := at.Open(t)
	var got [20]domain.Aanbieder
	together(len(got), func(i int) {
		asked := Aanbieder(1)
		asked.ID = fmt.Sprint("nummer ", i)
		var err error
		got[i], err = s.Vestig(t.Context(), asked)
		assert.NoError(t, err)
	})
	requireOneAanbieder(t, s, got[:], 20)
}

// requireOneAanbieder requires that all were given the same provider, the only
// one there is of the callers.
func requireOneAanbieder(t *testing.T, s store.Store, given []domain.Aanbieder, callers int) {
	t.Helper()
	for _, a := range given {
		require.Equal(t, given[0].ID, a.ID)
	}
	for i := range callers {
		_, err := s.Aanbieder(t.Context(), fmt.Sprint("nummer ", i))
		if fmt.Sprint("nummer ", i) == given[0].ID {
			require.NoError(t, err)
			continue
		}
		RequireFailure(t, err, domain.NotFound)
	}
	told, err := s.Telling(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, told.Aanbieders)
}

func parallelPartly(t *testing.T, at Stores) {
	s := at.Open(t)
	whole := Aanbieder(1)
	var got [20]domain.Aanbieder
	together(len(got), func(i int) {
		asked := domain.Aanbieder{ID: fmt.Sprint("nummer ", i), AgbCode: whole.AgbCode, GewijzigdOp: whole.GewijzigdOp}
		switch i % 3 {
		case 0:
			asked.Naam, asked.Plaats = whole.Naam, whole.Plaats
		case 1:
			asked.Vestigingsnummer, asked.KvkNummer = whole.Vestigingsnummer, whole.KvkNummer
		}
		var err error
		got[i], err = s.Vestig(t.Context(), asked)
		assert.NoError(t, err)
	})
	requireOneAanbieder(t, s, got[:], 20)
	whole.ID = got[0].ID
	requireVestig(t, s, whole, domain.Aanbieder{ID: "later", AgbCode: whole.AgbCode})
}

func nameless(t *testing.T, at Stores) {
	s := at.Open(t)
	vestig(t, s, domain.Aanbieder{ID: "een"}, domain.Aanbieder{ID: "twee"})
}
