package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// file writes a file of a test and gives its path.
func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bestand")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestSettingsOfThePostThatCannotWorkAreToldAtTheStart(t *testing.T) {
	const secret = "zeer-geheim-woord"
	good := file(t, secret+"\n")
	mail := []string{"--smtp", "mail.example.nl", "--mail-from", "lmz@example.nl"}
	hook := []string{"--webhook", "https://example.nl/haak", "--webhook-token-file", good, "--oin", "00000001823288444000"}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no sender":                    {[]string{"--smtp", "mail.example.nl"}, "De afzender van de mail klopt niet"},
		"a server that is none":        {[]string{"--smtp", "mail:x", "--mail-from", "lmz@example.nl"}, "Het adres van de mailserver klopt niet"},
		"in the clear":                 {append([]string{"--smtp-tls", "geen"}, mail...), "staat niet op deze computer"},
		"a way that is none":           {append([]string{"--smtp-tls", "ssl"}, mail...), "De beveiliging 'ssl' kennen we niet"},
		"a name without a password":    {append([]string{"--smtp-user", "lmz"}, mail...), "een naam en een wachtwoord samen nodig"},
		"a password without a name":    {append([]string{"--smtp-password-file", good}, mail...), "een naam en een wachtwoord samen nodig"},
		"no password file":             {append([]string{"--smtp-user", "lmz", "--smtp-password-file", good + ".weg"}, mail...), "bestaat niet"},
		"an empty password file":       {append([]string{"--smtp-user", "lmz", "--smtp-password-file", file(t, "\n")}, mail...), "moet één regel staan"},
		"two passwords":                {append([]string{"--smtp-user", "lmz", "--smtp-password-file", file(t, secret+"\n"+secret)}, mail...), "moet één regel staan"},
		"a very long password":         {append([]string{"--smtp-user", "lmz", "--smtp-password-file", file(t, strings.Repeat("x", 5000))}, mail...), "moet één regel staan"},
		"a sender without a server":    {[]string{"--mail-from", "lmz@example.nl"}, "--mail-from doet niets zonder --smtp"},
		"an OIN without a webhook":     {[]string{"--oin", "00000001823288444000"}, "--oin doet niets zonder --webhook"},
		"a webhook in the clear":       {append([]string{}, "--webhook", "http://example.nl/?sleutel="+secret, "--webhook-token-file", good, "--oin", "00000001823288444000"), "De gebeurtenissen gaan alleen over https naar example.nl"},
		"a webhook that is none":       {append(hook[2:], "--webhook", "https://jan:"+secret+"@example.nl"), "Het adres van --webhook klopt niet"},
		"a webhook without a token":    {[]string{"--webhook", "https://example.nl", "--oin", "00000001823288444000"}, "Voor --webhook is een toegangssleutel nodig"},
		"a webhook without an OIN":     {hook[:4], "Voor --webhook is het OIN van uw organisatie nodig"},
		"a secret without a webhook":   {[]string{"--webhook-secret-file", good}, "--webhook-secret-file doet niets zonder --webhook"},
		"a secret that is none":        {append(hook[:6:6], "--webhook-secret-file", good), "Het geheim van --webhook-secret-file klopt niet"},
		"a webhook with another's OIN": {append(hook[:4:4], "--oin", "123"), "Dit is het niet: '123'"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, "", append([]string{"serve", "--demo", "--addr", "127.0.0.1:0", "--data", t.TempDir()}, c.args...)...)
			assert.Equal(t, 1, got.status)
			assert.Contains(t, got.err, c.want)
			assert.Len(t, strings.Split(strings.TrimSpace(got.err), "\n"), 1, got.err)
			assert.NotContains(t, got.err+got.out, secret)
		})
	}
}
