// Package apptest starts the use cases for tests: a real store in a temporary
// folder, a real policy, and a clock that stands still until a test moves it.
package apptest

import (
	"database/sql"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/policies"
	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Redenen are those of a start.
func Redenen() app.Redenen {
	return app.Redenen{Eerste: "Eerste start.", Regels: "Nieuwe regels.", Ladder: "Nieuwe ladder.", Onbekend: "Ladder onbekend."}
}

// Begin is the moment at which every clock starts: 20 November 2026, 10:30 in
// Amsterdam.
func Begin() time.Time { return time.Date(2026, time.November, 20, 9, 30, 0, 0, time.UTC) }

// Patient is a limit for a machine that is busy with the race detector.
func Patient() policy.Limits { return policy.Limits{Evaluation: 5 * time.Second, Instances: 2} }

// Clock tells the moment it was set to.
type Clock struct{ now atomic.Pointer[time.Time] }

// Set makes now the present moment.
func (c *Clock) Set(now time.Time) { c.now.Store(&now) }

// Now implements clock.Clock.
func (c *Clock) Now() time.Time { return *c.now.Load() }

var _ clock.Clock = (*Clock)(nil)

// House is a service without a transport. Path is the file of its store.
type House struct {
	App       *app.App
	Policies  *app.Policies
	Kalenders *app.Kalenders
	Store     *sqlite.Store
	Clock     *Clock
	Path      string
}

// Empty starts a house in which no policy is active. Everything is closed at the
// end of t.
func Empty(t testing.TB, m app.Meter, limits policy.Limits) *House {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lmz-triage.db")
	st, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = st.Close() })
	calendar, err := term.Load()
	require.NoError(t, err)
	h := &House{
		Store: st, Policies: app.NewPolicies(st, limits), Kalenders: app.NewKalenders(st, calendar), Clock: &Clock{}, Path: path,
	}
	t.Cleanup(h.Policies.Close)
	h.Clock.Set(Begin())
	require.NoError(t, h.Kalenders.Begin(t.Context(), h.Clock, Beheerder(), Redenen()))
	h.App = h.Over(t, st, m)
	return h
}

// Over is the service of the house over another way to its store.
func (h *House) Over(t testing.TB, st store.Store, m app.Meter, opts ...app.Option) *app.App {
	t.Helper()
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	return app.New(h.Clock, zone, st, h.Kalenders, h.Policies, m, opts...)
}

// With is another copy of the service on the store of the house, which follows
// calendars of its own.
func (h *House) With(t testing.TB, k *app.Kalenders) *app.App {
	t.Helper()
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	return app.New(h.Clock, zone, h.Store, k, h.Policies, NewMeter())
}

// Beheerder is who may do everything.
func Beheerder() domain.Actor { return domain.Actor{ID: "beheerder", Rol: domain.Beheer} }

// Open starts a house in which tree decides.
func Open(t testing.TB, m app.Meter, tree policy.Tree) *House {
	t.Helper()
	h := Empty(t, m, Patient())
	h.Activate(t, tree)
	return h
}

// Activate makes tree the version that decides.
func (h *House) Activate(t testing.TB, tree policy.Tree) domain.Activering {
	t.Helper()
	by := domain.Actor{ID: "beleidsmedewerker", Rol: domain.Beleid}
	a, err := app.Activate(t.Context(), h.Store, h.Clock, by, tree, "Voor deze test.")
	require.NoError(t, err)
	changed, err := h.Policies.Follow(t.Context())
	require.NoError(t, err)
	require.True(t, changed)
	return a
}

// Logged counts the entries of the decision log, in the file itself.
func (h *House) Logged(t testing.TB) int {
	t.Helper()
	pool, err := sql.Open("sqlite", h.Path)
	require.NoError(t, err)
	defer func() { require.NoError(t, pool.Close()) }()
	var n int
	require.NoError(t, pool.QueryRowContext(t.Context(), "SELECT count(*) FROM advies").Scan(&n))
	return n
}

// Shipped is the policy of the service.
func Shipped(t testing.TB) policy.Tree {
	t.Helper()
	tree, err := policy.ReadTree(policies.FS)
	require.NoError(t, err)
	return tree
}

// Small is the policy of two criteria, with the files of the variant of that
// name in place of its own; an empty name changes nothing.
func Small(t testing.TB, variant string) policy.Tree {
	t.Helper()
	fsys, err := fixtures.KleinBeleid()
	require.NoError(t, err)
	tree, err := policy.ReadTree(fsys)
	require.NoError(t, err)
	if variant == "" {
		return tree
	}
	variants, err := fixtures.BeleidVarianten()
	require.NoError(t, err)
	require.Contains(t, variants, variant)
	return variants[variant].Over(tree)
}
