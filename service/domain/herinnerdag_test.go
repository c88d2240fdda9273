package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestARemindersDayIsOverWhenTheOfficeWorkedOnANextOne(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	zone, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	for moment, want := range map[string]string{
		"2026-11-20T12:00:00+01:00": "2026-11-20", // a Friday
		"2026-11-20T09:00:00+01:00": "2026-11-20",
		"2026-11-20T08:59:59+01:00": "2026-11-19",
		"2026-11-21T12:00:00+01:00": "2026-11-20", // the weekend
		"2026-11-22T23:59:59+01:00": "2026-11-20",
		"2026-11-23T08:30:00+01:00": "2026-11-20", // Monday, as the office opens
		"2026-11-23T09:00:00+01:00": "2026-11-23",
		"2026-12-26T12:00:00+01:00": "2026-12-24", // Christmas
		"2026-03-29T12:00:00+02:00": "2026-03-27", // the clock goes forward
		"2026-03-30T08:59:00+02:00": "2026-03-27",
		"2026-03-30T09:00:00+02:00": "2026-03-30",
	} {
		now, err := time.Parse(time.RFC3339, moment)
		require.NoError(t, err)
		assert.Equal(t, want, domain.LaatsteHerinnerdag(k, now.UTC(), zone).String(), moment)
	}
}
