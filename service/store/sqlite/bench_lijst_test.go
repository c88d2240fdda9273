package sqlite_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// small and large are the sizes of which the times are compared.
const small, large = 1000, 100_000

// compareSizes measures each of asked in a store of few rows and in one of many,
// in turns. verhouding is how many times as long it takes in the larger one, by
// the medians.
func compareSizes(b *testing.B, asked map[string]func(*testing.B, *sqlite.Store)) {
	b.Helper()
	few, many := openBench(b), openBench(b)
	fill(b, few, small)
	fill(b, many, large)
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		b.Run(name, func(b *testing.B) {
			var times [2][]time.Duration
			for b.Loop() {
				for i, s := range []*sqlite.Store{few, many} {
					begun := b.Elapsed()
					asked[name](b, s)
					times[i] = append(times[i], b.Elapsed()-begun)
				}
			}
			small, large := median(times[0]), median(times[1])
			b.ReportMetric(float64(large)/float64(small), "verhouding")
			b.ReportMetric(float64(small.Microseconds()), "µs-klein")
			b.ReportMetric(float64(large.Microseconds()), "µs-groot")
		})
	}
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// BenchmarkLijst asks the first page of every filter in every order. Every filter
// leaves more than a page of both stores.
func BenchmarkLijst(b *testing.B) {
	then := lastDay().AddDays(-600)
	asked := map[string]func(*testing.B, *sqlite.Store){}
	for name, q := range map[string]domain.MeldingVraag{
		"alle":                 {Aantal: 50},
		"status":               {Aantal: 50, Status: domain.StatusVoorgelegd},
		"advies":               {Aantal: 50, Advies: domain.Registreren},
		"aanbieder":            {Aantal: 50, AanbiederID: "aanbieder 3"},
		"sector":               {Aantal: 50, Sector: "ggz"},
		"termijn":              {Aantal: 50, TermijnStatus: term.Nadert},
		"klantkenmerk":         {Aantal: 50, Klantkenmerk: "zaak-300"},
		"van":                  {Aantal: 50, Van: lastDay().AddDays(-99)},
		"tot":                  {Aantal: 50, Tot: lastDay().AddDays(-900)},
		"100 dagen":            {Aantal: 50, Van: then, Tot: then.AddDays(99)},
		"10 dagen":             {Aantal: 5, Van: then, Tot: then.AddDays(9)},
		"gewijzigd in 99":      {Aantal: 50, GewijzigdNa: moment(-99)},
		"gewijzigd in 9":       {Aantal: 5, GewijzigdNa: moment(-9)},
		"gewijzigd in 60":      {Aantal: 50, GewijzigdNa: moment(-60)},
		"60 dagen":             {Aantal: 50, Van: then, Tot: then.AddDays(59)},
		"status, van":          {Aantal: 20, Status: domain.StatusVoorgelegd, Van: lastDay().AddDays(-499)},
		"status, advies":       {Aantal: 10, Status: domain.StatusVoorgelegd, Advies: domain.Registreren},
		"gesloten, advies":     {Aantal: 10, Status: domain.StatusAfgesloten, Advies: domain.Registreren},
		"aanbieder, advies":    {Aantal: 10, AanbiederID: "aanbieder 3", Advies: domain.Escaleren},
		"drie, van en veel na": {Aantal: 1, Status: domain.StatusVoorgelegd, Advies: domain.Escaleren, Sector: "ggz", Van: then, GewijzigdNa: moment(-800)},
	} {
		for _, v := range []domain.Volgorde{domain.OpUrgentie, domain.OpOntvangst, domain.OpWijziging} {
			q := q
			q.Volgorde = v
			asked[name+"/"+string(v)] = func(b *testing.B, s *sqlite.Store) {
				_, err := s.Meldingen(b.Context(), q)
				require.NoError(b, err)
			}
		}
	}
	compareSizes(b, asked)
}

// BenchmarkTermijnen asks the first page of terms by every filter, the totals of
// all, and the figures of providers.
func BenchmarkTermijnen(b *testing.B) {
	asked := map[string]func(*testing.B, *sqlite.Store){
		"totalen": func(b *testing.B, s *sqlite.Store) {
			_, err := s.TelTermijnen(b.Context(), domain.TermijnVraag{})
			require.NoError(b, err)
		},
		"stiptheid van 1": func(b *testing.B, s *sqlite.Store) {
			_, err := s.Stiptheid(b.Context(), domain.StiptheidVraag{Aantal: 1, Vandaag: lastDay()})
			require.NoError(b, err)
		},
	}
	for name, q := range map[string]domain.TermijnVraag{
		"alle":        {Aantal: 50},
		"vanaf":       {Aantal: 50, Van: lastDay().AddDays(-20)},
		"soort":       {Aantal: 50, Aarden: []domain.TermijnAard{{Soort: term.ReactieAanbieder}}},
		"aanbieder":   {Aantal: 50, AanbiederID: "aanbieder 3"},
		"aandacht":    {Aantal: 50, Van: lastDay(), Tot: lastDay().AddDays(31), AandachtTot: lastDay()},
		"twee vormen": {Aantal: 50, Aarden: []domain.TermijnAard{{Soort: term.ReactieAanbieder}, {Soort: "terugbellen_lmz"}}},
	} {
		asked[name] = func(b *testing.B, s *sqlite.Store) {
			_, err := s.Termijnen(b.Context(), q)
			require.NoError(b, err)
		}
	}
	compareSizes(b, asked)
}

// BenchmarkAanbieders asks the first page of a search in as many providers as a
// country has.
func BenchmarkAanbieders(b *testing.B) {
	s := openBench(b)
	var group sync.WaitGroup
	for c := range 256 {
		group.Go(func() {
			for n := c; n < 30_000; n += 256 {
				a := storetest.Aanbieder(n)
				a.Naam = fmt.Sprintf("Zorgcentrum De %c%d", 'a'+rune(n%26), n)
				if _, err := s.Vestig(b.Context(), a); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
	for name, zoek := range map[string]string{"alle": "", "veel": "zorg", "een": "zorgcentrum 29999", "geen": "ziekenhuis", "nummer": storetest.Aanbieder(29_000).AgbCode} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := s.Aanbieders(b.Context(), domain.AanbiederVraag{Zoek: zoek, Aantal: 50})
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkTel counts, and asks what the sweep asks.
func BenchmarkTel(b *testing.B) {
	compareSizes(b, map[string]func(*testing.B, *sqlite.Store){
		"signalen van weinig":       func(b *testing.B, s *sqlite.Store) { tel(b, s, "weg") },
		"signalen van tien procent": func(b *testing.B, s *sqlite.Store) { tel(b, s, "aanbieder 3") },
		"te controleren": func(b *testing.B, s *sqlite.Store) {
			_, err := s.TeControleren(b.Context(), lastDay(), 50)
			require.NoError(b, err)
		},
		"telling": func(b *testing.B, s *sqlite.Store) {
			_, err := s.Telling(b.Context())
			require.NoError(b, err)
		},
	})
}

func tel(b *testing.B, s *sqlite.Store, aanbieder string) {
	_, err := s.TelSignalen(b.Context(), aanbieder, lastDay(), "")
	require.NoError(b, err)
}
