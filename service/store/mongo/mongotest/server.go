// Package mongotest gives the tests a MongoDB-compatible server: the one that
// MONGODB_URI names, else mongod, else a small one in Java (see .ci/mongo). It
// ends with the process that started it, however that ends.
package mongotest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// ErrNone is that this machine has nothing to run a server with.
var ErrNone = errors.New("no MongoDB server: set MONGODB_URI, or install mongod, or Java 17 and Maven")

// Server is a server that the tests may fill.
type Server struct {
	// Real is whether it is MongoDB itself, or said to be by who gave its address.
	Real bool

	base string // the address, with %s for the database
	cmd  *exec.Cmd
	in   io.Closer
	dir  string
}

// Cannot lists what the server in Java cannot do, with what the tests do about it.
func Cannot() map[string]string {
	return map[string]string{
		"explain":            "the plans of queries are compared with the declared indexes, not with what the server does",
		"use of its indexes": "it scans: ratios of many rows against few run on a real server only",
		"log in":             "a wrong password is tested on a listener that answers as a server would",
		"index options":      "it takes an index with other options without a word: a difference is tested on what it lists",
		"replica sets":       "majority reads are tested on a real server only",
	}
}

// Start starts a server. Its clock is that of the machine.
func Start(ctx context.Context, more ...string) (*Server, error) {
	if address := os.Getenv("MONGODB_URI"); address != "" && len(more) == 0 {
		return &Server{Real: true, base: address}, nil
	}
	if path, err := exec.LookPath("mongod"); err == nil && len(more) == 0 {
		return startMongod(ctx, path)
	}
	return StartJava(ctx, more...)
}

// StartJava starts the server in Java on port (the first of more, 0 for any), with
// its data in a file (the second) or in memory.
func StartJava(ctx context.Context, more ...string) (*Server, error) {
	lib, launcher, err := library(ctx)
	if err != nil {
		return nil, err
	}
	if len(more) == 0 {
		more = []string{"0"}
	}
	args := append([]string{"-Xmx512m", "-cp", filepath.Join(lib, "*"), launcher}, more...)
	s := &Server{cmd: exec.Command("java", args...)} //nolint:noctx // it ends with its input
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	in, err := s.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	s.in = in
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the server in Java did not start: %w", err), s.Stop())
	}
	s.base = "mongodb://127.0.0.1:" + strings.TrimSpace(line) + "/%s?timeoutMS=20000"
	return s, nil
}

// library gives the folder with the server in Java and its launcher, fetching it
// at first use.
func library(ctx context.Context) (lib, launcher string, err error) {
	root, err := moduleRoot()
	if err != nil {
		return "", "", err
	}
	lib, launcher = filepath.Join(root, ".tools", "mongo", "lib"), filepath.Join(root, ".ci", "mongo", "Server.java")
	if _, err := exec.LookPath("java"); err != nil {
		return "", "", ErrNone
	}
	if _, err := os.Stat(filepath.Join(lib, "klaar")); err == nil {
		return lib, launcher, nil
	}
	if _, err := exec.LookPath("mvn"); err != nil {
		return "", "", ErrNone
	}
	fetch := exec.CommandContext(ctx, "mvn", "-q", "-B", "-f", filepath.Join(root, ".ci", "mongo", "pom.xml"),
		"dependency:copy-dependencies", "-DoutputDirectory="+lib)
	if out, err := fetch.CombinedOutput(); err != nil {
		return "", "", fmt.Errorf("fetch the server in Java: %w: %s", err, out)
	}
	return lib, launcher, os.WriteFile(filepath.Join(lib, "klaar"), nil, 0o600)
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the working directory")
		}
		dir = filepath.Dir(dir)
	}
	return "", err
}

// startMongod starts mongod through a shell that ends it when its input ends.
func startMongod(ctx context.Context, path string) (*Server, error) {
	dir, err := os.MkdirTemp("", "mongod")
	if err != nil {
		return nil, err
	}
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	script := `"$0" --dbpath "$1" --port "$2" --bind_ip 127.0.0.1 --quiet >"$1/log" 2>&1 & cat >/dev/null; kill $!; wait`
	s := &Server{Real: true, dir: dir, cmd: exec.Command("sh", "-c", script, path, dir, strconv.Itoa(port))} //nolint:noctx // it ends with its input
	s.base = "mongodb://127.0.0.1:" + strconv.Itoa(port) + "/%s?timeoutMS=20000"
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	return s, s.await(ctx, net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
}

func freePort(ctx context.Context) (int, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// await waits until something listens at address.
func (s *Server) await(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, s.Stop())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Stop ends the server, when it was started here.
func (s *Server) Stop() error {
	if s.cmd == nil {
		return nil
	}
	err := errors.Join(s.in.Close(), s.cmd.Wait())
	if s.dir != "" {
		err = errors.Join(err, os.RemoveAll(s.dir))
	}
	return err
}

// Pid is the process of a server that was started here.
func (s *Server) Pid() int { return s.cmd.Process.Pid }

// Port is where a server listens that was started here.
func (s *Server) Port() string {
	at, err := url.Parse(fmt.Sprintf(s.base, "x"))
	if err != nil {
		panic(err) // it is put together above
	}
	return at.Port()
}
