package app_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// childStore is the setting in which this program, started once more by a test, is
// told whose reminders to give until it is killed.
const childStore = "LMZ_HERINNER_OPSLAG"

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		if err := remindUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// reminderDay is a morning on which the terms of watched have a reminder.
func reminderDay() time.Time { return time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC) }

// remindUntilKilled gives the reminders of a store again and again, each run under a
// lead that it takes anew, as after every start.
func remindUntilKilled(path string) error {
	ctx := context.Background()
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	k, err := term.Load()
	if err != nil {
		return err
	}
	zone, err := clock.Amsterdam()
	if err != nil {
		return err
	}
	now := &apptest.Clock{}
	now.Set(reminderDay())
	a := app.New(now, zone, st, app.NewKalenders(nil, k), app.NewPolicies(st, policy.DefaultLimits(1)), apptest.NewMeter(), app.WithEvents())
	for {
		lead, err := a.NeemLeiding(ctx, "dienst", time.Hour)
		if err != nil {
			return err
		}
		fmt.Println("begin")
		if err := a.Herinner(ctx, &lead); err != nil {
			return err
		}
		fmt.Println("eind")
		if err := a.LaatLeiding(ctx, lead); err != nil {
			return err
		}
	}
}

// killedWhileReminding starts a child on a store and kills it some time after it
// began a run. It reports whether a run had ended by then.
func killedWhileReminding(t *testing.T, path string, after time.Duration) (ended bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childStore+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "it begins")
	time.Sleep(after) // the moment of the power cut
	require.NoError(t, cmd.Process.Kill())
	for lines.Scan() {
		ended = ended || lines.Text() == "eind"
	}
	require.Error(t, cmd.Wait())
	return ended
}

func TestEveryReminderIsGivenOnceWhateverKillsTheService(t *testing.T) {
	const due = 700 // some pages
	path := filepath.Join(t.TempDir(), "opslag.db")
	s, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	_, err = s.ZetGebruiker(t.Context(), domain.Gebruiker{ID: "leider", EMail: "l@example.nl", Rollen: []domain.Rol{domain.Teamleider}})
	require.NoError(t, err)
	k, err := term.Load()
	require.NoError(t, err)
	var list []store.MeldingKopie
	for n := range due {
		m := watched(k, n, term.NewDate(2026, 11, 23))
		m.Rev = 1
		list = append(list, store.MeldingKopie{Melding: m, Eerste: m})
	}
	require.NoError(t, s.ZetMeldingen(t.Context(), list))
	require.NoError(t, s.Close())

	kills := 0
	for after := 20 * time.Millisecond; !killedWhileReminding(t, path, after); kills++ {
		after = time.Duration(5+rand.IntN(30*(1+kills*kills))) * time.Millisecond // longer and longer, also on a slow machine
	}
	s, err = sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	page, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "leider", Aantal: 2 * due})
	require.NoError(t, err)
	events, err := s.TeVersturen(t.Context(), domain.BerichtHerinnering, true, reminderDay(), 2*due)
	require.NoError(t, err)
	for what, all := range map[string][]domain.Bericht{"the team leader": page.Berichten, "other systems": events} {
		of := map[string]int{}
		for _, b := range all {
			of[b.MeldingID]++
		}
		require.Len(t, all, due, what)
		require.Len(t, of, due, "each once, to %s", what)
	}
	t.Logf("killed %d times", kills)
}
