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

// pool lends out a fixed number of instances. One that failed within itself is
// given up and replaced.
type pool struct {
	cache         wazero.CompilationCache
	wasm, figures []byte
	limits        Limits
	free          chan *instance
	lost          atomic.Int64
	closed        sync.Once
	done          chan struct{}
}

func newPool(ctx context.Context, wasm, figures []byte, limits Limits) (*pool, error) {
	fuelled, err := withFuel(wasm)
	if err != nil {
		return nil, err
	}
	p := &pool{
		cache: wazero.NewCompilationCache(), wasm: fuelled, figures: figures, limits: limits,
		free: make(chan *instance, limits.Instances), done: make(chan struct{}),
	}
	for range limits.Instances {
		in, err := p.fresh(ctx)
		if err != nil {
			return nil, errors.Join(err, p.empty(len(p.free)))
		}
		p.free <- in
	}
	return p, nil
}

func (p *pool) fresh(ctx context.Context) (*instance, error) {
	return newInstance(ctx, p.cache, p.wasm, p.figures, p.limits.Evaluation)
}

// do runs a job on a free instance. It waits for one as long as ctx allows; an
// evaluation that exceeds the limit is an EvaluationError at the limit.
func (p *pool) do(ctx context.Context, run func(*instance) error) error {
	select {
	case <-p.done:
		return ErrClosed
	default:
	}
	select {
	case in := <-p.free:
		err := guarded(in, run)
		p.release(in, err)
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-p.done:
		return ErrClosed
	}
}

// guarded runs a job; an engine that panics is an error.
func guarded(in *instance, run func(*instance) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("policy instance stopped: %v", r)
		}
	}()
	return run(in)
}

// release takes the instance back, or replaces it when it cannot be trusted
// after err.
func (p *pool) release(in *instance, err error) {
	if !broken(err) {
		p.free <- in
		return
	}
	p.lost.Add(1)
	go p.replace(in)
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

// replace puts a fresh instance in the place of one that is given up.
func (p *pool) replace(in *instance) {
	in.close(context.Background())
	fresh, err := p.fresh(context.Background())
	for attempt := time.Millisecond; err != nil; attempt *= 2 {
		time.Sleep(min(attempt, time.Second))
		fresh, err = p.fresh(context.Background())
	}
	p.free <- fresh
}

// close lets every instance go, those at work when they are done.
func (p *pool) close() {
	p.closed.Do(func() {
		close(p.done)
		go func() { _ = p.empty(cap(p.free)) }()
	})
}

// empty closes n instances and what they share.
func (p *pool) empty(n int) error {
	for range n {
		in := <-p.free
		in.close(context.Background())
	}
	return p.cache.Close(context.Background())
}
