package events

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// The headers of a signed event, as Standard Webhooks has them: who receives it sees
// who sent it, that nothing of it changed, and when it was sent.
const (
	kopID           = "webhook-id"
	kopMoment       = "webhook-timestamp"
	kopHandtekening = "webhook-signature"

	geheimVorm               = "whsec_" // before the secret in base64
	kortsteGeheim, mostBytes = 24, 64
	mostGeheimen             = 2
)

// leesGeheimen reads the secrets to sign with: one, or while it is being replaced the
// old and the new one, with a space between them. None of an empty text.
func leesGeheimen(text string) ([][]byte, error) {
	refused := &domain.Error{Code: domain.Invalid, Key: "fout.webhook_geheim"}
	var list [][]byte
	for one := range strings.FieldsSeq(text) {
		coded, is := strings.CutPrefix(one, geheimVorm)
		secret, err := base64.StdEncoding.Strict().DecodeString(coded)
		if !is || err != nil || len(secret) < kortsteGeheim || len(secret) > mostBytes {
			return nil, refused
		}
		list = append(list, secret)
	}
	if len(list) > mostGeheimen || text != "" && len(list) == 0 {
		return nil, refused
	}
	return list, nil
}

// onderteken adds the headers of the event id with this body, sent at the moment now.
func (v *Verzender) onderteken(h http.Header, id string, body []byte, now time.Time) {
	moment := strconv.FormatInt(now.Unix(), 10)
	h.Set(kopID, id)
	h.Set(kopMoment, moment)
	signatures := make([]string, 0, len(v.geheimen))
	for _, secret := range v.geheimen {
		sum := hmac.New(sha256.New, secret)
		_, _ = sum.Write([]byte(id + "." + moment + ".")) // a hash takes all
		_, _ = sum.Write(body)
		signatures = append(signatures, "v1,"+base64.StdEncoding.EncodeToString(sum.Sum(nil)))
	}
	h.Set(kopHandtekening, strings.Join(signatures, " "))
}
