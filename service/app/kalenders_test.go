package app_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func begin(t *testing.T, k *app.Kalenders) error {
	t.Helper()
	at := &apptest.Clock{}
	at.Set(apptest.Begin())
	return k.Begin(t.Context(), at, apptest.Beheerder(), apptest.Redenen())
}

func versies(t *testing.T, h *apptest.House) []domain.KalenderVersie {
	t.Helper()
	all, err := h.Store.Kalenders(t.Context())
	require.NoError(t, err)
	return all
}

func TestAnEmptyStoreTakesTheCalendarThatIsShipped(t *testing.T) {
	h, _ := shipped(t)
	all := versies(t, h)
	require.Len(t, all, 1)
	k := h.Kalenders.Geldend()
	assert.Equal(t, 1, k.Versie)
	assert.Equal(t, k.Digest(), all[0].Digest)
	assert.Equal(t, "Eerste start.", all[0].Reden)
	assert.Equal(t, apptest.Beheerder(), all[0].Door)
	assert.Equal(t, apptest.Begin(), all[0].Op)
	assert.Len(t, all[0].Erbij, 8)
	assert.Empty(t, all[0].Eraf)
	require.NoError(t, begin(t, h.Kalenders), "a second start changes nothing")
	assert.Len(t, versies(t, h), 1)
}

func TestAfterwardsTheStoreDecidesWhichDaysThereAre(t *testing.T) {
	h, _ := shipped(t)
	more := apptest.Altered(t, "besluitdagen.json", `{"datum": "2028-05-26"`, `{"datum": "2028-06-06", "naam": "nog een dag"}, {"datum": "2028-05-26"`)
	k := app.NewKalenders(h.Store, more)
	require.NoError(t, begin(t, k))
	assert.Equal(t, h.Kalenders.Geldend().Digest(), k.Geldend().Digest())
	assert.Len(t, versies(t, h), 1)
	unknown, _ := k.Geldend().Verschil(k.Eigen())
	assert.Len(t, unknown, 1, "what it knows more is left to a person")
}

func TestCopiesOfTheServiceFollowTheNewestCalendar(t *testing.T) {
	h, _ := shipped(t)
	other := app.NewKalenders(h.Store, h.Kalenders.Eigen())
	changed, err := other.Follow(t.Context())
	require.NoError(t, err)
	assert.True(t, changed)
	seen := other.Anders()
	vul(t, h, "2027-03-09")
	changed, err = other.Follow(t.Context())
	require.NoError(t, err)
	assert.True(t, changed)
	assert.Equal(t, 2, other.Geldend().Versie)
	assert.Equal(t, h.Kalenders.Geldend().Digest(), other.Geldend().Digest())
	select {
	case <-seen:
	default:
		assert.Fail(t, "it is not told that another calendar counts")
	}
	changed, err = other.Follow(t.Context())
	require.NoError(t, err)
	assert.False(t, changed)
}

func TestWhileTheStoreIsAwayTheCalendarStays(t *testing.T) {
	h, _ := shipped(t)
	away := &storetest.Switch{Store: h.Store}
	k := app.NewKalenders(away, h.Kalenders.Eigen())
	require.NoError(t, begin(t, k))
	away.Set(storetest.Off)
	_, err := k.Follow(t.Context())
	assert.True(t, domain.IsCode(err, domain.Unavailable))
	assert.Equal(t, 1, k.Geldend().Versie)
	assert.False(t, k.Ouder())
	assert.Error(t, begin(t, app.NewKalenders(away, h.Kalenders.Eigen())), "a service does not start on a calendar that it cannot read")
}

