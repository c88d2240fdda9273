package app_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// watched is a melding with a term of which the end is near from day on.
func watched(k *term.Kalender, n int, day term.Date) domain.Melding {
	kind, on := "klacht", day.AddDays(-35).String()
	made := term.NewDate(2026, time.November, 20)
	m := domain.Melding{
		ID: uuid.Must(uuid.NewV7()).String(), Kenmerk: fmt.Sprint("K", n), Versie: 1, Client: "c", OntvangenOp: apptest.Begin(),
		GewijzigdOp: apptest.Begin(), Status: domain.StatusOntvangen, Dag: made, Sector: "overig",
		Opgave:  domain.Opgave{Kanaal: "telefoon", Melding: domain.AanvraagMelding{Soort: &kind, KlachtBijAanbieder: &domain.AanvraagKlacht{IngediendOp: &on}}},
		Advies:  domain.MeldingAdvies{Advies: domain.Registreren, Op: apptest.Begin(), Peildatum: made},
		Eerdere: []domain.MeldingAdvies{},
	}
	m.ZetTermijnen([]domain.MeldingTermijn{{
		Soort: "reactie_aanbieder", Grond: domain.GrondKlacht, Start: day.AddDays(-35), Einddatum: day.AddDays(7), Aandacht: day,
	}}, k, day.AddDays(-1), apptest.Begin(), actor())
	return m
}

// keep keeps meldingen from to to, many at the same time.
func keep(b *testing.B, h *apptest.House, from, to int, day term.Date) {
	b.Helper()
	k, err := term.Load()
	require.NoError(b, err)
	var all sync.WaitGroup
	for w := range 128 {
		all.Go(func() {
			for n := from + w; n < to; n += 128 {
				if _, err := h.Store.BewaarMelding(b.Context(), watched(k, n, day), store.Bij{}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// BenchmarkVeeg sweeps 100 meldingen that are due among many that are not; x-1000
// is how much longer it takes among 100,000 than among 1,000.
func BenchmarkVeeg(b *testing.B) {
	const due = 100
	var small float64
	for _, open := range []int{1000, 100_000} {
		b.Run(fmt.Sprintf("open=%d", open), func(b *testing.B) {
			h := apptest.Open(b, apptest.NewMeter(), apptest.Shipped(b))
			today := term.NewDate(2026, time.November, 20)
			keep(b, h, 0, open, today.AddDays(300))
			next := open
			for b.Loop() {
				b.StopTimer()
				keep(b, h, next, next+due, today)
				next += due
				b.StartTimer()
				out, err := h.App.Veeg(b.Context(), nil)
				require.NoError(b, err)
				require.Equal(b, due, out.Genaderd)
			}
			perSweep := b.Elapsed().Seconds() / float64(b.N)
			if open == 1000 {
				small = perSweep
			}
			b.ReportMetric(perSweep/small, "x-1000")
		})
	}
}
