package sqlite_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestCountsOfAYearAreTheSumOfWhatWasAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, sums := "", map[int][2]int{}
		for range rapid.IntRange(0, 40).Draw(t, "additions") {
			day := rapid.SampledFrom([]int{101, 102, 131, 228, 229, 1130, 1231}).Draw(t, "day")
			serious := rapid.IntRange(0, 1).Draw(t, "serious")
			sign := 1
			if was := sums[day]; was[0] > 0 && was[1] >= serious && was[0] > was[1]-serious && rapid.Bool().Draw(t, "off") {
				sign = -1
			}
			sums[day] = [2]int{sums[day][0] + sign, sums[day][1] + sign*serious}
			if sums[day][0] == 0 {
				delete(sums, day)
			}
			var err error
			text, err = sqlite.TelBij(text, day, sign, sign*serious)
			require.NoError(t, err)
		}
		want := ""
		for _, day := range slices.Sorted(maps.Keys(sums)) {
			want += fmt.Sprintf("%d %d %d;", day, sums[day][0], sums[day][1])
		}
		assert.Equal(t, want, text)
	})
}

func FuzzCountsOfAYear(f *testing.F) {
	for _, text := range []string{"", "101 1 0;", "101 12 3;1231 1 1;", "101 1 0", "101 1;", "102 1 0;101 1 0;", "101 1 0 0;", "x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := sqlite.TelBij(text, 615, 1, 0)
		if err != nil {
			return
		}
		back, err := sqlite.TelBij(once, 615, -1, 0)
		require.NoError(t, err, "what is written can be read")
		again, err := sqlite.TelBij(back, 615, 1, 0)
		require.NoError(t, err)
		assert.Equal(t, once, again)
	})
}

func TestDamagedCountsAreToldAndNotGuessed(t *testing.T) {
	for _, text := range []string{"101 1 0", "101 1;", "102 1 0;101 1 0;", "101 1 0;101 1 0;", "101 1 0 7;", "een 1 0;", ";"} {
		t.Run(text, func(t *testing.T) {
			s := openTemp(t)
			m := storetest.Melding(1)
			m.AanbiederID = "a"
			_, err := s.BewaarMelding(t.Context(), m, store.Bij{})
			require.NoError(t, err)
			_, err = plain(t, s.path).Exec(`UPDATE signaal_jaar SET dagen = ?`, text)
			require.NoError(t, err)
			_, err = s.TelSignalen(t.Context(), "a", m.Dag, "")
			storetest.RequireFailure(t, err, domain.Unavailable)
		})
	}
}

// A file of the form that kept counts per day and month counts the same after it.
func TestCountsPerDayBecomeCountsPerYear(t *testing.T) {
	older := fstest.MapFS{}
	for _, name := range []string{"0001_begin.sql", "0002_sleutel.sql", "0003_melding.sql", "0004_signaal.sql"} {
		text, err := fs.ReadFile(sqlite.Migrations(), "migrations/"+name)
		require.NoError(t, err)
		older["migrations/"+name] = &fstest.MapFile{Data: text}
	}
	older["migrations/0004_signaal.sql"].Data = append(older["migrations/0004_signaal.sql"].Data, []byte(`
INSERT INTO signaal_dag VALUES ('a', 20250105, 2, 1), ('a', 20260131, 3, 0), ('a', 20260201, 1, 1), ('a', 20261120, 4, 2), ('b', 20261120, 1, 1);
INSERT INTO signaal_maand SELECT aanbieder, dag / 100, sum(aantal), sum(ernstig) FROM signaal_dag GROUP BY aanbieder, dag / 100;`)...)
	path := filepath.Join(t.TempDir(), "opslag.db")
	s, err := sqlite.OpenWith(t.Context(), path, older)
	if s != nil {
		require.NoError(t, s.Close())
	}
	if err != nil { // the newest statements do not fit the older form
		storetest.RequireFailure(t, err, domain.Unavailable)
	}
	newest := openPath(t, path)
	day := term.NewDate(2026, 11, 20)
	got, err := newest.TelSignalen(t.Context(), "a", day, "")
	require.NoError(t, err)
	assert.Equal(t, domain.SignaalTelling{Aantal30: 4, Aantal90: 4, Aantal365: 8, AantalVorigJaar: 2, Ernstig365: 3}, got)
	got, err = newest.TelSignalen(t.Context(), "b", day.AddDays(-1), "")
	require.NoError(t, err)
	assert.Equal(t, domain.SignaalTelling{Later: true}, got)
}
