package main_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// program is the binary under test, as a user would have it.
var program string

// realServer is the MongoDB server that was given for the tests, if any. No command
// under test may take it for its store.
var realServer = os.Getenv("MONGODB_URI")

func TestMain(m *testing.M) {
	if err := os.Unsetenv("MONGODB_URI"); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(withProgram(m))
}

// withProgram builds the binary once for all tests.
func withProgram(m *testing.M) int {
	dir, err := os.MkdirTemp("", "lmz-triage")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program = filepath.Join(dir, "lmz-triage")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=proef", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		fmt.Println(string(said))
		return 1
	}
	return m.Run()
}

// said is what a command said and how it ended.
type said struct {
	out, err string
	status   int
}

// command runs the program with no settings in its environment.
func command(t testing.TB, in string, args ...string) said {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second) // a service that should not start must not hold the test
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = []string{"HOME=" + t.TempDir()}
	cmd.Dir = t.TempDir()
	cmd.Stdin = strings.NewReader(in)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return said{out: out.String(), err: errOut.String(), status: cmd.ProcessState.ExitCode()}
}

// dienst is a service that runs in a process of its own.
type dienst struct {
	token    string // whose calls these are; demo-systeem when it is empty
	cmd      *exec.Cmd
	url      string
	out, log *lines
	ended    chan error
}

// lines keeps what a process writes, while it is read.
type lines struct {
	lock sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (l *lines) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.String()
}

// serve starts a demonstration on the data in dir, and waits until it is ready.
func serve(t testing.TB, dir string) *dienst {
	t.Helper()
	return start(t, "--demo", "--no-seed", "--data", dir)
}

// start starts a service with these settings, and waits until it is ready.
func start(t testing.TB, args ...string) *dienst {
	t.Helper()
	d := begin(t, "", append([]string{"--addr", "127.0.0.1:0"}, args...)...)
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	require.Eventually(t, func() bool {
		d.url = address.FindString(d.out.String())
		return d.url != ""
	}, 30*time.Second, 2*time.Millisecond, "not ready: %s", d.log)
	return d
}

// begin starts a service at url, and does not wait for it.
func begin(t testing.TB, url string, args ...string) *dienst {
	t.Helper()
	cmd := exec.Command(program, append([]string{"serve"}, args...)...)
	d := &dienst{cmd: cmd, url: url, out: &lines{}, log: &lines{}, ended: make(chan error, 1)}
	cmd.Stdout, cmd.Stderr = d.out, d.log
	require.NoError(t, cmd.Start())
	go func() {
		d.ended <- cmd.Wait()
		close(d.ended)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		for range d.ended { // or it writes on in a folder that is being removed
		}
	})
	return d
}

// kill ends the service as a power cut would.
func (d *dienst) kill(t testing.TB) {
	t.Helper()
	require.NoError(t, d.cmd.Process.Kill())
	require.Error(t, <-d.ended)
}

// stop asks the service to stop, and gives its exit status.
func (d *dienst) stop(t testing.TB) int {
	t.Helper()
	require.NoError(t, d.cmd.Process.Signal(os.Interrupt))
	select {
	case err := <-d.ended:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			require.NoError(t, err)
		}
		return d.cmd.ProcessState.ExitCode()
	case <-time.After(20 * time.Second):
		require.Fail(t, "the service does not stop")
		return -1
	}
}

// ask sends a request with the token of a system and gives the answer; an error
// when the service is gone.
func (d *dienst) ask(method, path, body string) (status int, answer string, err error) {
	status, answer, _, err = d.call(context.Background(), method, path, body)
	return status, answer, err
}

// call is ask for as long as ctx allows, with the headers of the answer.
func (d *dienst) call(ctx context.Context, method, path, body string) (status int, answer string, headers http.Header, err error) {
	r, err := http.NewRequestWithContext(ctx, method, d.url+path, strings.NewReader(body))
	if err != nil {
		return 0, "", nil, err
	}
	r.Header.Set("Authorization", "Bearer "+cmp.Or(d.token, "demo-systeem"))
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw), resp.Header, err
}

// must is ask of a service that is there.
func (d *dienst) must(t testing.TB, method, path, body string) (status int, answer string) {
	t.Helper()
	status, answer, err := d.ask(method, path, body)
	require.NoError(t, err)
	return status, answer
}
