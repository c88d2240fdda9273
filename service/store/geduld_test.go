package store_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/store"
)

// lasts is how long a wait may take before its context ends.
func lasts(ctx context.Context, most time.Duration) time.Duration {
	began := time.Now() //nolint:forbidigo // time stands still in a bubble but for waits
	wait, end := store.Wacht(ctx, most)
	defer end()
	<-wait.Done()
	return time.Since(began) //nolint:forbidigo // as above
}

// work waits for a store that answers after d.
func work(ctx context.Context, d time.Duration) {
	_, end := store.Wacht(ctx, time.Hour)
	time.Sleep(d)
	end()
}

func TestWaitsOfOneCallerTakeNoLongerTogetherThanHeHas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := store.MetGeduld(t.Context(), 10*time.Second)
		work(ctx, 3*time.Second)
		time.Sleep(time.Hour) // what he does himself
		require.Equal(t, 2*time.Second, lasts(ctx, 2*time.Second), "no wait takes longer than it may by itself")
		work(ctx, time.Second)
		require.Equal(t, 4*time.Second, lasts(ctx, time.Hour))
		require.Zero(t, lasts(ctx, time.Hour), "nothing is left")
		require.Zero(t, lasts(ctx, 0))
	})
}

func TestWaitsAtTheSameTimeCountOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := store.MetGeduld(t.Context(), 10*time.Second)
		_, end := store.Wacht(ctx, 0)
		for range 3 {
			go work(ctx, 4*time.Second)
		}
		work(ctx, 4*time.Second)
		end()
		end() // a second does nothing
		require.Equal(t, 6*time.Second, lasts(ctx, 0))
	})
}

func TestWhoHasNoLimitWaitsAsLongAsEachWaitMayTake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		short, cancel := context.WithCancel(store.MetGeduld(t.Context(), time.Second))
		cancel()
		for name, ctx := range map[string]context.Context{"nobody said so": t.Context(), "gone on alone": store.ZonderGeduld(short)} {
			for range 3 {
				require.Equal(t, time.Minute, lasts(ctx, time.Minute), name)
			}
			wait, end := store.Wacht(ctx, 0)
			_, bounded := wait.Deadline()
			require.False(t, bounded, name)
			end()
		}
	})
}

func TestAWaitEndsWithItsCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(store.MetGeduld(t.Context(), time.Hour))
	wait, end := store.Wacht(ctx, time.Hour)
	defer end()
	cancel()
	<-wait.Done()
	require.ErrorIs(t, wait.Err(), context.Canceled)
}
