package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// meldingCases are about keeping and replacing.
func meldingCases() map[string]testCase {
	return map[string]testCase{
		"a melding that is not there is not found": func(t *testing.T, at Stores) {
			s := at.Open(t)
			requireNoMelding(t, s, Melding(1))
			err := Vervang(t.Context(), s, Melding(1), Entries(1, 2))
			requireRefusal(t, err, domain.NotFound, "fout.melding_onbekend")
			requireNoMelding(t, s, Melding(1))
			requireAbsent(t, s, Entries(1, 2)...)
		},
		"a melding is kept as revision 1 with its advices": func(t *testing.T, at Stores) {
			s := at.Open(t)
			m := Melding(1)
			m.Rev = 77
			require.NoError(t, Bewaar(t.Context(), s, m, Entries(1, 3)))
			requireMelding(t, s, Melding(1))
			requireKept(t, s, Entries(1, 3)...)
		},
		"a refused melding keeps nothing, its advices neither":            refusedMelding,
		"a refused replacement changes nothing and keeps no advice":       refusedReplacement,
		"a replacement is the next revision, with its advices":            replacement,
		"an id, a kenmerk and a client never change":                      neverChange,
		"replacing never changes what was first kept":                     firstKept,
		"a klantkenmerk is unique per client and can be given up":         klantkenmerk,
		"of many replacements of one revision exactly one is kept":        parallelReplacements,
		"of many meldingen with one klantkenmerk exactly one is kept":     parallelKlantkenmerk,
		"what many callers receive at once is all kept":                   parallelMeldingen,
		"a melding and its advices are seen together while they are kept": meldingSeenWhole,
	}
}

// changedMelding is Melding(1) as somebody changed it.
func changedMelding(sector string) domain.Melding {
	m := Melding(1)
	m.Versie++
	m.Sector, m.GewijzigdOp = sector, m.GewijzigdOp.AddDate(0, 0, 1)
	m.Eerdere = append(m.Eerdere, m.Advies)
	m.Advies = domain.MeldingAdvies{ID: Entry(2).ID, Op: m.GewijzigdOp, Advies: domain.Registreren}
	return m
}

func refusedMelding(t *testing.T, at Stores) {
	s := at.Open(t)
	require.NoError(t, Bewaar(t.Context(), s, Melding(1), Entries(1, 1)))
	for name, c := range map[string]struct {
		change func(*domain.Melding)
		given  []domain.GegevenAdvies
		key    string
		args   []any
	}{
		"its id is there":                  {func(m *domain.Melding) { m.ID = Melding(1).ID }, Entries(2, 3), "fout.melding_bestaat", nil},
		"its id is there and all the rest": {func(m *domain.Melding) { *m = Melding(1) }, Entries(2, 3), "fout.melding_bestaat", nil},
		"its kenmerk is there":             {func(m *domain.Melding) { m.Kenmerk = Melding(1).Kenmerk }, Entries(2, 3), "fout.kenmerk_bezet", nil},
		"its klantkenmerk is there": {
			func(m *domain.Melding) { m.Opgave.Klantkenmerk = "zaak-1" }, Entries(2, 3), "fout.klantkenmerk_bezet", []any{Melding(1).Kenmerk},
		},
		"an advice is there":       {func(*domain.Melding) {}, append(Entries(2, 3), Entry(1)), "fout.opslag_advies_bestaat", []any{Entry(1).ID}},
		"it is there, without any": {func(m *domain.Melding) { m.ID = Melding(1).ID }, nil, "fout.melding_bestaat", nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := Melding(2)
			c.change(&m)
			requireRefusal(t, Bewaar(t.Context(), s, m, c.given), domain.Conflict, c.key, c.args...)
			requireNoMelding(t, s, Melding(2))
			requireMelding(t, s, Melding(1))
			requireAbsent(t, s, Entries(2, 3)...)
		})
	}
	require.NoError(t, Bewaar(t.Context(), s, Melding(2), Entries(2, 3)), "nothing of the refused ones is in the way")
}