func TestANewerVersionOfTheServiceKeepsTheDaysAndCountsWithItsOwnRules(t *testing.T) {
	h, _ := shipped(t)
	vul(t, h, "2027-03-09")
	newer := app.NewKalenders(h.Store, apptest.NewRules(t))
	require.NoError(t, begin(t, newer))
	all := versies(t, h)
	require.Len(t, all, 3)
	assert.Equal(t, "Nieuwe regels.", all[2].Reden)
	assert.Empty(t, all[2].Erbij)
	assert.Empty(t, all[2].Eraf)
	assert.Equal(t, all[1].Besluitdagen, all[2].Besluitdagen)
	_, free := newer.Geldend().OvergeslagenDag(term.NewDate(2027, 3, 9))
	assert.True(t, free)
	_, free = newer.Geldend().OvergeslagenDag(term.NewDate(2027, 12, 3))
	assert.True(t, free)
	require.NoError(t, begin(t, app.NewKalenders(h.Store, apptest.NewRules(t))), "a second copy of it adds nothing")
	assert.Len(t, versies(t, h), 3)
}

func TestAnOlderVersionOfTheServiceStopsCounting(t *testing.T) {
	h, _ := shipped(t)
	require.NoError(t, begin(t, app.NewKalenders(h.Store, apptest.NewRules(t))))
	older := func(err error) {
		t.Helper()
		require.Error(t, err)
		assert.Equal(t, "fout.kalender_ouder", domain.AsError(err).Key)
		assert.Equal(t, []any{2}, domain.AsError(err).Args)
	}
	_, err := h.Kalenders.Follow(t.Context())
	older(err)
	assert.True(t, h.Kalenders.Ouder())
	assert.Equal(t, 1, h.Kalenders.Geldend().Versie, "it does not take over what it cannot count with")
	older(h.App.VolgKalender(t.Context()))
	older(begin(t, app.NewKalenders(h.Store, h.Kalenders.Eigen())))
	older(app.NewKalenders(h.Store, h.Kalenders.Eigen()).Bekijk(t.Context()))
	_, err = h.App.VulKalender(t.Context(), apptest.Beheerder(), opgave("2027-03-10"), app.Eenmalig{})
	older(err)
	assert.Len(t, versies(t, h), 2)
}

func TestOfManyNewVersionsOfTheServiceOneAddsTheCalendar(t *testing.T) {
	h, _ := shipped(t)
	rules := apptest.NewRules(t)
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = begin(t, app.NewKalenders(h.Store, rules)) })
	}
	all.Wait()
	for _, err := range errs {
		assert.NoError(t, err)
	}
	assert.Len(t, versies(t, h), 2)
}

type bewaard = store.Kalenders

// overtaken has another copy of the service add a version once the newest was read.
type overtaken struct {
	bewaard
	once  sync.Once
	other func()
}

func (o *overtaken) Kalender(ctx context.Context) (domain.KalenderVersie, error) {
	v, err := o.bewaard.Kalender(ctx)
	o.once.Do(o.other)
	return v, err
}

func TestAVersionThatAnotherCopyJustAddedMakesThisOneNoOlder(t *testing.T) {
	h, _ := shipped(t)
	rules := apptest.NewRules(t)
	between := &overtaken{bewaard: h.Store, other: func() { require.NoError(t, begin(t, app.NewKalenders(h.Store, rules))) }}
	k := app.NewKalenders(between, rules)
	require.NoError(t, begin(t, k))
	assert.Equal(t, 2, k.Geldend().Versie)
	assert.False(t, k.Ouder())
	assert.Len(t, versies(t, h), 2)
}

func TestWhoOnlyLooksChangesNothing(t *testing.T) {
	h, _ := shipped(t)
	k := app.NewKalenders(h.Store, apptest.NewRules(t))
	require.NoError(t, k.Bekijk(t.Context()))
	assert.Len(t, versies(t, h), 1)
	assert.Equal(t, 1, k.Geldend().Versie)
	_, free := k.Geldend().OvergeslagenDag(term.NewDate(2027, 12, 3))
	assert.True(t, free, "by the rules of this version of the service")
}

