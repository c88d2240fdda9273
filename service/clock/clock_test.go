package clock_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/clock"
)

func TestTheClockTellsWhatEveryStoreKeeps(t *testing.T) {
	before := time.Now().Truncate(time.Millisecond)
	now := clock.System{}.Now()
	assert.Equal(t, time.UTC, now.Location())
	assert.Zero(t, now.Nanosecond()%int(time.Millisecond))
	assert.False(t, now.Before(before))
	assert.WithinDuration(t, time.Now(), now, time.Minute)
	at := time.Date(2026, 11, 20, 10, 30, 0, 0, time.FixedZone("x", 3600))
	assert.Equal(t, time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC), clock.Fixed(at).Now())
}

func TestAMomentIsTheSameAfterItWasWrittenDown(t *testing.T) {
	for name, c := range map[string]clock.Clock{
		"of the machine": clock.System{},
		"that was fixed": clock.Fixed(time.Date(2026, 3, 29, 3, 0, 0, 120_000_000, time.FixedZone("x", 7200))),
	} {
		t.Run(name, func(t *testing.T) {
			now := c.Now()
			back, err := time.Parse(time.RFC3339Nano, now.Format("2006-01-02T15:04:05.000Z07:00"))
			require.NoError(t, err)
			assert.True(t, now.Equal(back), "three digits behind the second say it all")
			assert.Equal(t, "Z", now.Format("Z07:00"))
		})
	}
	fixed := clock.Fixed(time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC))
	assert.Equal(t, fixed.Now(), fixed.Now(), "it stands still")
}

func TestTheLawCountsItsDaysInAmsterdam(t *testing.T) {
	zone, err := clock.Amsterdam()
	require.NoError(t, err)
	for moment, want := range map[string]string{
		"2026-11-20T22:59:59Z": "2026-11-20T23:59:59+01:00",
		"2026-11-20T23:00:00Z": "2026-11-21T00:00:00+01:00",
		"2026-07-01T22:00:00Z": "2026-07-02T00:00:00+02:00",
		"2026-03-29T01:00:00Z": "2026-03-29T03:00:00+02:00",
		"2026-10-25T01:00:00Z": "2026-10-25T02:00:00+01:00",
	} {
		at, err := time.Parse(time.RFC3339, moment)
		require.NoError(t, err)
		assert.Equal(t, want, at.In(zone).Format(time.RFC3339))
	}
}
