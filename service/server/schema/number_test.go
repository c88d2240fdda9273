package schema_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// notation writes n in one of the many ways JSON has for a whole number.
func notation(t *rapid.T, n int64) string {
	digits := strconv.FormatInt(n, 10)
	shift := rapid.IntRange(0, 6).Draw(t, "shift")
	zeros := strings.Repeat("0", rapid.IntRange(0, 3).Draw(t, "zeros"))
	e := rapid.SampledFrom([]string{"e", "E"}).Draw(t, "e")
	switch rapid.IntRange(0, 3).Draw(t, "way") {
	case 0: // 1200
		return digits
	case 1: // 1200.00
		return digits + ".0" + zeros
	case 2: // 1200000e-3; a zero has no digit to spare, 00 is no JSON
		if n == 0 {
			return digits + e + "-" + strconv.Itoa(shift)
		}
		return digits + strings.Repeat("0", shift) + e + "-" + strconv.Itoa(shift)
	default: // 0.1200e+4
		sign, rest := "", digits
		if n < 0 {
			sign, rest = "-", digits[1:]
		}
		return fmt.Sprintf("%s0.%s%s%s+%d", sign, rest, zeros, e, len(rest))
	}
}

func TestAWholeNumberIsTheSameInEveryNotation(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.Int64Range(-1_000_000_000_000, 1_000_000_000_000).Draw(rt, "n")
		written := notation(rt, n)
		require.Equal(t, json.Number(strconv.FormatInt(n, 10)), mustParse(t, written), written)
	})
}

func TestAFractionKeepsItsValue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := rapid.Float64().Draw(rt, "f")
		written := strconv.FormatFloat(f, byte(rapid.SampledFrom([]int{'e', 'f', 'g'}).Draw(rt, "verb")), -1, 64)
		number, is := mustParse(t, written).(json.Number)
		require.True(t, is)
		read, err := number.Float64()
		require.NoError(t, err)
		require.Equal(t, f+0, read+0, written)
	})
}
