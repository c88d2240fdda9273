package domain_test

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func TestACursorLeadsBackToItsKey(t *testing.T) {
	cursor, err := domain.EncodeCursor("een lijst", int64(1)<<60, "naam \x00 é", 7)
	require.NoError(t, err)
	assert.Regexp(t, `^[A-Za-z0-9_-]+$`, cursor, "it stands in an address as it is")
	var at int64
	var name string
	var nr int
	require.NoError(t, domain.DecodeCursor(cursor, "een lijst", &at, &name, &nr))
	assert.Equal(t, []any{int64(1) << 60, "naam \x00 é", 7}, []any{at, name, nr})
}

func TestACursorThatIsNoneOfTheListIsRefused(t *testing.T) {
	for name, cursor := range map[string]string{
		"nothing":                 "",
		"no base64":               "!!",
		"base64 with its padding": base64.URLEncoding.EncodeToString([]byte(`["lijst",12,"a"]`)),
		"loose bits at the end":   base64.RawURLEncoding.EncodeToString([]byte(`["lijst",12,"ab"]`)) + "A",
		"no JSON":                 encoded(`lijst`),
		"no list":                 encoded(`{"lijst":[1,"a"]}`),
		"another list":            encoded(`["anders",12,"a"]`),
		"a part less":             encoded(`["lijst",12]`),
		"a part more":             encoded(`["lijst",12,"a",1]`),
		"a part of another type":  encoded(`["lijst","12","a"]`),
		"a part that is nothing":  encoded(`["lijst",12,null]`),
		"a number too large":      encoded(`["lijst",9223372036854775808,"a"]`),
	} {
		t.Run(name, func(t *testing.T) {
			err := domain.DecodeCursor(cursor, "lijst", new(int64), new(string))
			require.True(t, domain.IsCode(err, domain.Invalid))
			assert.Equal(t, []domain.Fault{{Field: "cursor", Code: "cursor"}}, domain.AsError(err).Faults)
		})
	}
	require.NoError(t, domain.DecodeCursor(encoded(`["lijst",12,"a"]`), "lijst", new(int64), new(string)))
}

func encoded(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// What is taken is written the same way again, or leads to the same place.
func FuzzCursor(f *testing.F) {
	for _, text := range []string{`["lijst",12,"a"]`, `["lijst",-1,""]`, `["lijst", 1e2, "\u00e9"]`, `["lijst",null,"a"]`, `[]`} {
		f.Add(encoded(text))
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		var n, again int64
		var name, same string
		if domain.DecodeCursor(cursor, "lijst", &n, &name) != nil {
			return
		}
		written, err := domain.EncodeCursor("lijst", n, name)
		require.NoError(t, err)
		require.NoError(t, domain.DecodeCursor(written, "lijst", &again, &same))
		assert.Equal(t, n, again)
		assert.Equal(t, name, same)
	})
}
