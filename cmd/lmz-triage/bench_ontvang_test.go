package main_test

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// benchMeldingen is how many meldingen are received in a round.
const benchMeldingen = 200

// benchMix makes the demonstration's mix of meldingen: all received today, as a service
// receives them, or on days of two years in no order, as an archive is typed in.
func benchMix(b *testing.B, archive bool) []domain.Opgave {
	b.Helper()
	const mix, more = 2000, 50
	zone, err := clock.Amsterdam()
	require.NoError(b, err)
	today := term.DateIn(clock.System{}.Now(), zone)
	made, err := voorbeeld.Maak(mix*more, 7, today)
	require.NoError(b, err)
	if !archive {
		require.Equal(b, today.String(), *made[len(made)-mix].Melding.Ontvangstdatum)
		return made[len(made)-mix:]
	}
	spread := make([]domain.Opgave, 0, mix)
	for i := range mix {
		spread = append(spread, made[(i*7919%mix)*more])
	}
	return spread
}

// receiveCalls writes meldingen as requests.
func receiveCalls(b *testing.B, addr string, mix []domain.Opgave) []benchCall {
	b.Helper()
	out := make([]benchCall, 0, len(mix))
	for _, o := range mix {
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

func newBenchIntake(b *testing.B, program, dir string, mix []domain.Opgave) *benchIntake {
	b.Helper()
	lmz := benchServe(b, program, benchTokens(b), dir)
	in := &benchIntake{
		calls: receiveCalls(b, lmz.addr, mix), callers: benchClients(b, lmz.addr, benchCallers),
		table: bare(b, filepath.Join(dir, "lmz-triage.db")),
	}
	in.round(b) // not measured cold
	in.received, in.inserted = 0, 0
	return in
}

// round receives the next meldingen of the mix and then writes as many bare rows.
func (in *benchIntake) round(b *testing.B) {
	b.Helper()
	began := b.Elapsed()
	require.NoError(b, benchRound(b.Context(), in.callers, in.calls, benchMeldingen))
	middle := b.Elapsed()
	require.NoError(b, in.table.round(b.Context(), benchMeldingen))
	in.calls = append(in.calls[benchMeldingen:], in.calls[:benchMeldingen]...)
	in.received += (middle - began).Seconds()
	in.inserted += (b.Elapsed() - middle).Seconds()
}

// BenchmarkReceiveOverHTTP sets receiving a melding, with its provider, counts,
// advice, bandwidth, terms and history, beside a bare insert of such a row into
// the same table, as durable, with few and with many stored, in turns: x-bare is how
// many times as many are received, and x-cost how many times as long one takes with
// many stored as with few. Of few there are 1,000 again in each iteration. The mix is of
// today, or of two years (benchMix).
func BenchmarkReceiveOverHTTP(b *testing.B) {
	b.Run("of-today", func(b *testing.B) { benchReceive(b, benchMix(b, false)) })
	b.Run("of-two-years", func(b *testing.B) { benchReceive(b, benchMix(b, true)) })
}

func benchReceive(b *testing.B, mix []domain.Opgave) {
	b.Helper()
	program := benchBuild(b)
	many, few := newBenchIntake(b, program, benchSeed(b, program, 100_000), mix), &benchIntake{}
	for b.Loop() {
		fresh := newBenchIntake(b, program, benchSeed(b, program, 1000), mix)
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
