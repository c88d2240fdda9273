package storetest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// bladzijden reads a list to its end, a page of aantal after the key na at a time, with
// between after each. A page is full but for the last.
func bladzijden[T any](t *testing.T, aantal int, page func(na string) (list []T, volgende string, err error), between func()) []T {
	t.Helper()
	var all []T
	for na := ""; ; between() {
		list, volgende, err := page(na)
		require.NoError(t, err)
		require.LessOrEqual(t, len(list), aantal)
		all = append(all, list...)
		if volgende == "" {
			return all
		}
		require.Len(t, list, aantal, "a page is full but for the last")
		na = volgende
	}
}
