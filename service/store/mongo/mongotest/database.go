package mongotest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Database gives the address of an empty database, which is dropped after t.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	address, err := s.Named(name)
	require.NoError(t, err, "MONGODB_URI")
	t.Cleanup(func() {
		client, err := mongo.Connect(options.Client().ApplyURI(address))
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = client.Database(name).Drop(ctx) // the server may be gone, which a test may have wanted
		require.NoError(t, client.Disconnect(ctx))
	})
	return address
}

// Address gives the address of a database by name, with the times of the store
// itself.
func (s *Server) Address(name string) string {
	return strings.ReplaceAll(fmt.Sprintf(s.base, name), "?timeoutMS=20000", "")
}

// Named gives the address of a database by name, with patience.
func (s *Server) Named(name string) (string, error) {
	if strings.Contains(s.base, "/%s") {
		return fmt.Sprintf(s.base, name), nil
	}
	at, err := url.Parse(s.base)
	if err != nil {
		return "", err
	}
	query := at.Query()
	if at.User != nil && query.Get("authSource") == "" {
		query.Set("authSource", strings.TrimPrefix(at.Path, "/"))
		if query.Get("authSource") == "" {
			query.Set("authSource", "admin")
		}
	}
	if query.Get("timeoutMS") == "" {
		query.Set("timeoutMS", "20000")
	}
	at.Path, at.RawQuery = "/"+name, query.Encode()
	return at.String(), nil
}

// Main runs the tests of a package with a server. Without one it fails where CI
// is set, and says loudly elsewhere what did not run. What comes after the tests
// is done when they passed, while the server is still there.
func Main(m *testing.M, use func(*Server), after ...func(*Server) int) int {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	s, err := Start(ctx)
	if err != nil {
		fmt.Fprintf(os.Stderr, "\n*** THE TESTS OF THE MONGODB STORE DID NOT RUN: %v ***\n\n", err)
		if os.Getenv("CI") != "" {
			return 1
		}
		return 0
	}
	use(s)
	code := m.Run()
	for _, do := range after {
		if code == 0 {
			code = do(s)
		}
	}
	if err := s.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the server:", err)
		return max(code, 1)
	}
	return code
}
