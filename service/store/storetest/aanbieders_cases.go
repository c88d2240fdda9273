package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// aanbiedersCases are about the list of providers.
func aanbiedersCases() map[string]testCase {
	return map[string]testCase{
		"providers come by name, then id, page by page":        aanbiedersByName,
		"providers are found by words and numbers":             aanbiedersFound,
		"providers that changed after a moment come by name":   aanbiedersChanged,
		"a provider changes as it is added to, and never back": aanbiederChanges,
		"a key that is none of the providers' list is refused": refusedAanbiederCursors,
		"pages of providers neither skip nor repeat meanwhile": aanbiedersWhileWriting,
	}
}

// aanbieders reads the providers that are found by zoek page by page, with between after each.
func aanbieders(t *testing.T, s store.Store, zoek string, aantal int, between func()) []domain.Aanbieder {
	t.Helper()
	return aanbiederPaginas(t, s, domain.AanbiederVraag{Zoek: zoek, Aantal: aantal}, between)
}

// aanbiederPaginas reads the list that q asks for page by page, with between after each.
func aanbiederPaginas(t *testing.T, s store.Store, q domain.AanbiederVraag, between func()) []domain.Aanbieder {
	t.Helper()
	return bladzijden(t, q.Aantal, func(na string) ([]domain.Aanbieder, string, error) {
		q.Na = na
		page, err := s.Aanbieders(t.Context(), q)
		return page.Aanbieders, page.Volgende, err
	}, between)
}

// byName puts providers in their order: names as they are compared, then ids.
func byName(list []domain.Aanbieder) []domain.Aanbieder {
	slices.SortFunc(list, func(a, b domain.Aanbieder) int {
		return cmp.Or(strings.Compare(domain.Zoekvorm(a.Naam), domain.Zoekvorm(b.Naam)), strings.Compare(a.ID, b.ID))
	})
	return list
}

// anyAanbieders are n providers, of which several share a name.
func anyAanbieders(seed uint64, n int) []domain.Aanbieder {
	r := rand.New(rand.NewPCG(seed, 0))
	list := make([]domain.Aanbieder, n)
	for i := range list {
		list[i] = Aanbieder(i)
		list[i].ID = fmt.Sprintf("%08x", r.Uint32())
		list[i].Naam = pick(r, "de ", "De ", "'t ", "Ziekenhuis ", "") + pick(r, "Zon", "Één", "Abel", "Ijssel", "zon & maan", "9 straatjes")
		list[i].Plaats = pick(r, "", "Emmen", "Den Haag", "'s-Hertogenbosch", "Zonhoven")
	}
	return list
}

func aanbiedersByName(t *testing.T, at Stores) {
	s := at.Open(t)
	require.Empty(t, aanbieders(t, s, "", 5, func() {}))
	all := anyAanbieders(31, 60)
	vestig(t, s, all...)
	for _, aantal := range []int{1, 7, 59, 60, 61} {
		require.Equal(t, byName(all), aanbieders(t, s, "", aantal, func() {}))
	}
}

// veranderdeAanbieders are those of list that changed after na.
func veranderdeAanbieders(list []domain.Aanbieder, na time.Time) []domain.Aanbieder {
	return slices.DeleteFunc(slices.Clone(list), func(a domain.Aanbieder) bool { return !a.GewijzigdOp.After(na) })
}

func aanbiedersChanged(t *testing.T, at Stores) {
	s := at.Open(t)
	all := anyAanbieders(35, 60)
	vestig(t, s, all...)
	byName(all)
	for _, at := range []time.Time{Aanbieder(0).GewijzigdOp.Add(-1), Aanbieder(0).GewijzigdOp, Aanbieder(40).GewijzigdOp, Aanbieder(59).GewijzigdOp} {
		for _, aantal := range []int{1, 7, 60} {
			got := aanbiederPaginas(t, s, domain.AanbiederVraag{GewijzigdNa: at, Aantal: aantal}, func() {})
			require.ElementsMatch(t, veranderdeAanbieders(all, at), got)
			require.True(t, slices.EqualFunc(veranderdeAanbieders(all, at), got, func(a, b domain.Aanbieder) bool { return a == b }), "by name")
		}
	}
}

