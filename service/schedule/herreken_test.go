package schedule_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/schedule"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// runs receives a complaint of which the term ends on 3 December.
func runs(t *testing.T, h *apptest.House) string {
	t.Helper()
	kind, made := "klacht", "2026-10-22"
	out, err := h.App.Ontvang(t.Context(), domain.Actor{ID: "a"}, domain.Opgave{
		Kanaal: "telefoon", Melding: domain.AanvraagMelding{Soort: &kind, KlachtBijAanbieder: &domain.AanvraagKlacht{IngediendOp: &made}},
	}, app.Eenmalig{})
	require.NoError(t, err)
	return out.Melding.ID
}

// ends is the end of the term of melding id, as it is kept.
func ends(t *testing.T, h *apptest.House, id string) string {
	t.Helper()
	m, err := h.Store.Melding(context.WithoutCancel(t.Context()), id)
	require.NoError(t, err)
	return m.Termijnen[0].Einddatum.String()
}

// vul makes 3 December a decree day, in a process with the calendars k.
func vul(t *testing.T, h *apptest.House, k *app.Kalenders) {
	t.Helper()
	_, err := h.With(t, k).VulKalender(t.Context(), apptest.Beheerder(), app.KalenderOpgave{
		Reden: "Voor deze test.",
		Aanvulling: term.Aanvulling{Besluiten: []term.Besluit{{
			Besluit: "Een besluit", Bron: term.Bron{Titel: "koninklijk besluit, Staatscourant 2026, 1", Verwijzing: "https://wetten.overheid.nl"},
			Dagen: []term.Besluitdag{{Datum: "2026-12-03", Naam: "een dag"}},
		}}},
	}, app.Eenmalig{})
	require.NoError(t, err)
}

func TestTermsAreComputedAnewAsSoonAsAnotherCalendarCounts(t *testing.T) {
	h := house(t)
	id := runs(t, h)
	one := run(t, h, "a")
	wait(t, one.tally.swept, func() {})
	vul(t, h, h.Kalenders)
	eventually(t, "the term moves without waiting for a tick", func() bool { return ends(t, h, id) == "2026-12-04" })
}

func TestAChangeByAnotherProcessIsFollowedByTheJobs(t *testing.T) {
	s := start(t)
	s.sweep(t)
	id := runs(t, s.house)
	vul(t, s.house, app.NewKalenders(s.house.Store, s.house.Kalenders.Eigen()))
	require.Equal(t, 1, s.house.Kalenders.Geldend().Versie, "this process was not told")
	eventually(t, "the next tick follows", func() bool {
		s.pass(schedule.RecomputePace)
		return ends(t, s.house, id) == "2026-12-04"
	})
	assert.Equal(t, 2, s.house.Kalenders.Geldend().Versie)
}

func TestAnOlderVersionOfTheServiceLeavesTheJobsToTheNewer(t *testing.T) {
	h := house(t)
	id := runs(t, h)
	older := run(t, h, "a")
	wait(t, older.tally.swept, func() {})
	require.True(t, older.leads())

	rules := app.NewKalenders(h.Store, apptest.NewRules(t))
	require.NoError(t, rules.Begin(t.Context(), h.Clock, apptest.Beheerder(), apptest.Redenen()))
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	tellers := &tally{swept: make(chan app.VeegUitslag, 100), failed: make(chan string, 1000)}
	newer, err := schedule.New(t.Context(), schedule.Options{
		App: h.With(t, rules), Zone: zone, Log: slog.New(slog.DiscardHandler), Meter: tellers, Houder: "b", LeadTime: lease,
	})
	require.NoError(t, err)
	stop := sync.OnceValue(newer.Stop)
	t.Cleanup(func() { _ = stop() })

	_, err = h.Kalenders.Follow(t.Context()) // as every second
	require.Error(t, err)
	eventually(t, "the newer one leads", tellers.leads.Load)
	eventually(t, "the older one does not", func() bool { return !older.leads() })
	eventually(t, "and counts by its own rules", func() bool { return ends(t, h, id) == "2026-12-04" })
	require.NoError(t, stop())
	assert.Never(t, older.leads, lease, lease/20, "it does not take the lead again")
	assert.Contains(t, older.log.String(), "lead given up")
}

func TestAJobThatCannotFollowTheCalendarDoesNothing(t *testing.T) {
	h := house(t)
	m := due(t, h)
	away := app.NewKalenders(&path{Store: h.Store, noKalender: true}, h.Kalenders.Eigen())
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	told := &tally{swept: make(chan app.VeegUitslag, 100), failed: make(chan string, 1000)}
	s, err := schedule.New(t.Context(), schedule.Options{
		App: h.With(t, away), Zone: zone, Log: slog.New(slog.DiscardHandler), Meter: told, Houder: "a", LeadTime: lease,
	})
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Stop() })
	seen := map[string]bool{}
	for !seen["termijnen"] || !seen["herrekenen"] || !seen["herinneringen"] {
		seen[wait(t, told.failed, func() {})] = true
	}
	assert.Empty(t, told.swept)
	assert.Zero(t, recorded(t, h, m))
}

func TestAToolComputesAnewUnlessAServiceLeads(t *testing.T) {
	h := house(t)
	id := runs(t, h)
	_, err := h.App.NeemLeiding(t.Context(), "dienst", lease*60)
	require.NoError(t, err)
	vul(t, h, h.Kalenders)
	_, done, err := schedule.RecomputeOnce(t.Context(), h.App, func(int) {})
	require.NoError(t, err)
	assert.False(t, done)
	assert.Equal(t, "2026-12-03", ends(t, h, id), "left to the service")

	held, err := h.App.NeemLeiding(t.Context(), "dienst", lease*60)
	require.NoError(t, err)
	require.NoError(t, h.App.LaatLeiding(t.Context(), held))
	n := 0
	out, done, err := schedule.RecomputeOnce(t.Context(), h.App, func(k int) { n += k })
	require.NoError(t, err)
	assert.True(t, done)
	assert.Equal(t, app.HerrekenUitslag{Bekeken: 1, Gewijzigd: 1}, out)
	assert.Equal(t, 1, n)
	assert.Equal(t, "2026-12-04", ends(t, h, id))
	_, err = h.App.NeemLeiding(t.Context(), "dienst", lease)
	assert.NoError(t, err, "it gave the lead up")
}