func refusedReplacement(t *testing.T, at Stores) {
	s := at.Open(t)
	require.NoError(t, Bewaar(t.Context(), s, Melding(1), Entries(1, 1)))
	keepMelding(t, s, Melding(2))
	for name, c := range map[string]struct {
		change func(*domain.Melding)
		given  []domain.GegevenAdvies
		code   domain.Code
		key    string
	}{
		"an older revision":       {func(m *domain.Melding) { m.Rev = 0 }, Entries(5, 6), domain.Stale, "fout.verouderd"},
		"a later revision":        {func(m *domain.Melding) { m.Rev = 2 }, Entries(5, 6), domain.Stale, "fout.verouderd"},
		"stale, and no advices":   {func(m *domain.Melding) { m.Rev = 2 }, nil, domain.Stale, "fout.verouderd"},
		"another's klantkenmerk":  {func(m *domain.Melding) { m.Opgave.Klantkenmerk = "zaak-2" }, Entries(5, 6), domain.Conflict, "fout.klantkenmerk_bezet"},
		"an advice that is there": {func(*domain.Melding) {}, append(Entries(5, 6), Entry(1)), domain.Conflict, "fout.opslag_advies_bestaat"},
	} {
		t.Run(name, func(t *testing.T) {
			m := changedMelding("ggz")
			c.change(&m)
			requireRefusal(t, Vervang(t.Context(), s, m, c.given), c.code, c.key)
			requireMelding(t, s, Melding(1))
			requireAbsent(t, s, Entries(5, 6)...)
			page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Sector: "ggz", Volgorde: domain.OpUrgentie, Aantal: 9})
			require.NoError(t, err)
			require.Empty(t, page.Meldingen)
		})
	}
}

func replacement(t *testing.T, at Stores) {
	s := at.Open(t)
	keepMelding(t, s, Melding(1))
	for n := range 5 {
		m, err := s.Melding(t.Context(), Melding(1).ID)
		require.NoError(t, err)
		m.Sector = fmt.Sprint("sector ", n)
		require.NoError(t, Vervang(t.Context(), s, m, Entries(10*n, 10*n+n)))
		m.Rev = int64(n + 2)
		requireMelding(t, s, m)
		requireKept(t, s, Entries(10*n, 10*n+n)...)
		for was := range n {
			page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Sector: fmt.Sprint("sector ", was), Volgorde: domain.OpWijziging, Aantal: 9})
			require.NoError(t, err)
			require.Empty(t, page.Meldingen, "it left the list it was in")
		}
	}
}

func neverChange(t *testing.T, at Stores) {
	s := at.Open(t)
	keepMelding(t, s, Melding(1))
	m := changedMelding("ggz")
	m.Kenmerk, m.Client = "ander", "ander"
	require.NoError(t, Vervang(t.Context(), s, m, nil))
	want := changedMelding("ggz")
	want.Rev = 2
	requireMelding(t, s, want)
	_, err := s.MeldingMetKenmerk(t.Context(), "ander")
	RequireFailure(t, err, domain.NotFound)

	same := Melding(2)
	same.Opgave.Klantkenmerk = "zaak-1"
	requireRefusal(t, Bewaar(t.Context(), s, same, nil), domain.Conflict, "fout.klantkenmerk_bezet", Melding(1).Kenmerk)
	same.Client = "ander"
	require.NoError(t, Bewaar(t.Context(), s, same, nil))
}

func firstKept(t *testing.T, at Stores) {
	s := at.Open(t)
	keepMelding(t, s, Melding(1), Melding(2))
	for rev := range int64(4) {
		first, err := s.EersteMelding(t.Context(), Melding(1).ID)
		require.NoError(t, err)
		require.Equal(t, Melding(1), first)
		m := changedMelding(fmt.Sprint("sector ", rev))
		m.Rev = rev + 1
		m.Opgave.Omschrijving = "Anders."
		require.NoError(t, Vervang(t.Context(), s, m, nil))
	}
	s = at.Reopen(t, s)
	first, err := s.EersteMelding(t.Context(), Melding(1).ID)
	require.NoError(t, err)
	require.Equal(t, Melding(1), first)
	for n := range 2 { // of one that was replaced before, and of one that was not
		without, m := Melding(n+1), Melding(n+1)
		without.Opgave.Melder, m.Sector, m.Rev = nil, "ggz", []int64{5, 1}[n]
		require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{Eerste: &without}))
		first, err = s.EersteMelding(t.Context(), m.ID)
		require.NoError(t, err)
		require.Equal(t, without, first)
	}
}

