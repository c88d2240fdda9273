package policy

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tetratelabs/wazero"
)

// Limits bound what a policy may cost.
type Limits struct {
	Evaluation time.Duration // one evaluation; default 50 ms
	Instances  int           // evaluations at the same time
}

// DefaultLimits is what the service runs with: instances for n processors.
func DefaultLimits(processors int) Limits {
	return Limits{Evaluation: 50 * time.Millisecond, Instances: max(2, processors)}
}

// ErrClosed is what a version answers after Close: ask the one that took its place.
var ErrClosed = errors.New("policy version is closed")

// pool hands evaluations to a fixed number of workers, each with an instance of
// its own. Instances run without interruption checks until an evaluation does
// not come back in time: its caller gets the failure, the instance is given up
// and replaced, and every instance from then on can be interrupted.
type pool struct {
	cache         wazero.CompilationCache
	wasm, figures []byte
	limits        Limits
	slots         chan *worker
	lost          atomic.Int64
	interruptible atomic.Bool
	closed        sync.Once
	done          chan struct{}
	workers       sync.WaitGroup
}

// job is one use of an instance. progress counts evaluations begun, so that a
// job of many is bounded per evaluation.
type job struct {
	run      func(ctx context.Context, in *instance, begin func()) error
	err      error
	progress atomic.Int64
	finished chan struct{}
}

type worker struct {
	in    *instance
	jobs  chan *job
	timer *time.Timer
}

func newPool(ctx context.Context, wasm, figures []byte, limits Limits) (*pool, error) {
	p := &pool{
		cache: wazero.NewCompilationCache(), wasm: wasm, figures: figures, limits: limits,
		slots: make(chan *worker, limits.Instances), done: make(chan struct{}),
	}
	for range limits.Instances {
		w, err := p.hire(ctx)
		if err != nil {
			p.close()
			return nil, err
		}
		p.slots <- w
	}
	return p, nil
}

// hire starts a worker with a fresh instance.
func (p *pool) hire(ctx context.Context) (*worker, error) {
	in, err := newInstance(ctx, p.cache, p.wasm, p.figures, p.interruptible.Load())
	if err != nil {
		return nil, err
	}
	w := &worker{in: in, jobs: make(chan *job), timer: time.NewTimer(time.Hour)}
	w.timer.Stop()
	p.workers.Add(1)
	go p.work(w)
	return w, nil
}

// work runs jobs until the channel closes. It outlives the pool's interest in
// it when an evaluation overruns: then it ends with that evaluation.
func (p *pool) work(w *worker) {
	defer p.workers.Done()
	defer w.in.close(context.Background())
	for j := range w.jobs {
		j.err = p.guarded(w.in, j)
		close(j.finished)
	}
}

// guarded runs one job; an interruptible instance is stopped from inside at the
// limit.
func (p *pool) guarded(in *instance, j *job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("policy instance stopped: %v", r)
		}
	}()
	if !in.interruptible {
		return j.run(context.Background(), in, func() { j.progress.Add(1) })
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	watch := time.AfterFunc(p.limits.Evaluation, cancel)
	defer watch.Stop()
	err = j.run(ctx, in, func() {
		watch.Reset(p.limits.Evaluation)
		j.progress.Add(1)
	})
	if ctx.Err() != nil {
		return p.overrun()
	}
	return err
}

func (p *pool) overrun() error {
	return failed(Overrun, "evaluation took longer than %s", p.limits.Evaluation)
}

// do runs a job on a free instance. It waits for one as long as ctx allows; an
// evaluation that exceeds the limit is an EvaluationError at the limit.
func (p *pool) do(ctx context.Context, run func(context.Context, *instance, func()) error) error {
	var w *worker
	select {
	case w = <-p.slots:
	case <-ctx.Done():
		return ctx.Err()
	case <-p.done:
		return ErrClosed
	}
	j := &job{run: run, finished: make(chan struct{})}
	w.jobs <- j
	w.timer.Reset(p.limits.Evaluation)
	for seen := int64(1); ; {
		select {
		case <-j.finished:
			w.timer.Stop()
			p.release(w, j.err)
			return j.err
		case <-w.timer.C:
			if now := j.progress.Load(); now > seen {
				seen = now
				w.timer.Reset(p.limits.Evaluation)
				continue
			}
			p.giveUp(w)
			return p.overrun()
		}
	}
}

// release gives the worker back, or replaces it when its instance cannot be
// trusted after err or must become interruptible.
func (p *pool) release(w *worker, err error) {
	if !broken(err) && w.in.interruptible == p.interruptible.Load() {
		p.slots <- w
		return
	}
	go p.replace(w)
}

// broken reports whether err leaves an instance that cannot be trusted. An answer
// that is no good, or a caller that went away, says nothing of the instance.
func broken(err error) bool {
	var f *EvaluationError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return false
	case errors.As(err, &f):
		return f.Reason != Malformed && f.Reason != Undefined
	}
	return true
}

// giveUp leaves an overrunning worker to itself.
func (p *pool) giveUp(w *worker) {
	p.lost.Add(1)
	p.interruptible.Store(true)
	go p.replace(w)
}

// replace ends w after its present job and puts a fresh worker in its slot.
func (p *pool) replace(w *worker) {
	close(w.jobs)
	fresh, err := p.hire(context.Background())
	for attempt := time.Millisecond; err != nil; attempt *= 2 {
		time.Sleep(min(attempt, time.Second))
		fresh, err = p.hire(context.Background())
	}
	p.slots <- fresh
}

// close ends every worker that is not at work; the others end with their job.
func (p *pool) close() {
	p.closed.Do(func() {
		close(p.done)
		go func() {
			for range cap(p.slots) {
				w := <-p.slots
				close(w.jobs)
			}
			p.workers.Wait()
			_ = p.cache.Close(context.Background())
		}()
	})
}
