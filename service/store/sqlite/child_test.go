package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// child is this test binary, started once more in another role.
func child(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], path)
	cmd.Env = append(os.Environ(), childRole+"="+role)
	cmd.Stderr = os.Stderr
	return cmd
}

// entryOf is an entry whose id tells the process and number it is of.
func entryOf(process, n int) domain.GegevenAdvies {
	e := storetest.Entry(n)
	e.ID = fmt.Sprintf("%d-%d", process, n)
	return e
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// writeUntilKilled keeps entries from several goroutines, in calls of different
// sizes, and prints the ids of each call once it was answered.
func writeUntilKilled(path string) {
	s, err := sqlite.Open(context.Background(), path)
	must(err)
	const callers = 8
	for i := range callers {
		go func() {
			for n := i; ; n += callers {
				var entries []domain.GegevenAdvies
				for k := range 1 + n%3 {
					entries = append(entries, entryOf(os.Getpid(), n*3+k))
				}
				must(s.BewaarAdviezen(context.Background(), entries))
				var ids strings.Builder
				for _, e := range entries {
					fmt.Fprintln(&ids, e.ID)
				}
				_, err := os.Stdout.WriteString(ids.String()) // one write: lines of callers do not mix
				must(err)
			}
		}()
	}
	select {}
}

// receivedMelding is a melding that tells the process and number it is of, and
// the advices given when it came in and when it was changed.
func receivedMelding(process, n int) (m domain.Melding, first, later []domain.GegevenAdvies) {
	m = storetest.Melding(n)
	m.ID = fmt.Sprintf("%d-%d", process, n)
	m.Kenmerk, m.Opgave.Klantkenmerk = m.ID, m.ID
	return m, []domain.GegevenAdvies{entryOf(process, 3*n), entryOf(process, 3*n+1)}, []domain.GegevenAdvies{entryOf(process, 3*n+2)}
}

// receiveUntilKilled receives meldingen and changes each once, from several
// goroutines, and prints the id and the revision once that was answered.
func receiveUntilKilled(path string) {
	s, err := sqlite.Open(context.Background(), path)
	must(err)
	const callers = 8
	for i := range callers {
		go func() {
			for n := i; ; n += callers {
				m, first, later := receivedMelding(os.Getpid(), n)
				must(storetest.Bewaar(context.Background(), s, m, first))
				_, err := fmt.Printf("%s 1\n", m.ID)
				must(err)
				must(storetest.Vervang(context.Background(), s, m, later))
				_, err = fmt.Printf("%s 2\n", m.ID)
				must(err)
			}
		}()
	}
	select {}
}

// writeHundred keeps a hundred entries one by one, and activates as often.
func writeHundred(path string) {
	s, err := sqlite.Open(context.Background(), path)
	must(err)
	must(s.BewaarPakket(context.Background(), storetest.Package("a")))
	for n := range 100 {
		must(s.BewaarAdviezen(context.Background(), []domain.GegevenAdvies{entryOf(os.Getpid(), n)}))
		_, err := s.Activeer(context.Background(), storetest.Activation("a"))
		must(err)
	}
	must(s.Close())
}

// fillSmallDisk works where no file may grow beyond a limit, as on a disk that
// is full, and then where it may again.
func fillSmallDisk(path string) {
	signal.Ignore(syscall.SIGXFSZ)
	ctx := context.Background()
	s, err := sqlite.Open(ctx, path)
	must(err)
	must(s.BewaarAdviezen(ctx, storetest.Entries(1, 50)))

	var before syscall.Rlimit
	must(syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before))
	must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 20, Max: before.Max}))
	kept := 50
	for err = nil; err == nil; {
		if err = s.BewaarAdviezen(ctx, storetest.Entries(kept+1, kept+50)); err == nil {
			kept += 50
		}
	}
	fmt.Println("kept", kept)
	fmt.Println("code", domain.AsError(err).Code)
	for err = nil; err == nil; { // what is left of the room may do for some small writes
		err = s.Ping(ctx)
	}
	fmt.Println("ping", domain.AsError(err).Code)
	must(intact(ctx, s, kept))

	must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before))
	must(s.Ping(ctx))
	must(s.BewaarAdviezen(ctx, storetest.Entries(kept+1, kept+50)))
	must(intact(ctx, s, kept+50))
	must(s.Close())
	fmt.Println("works again")
}

// intact gives an error unless entries 1..n are all there.
func intact(ctx context.Context, s *sqlite.Store, n int) error {
	for _, e := range storetest.Entries(1, n) {
		if _, err := s.Advies(ctx, e.ID); err != nil {
			return err
		}
	}
	return nil
}

// holdLock takes the lock for serving, says so, and waits to be killed.
func holdLock(path string) {
	_, err := sqlite.LockForServing(path)
	must(err)
	fmt.Println("locked")
	select {}
}

func TestEachChildRoleIsKnown(t *testing.T) {
	out, err := child(t, "write a hundred", t.TempDir()+"/opslag.db").Output()
	require.NoError(t, err)
	require.Empty(t, out)
}
