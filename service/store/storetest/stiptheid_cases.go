package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func stiptheidAll(t *testing.T, at Stores) {
	s, all := keptTermijnen(t, at, 41)
	day := term.NewDate(2026, time.November, 5)
	for name, q := range map[string]domain.StiptheidVraag{
		"all":                 {Vandaag: day},
		"before anything":     {Vandaag: day.AddDays(-300)},
		"after everything":    {Vandaag: day.AddDays(300)},
		"from a day":          {Vandaag: day, Van: day.AddDays(-9)},
		"up to a day":         {Vandaag: day, Tot: day.AddDays(-9)},
		"some days":           {Vandaag: day.AddDays(20), Van: day.AddDays(-9), Tot: day.AddDays(9)},
		"of a provider":       {Vandaag: day, AanbiederID: aanbiederID(2)},
		"days of a provider":  {Vandaag: day, AanbiederID: aanbiederID(2), Van: day.AddDays(-9), Tot: day.AddDays(9)},
		"of an unknown one":   {Vandaag: day, AanbiederID: "weg"},
		"of one without them": {Vandaag: day, AanbiederID: aanbiederID(4)},
	} {
		t.Run(name, func(t *testing.T) {
			q.Aantal = 50
			page, err := s.Stiptheid(t.Context(), q)
			require.NoError(t, err)
			require.Empty(t, page.Volgende)
			require.Equal(t, wantedStiptheid(all, q), page.Cijfers)
		})
	}
}

func stiptheidPages(t *testing.T, at Stores) {
	s, all := keptTermijnen(t, at, 43)
	q := domain.StiptheidVraag{Vandaag: term.NewDate(2026, time.November, 5)}
	want := wantedStiptheid(all, q)
	for n := range 4 {
		q.Aantal, q.Na = n+1, ""
		var got []domain.Stiptheid
		for {
			page, err := s.Stiptheid(t.Context(), q)
			require.NoError(t, err)
			providers := map[string]bool{}
			for _, f := range page.Cijfers {
				providers[f.AanbiederID] = true
			}
			got = append(got, page.Cijfers...)
			if page.Volgende == "" {
				break
			}
			require.Len(t, providers, q.Aantal, "a page is full but for the last")
			q.Na = page.Volgende
		}
		require.Equal(t, want, got)
	}
}

func stiptheidNone(t *testing.T, at Stores) {
	s, dag := at.Open(t), term.NewDate(2026, time.December, 1)
	vestig(t, s, Aanbieder(1), Aanbieder(2), Aanbieder(3))
	for n, m := range []domain.Melding{
		onDay(1, dag, term.ReactieAanbieder, "terugbellen_lmz"), // runs still
		onDay(2, dag.AddDays(-30), "terugbellen_lmz"),           // is of another kind
		onDay(3, dag.AddDays(-30), term.ReactieAanbieder),       // counts
		onDay(4, dag.AddDays(-30), term.ReactieAanbieder),       // is about nobody
	} {
		m.AanbiederID = aanbiederID(n + 1)
		if n == 3 {
			m.AanbiederID = ""
		}
		keepMelding(t, s, m)
	}
	for n := range 3 {
		page, err := s.Stiptheid(t.Context(), domain.StiptheidVraag{Aantal: n + 1, Vandaag: dag})
		require.NoError(t, err)
		require.Equal(t, domain.StiptheidPagina{
			Cijfers: []domain.Stiptheid{{AanbiederID: aanbiederID(3), Sector: Melding(3).Sector, Nooit: 1}},
		}, page)
	}
}

func stiptheidBoundary(t *testing.T, at Stores) {
	s, dag := at.Open(t), term.NewDate(2026, time.December, 1)
	vestig(t, s, Aanbieder(1))
	m := onDay(1, dag, term.ReactieAanbieder)
	m.AanbiederID = aanbiederID(1)
	keepMelding(t, s, m)
	for days, want := range map[int]int{-1: 0, 0: 0, 1: 1, 2: 1} {
		page, err := s.Stiptheid(t.Context(), domain.StiptheidVraag{Aantal: 1, Vandaag: dag.AddDays(days)})
		require.NoError(t, err)
		require.Len(t, page.Cijfers, want, "%d days after the end", days)
	}
}
