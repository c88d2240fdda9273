package app_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

func TestAnOldAdviceReadsTheSameUnderANewPolicy(t *testing.T) {
	h, _ := small(t, "")
	first, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
	require.NoError(t, err)
	assert.Equal(t, 1, first.Beleid.Versie)

	h.Clock.Set(apptest.Begin().Add(time.Hour))
	h.Activate(t, apptest.Shipped(t))
	for range 2 { // the second time from memory
		again, err := h.App.LeesAdvies(t.Context(), actor(), first.ID)
		require.NoError(t, err)
		assert.Equal(t, first, again)
	}
	second, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
	require.NoError(t, err)
	assert.Equal(t, 2, second.Beleid.Versie)
	assert.NotEqual(t, first.Beleid.Digest, second.Beleid.Digest)
	assert.Equal(t, apptest.Begin().Add(time.Hour), second.Beleid.GeldigVanaf)
	assert.Len(t, second.Criteria, 11)
}

func TestOfProcessesThatBeginTogetherOneMakesThePolicyActive(t *testing.T) {
	h, _ := small(t, "") // as version 1
	for na := range 2 {
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				assert.NoError(t, app.ActivateAfter(t.Context(), h.Store, h.Clock, actor(), apptest.Shipped(t), "Eerste start.", na))
			})
		}
		all.Wait()
		list, err := h.Store.Activeringen(t.Context())
		require.NoError(t, err)
		require.Len(t, list, na+1)
	}
}

func TestTheSameTreeOnceMoreIsANewVersion(t *testing.T) {
	h, _ := small(t, "")
	before, err := h.Policies.Active()
	require.NoError(t, err)
	a := h.Activate(t, apptest.Small(t, ""))
	assert.Equal(t, 2, a.Versie)
	after, err := h.Policies.Active()
	require.NoError(t, err)
	assert.Same(t, before.Version, after.Version, "nothing had to be loaded again")
	assert.Equal(t, 2, after.Beleid().Versie)
	changed, err := h.Policies.Follow(t.Context())
	require.NoError(t, err)
	assert.False(t, changed)
	got, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
	require.NoError(t, err)
	assert.Equal(t, 2, got.Beleid.Versie)
}

func TestQuestionsGoOnWhileThePolicyChanges(t *testing.T) {
	h, _ := small(t, "")
	trees := []map[string]string{apptest.Shipped(t), apptest.Small(t, "")}
	stop, callers := make(chan struct{}), sync.WaitGroup{}
	for range 4 {
		callers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				got, err := h.App.Adviseer(t.Context(), actor(), asked("nee", "ja"))
				assert.NoError(t, err)
				assert.Equal(t, domain.Escaleren, got.Advies)
			}
		})
	}
	for i := range 4 {
		h.Activate(t, trees[i%2])
	}
	close(stop)
	callers.Wait()
}

func TestWithoutAPolicyNothingIsReady(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	_, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
	require.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
	require.True(t, domain.IsCode(h.App.Ready(t.Context()), domain.Unavailable))
	_, err = h.Policies.Follow(t.Context())
	require.True(t, domain.IsCode(err, domain.NotFound), "%v", err)
	s := h.App.Stand(t.Context())
	assert.Nil(t, s.Beleid)
	require.Error(t, s.Err)
}

func TestHowTheServiceStands(t *testing.T) {
	h, _ := small(t, "")
	s := h.App.Stand(t.Context())
	require.NoError(t, s.Err)
	assert.Equal(t, 1, s.Beleid.Activation.Versie)
	assert.Equal(t, []int{2024, 2028}, []int{s.EersteJaar, s.LaatsteJaar})
	assert.Equal(t, "Europe/Amsterdam", s.Zone.String())
	assert.Same(t, h.Policies, h.App.Policies())
	require.NoError(t, h.Store.Close())
	assert.True(t, domain.IsCode(h.App.Ready(t.Context()), domain.Unavailable))
	_, err := h.Policies.Follow(t.Context())
	assert.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
}

func TestAClosedPolicyDecidesNoMore(t *testing.T) {
	h, _ := small(t, "")
	h.Policies.Close()
	h.Policies.Close()
	_, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
	require.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
}