func klantkenmerk(t *testing.T, at Stores) {
	s := at.Open(t)
	of := func(n int, client, klantkenmerk string) domain.Melding {
		m := Melding(n)
		m.Client, m.Opgave.Klantkenmerk = client, klantkenmerk
		return m
	}
	keepMelding(t, s, of(1, "a", "1"), of(2, "b", "1"), of(3, "a", "01"), of(4, "a", ""), of(5, "a", ""), of(6, "a", "A"), of(7, "a", "a"))
	requireRefusal(t, Bewaar(t.Context(), s, of(8, "b", "1"), nil), domain.Conflict, "fout.klantkenmerk_bezet", Melding(2).Kenmerk)
	page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Klantkenmerk: "1", Volgorde: domain.OpWijziging, Aantal: 9})
	require.NoError(t, err)
	require.Equal(t, []domain.Melding{of(1, "a", "1"), of(2, "b", "1")}, page.Meldingen)

	require.NoError(t, Vervang(t.Context(), s, of(2, "b", "2"), nil))
	requireRefusal(t, Bewaar(t.Context(), s, of(8, "b", "2"), nil), domain.Conflict, "fout.klantkenmerk_bezet", Melding(2).Kenmerk)
	keepMelding(t, s, of(8, "b", "1"))
	require.NoError(t, Vervang(t.Context(), s, of(8, "b", "1"), nil), "its own is not in its way")
}

func parallelReplacements(t *testing.T, at Stores) {
	s := at.Open(t)
	keepMelding(t, s, Melding(1))
	const callers = 16
	for round := range 4 {
		var errs [callers]error
		together(callers, func(i int) {
			m := changedMelding(fmt.Sprint("sector ", i))
			m.Rev = int64(round + 1)
			errs[i] = Vervang(t.Context(), s, m, []domain.GegevenAdvies{Entry(1000*round + i)})
		})
		winners := 0
		for i, err := range errs {
			if err != nil {
				requireRefusal(t, err, domain.Stale, "fout.verouderd")
				requireAbsent(t, s, Entry(1000*round+i))
				continue
			}
			winners++
			want := changedMelding(fmt.Sprint("sector ", i))
			want.Rev = int64(round + 2)
			requireMelding(t, s, want)
			requireKept(t, s, Entry(1000*round+i))
		}
		require.Equal(t, 1, winners)
	}
}

func parallelKlantkenmerk(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers = 20
	of := func(i int) domain.Melding {
		m := Melding(i)
		m.Opgave.Klantkenmerk = "dezelfde"
		return m
	}
	var errs [callers]error
	together(callers, func(i int) { errs[i] = Bewaar(t.Context(), s, of(i), []domain.GegevenAdvies{Entry(i)}) })
	winner := -1
	for i, err := range errs {
		if err == nil {
			require.Negative(t, winner, "one is kept")
			winner = i
			requireMelding(t, s, of(i))
			requireKept(t, s, Entry(i))
		}
	}
	require.GreaterOrEqual(t, winner, 0)
	for i, err := range errs {
		if i != winner {
			requireRefusal(t, err, domain.Conflict, "fout.klantkenmerk_bezet", Melding(winner).Kenmerk)
			requireNoMelding(t, s, of(i))
			requireAbsent(t, s, Entry(i))
		}
	}
}

func parallelMeldingen(t *testing.T, at Stores) {
	s := at.Open(t)
	const callers, each = 32, 8
	together(callers, func(i int) {
		for n := i * each; n < (i+1)*each; n++ {
			assert.NoError(t, Bewaar(t.Context(), s, Melding(n), []domain.GegevenAdvies{Entry(n)}))
			m, err := s.Melding(t.Context(), Melding(n).ID)
			assert.NoError(t, err, "a caller reads what it has just kept")
			assert.NoError(t, Vervang(t.Context(), s, m, []domain.GegevenAdvies{Entry(10_000 + n)}))
		}
	})
	for n := range callers * each {
		want := Melding(n)
		want.Rev = 2
		requireMelding(t, s, want)
		requireKept(t, s, Entry(n), Entry(10_000+n))
	}
	told, err := s.Telling(t.Context())
	require.NoError(t, err)
	require.Equal(t, callers*each, told.Meldingen)
}

func meldingSeenWhole(t *testing.T, at Stores) {
	s := at.Open(t)
	const calls = 60
	together(2, func(i int) {
		for n := range calls {
			if i == 0 {
				assert.NoError(t, Bewaar(t.Context(), s, Melding(n), Entries(10*n, 10*n+9)))
				continue
			}
			if _, err := s.Melding(t.Context(), Melding(n).ID); err == nil {
				_, err = s.Advies(t.Context(), Entry(10*n+9).ID)
				assert.NoError(t, err, "a melding is there and its last advice is not")
			}
		}
	})
}

// Bewaar keeps a melding that is new with given.
func Bewaar(ctx context.Context, s store.Store, m domain.Melding, given []domain.GegevenAdvies) error {
	_, err := s.BewaarMelding(ctx, m, store.Bij{Gegeven: given})
	return err
}

// Vervang replaces a melding, with given.
func Vervang(ctx context.Context, s store.Store, m domain.Melding, given []domain.GegevenAdvies) error {
	return s.VervangMelding(ctx, m, store.Bij{Gegeven: given})
}
