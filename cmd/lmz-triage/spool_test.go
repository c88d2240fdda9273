package main_test

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/store/spool"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

var _ spool.Wachtrij = (*sqlite.Wachtrij)(nil)

func TestAServiceDeliversAtItsStartWhatAnEarlierOneLeft(t *testing.T) {
	dir := t.TempDir()
	file, err := sqlite.OpenWachtrij(t.Context(), filepath.Join(dir, "spool"))
	require.NoError(t, err)
	left := storetest.Entries(1, 3)
	require.NoError(t, file.BewaarAdviezen(t.Context(), left))
	require.NoError(t, file.Close())

	d := start(t, "--demo", "--no-seed", "--data", dir, "--spool", filepath.Join(dir, "spool"))
	require.Eventually(t, func() bool {
		status, answer := d.must(t, http.MethodGet, "/readyz", "")
		var r struct{ Wachtend *int }
		require.NoError(t, json.Unmarshal([]byte(answer), &r))
		require.NotNil(t, r.Wachtend, answer)
		return status == http.StatusOK && *r.Wachtend == 0
	}, 20*time.Second, 10*time.Millisecond)
	require.Zero(t, d.stop(t))

	st, err := sqlite.Open(t.Context(), filepath.Join(dir, "lmz-triage.db"))
	require.NoError(t, err)
	defer func() { require.NoError(t, st.Close()) }()
	for _, want := range left {
		got, err := st.Advies(t.Context(), want.ID)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestTwoServicesDoNotShareASpool(t *testing.T) {
	shared := filepath.Join(t.TempDir(), "spool")
	start(t, "--demo", "--no-seed", "--data", t.TempDir(), "--spool", shared)
	second := command(t, "", "serve", "--addr", "127.0.0.1:0", "--demo", "--no-seed", "--data", t.TempDir(), "--spool", shared)
	require.Equal(t, 1, second.status)
	require.Equal(t, "Een andere dienst gebruikt de map "+shared+" al om adviezen te laten wachten. Stop die dienst eerst, of geef deze dienst een eigen map.\n", second.err)
}

func TestASpoolWithoutRoomIsRefused(t *testing.T) {
	none := command(t, "", "serve", "--addr", "127.0.0.1:0", "--demo", "--data", t.TempDir(), "--spool", t.TempDir(), "--spool-max", "0")
	require.Equal(t, 1, none.status)
	require.Contains(t, none.err, "Met --spool-max kunnen geen 0 adviezen wachten.")
}
