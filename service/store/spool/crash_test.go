package spool_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// entryOf is an entry whose id tells the process and number it is of.
func entryOf(process, n int) domain.GegevenAdvies {
	e := storetest.Entry(n)
	e.ID = fmt.Sprintf("%d-%d", process, n)
	return e
}

// spoolUntilKilled keeps entries while the store is away, and prints each id once
// that was answered.
func spoolUntilKilled(dir string) { saveUntilKilled(dir, func(house) {}) }

// deliverUntilKilled does so while the store comes and goes, which also loses
// answers.
func deliverUntilKilled(dir string) {
	saveUntilKilled(dir, func(h house) {
		for {
			h.behind.Set([]storetest.State{storetest.On, storetest.On, storetest.Off, storetest.Deaf}[rand.IntN(4)])
			time.Sleep(time.Duration(rand.IntN(40)) * time.Millisecond)
		}
	})
}

func saveUntilKilled(dir string, also func(house)) {
	h, err := build(context.Background(), dir, 1_000_000)
	must(err)
	h.behind.Set(storetest.Off)
	const callers = 4
	for i := range callers {
		go func() {
			for n := i; ; n += callers {
				e := entryOf(os.Getpid(), n)
				must(h.BewaarAdviezen(context.Background(), []domain.GegevenAdvies{e}))
				_, err := fmt.Println(e.ID)
				must(err)
			}
		}()
	}
	also(h)
	select {}
}

// killed runs a child of role on dir, kills it after it has printed so many ids,
// and gives all that it had printed by then.
func killed(t *testing.T, role, dir string, lines int) (ids []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], dir)
	cmd.Env = append(os.Environ(), childRole+"="+role)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	for scan := bufio.NewScanner(out); scan.Scan(); {
		if ids = append(ids, scan.Text()); len(ids) == lines {
			require.NoError(t, cmd.Process.Kill())
		}
	}
	require.ErrorContains(t, cmd.Wait(), "killed")
	require.GreaterOrEqual(t, len(ids), lines)
	return ids
}

func TestKillingTheProcessLosesNoDecisionThatWasAnswered(t *testing.T) {
	for _, role := range []string{"spool", "deliver"} {
		t.Run("while it does: "+role, func(t *testing.T) {
			dir := t.TempDir()
			var answered []string
			for range 4 {
				answered = append(answered, killed(t, role, dir, 1+rand.IntN(600))...)
			}
			h := open(t, dir, 1_000_000)
			require.Eventually(t, func() bool { return h.Wachtstand().Wachtend == 0 }, 30*time.Second, time.Millisecond)
			for _, id := range answered {
				process, number, _ := strings.Cut(id, "-")
				pid, err := strconv.Atoi(process)
				require.NoError(t, err)
				n, err := strconv.Atoi(number)
				require.NoError(t, err)
				got, err := h.behind.Advies(t.Context(), id)
				require.NoError(t, err, id)
				require.Equal(t, entryOf(pid, n), got)
			}
			// an id can be there once only; at most the calls under way are more than was answered
			require.LessOrEqual(t, rows(t, h.dir+"/opslag.db"), len(answered)+4*4)
			require.Zero(t, rows(t, h.dir+"/spool/wachtrij.db"))
		})
	}
}
