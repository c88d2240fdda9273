package policy_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// benchVersion is the shipped policy with the limits of a server.
func benchVersion(b *testing.B) *policy.Version {
	b.Helper()
	return load(b, shippedTree(b), policy.Limits{Evaluation: time.Second, Instances: 2})
}

// sevenUnknown is a question on which every askable fact is unknown.
func sevenUnknown() domain.TriageInvoer {
	in := question("onbekend", "onbekend").MetGebeurtenis(domain.Gebeurtenis{})
	for _, f := range in.OnbekendeFeiten() {
		in = in.MetFeit(f.Veld, "onbekend")
	}
	for _, f := range domain.VraagbareFeiten() {
		in = in.MetFeit(f.Veld, "onbekend")
	}
	return in
}

// BenchmarkEvaluate sets one evaluation of the shipped policy in Wasm beside the
// interpreter: the same input, input and result as JSON. Ratios of one run are
// reported as x-interpreter, and x-one-core for two goroutines.
func BenchmarkEvaluate(b *testing.B) {
	v := benchVersion(b)
	input := policy.EncodeInput(question("mogelijk", "nee"))
	perCall := map[string]float64{}
	b.Run("interpreter", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := v.Reference().EvaluateJSON(b.Context(), input)
			require.NoError(b, err)
		}
		perCall["interpreter"] = float64(b.Elapsed()) / float64(b.N)
	})
	b.Run("wasm", func(b *testing.B) {
		b.ReportAllocs()
		buf := make([]byte, 0, 4096)
		for b.Loop() {
			_, err := v.EvaluateJSON(b.Context(), input, buf[:0])
			require.NoError(b, err)
		}
		perCall["wasm"] = float64(b.Elapsed()) / float64(b.N)
		b.ReportMetric(perCall["interpreter"]/perCall["wasm"], "x-interpreter")
	})
	b.Run("wasm-two-goroutines", func(b *testing.B) {
		b.SetParallelism(1)
		b.RunParallel(func(pb *testing.PB) {
			buf := make([]byte, 0, 4096)
			for pb.Next() {
				if _, err := v.EvaluateJSON(context.Background(), input, buf[:0]); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(perCall["wasm"]/(float64(b.Elapsed())/float64(b.N)), "x-one-core")
	})
}

// BenchmarkBandwidth reports what ontbrekend costs in evaluations, for a question
// with seven unknown facts: one that can be settled early, and one on which every
// completion must be looked at.
func BenchmarkBandwidth(b *testing.B) {
	v := benchVersion(b)
	early := sevenUnknown()
	whole := sevenUnknown()
	whole.Melding.Feiten.EerderOnderzocht = "ja"
	input := policy.EncodeInput(early)
	start := 0.0
	b.Run("one-evaluation", func(b *testing.B) {
		for b.Loop() {
			_, err := v.EvaluateJSON(b.Context(), input, nil)
			require.NoError(b, err)
		}
		start = float64(b.Elapsed()) / float64(b.N)
	})
	for name, in := range map[string]domain.TriageInvoer{"seven-unknown": early, "seven-unknown-every-completion": whole} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := v.Bandwidth(b.Context(), in)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/start, "evaluations")
		})
	}
}
