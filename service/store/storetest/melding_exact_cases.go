package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// meldingExactCases are about a melding coming back exactly.
func meldingExactCases() map[string]testCase {
	return map[string]testCase{
		"every field of a melding comes back":                                everyField,
		"odd texts in a melding come back to the byte":                       oddMeldingTexts,
		"moments and dates of a melding come back to the millisecond":        meldingMoments,
		"a melding given and a melding answered are not held on to":          ownMelding,
		"meldingen of which an id or a kenmerk looks alike are not the same": similarMeldingen,
	}
}

// requireMelding requires that s gives want back in every way of asking.
func requireMelding(t *testing.T, s store.Store, want domain.Melding) {
	t.Helper()
	got, err := s.Melding(t.Context(), want.ID)
	require.NoError(t, err)
	require.Equal(t, want, got)
	got, err = s.MeldingMetKenmerk(t.Context(), want.Kenmerk)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func requireNoMelding(t *testing.T, s store.Store, m domain.Melding) {
	t.Helper()
	for _, ask := range []func() (domain.Melding, error){
		func() (domain.Melding, error) { return s.Melding(t.Context(), m.ID) },
		func() (domain.Melding, error) { return s.EersteMelding(t.Context(), m.ID) },
		func() (domain.Melding, error) { return s.MeldingMetKenmerk(t.Context(), m.Kenmerk) },
	} {
		got, err := ask()
		requireRefusal(t, err, domain.NotFound, "fout.melding_onbekend")
		require.Zero(t, got)
	}
}

// requireRefusal requires the failure of this kind with this sentence.
func requireRefusal(t *testing.T, err error, code domain.Code, key string, args ...any) {
	t.Helper()
	RequireFailure(t, err, code)
	e := domain.AsError(err)
	require.Equal(t, key, e.Key)
	if len(args) > 0 {
		require.Equal(t, args, e.Args)
	}
}

func keepMelding(t *testing.T, s store.Store, list ...domain.Melding) {
	t.Helper()
	for _, m := range list {
		require.NoError(t, Bewaar(t.Context(), s, m, nil))
	}
}

func everyField(t *testing.T, at Stores) {
	s := at.Open(t)
	for name, m := range map[string]domain.Melding{
		"real":                Melding(1),
		"two of everything":   FullMelding("vol", 2, numbered),
		"everything is empty": FullMelding("leeg", 0, func(int) string { return "" }),
		"nothing":             {ID: "niets", Kenmerk: "niets", Rev: 1},
	} {
		t.Run(name, func(t *testing.T) {
			keepMelding(t, s, m)
			requireMelding(t, s, m)
			first, err := s.EersteMelding(t.Context(), m.ID)
			require.NoError(t, err)
			require.Equal(t, m, first)

			require.NoError(t, Vervang(t.Context(), s, m, nil))
			m.Rev++
			requireMelding(t, s, m)
		})
	}
	for _, m := range []domain.Melding{Melding(1), FullMelding("vol", 2, numbered)} {
		m.Rev++
		s = at.Reopen(t, s)
		requireMelding(t, s, m)
	}
}

func oddMeldingTexts(t *testing.T, at Stores) {
	s := at.Open(t)
	for name, text := range OddStrings() {
		t.Run(name, func(t *testing.T) {
			text = text[:min(len(text), 2000)] // it stands in a hundred fields
			m := FullMelding("id "+text, 1, func(int) string { return text })
			keepMelding(t, s, m)
			requireMelding(t, s, m)
			if text == "" {
				return
			}
			for name, q := range map[string]domain.MeldingVraag{
				"status": {Status: m.Status}, "advies": {Advies: m.Advies.Advies}, "aanbieder": {AanbiederID: m.AanbiederID},
				"sector": {Sector: m.Sector}, "klantkenmerk": {Klantkenmerk: m.Opgave.Klantkenmerk},
			} {
				q.Volgorde, q.Aantal = domain.OpUrgentie, 9
				page, err := s.Meldingen(t.Context(), q)
				require.NoError(t, err)
				require.Equal(t, []domain.Melding{m}, page.Meldingen, name)
			}
		})
	}
}

func meldingMoments(t *testing.T, at Stores) {
	s := at.Open(t)
	for name, given := range map[string]time.Time{
		"to the nanosecond": time.Date(2026, 3, 29, 1, 59, 59, 999_999_999, time.UTC),
		"in another zone":   time.Date(2026, 3, 29, 3, 0, 0, 7_000_000, time.FixedZone("ver weg", 5*3600+45*60)),
		"before 1970":       time.Date(1969, 12, 31, 23, 59, 59, 999_900_000, time.UTC),
		"of year 1":         {},
		"of year 9999":      time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC),
	} {
		t.Run(name, func(t *testing.T) {
			of := func(at time.Time) domain.Melding {
				m := Melding(len(name))
				m.ID, m.Kenmerk, m.Opgave.Klantkenmerk = name, name, ""
				m.OntvangenOp, m.GewijzigdOp, m.Advies.Op = at, at, at
				m.Eerdere = []domain.MeldingAdvies{{Op: at}}
				m.Geschiedenis = []domain.Voorval{{Op: at}}
				m.Dag = term.NewDate(term.MinYear, 1, 1)
				m.Termijnen = []domain.MeldingTermijn{{Start: term.NewDate(2024, 2, 29), Einddatum: term.NewDate(term.MaxYear, 12, 31)}}
				return m
			}
			keepMelding(t, s, of(given))
			requireMelding(t, s, of(given.Truncate(time.Millisecond).UTC()))
		})
	}
}

func ownMelding(t *testing.T, at Stores) {
	s := at.Open(t)
	m, advice := Melding(1), Entry(1)
	require.NoError(t, Bewaar(t.Context(), s, m, []domain.GegevenAdvies{advice}))
	for range 2 { // first what was given is spoilt, then what was answered
		*m.Opgave.Melding.Soort, m.Opgave.Melder.Naam, m.Geschiedenis[0].Gegevens["kanaal"] = "X", "X", "X"
		m.Termijnen[0].Soort, m.Advies.Criteria[0].Code, m.Advies.Signalen.Aantal30, advice.Invoer[0] = "X", "X", 99, 'X'
		var err error
		m, err = s.Melding(t.Context(), Melding(1).ID)
		require.NoError(t, err)
		require.Equal(t, Melding(1), m)
	}
	requireKept(t, s, Entry(1))
}

func similarMeldingen(t *testing.T, at Stores) {
	s := at.Open(t)
	var all []domain.Melding
	for _, id := range []string{"abc", "ABC", "abc ", " abc", "abc\x00", "caf\u00e9", "cafe\u0301", "", "1", "01", "1.0"} {
		m := Melding(1)
		m.ID, m.Kenmerk, m.Opgave.Klantkenmerk = id, id, id
		m.Sector = id
		all = append(all, m)
	}
	keepMelding(t, s, all...)
	for _, m := range all {
		requireMelding(t, s, m)
		if m.Sector == "" {
			continue
		}
		page, err := s.Meldingen(t.Context(), domain.MeldingVraag{Sector: m.Sector, Volgorde: domain.OpOntvangst, Aantal: 9})
		require.NoError(t, err)
		require.Equal(t, []domain.Melding{m}, page.Meldingen)
	}
	long := Melding(2)
	long.Opgave.Omschrijving = strings.Repeat("\u00eb\u2028<&>", 4000) // 20,000 characters
	long.Opgave.Redenen = map[string]string{"belangGoedeZorg": strings.Repeat("👩‍👩‍👧", 4000)}
	keepMelding(t, s, long)
	requireMelding(t, s, long)
}
