package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// steps reads the migrations in their order: step n brings a file from form
// n-1 to form n. A step never changes once it was released.
func steps(source fs.FS) ([]string, error) {
	names, err := fs.Glob(source, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	found := make([]string, 0, len(names))
	for _, name := range names {
		text, err := fs.ReadFile(source, name)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		found = append(found, string(text))
	}
	return found, nil
}

// migrate brings the file of conn to the newest form, in one transaction: all
// steps or none. It takes the write lock also when there is nothing to do, so
// that a file that cannot be written is found here.
func migrate(ctx context.Context, conn *sql.Conn, todo []string) (err error) {
	if _, err := conn.ExecContext(ctx, beginBatch); err != nil {
		return fmt.Errorf("begin migration: %w", err)
	}
	end := "ROLLBACK"
	defer func() {
		if _, e := conn.ExecContext(context.WithoutCancel(ctx), end); err == nil && e != nil {
			err = fmt.Errorf("end migration: %w", e)
		}
	}()
	var version int
	if err := conn.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return fmt.Errorf("read form: %w", err)
	}
	if version > len(todo) { // it came to this form after inspect has looked
		return fmt.Errorf("file has form %d, newest known is %d", version, len(todo))
	}
	if version == len(todo) {
		return nil
	}
	for n, step := range todo[version:] {
		if _, err := conn.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("migrate to form %d: %w", version+n+1, err)
		}
	}
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(todo))
	if _, err := conn.ExecContext(ctx, mark); err != nil {
		return fmt.Errorf("mark form: %w", err)
	}
	end = commitBatch
	return nil
}
