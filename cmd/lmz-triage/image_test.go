package main_test

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// nobody is the user that the image runs as, of distroless's nonroot.
const nobody = 65532

// instructions reads the Dockerfile: every instruction with its words, in order.
func instructions(t *testing.T) [][2]string {
	t.Helper()
	text, err := os.ReadFile("../../Dockerfile")
	require.NoError(t, err)
	var out [][2]string
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\\\n", " ")) {
		if word, rest, ok := strings.Cut(strings.TrimSpace(line), " "); ok && word != "#" {
			out = append(out, [2]string{word, strings.TrimSpace(rest)})
		}
	}
	return out
}

// last gives the words of the last instruction of a kind.
func last(t *testing.T, all [][2]string, kind string) string {
	t.Helper()
	found := ""
	for _, i := range all {
		if i[0] == kind {
			found = i[1]
		}
	}
	require.NotEmpty(t, found, kind)
	return found
}

func TestTheImageHoldsOneProgramAndNoRights(t *testing.T) {
	all := instructions(t)
	assert.Regexp(t, `^(scratch|gcr\.io/distroless/static)`, last(t, all, "FROM"))
	assert.Regexp(t, `nonroot|^[1-9]\d*`, last(t, all, "USER"))
	assert.Equal(t, `["/lmz-triage"]`, last(t, all, "ENTRYPOINT"))
	assert.Equal(t, `["serve"]`, last(t, all, "CMD"))
	assert.Contains(t, last(t, all, "HEALTHCHECK"), `["/lmz-triage", "health"]`)
}

// imageBuild runs the build line of the image, into the folder out.
func imageBuild(t *testing.T, all [][2]string, out string) {
	t.Helper()
	for _, i := range all {
		if i[0] != "RUN" || !strings.Contains(i[1], "go build") {
			continue
		}
		line := strings.NewReplacer("/out/", out+"/", "${VERSION}", "beeld").Replace(i[1])
		build := exec.CommandContext(t.Context(), "sh", "-c", line)
		build.Dir = "../.."
		said, err := build.CombinedOutput()
		require.NoError(t, err, string(said))
		return
	}
	require.Fail(t, "no build line")
}

// asNobody runs cmd as the user of the image where this test may, and as itself
// elsewhere, with the environment of the image alone.
func asNobody(cmd *exec.Cmd, env []string) *exec.Cmd {
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	cmd.Env = append([]string{}, env...)
	cmd.Dir = "/"
	return cmd
}

func TestTheProgramOfTheImageRunsAsNobodyWithNothing(t *testing.T) {
	dir, err := os.MkdirTemp("", "beeld") //nolint:usetesting // nobody else may look in the folder of a test
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	all := instructions(t)
	imageBuild(t, all, dir)
	data := filepath.Join(dir, "data")
	require.NoError(t, os.Mkdir(data, 0o700))
	tokens := filepath.Join(dir, "tokens.json")
	made := command(t, "", "token", "zaaksysteem", "systeem")
	require.NoError(t, os.WriteFile(tokens, []byte("["+regexp.MustCompile(`\{.*\}`).FindString(made.out)+"]"), 0o644))
	if os.Geteuid() == 0 {
		require.NoError(t, os.Chown(data, nobody, nobody))
	}
	addr := freeAddress(t)
	env := strings.Fields(strings.NewReplacer("/data", data, "0.0.0.0:8080", addr).Replace(last(t, all, "ENV")))
	program := filepath.Join(dir, "lmz-triage")
	running := asNobody(exec.Command(program, "serve"), append(env, "LMZ_TOKENS="+tokens))
	log := &lines{}
	running.Stdout, running.Stderr = log, log
	require.NoError(t, running.Start())
	t.Cleanup(func() { _ = running.Process.Kill() })
	require.Eventually(t, func() bool {
		return asNobody(exec.Command(program, "health"), env).Run() == nil
	}, 30*time.Second, 50*time.Millisecond, "the health check of the image: %s", log)
	resp, err := http.Get("http://" + addr + "/readyz")
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	var ready map[string]any
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&ready))
	assert.Equal(t, true, ready["gereed"])
	require.NoError(t, running.Process.Signal(os.Interrupt))
	require.NoError(t, running.Wait())
}

// freeAddress is an address that nobody used a moment ago.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
