package mongo_test

import (
	"context"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// findsMelding reports whether a message asks for meldingen.
func findsMelding(message string) bool {
	return strings.Contains(message, "\x02find\x00\x0a\x00\x00\x00meldingen\x00")
}

// A line breaks at each of the first searches for a melding.
func TestAMeldingIsReadThoughTheLineBreaksOnTheWay(t *testing.T) {
	if server.Real { // it may have several hosts, or TLS
		return
	}
	address := server.Database(t)
	at, err := url.Parse(address)
	require.NoError(t, err)
	require.NoError(t, storetest.Bewaar(t.Context(), openAt(t, address), storetest.Melding(1), nil))
	for name, c := range map[string]struct {
		breaks int64
		read   bool
	}{
		"never": {0, true}, "once": {1, true}, "twice": {2, true}, "each time": {1 << 40, false},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int64
			line := between(t, at.Host, func(message string) bool { return !findsMelding(message) || asked.Add(1) > c.breaks })
			s := opened(t, strings.Replace(address, at.Host, line, 1), func(o *options.ClientOptions) { o.SetTimeout(1600 * time.Millisecond) })
			if !c.read {
				requireToldInTime(t, name, func() error { _, err := s.Melding(t.Context(), storetest.Melding(1).ID); return err })
				return
			}
			got, err := s.Melding(t.Context(), storetest.Melding(1).ID)
			require.NoError(t, err)
			require.Equal(t, storetest.Melding(1), got)
			require.Equal(t, c.breaks+1, asked.Load(), "it is asked once when it can be answered")
		})
	}
}

// The driver asks by the same command, so that whatever it takes care of is taken care of.
func TestAMeldingIsAskedForAsTheDriverWould(t *testing.T) {
	var commands []bson.Raw
	s := opened(t, server.Database(t), func(o *options.ClientOptions) {
		o.SetMonitor(&event.CommandMonitor{Started: func(_ context.Context, c *event.CommandStartedEvent) {
			if c.CommandName == "find" {
				commands = append(commands, append(bson.Raw{}, c.Command...))
			}
		}})
	})
	commands = nil
	_, err := s.Melding(t.Context(), "x")
	storetest.RequireFailure(t, err, domain.NotFound)
	_, err = s.Advies(t.Context(), "x")
	storetest.RequireFailure(t, err, domain.NotFound)
	require.Len(t, commands, 2)
	for _, field := range []string{"filter", "limit", "singleBatch", "readConcern", "$readPreference"} {
		require.Equal(t, commands[1].Lookup(field), commands[0].Lookup(field), field)
	}
	require.Equal(t, names(commands[1]), names(commands[0]))
}
