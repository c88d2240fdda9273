package config_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/config"
)

// read reads settings as the program does.
func read(t *testing.T, args ...string) config.Serve {
	t.Helper()
	var s config.Serve
	parser, err := kong.New(&s)
	require.NoError(t, err)
	_, err = parser.Parse(args)
	require.NoError(t, err)
	return s
}

func TestSettingsHaveDefaults(t *testing.T) {
	s := read(t)
	assert.Equal(t, "127.0.0.1:8080", s.Addr)
	assert.Equal(t, 50*time.Millisecond, s.Evaluation)
	assert.False(t, s.Demo)
	assert.Equal(t, config.Post{SMTPTLS: "starttls"}, s.Post, "nothing leaves the product unless it is asked for")
	path, err := s.Path()
	require.NoError(t, err)
	want, err := filepath.Abs(filepath.Join("data", "lmz-triage.db"))
	require.NoError(t, err)
	assert.Equal(t, want, path)
	assert.Positive(t, s.Processors())
}

func TestEverySettingIsAFlagAndAVariable(t *testing.T) {
	for name, c := range map[string]struct {
		flag, variable, value string
		got                   func(s config.Serve) any
		want                  any
	}{
		"the address":      {"--addr", "LMZ_ADDR", "127.0.0.1:9", func(s config.Serve) any { return s.Addr }, "127.0.0.1:9"},
		"the folder":       {"--data", "LMZ_DATA", "/x", func(s config.Serve) any { return s.Data }, "/x"},
		"the store":        {"--store", "LMZ_STORE", "sqlite:/x/y.db", func(s config.Serve) any { return s.Store.Store }, "sqlite:/x/y.db"},
		"the policies":     {"--policies", "LMZ_POLICIES", "/p", func(s config.Serve) any { return s.Policies }, "/p"},
		"the callers":      {"--tokens", "LMZ_TOKENS", "/t", func(s config.Serve) any { return s.Tokens }, "/t"},
		"the spool":        {"--spool", "LMZ_SPOOL", "/s", func(s config.Serve) any { return s.Spool }, "/s"},
		"its bound":        {"--spool-max", "LMZ_SPOOL_MAX", "7", func(s config.Serve) any { return s.SpoolMax }, int64(7)},
		"the time":         {"--evaluation", "LMZ_EVALUATION", "80ms", func(s config.Serve) any { return s.Evaluation }, 80 * time.Millisecond},
		"the mail server":  {"--smtp", "LMZ_SMTP", "mail.example.nl", func(s config.Serve) any { return s.SMTP }, "mail.example.nl"},
		"its TLS":          {"--smtp-tls", "LMZ_SMTP_TLS", "tls", func(s config.Serve) any { return s.SMTPTLS }, "tls"},
		"its user":         {"--smtp-user", "LMZ_SMTP_USER", "lmz", func(s config.Serve) any { return s.SMTPUser }, "lmz"},
		"its password":     {"--smtp-password-file", "LMZ_SMTP_PASSWORD_FILE", "/w", func(s config.Serve) any { return s.SMTPPasswordFile }, "/w"},
		"the sender":       {"--mail-from", "LMZ_MAIL_FROM", "lmz@example.nl", func(s config.Serve) any { return s.MailFrom }, "lmz@example.nl"},
		"another system":   {"--webhook", "LMZ_WEBHOOK", "https://example.nl", func(s config.Serve) any { return s.Webhook }, "https://example.nl"},
		"its token":        {"--webhook-token-file", "LMZ_WEBHOOK_TOKEN_FILE", "/h", func(s config.Serve) any { return s.WebhookTokenFile }, "/h"},
		"its secret":       {"--webhook-secret-file", "LMZ_WEBHOOK_SECRET_FILE", "/g", func(s config.Serve) any { return s.WebhookSecretFile }, "/g"},
		"the organization": {"--oin", "LMZ_OIN", "00000001823288444000", func(s config.Serve) any { return s.OIN }, "00000001823288444000"},
		"a demo":           {"--demo", "LMZ_DEMO", "true", func(s config.Serve) any { return s.Demo }, true},
		"an empty demo":    {"--no-seed", "LMZ_NO_SEED", "true", func(s config.Serve) any { return s.NoSeed }, true},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, c.got(read(t, c.flag+"="+c.value)))
			t.Setenv(c.variable, c.value)
			assert.Equal(t, c.want, c.got(read(t)))
		})
	}
}

func TestAFlagGoesBeforeItsVariable(t *testing.T) {
	t.Setenv("LMZ_ADDR", "127.0.0.1:1")
	t.Setenv("LMZ_DEMO", "true")
	s := read(t, "--addr=127.0.0.1:2", "--demo=false")
	assert.Equal(t, "127.0.0.1:2", s.Addr)
	assert.False(t, s.Demo)
}

func TestASettingThatIsNoneIsNamed(t *testing.T) {
	for name, c := range map[string]struct{ flag, variable, value, want string }{
		"a time without a unit": {"--evaluation", "LMZ_EVALUATION", "50", "50"},
		"a time of words":       {"--evaluation", "LMZ_EVALUATION", "snel", "snel"},
		"a demo of words":       {"--demo", "LMZ_DEMO", "misschien", "misschien"},
	} {
		t.Run(name, func(t *testing.T) {
			parse := func(args ...string) error {
				var s config.Serve
				parser, err := kong.New(&s)
				require.NoError(t, err)
				_, err = parser.Parse(args)
				return err
			}
			err := parse(c.flag + "=" + c.value)
			require.ErrorContains(t, err, c.flag)
			require.ErrorContains(t, err, c.want)
			t.Setenv(c.variable, c.value)
			err = parse()
			require.ErrorContains(t, err, c.variable)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestAFolderIsTakenFromWhereTheServiceWasStarted(t *testing.T) {
	started := t.TempDir()
	t.Chdir(started)
	s := read(t, "--data=gegevens", "--policies=./beleid", "--tokens=../tokens.json")
	path, err := s.Path()
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(started, "gegevens", "lmz-triage.db"), path)
	assert.Equal(t, filepath.Join(started, "beleid"), s.Policies)
	assert.Equal(t, filepath.Join(filepath.Dir(started), "tokens.json"), s.Tokens)
	assert.Equal(t, "sqlite:los.db", read(t, "--store=sqlite:los.db").Store.Store, "what follows sqlite: is left as it is")
}

func TestOnlyThisMachineIsLoopback(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "127.9.9.9:1": true, "localhost:8080": true, "[::1]:8080": true,
		"0.0.0.0:8080": false, ":8080": false, "192.168.1.1:8080": false, "[::]:80": false, "example.nl:80": false, "127.0.0.1": false, "": false,
	} {
		assert.Equal(t, want, config.Serve{Addr: addr}.Loopback(), addr)
	}
}

func TestAStoreIsAnSQLiteFile(t *testing.T) {
	path, err := config.Store{Store: "sqlite:/x/y.db"}.Path()
	require.NoError(t, err)
	assert.Equal(t, "/x/y.db", path)
	for _, uri := range []string{"sqlite:", "mysql://x", "/x/y.db"} {
		_, err := config.Store{Store: uri}.Path()
		assert.ErrorContains(t, err, uri)
	}
}
