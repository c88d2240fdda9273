package sqlite

import (
	"context"
	"sync"
)

// call is one write that a caller waits for. do runs on the writer's connection
// inside a transaction that may hold other calls too; rows is how many it
// writes. do must not touch what belongs to the caller, who may be gone by then.
// clean tells that do leaves nothing behind when it is refused, so that it needs no
// savepoint, which would copy every page that it touches.
type call struct {
	ctx   context.Context
	rows  int
	clean bool
	do    func(*link) error
	done  chan error // takes one answer without anybody waiting
}

// queue holds the calls that wait for the writer. It grows no longer than there
// are callers.
type queue struct {
	lock   sync.Mutex
	filled sync.Cond
	calls  []*call
	closed bool
}

func newQueue() *queue {
	q := &queue{}
	q.filled.L = &q.lock
	return q
}

// add reports false, adding nothing, once the queue was closed. What was added
// is answered.
func (q *queue) add(c *call) bool {
	q.lock.Lock()
	defer q.lock.Unlock()
	if q.closed {
		return false
	}
	q.calls = append(q.calls, c)
	q.filled.Signal()
	return true
}

// take waits for calls and moves the oldest into batch, up to most rows together
// or one call of more. It gives none when the queue was closed and is empty.
func (q *queue) take(batch []*call, most int) []*call {
	q.lock.Lock()
	defer q.lock.Unlock()
	for len(q.calls) == 0 && !q.closed {
		q.filled.Wait()
	}
	rows, n := 0, 0
	for ; n < len(q.calls); n++ {
		rows += q.calls[n].rows
		if n > 0 && rows > most {
			break
		}
	}
	batch = append(batch, q.calls[:n]...)
	rest := copy(q.calls, q.calls[n:])
	clear(q.calls[rest:])
	q.calls = q.calls[:rest]
	return batch
}

// close refuses calls from here on.
func (q *queue) close() {
	q.lock.Lock()
	defer q.lock.Unlock()
	q.closed = true
	q.filled.Broadcast()
}
