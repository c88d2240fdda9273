package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	codes "modernc.org/sqlite/lib"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// batchRows is how many rows share a commit at most: enough to make the sync to
// disk cheap, few enough to answer the first caller in milliseconds.
const batchRows = 512

// Stats counts what was written since the store was opened.
type Stats struct {
	Commits uint64 // transactions that reached the disk
	Rows    uint64 // what they hold: advices, meldingen, packages and so on
}

// writer is the only goroutine that writes.
type writer struct {
	pool  *sql.DB
	steps []string
	queue *queue
	link  *link // nil after a failure, until the next batch
	place place
	done  chan struct{} // closed when the goroutine has ended

	commits, rows atomic.Uint64
}

// run answers calls until the queue is closed and empty.
func (w *writer) run() {
	defer close(w.done)
	var batch []*call
	for {
		batch = w.queue.take(batch[:0], batchRows)
		if len(batch) == 0 {
			return
		}
		w.answer(batch)
		clear(batch)
		runtime.Gosched() // who was answered may have more: it then shares the next commit
	}
}

// answer writes batch and tells each caller how its call ended. A batch that
// does not fit on the disk is tried call by call: a small one may still fit.
func (w *writer) answer(batch []*call) {
	outcomes := make([]error, len(batch))
	err := w.write(batch, outcomes)
	if hasCode(err, codes.SQLITE_FULL) && len(batch) > 1 {
		for i := range batch {
			w.answer(batch[i : i+1])
		}
		return
	}
	for i, c := range batch {
		if err != nil {
			outcomes[i] = err
		}
		c.done <- outcomes[i]
	}
}

// write carries out batch in one transaction. outcomes are how each call ended,
// when the transaction was kept; the error is why it was not, or why that does
// not help.
func (w *writer) write(batch []*call, outcomes []error) error {
	if err := w.transact(batch, outcomes); err != nil {
		return errors.Join(err, w.reset())
	}
	return w.place.check()
}

func (w *writer) transact(batch []*call, outcomes []error) error {
	ctx := context.Background()
	if err := w.ready(ctx); err != nil {
		return err
	}
	if _, err := w.link.begin.ExecContext(ctx); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	calls, rows := 0, 0
	for i, c := range batch {
		if outcomes[i] = w.link.apply(ctx, c); outcomes[i] == nil {
			calls, rows = calls+1, rows+c.rows
		} else if !harmless(outcomes[i]) {
			return outcomes[i]
		}
	}
	if _, err := w.link.commit.ExecContext(ctx); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if calls > 0 {
		w.commits.Add(1)
		w.rows.Add(uint64(rows))
	}
	return nil
}

// harmless reports whether err ends one call and leaves the transaction as it
// was before that call.
func harmless(err error) bool {
	var refusal *domain.Error
	return errors.As(err, &refusal) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// apply carries out one call inside the transaction. One that is refused leaves
// nothing behind.
func (l *link) apply(ctx context.Context, c *call) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if c.clean || c.rows <= 1 {
		return c.do(l)
	}
	if _, err := l.open.ExecContext(ctx); err != nil {
		return fmt.Errorf("open call: %w", err)
	}
	outcome := c.do(l)
	if outcome != nil {
		if !harmless(outcome) {
			return outcome
		}
		if _, err := l.undo.ExecContext(ctx); err != nil {
			return fmt.Errorf("undo call: %w", err)
		}
	}
	if _, err := l.close.ExecContext(ctx); err != nil {
		return fmt.Errorf("close call: %w", err)
	}
	return outcome
}

// ready makes a connection where there is none.
func (w *writer) ready(ctx context.Context) error {
	if w.link != nil {
		return nil
	}
	if err := w.place.checkFile(); err != nil {
		return err
	}
	fresh, err := connect(ctx, w.pool, w.steps)
	if err != nil {
		return err
	}
	if err := w.place.settle(); err != nil {
		return errors.Join(err, fresh.drop())
	}
	w.link = fresh
	return nil
}

// reset gives up the connection, and with it the transaction: what SQLite has
// undone of it by itself differs from failure to failure.
func (w *writer) reset() error {
	if w.link == nil {
		return nil
	}
	dropped := w.link
	w.link = nil
	return dropped.drop()
}
