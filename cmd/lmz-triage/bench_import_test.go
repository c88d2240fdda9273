package main_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
	"zorgmeldingen.nl/lmz-triage/service/voorbeeld"
)

// importFile writes n meldingen in the demonstration's mix, one per line.
func importFile(b *testing.B, n int) string {
	b.Helper()
	zone, err := clock.Amsterdam()
	require.NoError(b, err)
	made, err := voorbeeld.Maak(n, 7, term.DateIn(clock.System{}.Now(), zone))
	require.NoError(b, err)
	var lines bytes.Buffer
	for _, o := range made {
		line, err := json.Marshal(api.FromOpgave(o))
		require.NoError(b, err)
		lines.Write(line)
		lines.WriteByte('\n')
	}
	path := filepath.Join(b.TempDir(), "meldingen.jsonl")
	require.NoError(b, os.WriteFile(path, lines.Bytes(), 0o600))
	return path
}

// imported runs the command on file with an empty store, and gives the most memory
// it had, in bytes.
func imported(b *testing.B, program, file string) int64 {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program, "import", file, "--data", b.TempDir())
	said, err := cmd.CombinedOutput()
	require.NoError(b, err, string(said))
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	require.True(b, ok)
	return usage.Maxrss << 10
}

// BenchmarkImport takes in files of meldingen: lines a second of the whole command,
// its start and its sweep included, and x-memory, the memory for four times as many
// lines to that for the fewer.
func BenchmarkImport(b *testing.B) {
	const lines = 5_000
	program := benchBuild(b)
	few, many := importFile(b, lines), importFile(b, 4*lines)
	small, large := imported(b, program, few), int64(0)
	b.ResetTimer()
	for range b.N {
		large = max(large, imported(b, program, many))
	}
	b.ReportMetric(float64(4*lines*b.N)/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(float64(large)/(1<<20), "MB")
	b.ReportMetric(float64(large)/float64(small), "x-memory")
}
