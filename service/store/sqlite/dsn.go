package sqlite

import (
	"net/url"
	"path/filepath"
	"strconv"
	"time"
)

// durable is what every connection that works on the store has. It stands in
// the DSN, so that each connection of a pool has it. It never makes a file, and
// cuts the WAL back to 64 MiB after a burst.
const durable = "mode=rw&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=on" +
	"&_defensive=1&_dqs=0&_error_rc=1&_pragma=journal_size_limit(67108864)"

// What a connection may do: work (with at hand, and in the WAL, all pages that some
// batches of meldingen change in their indexes), only read, look at a file without
// changing it, or look at a file that nobody has open without even leaving a trace beside it.
const (
	forWriting   = durable + "&_pragma=cache_size(-49152)&_pragma=wal_autocheckpoint(48000)"
	forReading   = durable + "&_query_only=1"
	forLooking   = "mode=ro&_error_rc=1"
	forLookingAt = forLooking + "&immutable=1"
)

// dsn names the file path to the driver, for connections that wait at most busy
// for another process.
func dsn(path string, busy time.Duration, use string) string {
	name := url.URL{Scheme: "file", Path: path}
	return name.String() + "?_busy_timeout=" + strconv.FormatInt(busy.Milliseconds(), 10) + "&" + use
}

// resolve gives the one name of the file path: absolute and without links, so
// that all who open it agree on the files beside it.
func resolve(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if followed, err := filepath.EvalSymlinks(full); err == nil {
		return followed, nil
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(full))
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, filepath.Base(full)), nil
}
