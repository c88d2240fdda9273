package main_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	opaversion "github.com/open-policy-agent/opa/v1/version"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server"
)

// benchToken is the bearer token of the caller that the benchmarks are.
const benchToken = "een-sleutel-voor-de-meting"

// benchProcess is a server under measurement, in a process of its own, as it is
// in use.
type benchProcess struct {
	cmd  *exec.Cmd
	addr string
}

// benchBuild builds the service as the Makefile does.
func benchBuild(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "lmz-triage")
	build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	said, err := build.CombinedOutput()
	require.NoError(b, err, string(said))
	return program
}

// benchTokens writes a token file with one caller.
func benchTokens(b *testing.B) string {
	b.Helper()
	sum := sha256.Sum256([]byte(benchToken))
	text, err := json.Marshal([]server.TokenLine{{ID: "meting", Rol: domain.Systeem, SHA256: fmt.Sprintf("%x", sum)}})
	require.NoError(b, err)
	path := filepath.Join(b.TempDir(), "tokens.json")
	require.NoError(b, os.WriteFile(path, text, 0o600))
	return path
}

// benchServe starts the service on the data in dir and waits until it is ready.
// Its log goes to a file, which costs what a log costs.
func benchServe(b *testing.B, program, tokens, dir string) *benchProcess {
	b.Helper()
	log, err := os.Create(filepath.Join(b.TempDir(), "log"))
	require.NoError(b, err)
	defer func() { require.NoError(b, log.Close()) }()
	p := benchCommand(b, program, "serve", "--addr", "127.0.0.1:0", "--data", dir, "--tokens", tokens)
	p.cmd.Stderr = log
	out, err := p.cmd.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, p.cmd.Start())
	address := regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)
	said := bufio.NewReader(out)
	for p.addr == "" {
		line, err := said.ReadString('\n')
		require.NoError(b, err, "the service stopped before it was ready: %s", benchFile(b, log.Name()))
		if found := address.FindStringSubmatch(line); found != nil {
			p.addr = found[1]
		}
	}
	p.requireOK(b, "/readyz")
	return p
}

// benchFile is what stands in a file, for the line that says what went wrong.
func benchFile(b *testing.B, path string) string {
	b.Helper()
	text, err := os.ReadFile(path)
	require.NoError(b, err)
	return string(text)
}

// benchOPA starts OPA's own server on the policy that the service ships, with
// nothing logged, and waits until it is healthy.
func benchOPA(b *testing.B, program string) *benchProcess {
	b.Helper()
	opa, err := filepath.Abs(filepath.Join("..", "..", "bin", "opa"))
	require.NoError(b, err)
	built, err := buildinfo.ReadFile(opa)
	require.NoError(b, err, "bin/opa is not there: `make bench` builds it")
	requireBenchVersion(b, built)
	policies := filepath.Join(b.TempDir(), "policies")
	said, err := exec.CommandContext(b.Context(), program, "policy", "export", policies).CombinedOutput()
	require.NoError(b, err, string(said))

	addr := benchFreeAddr(b)
	p := benchCommand(b, opa, "run", "--server", "--addr", addr, "--log-level", "error", "--disable-telemetry", policies)
	p.addr = addr
	var out bytes.Buffer
	p.cmd.Stdout, p.cmd.Stderr = &out, &out
	require.NoError(b, p.cmd.Start())
	require.Eventually(b, func() bool {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			return false
		}
		return conn.Close() == nil
	}, 20*time.Second, 20*time.Millisecond, "opa does not answer")
	p.requireOK(b, "/health")
	return p
}

// requireBenchVersion makes sure that both sides are the same OPA.
func requireBenchVersion(b *testing.B, built *buildinfo.BuildInfo) {
	b.Helper()
	for _, m := range append(built.Deps, &built.Main) {
		if m.Path == "github.com/open-policy-agent/opa" {
			require.Equal(b, "v"+opaversion.Version, m.Version, "go.mod and .tools/opa/go.mod name different versions")
			return
		}
	}
	b.Fatal("bin/opa is not opa: `make bench` builds it")
}

// benchFreeAddr is an address that nobody used a moment ago: OPA does not tell
// which port it was given.
func benchFreeAddr(b *testing.B) string {
	b.Helper()
	l, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	require.NoError(b, err)
	require.NoError(b, l.Close())
	return l.Addr().String()
}

// benchCommand is a process that is told to stop at the end of b at the latest.
func benchCommand(b *testing.B, program string, args ...string) *benchProcess {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	p := &benchProcess{cmd: cmd}
	b.Cleanup(func() {
		if cmd.Process != nil && cmd.ProcessState == nil {
			_ = cmd.Wait()
		}
	})
	return p
}

// stop ends the process and waits until it is gone.
func (p *benchProcess) stop(b *testing.B) {
	b.Helper()
	require.NoError(b, p.cmd.Process.Signal(os.Interrupt))
	require.NoError(b, p.cmd.Wait())
}

func (p *benchProcess) requireOK(b *testing.B, path string) {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "http://"+p.addr+path, nil)
	require.NoError(b, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(b, err)
	defer func() { require.NoError(b, resp.Body.Close()) }()
	said, err := io.ReadAll(resp.Body)
	require.NoError(b, err)
	require.Equal(b, http.StatusOK, resp.StatusCode, string(said))
}

// resident is the memory of the process in megabytes; false where the system
// does not show it as a file.
func (p *benchProcess) resident(b *testing.B) (float64, bool) {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(text)) {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kib); n == 1 {
			return kib * 1024 / 1e6, true
		}
	}
	return 0, false
}

// processor is how long the process has used a processor so far; zero where the
// system does not show it as a file (proc(5): ticks of 10 ms).
func (p *benchProcess) processor() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if err != nil || len(fields) < 13 {
		return 0
	}
	var user, system time.Duration
	_, err = fmt.Sscan(fields[11]+" "+fields[12], &user, &system)
	if err != nil {
		return 0
	}
	return (user + system) * 10 * time.Millisecond
}
