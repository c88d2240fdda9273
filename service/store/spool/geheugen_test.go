package spool_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// activated makes a package with this digest the active one, in the store itself.
func (h house) activated(t *testing.T, digest string) domain.Activering {
	t.Helper()
	require.NoError(t, h.behind.Store.BewaarPakket(t.Context(), storetest.Package(digest)))
	a, err := h.behind.Store.Activeer(t.Context(), storetest.Activation(digest))
	require.NoError(t, err)
	return a
}

// followed reads what a service reads that follows the active policy.
func (h house) followed(t *testing.T) (domain.Activering, domain.Beleidspakket, error) {
	t.Helper()
	a, err := h.ActieveActivering(t.Context())
	if err != nil {
		return a, domain.Beleidspakket{}, err
	}
	p, err := h.Pakket(t.Context(), a.Digest)
	return a, p, err
}

func (h house) requireFollows(t *testing.T, want domain.Activering) {
	t.Helper()
	a, p, err := h.followed(t)
	require.NoError(t, err)
	require.Equal(t, want, a)
	require.Equal(t, storetest.Package(want.Digest), p)
}

// restarted is the spool of the next process.
func (h house) restarted(t *testing.T, state storetest.State) house {
	t.Helper()
	require.NoError(t, h.Close())
	next := open(t, h.dir, 10)
	next.behind.Set(state)
	return next
}

func TestThePolicyThatWasActiveIsThereWhileTheStoreIsAway(t *testing.T) {
	h := open(t, t.TempDir(), 10)
	first := h.activated(t, "a")
	h.requireFollows(t, first)
	h.behind.Set(storetest.Off)
	h.requireFollows(t, first)
	h = h.restarted(t, storetest.Off)
	h.requireFollows(t, first)
	_, err := h.Pakket(t.Context(), "b")
	storetest.RequireFailure(t, err, domain.Unavailable)

	h.behind.Set(storetest.On)
	second := h.activated(t, "b")
	h.requireFollows(t, second)
	again := h.activated(t, "b") // the package is known: it need not be read again
	seen, err := h.ActieveActivering(t.Context())
	require.NoError(t, err)
	require.Equal(t, again, seen)
	h = h.restarted(t, storetest.Off)
	h.requireFollows(t, again)
}

func TestAPolicyOfWhichThePackageWasNeverReadIsNotRemembered(t *testing.T) {
	h := open(t, t.TempDir(), 10)
	first := h.activated(t, "a")
	h.requireFollows(t, first)
	h.activated(t, "b")
	_, err := h.ActieveActivering(t.Context())
	require.NoError(t, err)
	h.behind.Set(storetest.Off)
	h.requireFollows(t, first)
}

func TestWithoutAMemoryThereIsNoPolicyWhileTheStoreIsAway(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, 10)
	h.behind.Set(storetest.Off)
	_, _, err := h.followed(t)
	storetest.RequireFailure(t, err, domain.Unavailable)
	h.behind.Set(storetest.On)
	_, _, err = h.followed(t)
	storetest.RequireFailure(t, err, domain.NotFound)
	h.requireFollows(t, h.activated(t, "a"))

	file := filepath.Join(dir, "spool", "beleid.json")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for name, damaged := range map[string][]byte{
		"cut off": text[:len(text)-1], "empty": {}, "other": append([]byte("0"), text[1:]...), "turned": append(text[:200:200], text[201:]...),
	} {
		require.NoError(t, os.WriteFile(file, damaged, 0o600))
		h = h.restarted(t, storetest.Off)
		_, _, err = h.followed(t)
		require.True(t, domain.IsCode(err, domain.Unavailable), "%s: %v", name, err)
	}
}

func TestWhatAKilledProcessWroteHalfIsTakenAway(t *testing.T) {
	h := open(t, t.TempDir(), 10)
	half := filepath.Join(h.dir, "spool", "beleid.json.123")
	require.NoError(t, os.WriteFile(half, []byte("half"), 0o600))
	h = h.restarted(t, storetest.On)
	require.NoFileExists(t, half)
	h.requireFollows(t, h.activated(t, "a"))
	left, err := filepath.Glob(filepath.Join(h.dir, "spool", "beleid.json*"))
	require.NoError(t, err)
	require.Len(t, left, 1)
}

func TestWhoEndsIsTheOneThatEnded(t *testing.T) {
	h := open(t, t.TempDir(), 10)
	h.requireFollows(t, h.activated(t, "a"))
	h.behind.Set(storetest.Off)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.ActieveActivering(ctx)
	storetest.RequireFailure(t, err, domain.Unavailable)
}
