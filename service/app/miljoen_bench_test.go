package app_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Of each melding of the benchmark so many terms are open, of which so many fall due
// together on a day.
const (
	termsEach  = 4
	dueEach    = 2
	dueTerms   = 500
	benchRuns  = 5
	dueMelding = dueTerms / dueEach
)

// manyTerms is melding n with its terms: two that come near, and have a reminder, on
// the day dag, and two long after it.
func manyTerms(k *term.Kalender, n int, dag term.Date) domain.Melding {
	m := watched(k, n, dag)
	m.Rev, m.Termijnen = 1, nil
	for i, soort := range []term.Soort{"reactie_aanbieder", "onderzoek_aanbieder", "besluit_onderzoek", "kennisverzameling"}[:termsEach] {
		end := dag.AddDays(7)
		if i >= dueEach {
			end = dag.AddDays(400)
		}
		m.Termijnen = append(m.Termijnen, domain.MeldingTermijn{
			Soort: soort, Grond: fmt.Sprint("g", i), Start: dag.AddDays(-35), Einddatum: end, Aandacht: end.AddDays(-7), Status: term.Lopend,
			HerinnerdTot: dag.AddDays(-1), Herinner: end.AddDays(-7),
		})
	}
	return m
}

// fillTerms keeps terms open terms by the way a copy takes. The first meldingen are due
// on these days, as many on each; the terms of the rest are far away.
func fillTerms(b *testing.B, h *apptest.House, terms int, due ...term.Date) {
	b.Helper()
	k, err := term.Load()
	require.NoError(b, err)
	const chunk = 200
	var writers sync.WaitGroup
	var next atomic.Int64
	for range 4 {
		writers.Go(func() {
			for from := int(next.Add(chunk)) - chunk; from < terms/termsEach; from = int(next.Add(chunk)) - chunk {
				var list []store.MeldingKopie
				for n := from; n < min(from+chunk, terms/termsEach); n++ {
					at := due[0].AddDays(60 + n%200)
					if run := n / dueMelding; run < len(due) {
						at = due[run]
					}
					m := manyTerms(k, n, at)
					list = append(list, store.MeldingKopie{Melding: m, Eerste: m})
				}
				if err := h.Store.ZetMeldingen(b.Context(), list); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
	_, err = h.Store.ZetGebruiker(b.Context(), domain.Gebruiker{ID: "leider", EMail: "l@example.nl", Rollen: []domain.Rol{domain.Teamleider}})
	require.NoError(b, err)
}

// counting is a store that counts the meldingen that were read as due.
type counting struct {
	store.Store
	swept, reminded *atomic.Int64
}

func (c *counting) TeControleren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	list, err := c.Store.TeControleren(ctx, dag, n)
	c.swept.Add(int64(len(list)))
	return list, err
}

func (c *counting) TeHerinneren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	list, err := c.Store.TeHerinneren(ctx, dag, n)
	c.reminded.Add(int64(len(list)))
	return list, err
}

// BenchmarkMiljoen sweeps, and reminds of, 500 terms that are due among a million that
// are open, on some days one after another, and among a thousand. sweep-x and remind-x
// are how much longer it takes; sweep-rows and remind-rows how many meldingen were read
// in a run, of which each has two of those terms. That a read steps through no others
// is for the plans to show: it is a range of an index that holds nothing else (see
// plan_test.go of the store).
func BenchmarkMiljoen(b *testing.B) {
	days := make([]term.Date, benchRuns)
	for run := range days {
		days[run] = term.NewDate(2026, time.November, 23).AddDays(run) // from Monday
	}
	var small, big *measured
	b.Run("open=1000", func(b *testing.B) {
		small = &measured{}
		for _, day := range days {
			h := apptest.Open(b, apptest.NewMeter(), apptest.Shipped(b))
			fillTerms(b, h, 1000, day)
			small.run(b, h, day)
		}
		small.report(b, small)
	})
	b.Run("open=1000000", func(b *testing.B) {
		big = &measured{}
		h := apptest.Open(b, apptest.NewMeter(), apptest.Shipped(b))
		fillTerms(b, h, 1_000_000, days...)
		for _, day := range days {
			big.run(b, h, day)
		}
		big.report(b, small)
	})
}

// measured is how long some runs took, and how many meldingen they read.
type measured struct {
	sweep, remind   time.Duration
	swept, reminded atomic.Int64
	runs            int
}

// run sweeps and reminds on a day.
func (m *measured) run(b *testing.B, h *apptest.House, day term.Date) {
	b.Helper()
	a := h.Over(b, &counting{Store: h.Store, swept: &m.swept, reminded: &m.reminded}, apptest.NewMeter())
	h.Clock.Set(time.Date(day.Year(), day.Month(), day.Day(), 9, 0, 0, 0, time.UTC))
	before, err := h.Store.Berichten(b.Context(), domain.BerichtVraag{Gebruiker: "leider", Aantal: 1})
	require.NoError(b, err)
	begin := time.Now() //nolint:forbidigo // measures the machine
	out, err := a.Veeg(b.Context(), nil)
	require.NoError(b, err)
	m.sweep += time.Since(begin) //nolint:forbidigo // as above
	require.Equal(b, dueTerms, out.Genaderd)
	begin = time.Now() //nolint:forbidigo // as above
	require.NoError(b, a.Herinner(b.Context(), nil))
	m.remind += time.Since(begin) //nolint:forbidigo // as above
	after, err := h.Store.Berichten(b.Context(), domain.BerichtVraag{Gebruiker: "leider", Aantal: 1})
	require.NoError(b, err)
	require.Equal(b, dueTerms, after.Ongelezen-before.Ongelezen)
	m.runs++
}

// report tells what a run took, also as so many times that of small.
func (m *measured) report(b *testing.B, small *measured) {
	b.Helper()
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(m.sweep.Seconds()*1000/float64(m.runs), "sweep-ms")
	b.ReportMetric(m.remind.Seconds()*1000/float64(m.runs), "remind-ms")
	b.ReportMetric(float64(m.sweep)/float64(small.sweep), "sweep-x")
	b.ReportMetric(float64(m.remind)/float64(small.remind), "remind-x")
	b.ReportMetric(float64(m.swept.Load())/float64(m.runs), "sweep-rows")
	b.ReportMetric(float64(m.reminded.Load())/float64(m.runs), "remind-rows")
}
