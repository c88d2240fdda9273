package main_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

// active is the activation that counts in the store in dir; none when nothing
// was ever made active.
func active(t testing.TB, dir string) (a domain.Activering, found bool) {
	t.Helper()
	path := filepath.Join(dir, "lmz-triage.db")
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return domain.Activering{}, false
	}
	st, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, st.Close()) }()
	a, err = st.ActieveActivering(t.Context())
	if domain.IsCode(err, domain.NotFound) {
		return domain.Activering{}, false
	}
	require.NoError(t, err)
	return a, true
}

func TestAnActivationIsKeptWithItsReason(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "nog", "niet")
	got := command(t, "", "policy", "activate", small(t, ""), "--data", dir, "--reason", "Besluit van 20 november.", "--by", "teamleider")
	require.Equal(t, 0, got.status, got.err)
	first, found := active(t, dir)
	require.True(t, found)
	assert.Equal(t, 1, first.Versie)
	assert.Equal(t, "Besluit van 20 november.", first.Reden)
	assert.Equal(t, "teamleider", first.Door)
	assert.Contains(t, got.out, "Versie 1 is nu de geldende versie ("+first.Digest[:12]+")")
	assert.Contains(t, got.out, "Alle 3 tests slagen.", "what is made active was tested")

	uri := "sqlite:" + filepath.Join(dir, "lmz-triage.db")
	got = command(t, "", "policy", "activate", small(t, ""), "--store", uri, "--reason", "Nog eens.")
	require.Equal(t, 0, got.status, got.err)
	second, _ := active(t, dir)
	assert.Equal(t, 2, second.Versie)
	assert.Equal(t, first.Digest, second.Digest)
	assert.Equal(t, "beheerder", second.Door)
}

func TestWhatIsRefusedIsNeverMadeActive(t *testing.T) {
	rules := func(path, text string) string {
		dir := small(t, "")
		put(t, filepath.Join(dir, path), text)
		return dir
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"a rule that cannot be read": {[]string{small(t, "een regel die niet te lezen is"), "--reason", "x"}, "main/main.rego"},
		"a rule that fails":          {[]string{small(t, "twee waarden voor een regel"), "--reason", "x"}, "Aantal gebreken"},
		"a test that fails":          {[]string{rules("main/los_test.rego", "package main_test\n\ntest_nee if 1 == 2\n"), "--reason", "x"}, "1 mislukt"},
		"no tests":                   {[]string{rules("main/main_test.rego", "package main_test\n"), "--reason", "x"}, "0 geslaagd"},
		"no policy":                  {[]string{t.TempDir(), "--reason", "x"}, "geen leesbaar beleid"},
		"a reason of nothing":        {[]string{small(t, ""), "--reason", ""}, "reason"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			got := command(t, "", append([]string{"policy", "activate", "--data", dir}, c.args...)...)
			assert.Equal(t, 1, got.status)
			assert.Contains(t, got.err, c.want)
			assert.NotContains(t, got.out, "geldende versie")
			_, found := active(t, dir)
			assert.False(t, found)
		})
	}
	got := command(t, "", "policy", "activate", small(t, ""), "--store", "oracle://x", "--reason", "x")
	assert.Equal(t, 1, got.status)
	assert.Contains(t, got.err, "De opslag 'oracle://x' kennen we niet")
}
