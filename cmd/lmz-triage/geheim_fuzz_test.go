package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	main "zorgmeldingen.nl/lmz-triage/cmd/lmz-triage"
)

func FuzzAFileWithASecret(f *testing.F) {
	for _, s := range []string{"", "\n", "geheim", "geheim\n", "geheim\r\n", "een\ntwee", " met spaties ", "\x00", strings.Repeat("x", 4097)} {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), "geheim")
	f.Fuzz(func(t *testing.T, raw []byte) {
		require.NoError(t, os.WriteFile(path, raw, 0o600))
		got, err := main.Secret(path)
		if err != nil {
			assert.Empty(t, got)
			return
		}
		assert.NotEmpty(t, got)
		assert.NotContains(t, got, "\n")
		assert.Equal(t, got, strings.TrimRight(string(raw), "\r\n"), "nothing else is taken off")
	})
}