func aanbiederChanges(t *testing.T, at Stores) {
	s := at.Open(t)
	then := Aanbieder(1).GewijzigdOp
	vestig(t, s, domain.Aanbieder{ID: "een", Naam: "Een", Plaats: "Ede", GewijzigdOp: then})
	told := func(agb, kvk string, at time.Time) domain.Aanbieder {
		return domain.Aanbieder{ID: "nieuw", Naam: "Een", Plaats: "Ede", AgbCode: agb, KvkNummer: kvk, GewijzigdOp: at}
	}
	kept := func(agb, kvk string, at time.Time) domain.Aanbieder {
		k := told(agb, kvk, at)
		k.ID = "een"
		return k
	}
	requireVestig(t, s, kept("", "", then), told("", "", then.Add(time.Hour)))
	requireVestig(t, s, kept("00000001", "", then.Add(time.Hour)), told("00000001", "", then.Add(time.Hour)))
	requireVestig(t, s, kept("00000001", "00000002", then.Add(time.Hour)), told("", "00000002", then))
}

func aanbiedersFound(t *testing.T, at Stores) {
	s := at.Open(t)
	all := anyAanbieders(33, 60)
	vestig(t, s, all...)
	found := 0
	for _, zoek := range []string{
		"zon", "ZON", "  zon  maan ", "maan zon", "zon & maan", "een", "één", "'t", "t", "haag", "Den Haag zon", "zon emmen", "emmen zon de", "on", "sel",
		"s hertogenbosch", "9", "weg", "zon weg", "zon de s den h haag", "zon de s den h weg", "---", "%", "_", "zo%n", all[3].KvkNummer, all[4].Vestigingsnummer, all[5].AgbCode, "6000 0007",
		all[6].KvkNummer[:7], all[6].KvkNummer + "0",
		all[7].Naam + " " + all[7].KvkNummer, all[8].AgbCode + " " + all[8].Plaats + " " + all[8].Vestigingsnummer, "weg " + all[9].KvkNummer, all[9].KvkNummer + " " + all[10].KvkNummer,
	} {
		t.Run(zoek, func(t *testing.T) {
			words := strings.Fields(domain.Zoekvorm(zoek))
			var want []domain.Aanbieder
			for _, a := range all {
				text, number := domain.Zoekvorm(a.Naam)+" "+domain.Zoekvorm(a.Plaats), strings.Join(words, "")
				holds := true
				for _, w := range words {
					holds = holds && (strings.Contains(text, w) || w == a.KvkNummer || w == a.Vestigingsnummer || w == a.AgbCode)
				}
				if holds || number == a.KvkNummer || number == a.Vestigingsnummer || number == a.AgbCode {
					want = append(want, a)
				}
			}
			require.Equal(t, byName(want), aanbieders(t, s, zoek, 4, func() {}))
			found += len(want)
		})
	}
	require.Greater(t, found, 100)
}

func refusedAanbiederCursors(t *testing.T, at Stores) {
	s, _ := keptMeldingen(t, at, 35)
	vestig(t, s, anyAanbieders(35, 20)...)
	page, err := s.Aanbieders(t.Context(), domain.AanbiederVraag{Aantal: 3})
	require.NoError(t, err)
	refused := garbage(page.Volgende)
	for _, v := range volgordes() {
		list, err := s.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: v, Aantal: 3})
		require.NoError(t, err)
		refused = append(refused, list.Volgende)
		_, err = s.Meldingen(t.Context(), domain.MeldingVraag{Volgorde: v, Aantal: 3, Na: page.Volgende})
		requireRefusedCursor(t, err)
	}
	for _, key := range refused {
		got, err := s.Aanbieders(t.Context(), domain.AanbiederVraag{Aantal: 3, Na: key})
		requireRefusedCursor(t, err)
		require.Empty(t, got)
	}
}

func aanbiedersWhileWriting(t *testing.T, at Stores) {
	s := at.Open(t)
	all, later := anyAanbieders(37, 50), anyAanbieders(38, 100)[50:]
	vestig(t, s, all...)
	n := 0
	list := aanbieders(t, s, "", 5, func() {
		vestig(t, s, later[n])
		n++
	})
	seen := map[string]int{}
	for _, a := range list {
		seen[a.ID]++
	}
	for _, a := range all {
		require.Equal(t, 1, seen[a.ID])
	}
	require.Positive(t, n)
}