// A package that cannot be loaded leaves the version that decides alone.
func TestAPackageThatDoesNotLoadLeavesTheOldOneActive(t *testing.T) {
	h, _ := small(t, "")
	broken := domain.Beleidspakket{Digest: "0f", Bron: []byte("{}"), Wasm: []byte("no wasm"), Motor: "geen", VastgelegdOp: apptest.Begin()}
	require.NoError(t, h.Store.BewaarPakket(t.Context(), broken))
	_, err := h.Store.Activeer(t.Context(), domain.Activering{Digest: "0f", GeldigVanaf: apptest.Begin(), Door: "x", Reden: "y"})
	require.NoError(t, err)
	changed, err := h.Policies.Follow(t.Context())
	require.Error(t, err)
	assert.False(t, changed)
	got, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
	require.NoError(t, err)
	assert.Equal(t, 1, got.Beleid.Versie)
}

func TestActivatingKeepsWhoWhenAndWhy(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	by := domain.Actor{ID: "demo-beleid", Rol: domain.Beleid}
	a, err := app.Activate(t.Context(), h.Store, h.Clock, by, apptest.Small(t, ""), "Na overleg.")
	require.NoError(t, err)
	want := domain.Activering{Versie: 1, Digest: apptest.Small(t, "").Digest(), GeldigVanaf: apptest.Begin(), Door: "demo-beleid", Reden: "Na overleg."}
	assert.Equal(t, want, a)
	pack, err := h.Store.Pakket(t.Context(), a.Digest)
	require.NoError(t, err)
	assert.Equal(t, apptest.Begin(), pack.VastgelegdOp)
	assert.NotEmpty(t, pack.Wasm)
}

func TestATreeThatCannotDecideIsNotActivated(t *testing.T) {
	h := apptest.Empty(t, apptest.NewMeter(), apptest.Patient())
	_, err := app.Activate(t.Context(), h.Store, h.Clock, actor(), apptest.Small(t, "een regel die niet te lezen is"), "Toch.")
	require.True(t, domain.IsCode(err, domain.Invalid), "%v", err)
	assert.Equal(t, "main/main.rego", domain.AsError(err).Faults[0].Field)
	_, err = app.Activate(t.Context(), h.Store, h.Clock, actor(), apptest.Small(t, ""), "")
	requireFaults(t, err, "reason verplicht")
	all, err := h.Store.Activeringen(t.Context())
	require.NoError(t, err)
	assert.Empty(t, all)

	require.NoError(t, h.Store.Close())
	_, err = app.Activate(t.Context(), h.Store, h.Clock, actor(), apptest.Small(t, ""), "Dicht.")
	require.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
}

func TestAnAdviceThatIsNotThereIsNotFound(t *testing.T) {
	h, _ := small(t, "")
	for name, id := range map[string]string{
		"an id nobody has":       "0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d12",
		"capitals":               "0199F2A4-6C1E-7B3D-9F10-2A4C6E8B0D12",
		"another writing of ids": "{0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d12}",
		"no id at all":           "17",
		"nothing":                "",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.App.LeesAdvies(t.Context(), actor(), id)
			require.True(t, domain.IsCode(err, domain.NotFound), "%v", err)
		})
	}
}

// Another copy of the service on the same store reads what this one decided.
func TestASecondCopyReadsTheDecisionsOfTheFirst(t *testing.T) {
	h, _ := small(t, "")
	given, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
	require.NoError(t, err)
	st, err := sqlite.Open(context.WithoutCancel(t.Context()), filepath.Clean(h.Path))
	require.NoError(t, err)
	defer func() { require.NoError(t, st.Close()) }()
	other := app.NewPolicies(st, apptest.Patient())
	catalogue, err := other.Catalogue(t.Context(), given.Beleid.Digest)
	require.NoError(t, err)
	assert.Len(t, catalogue.Criteria, 2)
	_, err = other.Catalogue(t.Context(), "niet-bewaard")
	require.True(t, domain.IsCode(err, domain.NotFound), "%v", err)
}