func TestADecisionKeepsTheCalendarThatItWasMadeWith(t *testing.T) {
	h, _ := shipped(t)
	digest := func() string {
		out, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
		require.NoError(t, err)
		kept, err := h.Store.Advies(t.Context(), out.ID)
		require.NoError(t, err)
		return kept.KalenderDigest
	}
	before := h.Kalenders.Geldend().Digest()
	assert.Equal(t, before, digest())
	vul(t, h, "2027-03-09")
	assert.Equal(t, h.Kalenders.Geldend().Digest(), digest())
	assert.NotEqual(t, before, digest())
}

// otherLadder reminds ten days before the end where the shipped one does seven.
func otherLadder(t *testing.T) *term.Kalender {
	t.Helper()
	return apptest.Altered(t, "herinneringen.json", `{"dagen": -7,`, `{"dagen": -10,`)
}

func TestAnotherLadderHasTheNextRemindersComputedAnew(t *testing.T) {
	h, _ := shipped(t)
	before := receive(t, h, told(complained("2026-10-22"))).Melding // ends on 3 December
	require.Equal(t, "2026-11-26", before.Termijnen[0].Herinner.String())
	k := app.NewKalenders(h.Store, otherLadder(t))
	require.NoError(t, begin(t, k))
	require.NoError(t, begin(t, app.NewKalenders(h.Store, otherLadder(t))), "a second copy of it adds nothing")
	all := versies(t, h)
	require.Len(t, all, 2)
	assert.Equal(t, "Nieuwe ladder.", all[1].Reden)
	assert.Equal(t, all[0].Digest, all[1].Digest, "decisions keep what they were made with")
	assert.Equal(t, all[0].Besluitdagen, all[1].Besluitdagen)
	assert.Equal(t, 1, all[1].TeHerrekenen)

	_, err := h.With(t, k).Herreken(t.Context(), nil, func(int) {})
	require.NoError(t, err)
	want := before
	want.Kalender, want.Rev = 2, before.Rev+1
	want.Termijnen = slices.Clone(before.Termijnen)
	want.Termijnen[0].Herinner = term.NewDate(2026, 11, 23)
	assert.Equal(t, want, kept(t, h, before.ID), "and nothing else")
	earlier, err := k.Eerdere(t.Context())
	require.NoError(t, err)
	assert.Len(t, earlier, 2, "what an earlier version gave is still explained")
}

func TestAnOlderLadderIsThatOfAnOlderVersionOfTheService(t *testing.T) {
	h, _ := shipped(t)
	require.NoError(t, begin(t, app.NewKalenders(h.Store, otherLadder(t))))
	_, err := h.Kalenders.Follow(t.Context())
	require.Error(t, err)
	assert.Equal(t, "fout.kalender_ouder", domain.AsError(err).Key)
	assert.True(t, h.Kalenders.Ouder(), "it leads no more, and plans nothing by the old one")
	require.Error(t, begin(t, app.NewKalenders(h.Store, h.Kalenders.Eigen())))
	again := apptest.Altered(t, "herinneringen.json", `"stand": "2026-11-28"`, `"stand": "2026-12-01"`)
	require.NoError(t, begin(t, app.NewKalenders(h.Store, again)), "the same steps of a later date are newer")
	assert.Len(t, versies(t, h), 3)
}

func TestOfAVersionWithoutALadderWhoStartsKeepsHis(t *testing.T) {
	h, _ := shipped(t)
	bare := versies(t, h)[0]
	bare.Versie, bare.Ladder = 2, ""
	require.NoError(t, h.Store.BewaarKalender(t.Context(), bare))
	changed, err := h.Kalenders.Follow(t.Context())
	require.NoError(t, err, "a copy that runs goes on")
	assert.True(t, changed)
	for range 2 {
		require.NoError(t, begin(t, app.NewKalenders(h.Store, h.Kalenders.Eigen())))
		all := versies(t, h)
		require.Len(t, all, 3)
		assert.Equal(t, h.Kalenders.Eigen().Ladder(), all[2].Ladder)
		assert.Equal(t, "Ladder onbekend.", all[2].Reden, "that it is another is not known")
	}
}
