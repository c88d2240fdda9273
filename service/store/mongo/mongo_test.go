package mongo_test

import (
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo"
	"zorgmeldingen.nl/lmz-triage/service/store/mongo/mongotest"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// server is what all tests of the package share.
var server *mongotest.Server //nolint:gochecknoglobals // TestMain can hand it over in no other way

// watch sees every command that any test of the package sends.
var watch = &listener{seen: map[string]shape{}} //nolint:gochecknoglobals // as above

func TestMain(m *testing.M) {
	os.Exit(mongotest.Main(m, func(s *mongotest.Server) { server = s }, func(s *mongotest.Server) int {
		if code := watch.judge(); code != 0 || !s.Real {
			return code
		}
		address, err := s.Named("test_explain")
		if err != nil {
			return 1
		}
		return watch.explain(address)
	}))
}

// atAddress is a store that knows where it is.
type atAddress struct {
	*mongo.Store
	address string
}

func openAt(t testing.TB, address string) atAddress {
	t.Helper()
	s, err := mongo.Open(t.Context(), address, mongo.WithMonitor(watch.monitor()))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return atAddress{s, address}
}

func openTemp(t testing.TB) atAddress {
	t.Helper()
	return openAt(t, server.Database(t))
}

func TestContract(t *testing.T) {
	storetest.Run(t,
		func(t *testing.T) store.Store { return openTemp(t) },
		func(t *testing.T, s store.Store) store.Store {
			require.NoError(t, s.Close())
			return openAt(t, s.(atAddress).address)
		})
}

// together runs do for 0..n-1 at once and waits for all.
func together(n int, do func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { do(i) })
	}
	group.Wait()
}
