package app_test

import (
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// running is how many meldingen with a running term there are.
const running = 100_000

// geklaagd is a melding about a complaint that was made on a day, as it is kept.
func geklaagd(tb testing.TB, h *apptest.House, made term.Date) domain.Melding {
	tb.Helper()
	kind, on := "klacht", made.String()
	out, err := h.App.Ontvang(tb.Context(), actor(), domain.Opgave{
		Kanaal: "telefoon", Omschrijving: "Er is te laat gereageerd op een klacht over de zorg van mijn moeder.",
		Melding: domain.AanvraagMelding{Soort: &kind, KlachtBijAanbieder: &domain.AanvraagKlacht{IngediendOp: &on}},
	}, app.Eenmalig{})
	require.NoError(tb, err)
	kept, err := h.Store.Melding(tb.Context(), out.Melding.ID)
	require.NoError(tb, err)
	return kept
}

// copies keeps n meldingen like m, many at the same time. None names a provider: one
// with so many would be evaluated by figures that no provider has.
func copies(tb testing.TB, h *apptest.House, m domain.Melding, n int) {
	tb.Helper()
	var all sync.WaitGroup
	for w := range 128 {
		all.Go(func() {
			for i := w; i < n; i += 128 {
				other := m
				other.ID = uuid.Must(uuid.NewV7()).String()
				other.Kenmerk = fmt.Sprint(m.Dag, m.Kenmerk, i)
				if _, err := h.Store.BewaarMelding(tb.Context(), other, store.Bij{}); err != nil {
					tb.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// toggle is a change of the calendar that has days come, and the next time go.
type toggle struct {
	dagen []string
	er    bool
}

func (d *toggle) next() app.KalenderOpgave {
	var a term.Aanvulling
	b := besluit(d.dagen...)
	if d.er {
		for _, day := range d.dagen {
			a.Vervallen = append(a.Vervallen, term.Vervallen{Datum: day, Reden: "fout"})
		}
	} else {
		a.Besluiten = []term.Besluit{b}
	}
	d.er = !d.er
	return app.KalenderOpgave{Aanvulling: a, Reden: "Voor deze meting."}
}

// cpuTime is how long the processors worked for this process so far: on a machine that
// is busy with others it says more than the clock.
func cpuTime(tb testing.TB) time.Duration {
	tb.Helper()
	var used syscall.Rusage
	require.NoError(tb, syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkHerreken computes 100,000 running terms anew after a change of the calendar
// that moves one in a hundred of them, or all.
func BenchmarkHerreken(b *testing.B) {
	h := apptest.Open(b, apptest.NewMeter(), apptest.Shipped(b))
	h.Clock.Set(time.Date(2027, time.February, 1, 9, 0, 0, 0, time.UTC))
	few, rest := geklaagd(b, h, term.NewDate(2027, 1, 26)), geklaagd(b, h, term.NewDate(2027, 1, 27)) // end on 9 and 10 March
	copies(b, h, few, running/100)
	copies(b, h, rest, running-running/100)
	for name, change := range map[string]*toggle{
		"1%":   {dagen: []string{"2027-03-09"}},
		"100%": {dagen: []string{"2027-03-09", "2027-03-10"}},
	} {
		b.Run("changed="+name, func(b *testing.B) {
			var cpu time.Duration
			for b.Loop() {
				b.StopTimer()
				_, err := h.App.VulKalender(b.Context(), apptest.Beheerder(), change.next(), app.Eenmalig{})
				require.NoError(b, err)
				before := cpuTime(b)
				b.StartTimer()
				out, err := h.App.Herreken(b.Context(), nil, func(int) {})
				require.NoError(b, err)
				require.Equal(b, running+2, out.Bekeken)
				cpu += cpuTime(b) - before
			}
			b.StopTimer()
			if change.er { // the other measurement begins as this one did
				_, err := h.App.VulKalender(b.Context(), apptest.Beheerder(), change.next(), app.Eenmalig{})
				require.NoError(b, err)
				_, err = h.App.Herreken(b.Context(), nil, func(int) {})
				require.NoError(b, err)
			}
			b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/run")
			each := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(each, "s/run")
			b.ReportMetric(running/each, "terms/s")
		})
	}
}
