package events_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	ce "github.com/cloudevents/sdk-go/v2"
	cehttp "github.com/cloudevents/sdk-go/v2/protocol/http"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/events"
	"zorgmeldingen.nl/lmz-triage/service/post/posttest"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

const (
	oin   = "00000001823288444000"
	token = "sleutel-zeer-geheim"
	quick = 700 * time.Millisecond
)

func herinnering(t testing.TB) domain.Bericht {
	t.Helper()
	end, err := term.ParseDate("2026-11-30")
	require.NoError(t, err)
	return domain.Bericht{
		ID: "5f0c3a52-93a1-8b6e-9c59-2f6f3b1c7a10", Soort: domain.BerichtHerinnering, MeldingID: "melding-geheim",
		Kenmerk: "LMZ-2K7Q-9XM4", Termijn: "reactie_gespreksverslag", Partij: "melder", Grond: "grond-geheim", Einddatum: end, Dagen: -7,
		Op: time.Date(2026, 11, 23, 7, 0, 0, 5_000_000, time.UTC), Post: domain.Post{Stand: domain.PostWacht},
	}
}

func alarm() domain.Bericht {
	return domain.Bericht{
		ID: "0b6a4f1e-7c1d-8f10-8a5b-6f3f1b9d2c44", Soort: domain.BerichtAlarm, MeldingID: "melding-geheim", Kenmerk: "LMZ-2K7Q-9XM4",
		Advies: domain.Beoordelen, Ronde: 2, Op: time.Date(2026, 7, 4, 22, 30, 0, 0, time.UTC), Post: domain.Post{Stand: domain.PostWacht},
	}
}

// ga is a begin that never waits.
func ga(context.Context) error { return nil }

func verzender(t testing.TB, adres string) *events.Verzender {
	t.Helper()
	v, err := events.New(events.Instellingen{Adres: adres, Token: token, OIN: oin, Limiet: quick})
	require.NoError(t, err)
	return v
}

// ontvanger is a system that answers as do says.
func ontvanger(t testing.TB, do http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(do)
	t.Cleanup(s.Close)
	return s.URL + "/gebeurtenissen"
}

// waarom is why v could not send.
func waarom(t testing.TB, v *events.Verzender) *domain.VerzendError {
	t.Helper()
	var why *domain.VerzendError
	require.ErrorAs(t, v.Verzend(t.Context(), herinnering(t), "", ga), &why)
	return why
}

func TestAnEventIsThisByteForByte(t *testing.T) {
	for name, b := range map[string]domain.Bericht{"herinnering": herinnering(t), "alarm": alarm()} {
		t.Run(name, func(t *testing.T) {
			var got []string
			v := verzender(t, ontvanger(t, func(w http.ResponseWriter, r *http.Request) {
				raw, err := io.ReadAll(r.Body)
				assert.NoError(t, err)
				got = append(got, string(raw))
				w.WriteHeader(http.StatusNoContent)
			}))
			require.NoError(t, v.Verzend(t.Context(), b, "", ga))
			require.NoError(t, v.Verzend(t.Context(), b, "", ga))
			require.Len(t, got, 2)
			assert.Equal(t, got[0], got[1], "the same message is the same event")
			path := filepath.Join("testdata", name+".json")
			if os.Getenv("UPDATE_GOLDEN") != "" {
				require.NoError(t, os.WriteFile(path, []byte(got[0]), 0o600))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), got[0])
			assert.NotContains(t, got[0], "geheim", "no id of a melding or a ground")
		})
	}
}

