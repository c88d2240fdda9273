package domain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// drawn draws a kenmerk that can be given out.
func drawn(t *rapid.T) string {
	for {
		if k, ok := domain.MaakKenmerk(rapid.Uint64().Draw(t, "number")); ok {
			return k
		}
	}
}

func TestAKenmerkHasItsCheckSymbol(t *testing.T) {
	for name, c := range map[string]struct {
		number uint64
		want   string
	}{
		"zero":                         {0, "LMZ-0000-0000"},
		"one":                          {1, "LMZ-0000-0011"},
		"the last check symbol":        {31, "LMZ-0000-00ZZ"},
		"thirty-seven starts again":    {37, "LMZ-0000-0150"},
		"bits above 35 do not count":   {1<<35 + 1, "LMZ-0000-0011"},
		"the largest that is given":    {1<<35 - 1, "LMZ-ZZZZ-ZZZJ"},
		"a check that is a sign":       {32, ""},
		"a check that is the letter U": {36, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := domain.MaakKenmerk(c.number)
			assert.Equal(t, c.want != "", ok)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestAKenmerkIsReadAsItIsTyped(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		k := drawn(r)
		typed := rapid.SampledFrom([]string{
			k, strings.ToLower(k), strings.ReplaceAll(k, "-", ""), strings.ReplaceAll(k, "-", " "), strings.TrimPrefix(k, "LMZ-"),
			strings.NewReplacer("0", "o", "1", "l").Replace(k), strings.NewReplacer("0", "O", "1", "I").Replace(k),
		}).Draw(r, "typed")
		got, ok := domain.LeesKenmerk(typed)
		require.True(r, ok, typed)
		assert.Equal(r, k, got)
	})
}

func TestASlipInAKenmerkShows(t *testing.T) {
	const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	rapid.Check(t, func(r *rapid.T) {
		k := []byte(strings.ReplaceAll(strings.TrimPrefix(drawn(r), "LMZ-"), "-", ""))
		at := rapid.IntRange(0, len(k)-1).Draw(r, "at")
		if rapid.Bool().Draw(r, "swap") && at > 0 {
			k[at], k[at-1] = k[at-1], k[at]
			if k[at] == k[at-1] {
				return
			}
		} else {
			other := symbols[rapid.IntRange(0, 31).Draw(r, "other")]
			if other == k[at] {
				return
			}
			k[at] = other
		}
		_, ok := domain.LeesKenmerk(string(k))
		assert.False(r, ok, "one wrong symbol, or two that changed places: %s", k)
	})
}

func TestWhatIsNoKenmerkIsRefused(t *testing.T) {
	for _, text := range []string{"", "LMZ", "LMZ-0000-001", "LMZ-0000-00111", "LMZ-000U-0000", "XYZ-0000-0000", "LMZ-0000-00é0", "01a2086d-fdae-7d03-8b89-c88b5b983ab5"} {
		_, ok := domain.LeesKenmerk(text)
		assert.False(t, ok, text)
	}
}

func FuzzLeesKenmerk(f *testing.F) {
	f.Add("LMZ-0000-0011")
	f.Add("lmz 0000 oo1i")
	f.Fuzz(func(t *testing.T, text string) {
		if k, ok := domain.LeesKenmerk(text); ok {
			again, ok := domain.LeesKenmerk(k)
			require.True(t, ok)
			require.Equal(t, k, again)
		}
	})
}
