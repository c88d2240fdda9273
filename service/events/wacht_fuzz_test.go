package events_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"zorgmeldingen.nl/lmz-triage/service/events"
)

func FuzzHowLongToWait(f *testing.F) {
	for _, s := range []string{"", "0", "120", "-1", "1e9", "99999999999999999999", "Fri, 20 Nov 2026 10:30:00 GMT", "Fri, 20 Nov 9999 10:30:00 GMT"} {
		f.Add(s, "Fri, 20 Nov 2026 10:00:00 GMT")
		f.Add("120", s)
	}
	f.Fuzz(func(t *testing.T, after, date string) {
		h := http.Header{"Retry-After": {after}, "Date": {date}}
		asked := events.Wacht(h)
		assert.GreaterOrEqual(t, asked, time.Duration(0))
		assert.LessOrEqual(t, asked, 24*time.Hour)
	})
}