func TestAConsumerOfCloudEventsReadsIt(t *testing.T) {
	for name, b := range map[string]domain.Bericht{"herinnering-gegeven": herinnering(t), "alarm-gegeven": alarm()} {
		t.Run(name, func(t *testing.T) {
			var got *ce.Event
			v := verzender(t, ontvanger(t, func(w http.ResponseWriter, r *http.Request) {
				assert.Equal(t, http.MethodPost, r.Method)
				assert.Equal(t, "application/cloudevents+json; charset=utf-8", r.Header.Get("Content-Type"))
				assert.Equal(t, "Bearer "+token, r.Header.Get("Authorization"))
				e, err := cehttp.NewEventFromHTTPRequest(r)
				assert.NoError(t, err)
				got = e
				w.WriteHeader(http.StatusAccepted)
			}))
			require.NoError(t, v.Verzend(t.Context(), b, "", ga))
			require.NotNil(t, got)
			require.NoError(t, got.Validate())
			assert.Equal(t, "1.0", got.SpecVersion())
			assert.Equal(t, b.ID, got.ID())
			assert.Equal(t, "urn:nld:oin:"+oin+":systeem:lmz-triage", got.Source())
			assert.Equal(t, "nl.zorgmeldingen."+name+".v1", got.Type())
			assert.Equal(t, b.Kenmerk, got.Subject())
			assert.Equal(t, "application/json", got.DataContentType())
			assert.True(t, b.Op.Equal(got.Time()))
			data := map[string]any{}
			require.NoError(t, got.DataAs(&data))
			assert.Equal(t, b.Kenmerk, data["kenmerk"])
			for attribute := range got.Extensions() {
				assert.Regexp(t, regexp.MustCompile(`^[a-z0-9]{1,20}$`), attribute)
			}
		})
	}
}

func TestWhatTheReceiverAnswersDecidesWhetherItIsTriedAgain(t *testing.T) {
	for status, want := range map[int]domain.VerzendError{
		204: {}, 200: {}, 201: {}, 202: {},
		206: {Reden: domain.RedenGeweigerd}, 301: {Reden: domain.RedenOmleiding}, 307: {Reden: domain.RedenOmleiding},
		400: {Reden: domain.RedenGeweigerd}, 401: {Reden: domain.RedenToegang}, 403: {Reden: domain.RedenToegang},
		404: {Reden: domain.RedenGeweigerd}, 410: {Reden: domain.RedenWeg, Definitief: true}, 415: {Reden: domain.RedenGeweigerd},
		429: {Reden: domain.RedenUitgesteld}, 500: {Reden: domain.RedenGeweigerd}, 503: {Reden: domain.RedenUitgesteld},
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			var asked atomic.Int32
			v := verzender(t, ontvanger(t, func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.Header().Set("Location", "/elders")
				w.WriteHeader(status)
				_, _ = io.WriteString(w, "jan.geheim@example.nl")
			}))
			err := v.Verzend(t.Context(), herinnering(t), "", ga)
			assert.EqualValues(t, 1, asked.Load(), "one request, wherever it is sent on to")
			if want.Reden == "" {
				require.NoError(t, err)
				return
			}
			want.Code = status
			assert.Equal(t, &want, err)
			assert.NotContains(t, err.Error(), "geheim")
		})
	}
}

func TestAReceiverThatAsksToWaitIsHeard(t *testing.T) {
	for name, c := range map[string]struct {
		after, date string
		want        time.Duration
	}{
		"in seconds":                     {"120", "", 2 * time.Minute},
		"until a moment by its clock":    {"Fri, 20 Nov 2026 10:30:00 GMT", "Fri, 20 Nov 2026 10:00:00 GMT", 30 * time.Minute},
		"until a moment that has passed": {"Fri, 20 Nov 2026 09:30:00 GMT", "Fri, 20 Nov 2026 10:00:00 GMT", 0},
		"for ever":                       {"2000000000", "", 24 * time.Hour},
		"for longer than numbers go":     {"99999999999999999999", "", 0},
		"less than nothing":              {"-5", "", 0},
		"not readably":                   {"straks", "", 0},
		"not at all":                     {"", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
				why := waarom(t, verzender(t, ontvanger(t, func(w http.ResponseWriter, _ *http.Request) {
					if c.after != "" {
						w.Header().Set("Retry-After", c.after)
					}
					if c.date != "" {
						w.Header().Set("Date", c.date)
					}
					w.WriteHeader(status)
				})))
				assert.Equal(t, c.want, why.Wacht)
				assert.False(t, why.Definitief)
			}
		})
	}
}

func TestAReceiverThatIsSlowOrDownIsLeftInTime(t *testing.T) {
	slow := ontvanger(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(3 * quick):
		}
	})
	begin := time.Now() //nolint:forbidigo // measures the machine
	assert.Equal(t, domain.RedenTijd, waarom(t, verzender(t, slow)).Reden)
	assert.Less(t, time.Since(begin), 2*quick) //nolint:forbidigo // measures the machine
	drip := ontvanger(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, err := w.Write(make([]byte, 32<<10))
			if err != nil {
				return
			}
			_ = http.NewResponseController(w).Flush()
		}
	})
	assert.NoError(t, verzender(t, drip).Verzend(t.Context(), herinnering(t), "", ga), "it is not read to its end")
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	assert.Equal(t, domain.RedenVerbinding, waarom(t, verzender(t, gone.URL)).Reden)
}

