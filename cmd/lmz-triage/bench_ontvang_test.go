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

// benchIntake is a service with so many meldingen stored, beside a bare table.
type benchIntake struct {
	stored   int
	calls    []benchCall
	callers  []*benchClient
	table    *bareTable
	received []float64 // meldingen a second, of each round
	inserted []float64
}

// benchSeed is a folder with a store with so many meldingen.
func benchSeed(b *testing.B, program string, stored int) string {
	b.Helper()
	dir := b.TempDir()
	said, err := exec.CommandContext(b.Context(), program, "seed", "--data", dir, "--meldingen", strconv.Itoa(stored)).CombinedOutput()
	require.NoError(b, err, string(said))
	return dir
}

func newBenchIntake(b *testing.B, program, dir string, stored int) *benchIntake {
	b.Helper()
	lmz := benchServe(b, program, benchTokens(b), dir)
	in := &benchIntake{
		stored: stored, calls: receiveCalls(b, lmz.addr), callers: benchClients(b, lmz.addr, benchCallers),
		table: bare(b, filepath.Join(dir, "lmz-triage.db")),
	}
	in.round(b) // not measured cold
	in.received, in.inserted = nil, nil
	return in
}

// round receives meldingen and then writes as many bare rows.
func (in *benchIntake) round(b *testing.B) {
	b.Helper()
	began := b.Elapsed()
	require.NoError(b, benchRound(b.Context(), in.callers, in.calls, benchMeldingen))
	middle := b.Elapsed()
	require.NoError(b, in.table.round(b.Context(), benchMeldingen))
	in.received = append(in.received, benchMeldingen/(middle-began).Seconds())
	in.inserted = append(in.inserted, benchMeldingen/(b.Elapsed()-middle).Seconds())
}

// benchRatios are the rounds of a beside those of o.
func benchRatios(a, o []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] / o[i]
	}
	return out
}

// BenchmarkReceiveOverHTTP sets receiving a melding, with its provider, counts,
// advice, bandwidth, terms and history, beside a bare insert of such a row into
// the same table, as durable, with few and with many stored, in turns: x-bare is how
// many times as many are received, and x-cost how many times as long one takes with
// many stored as with few.
func BenchmarkReceiveOverHTTP(b *testing.B) {
	program := benchBuild(b)
	small, large := benchSeed(b, program, 1000), benchSeed(b, program, 100_000)
	few, many := newBenchIntake(b, program, small, 1000), newBenchIntake(b, program, large, 100_000)
	for b.Loop() {
		for range benchRounds {
			few.round(b)
			many.round(b)
		}
	}
	for _, in := range []*benchIntake{few, many} {
		of := "-" + strconv.Itoa(in.stored)
		b.ReportMetric(benchMiddle(benchRatios(in.received, in.inserted)), "x-bare"+of)
		b.ReportMetric(benchMiddle(in.received), "meldingen/s"+of)
		b.ReportMetric(benchMiddle(in.inserted), "bare-inserts/s"+of)
	}
	b.ReportMetric(benchMiddle(benchRatios(few.received, many.received)), "x-cost")
	b.ReportMetric(benchMiddle(benchRatios(few.inserted, many.inserted)), "x-cost-bare")
}
