package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// applicationID marks a file as one of ours ("LMZt"); it stands in the header.
const applicationID = 0x4c4d5a74

// wholeCheck is the size in bytes up to which a file is checked from end to end
// at opening (about a tenth of a second). Of a larger one only the tables are
// checked without which nothing can be decided.
const wholeCheck = 128 << 20

// smallest is the least size in bytes of a database. SQLite would take a file of
// less for an empty one, and write over it.
const smallest = 512

// inspect looks at the file path, which it never changes: one that is not ours,
// is damaged, or has a newer form than newest is refused. No file, or an empty
// one, is fine, and holds no store: its form is 0. With o.asIs an older form is refused
// too, and with o.existing what holds no store.
func inspect(ctx context.Context, path string, o settings, newest int) (form int, err error) {
	form, err = formOf(ctx, path, o, newest)
	switch {
	case err != nil:
		return 0, err
	case form == 0 && o.existing:
		return 0, unopened("fout.opslag_geen", path, errors.New("file without a store"))
	case form > 0 && form < newest && o.asIs:
		return 0, unopened("fout.opslag_oude_vorm", path, fmt.Errorf("look at file: form %d, newest is %d", form, newest), form, newest)
	}
	return form, nil
}

func formOf(ctx context.Context, path string, o settings, newest int) (form int, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && info.Size() == 0:
		if left, err := os.Stat(path + "-wal"); err == nil && left.Size() > 0 {
			return 0, unopened("fout.opslag_beschadigd", path, errors.New("the file is gone or empty, its -wal is still there"))
		}
		return 0, nil
	case err != nil:
		return 0, unopened("fout.opslag_geen_toegang", path, err)
	case !info.Mode().IsRegular(), info.Size() < smallest:
		return 0, unopened("fout.opslag_vreemd_bestand", path, fmt.Errorf("look at file: %s of %d bytes", info.Mode(), info.Size()))
	}
	if !inUse(path) {
		form, err := look(ctx, dsn(path, o.busy, forLookingAt), path, info.Size(), newest)
		if err == nil || !inUse(path) {
			return form, err
		} // somebody opened it in the meantime: what was seen may be half of it
	}
	return look(ctx, dsn(path, o.busy, forLooking), path, info.Size(), newest)
}

// inUse reports whether some process has path open, or had when it was killed.
func inUse(path string) bool {
	_, err := os.Stat(path + "-wal")
	return err == nil
}

func look(ctx context.Context, source, path string, size int64, newest int) (form int, err error) {
	pool, err := sql.Open("sqlite", source)
	if err != nil {
		return 0, cannotOpen(path, err)
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	var id, version, tables int
	var page int64
	err = pool.QueryRowContext(ctx, `SELECT a.application_id, u.user_version, (SELECT count(*) FROM sqlite_schema), p.page_size
FROM pragma_application_id a, pragma_user_version u, pragma_page_size p`).Scan(&id, &version, &tables, &page)
	switch {
	case err != nil:
		return 0, cannotOpen(path, err)
	case id == 0 && version == 0 && tables == 0:
		return 0, nil // a database that was begun and holds nothing
	case id != applicationID:
		return 0, unopened("fout.opslag_vreemd_bestand", path, fmt.Errorf("look at file: application id is %#x", id))
	case version > newest:
		return 0, unopened("fout.opslag_te_nieuw", path, fmt.Errorf("look at file: form %d, newest known %d", version, newest), version, newest)
	case size%page != 0 && !inUse(path): // SQLite reads what was cut off its last page as zeros, and finds no fault in them
		return 0, unopened("fout.opslag_beschadigd", path, fmt.Errorf("look at file: %d bytes are no whole pages of %d", size, page))
	}
	return version, check(ctx, pool, path, size)
}

// check has SQLite look for damage.
func check(ctx context.Context, pool *sql.DB, path string, size int64) error {
	questions := []string{`PRAGMA quick_check(1)`}
	if size > wholeCheck {
		questions = []string{`PRAGMA quick_check(beleidspakket)`, `PRAGMA quick_check(activering)`}
	}
	for _, q := range questions {
		var found string
		if err := pool.QueryRowContext(ctx, q).Scan(&found); err != nil {
			return cannotOpen(path, err)
		}
		if found != "ok" {
			return unopened("fout.opslag_beschadigd", path, fmt.Errorf("check file: %s", found))
		}
	}
	return nil
}
