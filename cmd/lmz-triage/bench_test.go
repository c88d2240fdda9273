package main_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// A comparison is a number of rounds in which both servers answer as many
// questions in turn, so that both see the same machine; the middle round counts.
const (
	benchCallers   = 32
	benchRounds    = 11
	benchQuestions = 2000 // to each server in a round
)

// benchSide is one of the two servers with its callers.
type benchSide struct {
	callers []*benchClient
	calls   []benchCall
}

// perSecond is the decisions per second of one round.
func (s benchSide) perSecond(b *testing.B) float64 {
	b.Helper()
	began := b.Elapsed()
	require.NoError(b, benchRound(b.Context(), s.callers, s.calls, benchQuestions))
	return benchQuestions / (b.Elapsed() - began).Seconds()
}

// BenchmarkDecisionOverHTTP sets the decision endpoint as it is in use, with
// authentication, validation, the decision log on disk and the log of requests,
// beside OPA's own server on the same policy and the same input, which does none
// of these. x-opa is how many times as many decisions the service gives. The
// processor time of a decision hardly moves with what else the machine does.
func BenchmarkDecisionOverHTTP(b *testing.B) {
	program := benchBuild(b)
	lmz := benchServe(b, program, benchTokens(b), b.TempDir())
	opa := benchOPA(b, program)
	ours, theirs := benchCalls(b, lmz.addr, opa.addr)
	a := benchSide{benchClients(b, lmz.addr, benchCallers), ours}
	z := benchSide{benchClients(b, opa.addr, benchCallers), theirs}
	requireSameAnswers(b, a, z)
	a.perSecond(b) // so that neither side is measured cold
	z.perSecond(b)
	var perLMZ, perOPA, ratios []float64
	usedLMZ, usedOPA := lmz.processor(), opa.processor()
	for b.Loop() {
		for range benchRounds {
			n, m := a.perSecond(b), z.perSecond(b)
			perLMZ, perOPA, ratios = append(perLMZ, n), append(perOPA, m), append(ratios, n/m)
		}
	}
	b.ReportMetric(benchMiddle(perLMZ), "lmz-decisions/s")
	b.ReportMetric(benchMiddle(perOPA), "opa-decisions/s")
	b.ReportMetric(benchMiddle(ratios), "x-opa")
	if each := float64(len(ratios) * benchQuestions); usedLMZ > 0 {
		b.ReportMetric((lmz.processor()-usedLMZ).Seconds()*1e6/each, "lmz-cpu-us")
		b.ReportMetric((opa.processor()-usedOPA).Seconds()*1e6/each, "opa-cpu-us")
	}
}

// requireSameAnswers holds the whole decision of both servers side by side, once
// for every question: during the measurement only the advice is looked at.
func requireSameAnswers(b *testing.B, lmz, opa benchSide) {
	b.Helper()
	for i := range lmz.calls {
		raw, err := lmz.callers[0].ask(lmz.calls[i].request)
		require.NoError(b, err)
		var given api.TriageAdvies
		require.NoError(b, json.Unmarshal(raw, &given))
		raw, err = opa.callers[0].ask(opa.calls[i].request)
		require.NoError(b, err)
		var said struct {
			Result struct {
				Advies   string            `json:"advies"`
				Criteria map[string]string `json:"criteria"`
				Stappen  []string          `json:"stappen"`
			} `json:"result"`
		}
		require.NoError(b, json.Unmarshal(raw, &said))
		outcomes, steps := map[string]string{}, []string{}
		for _, c := range given.Criteria {
			outcomes[c.Code] = c.Uitkomst
		}
		for _, s := range given.Stappen {
			steps = append(steps, s.Code)
		}
		require.Equal(b, said.Result.Advies, given.Advies)
		require.Equal(b, said.Result.Criteria, outcomes)
		require.ElementsMatch(b, said.Result.Stappen, steps)
	}
}

func benchMiddle(values []float64) float64 {
	return slices.Sorted(slices.Values(values))[len(values)/2]
}

// BenchmarkStart measures from the start of the program until /readyz says so:
// on an empty store, where the policy is compiled first, and on one that has its
// policy. MB-idle is the memory of the process two seconds later.
func BenchmarkStart(b *testing.B) {
	program, tokens := benchBuild(b), benchTokens(b)
	b.Run("empty-store", func(b *testing.B) { benchStart(b, program, tokens, b.TempDir) })
	b.Run("store-with-policy", func(b *testing.B) {
		dir := b.TempDir()
		benchServe(b, program, tokens, dir).stop(b)
		benchStart(b, program, tokens, func() string { return dir })
	})
}

func benchStart(b *testing.B, program, tokens string, data func() string) {
	b.Helper()
	var last *benchProcess
	for b.Loop() {
		b.StopTimer()
		if last != nil {
			last.stop(b)
		}
		dir := data()
		b.StartTimer()
		last = benchServe(b, program, tokens, dir)
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e3/float64(b.N), "ms-to-ready")
	time.Sleep(2 * time.Second) // idle is what it is after a while without work
	if mb, ok := last.resident(b); ok {
		b.ReportMetric(mb, "MB-idle")
	}
	last.stop(b)
}
