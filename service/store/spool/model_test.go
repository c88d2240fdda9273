package spool_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// Whatever happens to the store and the process, in whatever order: what was
// answered can be read, unless the store is away and has it, and is there once in
// the end.
func TestEverySequenceKeepsWhatWasAnswered(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := t.TempDir()
		h, err := build(t.Context(), dir, 20)
		require.NoError(rt, err)
		defer func() { require.NoError(rt, h.Close()) }()
		next, kept, open := 1, map[string]domain.GegevenAdvies{}, []string(nil)
		rt.Repeat(map[string]func(*rapid.T){
			"switch": func(rt *rapid.T) {
				h.behind.Set(rapid.SampledFrom([]storetest.State{storetest.On, storetest.Off, storetest.Deaf}).Draw(rt, "state"))
			},
			"save": func(rt *rapid.T) {
				n := rapid.IntRange(1, 4).Draw(rt, "entries")
				entries := storetest.Entries(next, next+n-1)
				next += n
				err := h.BewaarAdviezen(t.Context(), entries)
				for _, e := range entries {
					if err == nil {
						kept[e.ID] = e
					} else {
						open = append(open, e.ID)
					}
				}
				if err != nil {
					require.Equal(rt, "fout.spool_vol", domain.AsError(err).Key)
				}
			},
			"again": func(rt *rapid.T) {
				for _, e := range kept {
					err := h.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{e})
					require.True(rt, err == nil || domain.IsCode(err, domain.Conflict) || domain.IsCode(err, domain.Unavailable), "%v", err)
					return
				}
			},
			"read": func(rt *rapid.T) {
				for id, e := range kept {
					got, err := h.Advies(t.Context(), id)
					if !domain.IsCode(err, domain.Unavailable) {
						require.NoError(rt, err)
						require.Equal(rt, e, got)
					}
				}
			},
			"restart": func(rt *rapid.T) {
				require.NoError(rt, h.Close())
				h, err = build(t.Context(), dir, 20)
				require.NoError(rt, err)
			},
			"wait": func(*rapid.T) { time.Sleep(time.Duration(next%3) * 130 * time.Millisecond) },
		})
		h.behind.Set(storetest.On)
		require.Eventually(rt, func() bool { return h.Wachtstand().Wachtend == 0 }, 20*time.Second, time.Millisecond)
		for id, e := range kept {
			got, err := h.behind.Advies(t.Context(), id)
			require.NoError(rt, err)
			require.Equal(rt, e, got)
		}
		n := rows(t, dir+"/opslag.db")
		require.GreaterOrEqual(rt, n, len(kept))
		require.LessOrEqual(rt, n, len(kept)+len(open))
	})
}
