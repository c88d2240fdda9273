package app_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func herreken(t *testing.T, a *app.App) app.HerrekenUitslag {
	t.Helper()
	out, err := a.Herreken(t.Context(), nil, func(int) {})
	require.NoError(t, err)
	return out
}

func kept(t *testing.T, h *apptest.House, id string) domain.Melding {
	t.Helper()
	m, err := h.Store.Melding(t.Context(), id)
	require.NoError(t, err)
	return m
}

// last is what happened to m last, as text.
func last(m domain.Melding, n int) (out []string) {
	for _, v := range m.Geschiedenis[len(m.Geschiedenis)-n:] {
		out = append(out, fmt.Sprint(v.Soort, " ", v.Door.ID, " ", v.Gegevens["was"], " ", v.Gegevens["einddatum"], " ", v.Gegevens["aanleiding"]))
	}
	return out
}

func TestAfterAChangeOfTheCalendarRunningTermsMove(t *testing.T) {
	h, _ := shipped(t)
	moves := receive(t, h, told(complained("2026-10-22"))).Melding // ends on 3 December
	stays := receive(t, h, told(complained("2026-10-23"))).Melding // and on the fourth
	over := receive(t, h, told(complained("2026-10-22"), func(o *domain.Opgave) {
		o.Melding.KlachtBijAanbieder.AntwoordOp = ptr("2026-11-12")
	})).Melding
	assert.Equal(t, 1, moves.Kalender, "a new melding is of the calendar that counts")
	vul(t, h, "2026-12-03")
	h.Clock.Set(apptest.Begin().Add(time.Minute))
	n, err := h.App.TeHerrekenen(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 2, n)
	var told []int
	out, err := h.App.Herreken(t.Context(), nil, func(n int) { told = append(told, n) })
	require.NoError(t, err)
	assert.Equal(t, app.HerrekenUitslag{Bekeken: 2, Gewijzigd: 1}, out)
	assert.Equal(t, []int{2}, told)

	got := kept(t, h, moves.ID)
	assert.Equal(t, "2026-12-04", got.Termijnen[0].Einddatum.String())
	assert.Equal(t, []string{"termijn_gewijzigd dienst 2026-12-03 2026-12-04 kalender"}, last(got, 1))
	assert.Equal(t, "2026-11-20", got.Termijnen[0].Herinner.String(), "fourteen days before the new end")
	assert.Equal(t, moves.Versie, got.Versie, "nobody's change is refused for it")
	assert.Equal(t, apptest.Begin().Add(time.Minute), got.GewijzigdOp)
	assert.Equal(t, 2, got.Kalender)

	same := kept(t, h, stays.ID)
	stays.Kalender = 2
	assert.Equal(t, stays, same, "one that does not move is marked and not written")
	assert.Equal(t, 1, kept(t, h, over.ID).Kalender, "what asks for nothing is left alone")
	n, err = h.App.TeHerrekenen(t.Context())
	require.NoError(t, err)
	assert.Zero(t, n)
	assert.Equal(t, app.HerrekenUitslag{}, herreken(t, h.App))
	list, err := h.App.LijstTermijnen(t.Context(), actor(), domain.TermijnFilter{Van: term.NewDate(2026, 12, 4), Tot: term.NewDate(2026, 12, 4), Aantal: 9})
	require.NoError(t, err)
	assert.Len(t, list.Rijen, 2)
}

func TestTheAdviceFollowsAProvidersTermThatTheCalendarMoves(t *testing.T) {
	h, _ := shipped(t)
	m := receive(t, h, told(complained("2026-10-08"))).Melding // ended on 19 November, the day before
	require.Contains(t, m.Advies.Stappen, "geschilleninstantie_adviseren")
	vul(t, h, "2026-11-19", "2026-11-20")
	out := herreken(t, h.App)
	assert.Equal(t, 1, out.Heradviezen)
	got := kept(t, h, m.ID)
	assert.NotContains(t, got.Advies.Stappen, "geschilleninstantie_adviseren", "its end is on 23 November")
	assert.Equal(t, domain.BijKalender, got.Advies.Aanleiding)
	assert.Equal(t, []string{
		"termijn_gewijzigd dienst 2026-11-19 2026-11-23 kalender", "termijn_nadert dienst  2026-11-23 ", "advies dienst   kalender",
	}, last(got, 3))
	assert.Equal(t, term.Nadert, got.Termijnen[0].Status)

	_, err := h.App.VulKalender(t.Context(), apptest.Beheerder(), weg("2026-11-19", "2026-11-20"), app.Eenmalig{})
	require.NoError(t, err)
	herreken(t, h.App)
	got = kept(t, h, m.ID)
	assert.Contains(t, got.Advies.Stappen, "geschilleninstantie_adviseren")
	assert.Equal(t, []string{"termijn_gewijzigd dienst 2026-11-23 2026-11-19 kalender", "advies dienst   kalender"}, last(got, 2),
		"that it passed at that end was told before")
	assert.Equal(t, term.Verstreken, got.Termijnen[0].Status)
}

