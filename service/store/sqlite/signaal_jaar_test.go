package sqlite_test

import (
	"encoding/binary"
	"encoding/hex"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// jaarVan writes the counts of days of a year, by day, as they are kept.
func jaarVan(days map[int][2]int) []byte {
	out, sum := []byte{}, [2]uint32{}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		sum[0], sum[1] = sum[0]+uint32(days[day][0]), sum[1]+uint32(days[day][1]) //nolint:gosec // small
		out = binary.BigEndian.AppendUint16(out, uint16(day))                     //nolint:gosec // small
		out = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(out, sum[0]), sum[1])
	}
	return out
}

func TestCountsOfAYearAreTheSumOfWhatWasAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kept, sums := []byte(nil), map[int][2]int{}
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
			kept, err = sqlite.TelBij(kept, day, sign, sign*serious)
			require.NoError(t, err)
		}
		assert.Equal(t, jaarVan(sums), append([]byte{}, kept...))
	})
}

func TestWhatNoMeldingenAddUpToIsRefused(t *testing.T) {
	kept := jaarVan(map[int][2]int{101: {1, 0}, 615: {2, 1}, 1231: {math.MaxUint32 - 3, 0}})
	for name, d := range map[string][3]int{
		"less than none on a day":             {101, -2, 0},
		"less than none on a day without any": {102, -1, 0},
		"more with a ground than there are":   {101, 0, 2},
		"less than none with a ground":        {101, -1, -1},
		"more than fits":                      {615, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sqlite.TelBij(kept, d[0], d[1], d[2])
			assert.Error(t, err)
		})
	}
}

func FuzzCountsOfAYear(f *testing.F) {
	for _, text := range []string{"", "00650000000100000000", "00650000000c0000000304cf0000000d00000004", "0065000000010000", "00660000000100000000006500000002000000"} {
		kept, err := hex.DecodeString(text)
		require.NoError(f, err)
		f.Add(kept)
	}
	f.Fuzz(func(t *testing.T, kept []byte) {
		once, err := sqlite.TelBij(kept, 615, 1, 0)
		if err != nil {
			return
		}
		back, err := sqlite.TelBij(once, 615, -1, 0)
		require.NoError(t, err, "what is written can be read")
		assert.Equal(t, append([]byte{}, kept...), append([]byte{}, back...))
	})
}

func TestDamagedCountsAreToldAndNotGuessed(t *testing.T) {
	for name, kept := range map[string]string{
		"nothing":                     "",
		"half a day":                  "00650000000100",
		"day 0":                       "00640000000100000000",
		"day 32":                      "00840000000100000000",
		"month 0":                     "00010000000100000000",
		"month 13":                    "05150000000100000000",
		"days out of their order":     "0066000000010000000000650000000200000000",
		"a day twice":                 "0065000000010000000000650000000200000000",
		"a day without meldingen":     "00650000000000000000",
		"fewer than the day before":   "0065000000020000000000660000000100000000",
		"more with a ground than are": "00650000000100000002",
	} {
		t.Run(name, func(t *testing.T) {
			s := openTemp(t)
			m := storetest.Melding(1)
			m.AanbiederID = "a"
			_, err := s.BewaarMelding(t.Context(), m, store.Bij{})
			require.NoError(t, err)
			damaged, err := hex.DecodeString(kept)
			require.NoError(t, err)
			_, err = plain(t, s.path).Exec(`UPDATE signaal_jaar SET dagen = ?`, damaged)
			require.NoError(t, err)
			_, err = s.TelSignalen(t.Context(), "a", m.Dag, "")
			storetest.RequireFailure(t, err, domain.Unavailable)
		})
	}
}

// Who asks for the others counts on the melding that is left out having been counted.
func TestCountsThatLackAMeldingAreToldAndNotGuessed(t *testing.T) {
	s := openTemp(t)
	m := storetest.Melding(1)
	m.AanbiederID = "a"
	_, err := s.BewaarMelding(t.Context(), m, store.Bij{})
	require.NoError(t, err)
	require.True(t, m.Telt())
	_, err = plain(t, s.path).Exec(`DELETE FROM signaal_jaar`)
	require.NoError(t, err)
	got, err := s.TelSignalen(t.Context(), "a", m.Dag, "")
	require.NoError(t, err)
	require.Equal(t, domain.SignaalTelling{}, got)
	_, err = s.TelSignalen(t.Context(), "a", m.Dag, m.ID)
	storetest.RequireFailure(t, err, domain.Unavailable)
}

// jarenVan is every year of counts in a file.
func jarenVan(t *testing.T, path string) map[string][]byte {
	t.Helper()
	rows, err := plain(t, path).Query(`SELECT aanbieder || ' ' || jaar, dagen FROM signaal_jaar`)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	all := map[string][]byte{}
	for rows.Next() {
		var key string
		var dagen []byte
		require.NoError(t, rows.Scan(&key, &dagen))
		all[key] = dagen
	}
	require.NoError(t, rows.Err())
	return all
}

func TestCountsOfAnOlderFileAreThoseOfItsMeldingen(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	for _, m := range storetest.AnyMeldingen(54, 300) {
		require.NoError(t, storetest.Bewaar(t.Context(), s, m, nil))
	}
	require.NoError(t, s.Close())
	want := jarenVan(t, s.path)
	require.Greater(t, len(want), 3*3, "providers and years")
	require.Greater(t, len(slices.MaxFunc(slices.Collect(maps.Values(want)), func(a, b []byte) int { return len(a) - len(b) })), 10*20, "days")
	backBefore(t, s.path, "0012")
	require.NoError(t, openPath(t, s.path).Close())
	assert.Equal(t, want, jarenVan(t, s.path))
}
