package main_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// sweptSoon requires that d leads and swept well before the lead of another could
// have ended.
func sweptSoon(t *testing.T, d *dienst) {
	t.Helper()
	require.Eventually(t, func() bool {
		_, ready := d.must(t, http.MethodGet, "/readyz", "")
		_, counts := d.must(t, http.MethodGet, "/metrics", "")
		return strings.Contains(ready, `"leidt":true`) &&
			!strings.Contains(counts, "lmz_termijnen_laatst_gecontroleerd_seconden 0\n")
	}, 10*time.Second, 20*time.Millisecond)
}

func TestAServiceOnItsOwnSweepsAtItsStartAlsoAfterAKill(t *testing.T) {
	dir := t.TempDir()
	first := serve(t, dir)
	sweptSoon(t, first)
	first.kill(t)
	second := serve(t, dir)
	sweptSoon(t, second)
	require.Zero(t, second.stop(t))
	sweptSoon(t, serve(t, dir))
}
