package sqlite

import (
	"fmt"
	"os"
)

// place tells whether the file and its WAL are still the ones that were opened:
// SQLite writes on without a word in a file that was deleted or moved away.
type place struct {
	path    string
	db, wal os.FileInfo
}

// newPlace remembers the file path as it is at this moment, making an empty one
// that only its owner may read when there is none.
func newPlace(path string) (place, error) {
	made, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case err == nil:
		err = made.Close()
	case os.IsExist(err):
		err = nil
	}
	if err != nil {
		return place{}, err
	}
	info, err := os.Stat(path)
	return place{path: path, db: info}, err
}

// settle remembers the WAL, which stays the same for as long as a connection is
// open.
func (p *place) settle() error {
	info, err := os.Stat(p.path + "-wal")
	p.wal = info
	return err
}

// check gives errMoved when the path has come to name another file, or none, or
// the WAL has.
func (p *place) check() error {
	if err := p.checkFile(); err != nil {
		return err
	}
	return same(p.path+"-wal", p.wal)
}

func (p *place) checkFile() error { return same(p.path, p.db) }

func same(path string, opened os.FileInfo) error {
	found, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%w: %w", errMoved, err)
	}
	if !os.SameFile(found, opened) {
		return errMoved
	}
	return nil
}
