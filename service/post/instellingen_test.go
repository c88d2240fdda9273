package post_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/post"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// maak makes a Verzender of settings that may be wrong.
func maak(i post.Instellingen) error {
	_, err := post.New(i, domain.Texts{}, func(s term.Soort) string { return string(s) }, time.UTC)
	return err //nolint:wrapcheck // it is what the test looks at
}

func TestSettingsThatCannotWorkAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*post.Instellingen)
		want   string
	}{
		"no host":                        {func(i *post.Instellingen) { i.Adres = ":25" }, "fout.smtp_adres"},
		"nothing":                        {func(i *post.Instellingen) { i.Adres = "" }, "fout.smtp_adres"},
		"a port that is none":            {func(i *post.Instellingen) { i.Adres = "mail.example.nl:smtp" }, "fout.smtp_adres"},
		"a port of zero":                 {func(i *post.Instellingen) { i.Adres = "mail.example.nl:0" }, "fout.smtp_adres"},
		"an address of a page":           {func(i *post.Instellingen) { i.Adres = "smtp://mail.example.nl" }, "fout.smtp_adres"},
		"in the clear to another":        {func(i *post.Instellingen) { i.Beveiliging = post.Geen }, "fout.smtp_onbeveiligd"},
		"a way that is none":             {func(i *post.Instellingen) { i.Beveiliging = "ssl" }, "fout.smtp_beveiliging"},
		"no sender":                      {func(i *post.Instellingen) { i.Afzender = "" }, "fout.smtp_afzender"},
		"a sender with a name":           {func(i *post.Instellingen) { i.Afzender = "LMZ <lmz@example.nl>" }, "fout.smtp_afzender"},
		"a sender that is no address":    {func(i *post.Instellingen) { i.Afzender = "lmz" }, "fout.smtp_afzender"},
		"a sender beyond ASCII":          {func(i *post.Instellingen) { i.Afzender = "lmz@zörg.nl" }, "fout.smtp_afzender"},
		"a name without a password":      {func(i *post.Instellingen) { i.Gebruiker = "lmz" }, "fout.smtp_aanmelden"},
		"a password without a name":      {func(i *post.Instellingen) { i.Wachtwoord = "geheim" }, "fout.smtp_aanmelden"},
		"in the clear to all this hears": {func(i *post.Instellingen) { i.Adres, i.Beveiliging = "0.0.0.0:25", post.Geen }, "fout.smtp_onbeveiligd"},
	} {
		t.Run(name, func(t *testing.T) {
			i := post.Instellingen{Adres: "mail.example.nl", Beveiliging: post.Starttls, Afzender: "lmz@example.nl"}
			require.NoError(t, maak(i))
			c.change(&i)
			var e *domain.Error
			require.ErrorAs(t, maak(i), &e)
			assert.Equal(t, c.want, e.Key)
			assert.NotContains(t, e.Args, "geheim")
		})
	}
}

func TestAServerMayBeNamedInEveryUsualWay(t *testing.T) {
	for _, adres := range []string{"mail.example.nl", "mail.example.nl:25", "127.0.0.1", "127.0.0.1:2525", "[::1]:25", "::1"} {
		for _, way := range []post.Beveiliging{post.Starttls, post.TLS} {
			assert.NoError(t, maak(post.Instellingen{Adres: adres, Beveiliging: way, Afzender: "lmz@example.nl"}), adres)
		}
	}
	for _, adres := range []string{"localhost", "127.0.0.1:2525", "[::1]:25"} {
		assert.NoError(t, maak(post.Instellingen{Adres: adres, Beveiliging: post.Geen, Afzender: "lmz@example.nl"}), adres)
	}
}