func TestAReceiverIsTrustedByItsCertificateOnly(t *testing.T) {
	cert, roots, _ := posttest.Authority(t)
	_, strangers, _ := posttest.Authority(t)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{*cert}, MinVersion: tls.VersionTLS12}
	s.Config.ErrorLog = nil
	s.StartTLS()
	t.Cleanup(s.Close)
	to := func(adres string, known *x509.CertPool) error {
		v, err := events.New(events.Instellingen{Adres: adres, Token: token, OIN: oin, Wortels: known, Limiet: 5 * time.Second})
		require.NoError(t, err)
		return v.Verzend(t.Context(), herinnering(t), "", ga)
	}
	require.NoError(t, to(s.URL, roots))
	var why *domain.VerzendError
	require.ErrorAs(t, to(s.URL, strangers), &why)
	assert.Equal(t, domain.RedenBeveiliging, why.Reden, why.Error())
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	require.ErrorAs(t, to(strings.Replace(plain.URL, "http:", "https:", 1), roots), &why)
	assert.NotEqual(t, domain.RedenGeweigerd, why.Reden, why.Error())
}

func TestAnEventThatDoesNotGetItsTurnIsNotSent(t *testing.T) {
	v := verzender(t, ontvanger(t, func(http.ResponseWriter, *http.Request) { assert.Fail(t, "it was asked") }))
	refused := errors.New("not now")
	require.ErrorIs(t, v.Verzend(t.Context(), herinnering(t), "", func(context.Context) error { return refused }), refused)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var why *domain.VerzendError
	require.ErrorAs(t, v.Verzend(ctx, herinnering(t), "", ga), &why)
	assert.Equal(t, domain.RedenAfgebroken, why.Reden)
}

func TestSettingsThatCannotWorkAreRefused(t *testing.T) {
	good := events.Instellingen{Adres: "https://example.nl/haak", Token: token, OIN: oin}
	for name, c := range map[string]struct {
		change func(*events.Instellingen)
		want   string
	}{
		"no address":            {func(i *events.Instellingen) { i.Adres = "" }, "fout.webhook_adres"},
		"no host":               {func(i *events.Instellingen) { i.Adres = "https://:443/x" }, "fout.webhook_adres"},
		"a path":                {func(i *events.Instellingen) { i.Adres = "/haak" }, "fout.webhook_adres"},
		"a password in it":      {func(i *events.Instellingen) { i.Adres = "https://jan:zeer-geheim@example.nl" }, "fout.webhook_adres"},
		"unreadable":            {func(i *events.Instellingen) { i.Adres = "https://exa mple.nl/%zz-zeer-geheim" }, "fout.webhook_adres"},
		"in the clear":          {func(i *events.Instellingen) { i.Adres = "http://example.nl/?sleutel=zeer-geheim" }, "fout.webhook_onbeveiligd"},
		"another kind":          {func(i *events.Instellingen) { i.Adres = "ftp://example.nl" }, "fout.webhook_onbeveiligd"},
		"no token":              {func(i *events.Instellingen) { i.Token = "" }, "fout.webhook_token"},
		"a token of two lines":  {func(i *events.Instellingen) { i.Token = "zeer-geheim\nX: y" }, "fout.webhook_token"},
		"an OIN that is short":  {func(i *events.Instellingen) { i.OIN = "123" }, "fout.webhook_oin"},
		"an OIN with a letter":  {func(i *events.Instellingen) { i.OIN = "0000000182328844400a" }, "fout.webhook_oin"},
		"an OIN and a new line": {func(i *events.Instellingen) { i.OIN = oin + "\n" }, "fout.webhook_oin"},
	} {
		t.Run(name, func(t *testing.T) {
			i := good
			_, err := events.New(i)
			require.NoError(t, err)
			c.change(&i)
			_, err = events.New(i)
			var e *domain.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, c.want, e.Key)
			for _, said := range e.Args {
				assert.NotContains(t, said, "geheim")
			}
		})
	}
	for _, here := range []string{"http://localhost:8080/x", "http://127.0.0.1/", "http://[::1]:1/x?y=z"} {
		good.Adres = here
		_, err := events.New(good)
		assert.NoError(t, err, here)
	}
}
