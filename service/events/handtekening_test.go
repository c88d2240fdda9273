package events_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/events"
)

// signed is a request as a receiver has it.
type signed struct {
	header http.Header
	body   []byte
}

// verify is what a receiver does, by the text of the specification.
func (s signed) verify(secret string, now time.Time) error {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return err
	}
	sent, err := strconv.ParseInt(s.header.Get("webhook-timestamp"), 10, 64)
	if err != nil {
		return err
	}
	if age := now.Sub(time.Unix(sent, 0)); age > 5*time.Minute || age < -5*time.Minute {
		return errors.New("too old, or of the future")
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(s.header.Get("webhook-id") + "." + s.header.Get("webhook-timestamp") + "." + string(s.body)))
	want := mac.Sum(nil)
	for one := range strings.SplitSeq(s.header.Get("webhook-signature"), " ") {
		version, coded, _ := strings.Cut(one, ",")
		got, err := base64.StdEncoding.DecodeString(coded)
		if version == "v1" && err == nil && hmac.Equal(got, want) {
			return nil
		}
	}
	return errors.New("no signature fits")
}

// geheim is a secret of n bytes.
func geheim(letter string, n int) string {
	return "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(letter, n)))
}

// sign sends an event twice, a minute apart, and gives both requests.
func sign(t *testing.T, secret string) []signed {
	t.Helper()
	var got []signed
	address := ontvanger(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		got = append(got, signed{r.Header, body})
		w.WriteHeader(http.StatusAccepted)
	})
	now := sentAt()
	v, err := events.New(events.Instellingen{Adres: address, Token: token, OIN: oin, Geheim: secret, Nu: func() time.Time { return now }})
	require.NoError(t, err)
	for range 2 {
		require.NoError(t, v.Verzend(t.Context(), alarm(), "", ga))
		now = now.Add(time.Minute)
	}
	return got
}

func sentAt() time.Time { return time.Date(2026, 11, 23, 7, 0, 59, 900_000_000, time.UTC) }

func TestAReceiverSeesWhoSentAnEventAndThatNothingChanged(t *testing.T) {
	secret := geheim("a", 32)
	got := sign(t, secret)
	for i, r := range got {
		now := sentAt().Add(time.Duration(i) * time.Minute)
		require.NoError(t, r.verify(secret, now))
		assert.Equal(t, alarm().ID, r.header.Get("webhook-id"), "the same at every try")
		assert.Equal(t, strconv.FormatInt(now.Unix(), 10), r.header.Get("webhook-timestamp"))
		assert.Equal(t, "Bearer "+token, r.header.Get("Authorization"), "beside the token")
		assert.Error(t, r.verify(geheim("b", 32), now), "another's secret")
		assert.Error(t, r.verify(secret, now.Add(6*time.Minute)), "sent again later by another")
		for name, change := range map[string]func(*signed){
			"a byte of the body": func(s *signed) { s.body[len(s.body)/2] ^= 1 },
			"less of the body":   func(s *signed) { s.body = s.body[:len(s.body)-1] },
			"the id":             func(s *signed) { s.header.Set("webhook-id", "x") },
			"the moment":         func(s *signed) { s.header.Set("webhook-timestamp", strconv.FormatInt(now.Unix()+1, 10)) },
			"the signature":      func(s *signed) { s.header.Set("webhook-signature", got[1-i].header.Get("webhook-signature")) },
		} {
			other := signed{r.header.Clone(), append([]byte(nil), r.body...)}
			change(&other)
			assert.Error(t, other.verify(secret, now), name)
		}
	}
}

// The example of the specification, computed by another program.
func TestASignatureIsThatOfTheSpecification(t *testing.T) {
	r := signed{header: http.Header{}, body: []byte(`{"test": 2432232314}`)}
	r.header.Set("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
	r.header.Set("webhook-timestamp", "1614265330")
	r.header.Set("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
	assert.NoError(t, r.verify("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", time.Unix(1614265330, 0)), "so what verifies here is right")
}

func TestWhileASecretIsReplacedBothSign(t *testing.T) {
	old, fresh := geheim("a", 24), geheim("b", 64)
	for _, r := range sign(t, old+" "+fresh)[:1] {
		assert.NoError(t, r.verify(old, sentAt()))
		assert.NoError(t, r.verify(fresh, sentAt()))
	}
	for _, r := range sign(t, "") {
		for _, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature"} {
			assert.Empty(t, r.header.Get(name), "without a secret nothing is signed")
		}
	}
}

func TestASecretThatIsNoneIsToldAtTheStartAndNotShown(t *testing.T) {
	for _, wrong := range []string{
		" ", "geheim", strings.TrimPrefix(geheim("a", 32), "whsec_"), "whsec_", "whsec_&&&&", geheim("a", 23), geheim("a", 65),
		geheim("a", 32) + " x", geheim("a", 32) + " " + geheim("b", 32) + " " + geheim("c", 32),
	} {
		_, err := events.New(events.Instellingen{Adres: "https://example.nl", Token: token, OIN: oin, Geheim: wrong})
		require.Error(t, err, wrong)
		assert.Equal(t, "fout.webhook_geheim", domain.AsError(err).Key)
		assert.Empty(t, domain.AsError(err).Args)
	}
}
