package main_test

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// benchMeldingen is how many meldingen are received in a round.
const benchMeldingen = 200

// receiveCalls writes the demonstration's mix of meldingen as requests, all of
// today: a service receives them on the day.
func receiveCalls(b *testing.B, addr string) []benchCall {
	b.Helper()
	zone, err := clock.Amsterdam()
	require.NoError(b, err)
	made, err := voorbeeld.Maak(2000, 7, term.DateIn(clock.System{}.Now(), zone))
	require.NoError(b, err)
	out := make([]benchCall, 0, len(made))
	for _, o := range made {
		body, err := json.Marshal(api.FromOpgave(o))
		require.NoError(b, err)
		out = append(out, benchCall{benchRequest(b, "http://"+addr+"/v1/meldingen", string(body), benchToken), []byte(`"kenmerk":"LMZ-`)})
	}
	return out
}

// benchIntake is a service with so many meldingen stored, beside a bare table, and how
// long all rounds of both took, in seconds.
type benchIntake struct {
	calls              []benchCall
	callers            []*benchClient
	table              *bareTable
	received, inserted float64
}

// benchSeed is a folder with a store with so many meldingen.
func benchSeed(b *testing.B, program string, stored int) string {
	b.Helper()
	dir := b.TempDir()
	said, err := exec.CommandContext(b.Context(), program, "seed", "--data", dir, "--meldingen", strconv.Itoa(stored)).CombinedOutput()
	require.NoError(b, err, string(said))
	return dir
}

func newBenchIntake(b *testing.B, program, dir string) *benchIntake {
	b.Helper()
	lmz := benchServe(b, program, benchTokens(b), dir)
	in := &benchIntake{
		calls: receiveCalls(b, lmz.addr), callers: benchClients(b, lmz.addr, benchCallers),
		table: bare(b, filepath.Join(dir, "lmz-triage.db")),
	}
	in.round(b) // not measured cold
	in.received, in.inserted = 0, 0
	return in
}

// round receives meldingen and then writes as many bare rows.
func (in *benchIntake) round(b *testing.B) {
	b.Helper()
	began := b.Elapsed()
	require.NoError(b, benchRound(b.Context(), in.callers, in.calls, benchMeldingen))
	middle := b.Elapsed()
	require.NoError(b, in.table.round(b.Context(), benchMeldingen))
	in.received += (middle - began).Seconds()
	in.inserted += (b.Elapsed() - middle).Seconds()
}

// BenchmarkReceiveOverHTTP sets receiving a melding, with its provider, counts,
// advice, bandwidth, terms and history, beside a bare insert of such a row into
// the same table, as durable, with few and with many stored, in turns: x-bare is how
// many times as many are received, and x-cost how many times as long one takes with
// many stored as with few. Of few there are 1,000 again in each iteration.
func BenchmarkReceiveOverHTTP(b *testing.B) {
	program := benchBuild(b)
	many, few := newBenchIntake(b, program, benchSeed(b, program, 100_000)), &benchIntake{}
	for b.Loop() {
		fresh := newBenchIntake(b, program, benchSeed(b, program, 1000))
		for range benchRounds {
			fresh.round(b)
			many.round(b)
		}
		few.received, few.inserted = few.received+fresh.received, few.inserted+fresh.inserted
	}
	meldingen := float64(b.N * benchRounds * benchMeldingen)
	for of, in := range map[string]*benchIntake{"-1000": few, "-100000": many} {
		b.ReportMetric(in.inserted/in.received, "x-bare"+of)
		b.ReportMetric(meldingen/in.received, "meldingen/s"+of)
		b.ReportMetric(meldingen/in.inserted, "bare-inserts/s"+of)
	}
	b.ReportMetric(many.received/few.received, "x-cost")
	b.ReportMetric(many.inserted/few.inserted, "x-cost-bare")
}