func TestATermThatIsOverIsExplainedByTheCalendarOfThen(t *testing.T) {
	h, _ := shipped(t)
	vul(t, h, "2026-11-12")
	m := receive(t, h, told(complained("2026-10-01"), func(o *domain.Opgave) {
		o.Melding.KlachtBijAanbieder.AntwoordOp = ptr("2026-11-13")
	})).Melding
	vul(t, h, "2026-12-03")
	_, err := h.App.VulKalender(t.Context(), apptest.Beheerder(), weg("2026-11-12"), app.Eenmalig{})
	require.NoError(t, err)
	herreken(t, h.App)
	got, err := h.App.LeesMelding(t.Context(), actor(), m.ID)
	require.NoError(t, err)
	one := got.Termijnen[0]
	assert.Equal(t, "2026-11-13", one.Einddatum.String())
	assert.Equal(t, term.Voldaan, one.Status)
	assert.Equal(t, one.Einddatum, one.Verklaring[len(one.Verklaring)-1].Datum, "the explanation leads to the end that it has")
	assert.Contains(t, one.Waarschuwingen, term.Sentence{Key: "kalender.eerdere_versie", Args: []any{3}}, "the newest that gives that end")
}

// failing is a store that does not write the meldingen that it is told of.
type failing struct {
	store.Store
	fails  map[string]bool
	writes atomic.Int64
	after  func(n int64) // told of each write
}

func (s *failing) VervangMelding(ctx context.Context, m domain.Melding, bij store.Bij) error {
	if s.fails[m.ID] {
		return errors.New("the disk says no")
	}
	err := s.Store.VervangMelding(ctx, m, bij)
	if n := s.writes.Add(1); s.after != nil {
		s.after(n)
	}
	return err
}

func TestOneThatFailsDoesNotHoldUpTheOthersAndIsCounted(t *testing.T) {
	h, _ := shipped(t)
	bad := receive(t, h, told(complained("2026-10-22"))).Melding
	good := receive(t, h, told(complained("2026-10-22"))).Melding
	vul(t, h, "2026-12-03")
	path := &failing{Store: h.Store, fails: map[string]bool{bad.ID: true}}
	out, err := h.Over(t, path, apptest.NewMeter()).Herreken(t.Context(), nil, func(int) {})
	require.ErrorContains(t, err, "the disk says no")
	assert.Equal(t, 1, out.Mislukt)
	assert.Equal(t, 1, out.Gewijzigd)
	assert.Equal(t, "2026-12-04", kept(t, h, good.ID).Termijnen[0].Einddatum.String())
	n, err := h.App.TeHerrekenen(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, n, "it is told that one remains")
	path.fails = nil
	assert.Equal(t, 1, herreken(t, h.Over(t, path, apptest.NewMeter())).Gewijzigd, "the next run does it")
}

func TestComputingAnewUnderALeadThatEndedChangesNothing(t *testing.T) {
	for name, day := range map[string]string{"one that moves": "2026-12-03", "one that stays": "2026-12-14"} {
		t.Run(name, func(t *testing.T) {
			h, _ := shipped(t)
			receive(t, h, told(complained("2026-10-22")))
			vul(t, h, day)
			before := everything(t, h)
			_, err := h.App.Herreken(t.Context(), ended(t, h.App), func(int) {})
			require.True(t, app.LeidingVoorbij(err), "%v", err)
			assert.Equal(t, before, everything(t, h))
			herreken(t, h.App)
			assert.NotEqual(t, before, everything(t, h))
		})
	}
}

// TestWhatIsBrokenOffGoesOn stops the work again and again, changes the calendar
// meanwhile, and holds the end against that of a house in which nothing was stopped.
func TestWhatIsBrokenOffGoesOn(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 4))
	broken, whole := apptest.Open(t, apptest.NewMeter(), apptest.Small(t, "")), apptest.Open(t, apptest.NewMeter(), apptest.Small(t, ""))
	for n := range 120 {
		made := term.NewDate(2026, 10, 5).AddDays(r.IntN(40)).String()
		for _, h := range []*apptest.House{broken, whole} {
			o := told(complained(made), func(o *domain.Opgave) { o.Kanaal = []string{"brief", "telefoon"}[n%2] })
			_, err := h.App.Neem(t.Context(), actor(), o, fmt.Sprintf("0199f2a4-6c1e-8b3d-9f10-%012d", n))
			require.NoError(t, err)
		}
	}
	changes := []app.KalenderOpgave{opgave("2026-12-03", "2026-12-04", "2026-11-24"), weg("2026-12-03"), opgave("2026-12-07", "2026-12-18")}
	for _, change := range changes {
		for _, h := range []*apptest.House{broken, whole} {
			_, err := h.App.VulKalender(t.Context(), apptest.Beheerder(), change, app.Eenmalig{})
			require.NoError(t, err)
		}
		for range r.IntN(3) {
			ctx, stop := context.WithCancel(t.Context())
			at := int64(1 + r.IntN(12))
			path := &failing{Store: broken.Store, after: func(n int64) {
				if n >= at {
					stop()
				}
			}}
			_, _ = broken.Over(t, path, apptest.NewMeter()).Herreken(ctx, nil, func(int) {})
			stop()
		}
	}
	herreken(t, broken.App)
	herreken(t, whole.App)
	require.Equal(t, terms(t, whole), terms(t, broken))
	for _, m := range everything(t, broken) {
		for _, v := range m.Geschiedenis {
			if v.Gegevens["aanleiding"] == "kalender" {
				assert.NotEqual(t, v.Gegevens["was"], v.Gegevens["einddatum"], "no change is told that was none")
			}
		}
	}
}

// terms are the terms of all meldingen, by ID.
func terms(t *testing.T, h *apptest.House) map[string][]domain.MeldingTermijn {
	t.Helper()
	out := map[string][]domain.MeldingTermijn{}
	for _, m := range everything(t, h) {
		out[m.ID] = m.Termijnen
		assert.Equal(t, h.Kalenders.Geldend().Versie, m.Kalender)
	}
	require.NotEmpty(t, out)
	return out
}
