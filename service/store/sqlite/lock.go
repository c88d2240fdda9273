package sqlite

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// LockForServing makes this the only process that serves the store in the file
// path, until release is called or the process ends, however it ends. A second
// one gets a domain.Error of code Conflict. Other processes may still open the
// store. The lock is a file beside it, which stays.
func LockForServing(path string) (release func() error, err error) {
	full, err := resolve(path)
	if err != nil {
		return nil, unopened("fout.opslag_geen_toegang", path, err)
	}
	file, err := os.OpenFile(full+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, unopened("fout.opslag_geen_toegang", full, fmt.Errorf("open lock: %w", err))
	}
	err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	switch {
	case errors.Is(err, unix.EWOULDBLOCK):
		return nil, errors.Join(&domain.Error{Code: domain.Conflict, Key: "fout.opslag_in_gebruik", Args: []any{full}, Cause: err}, file.Close())
	case err != nil:
		return nil, errors.Join(unopened("fout.opslag_geen_toegang", full, fmt.Errorf("take lock: %w", err)), file.Close())
	}
	return file.Close, nil // closing the file gives the lock back
}
