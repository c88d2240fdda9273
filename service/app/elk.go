package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// sweepers is how many meldingen a job works on at the same time: as many share a
// commit.
const sweepers = 32

// mostStuck is how many meldingen may fail before a job gives up: they stay due, so
// it reads them again with every page.
const mostStuck = 1000

// elk hands every melding of which something is due to doe, many at the same time,
// until lees, which gives at most n of those, gives none that is fresh. One that
// fails, or that others wrote meanwhile, stands in the way of no other. It ends with
// LeidingVoorbij at the first write that is refused for that.
func elk(ctx context.Context, lees func(ctx context.Context, n int) ([]domain.Melding, error), doe func(domain.Melding) error) error {
	var out fouten
	seen := map[string]int64{}
	for n := page; ; {
		due, err := lees(ctx, n)
		if err != nil {
			return errors.Join(fmt.Errorf("read what is due: %w", err), out.all())
		}
		fresh := slices.DeleteFunc(slices.Clone(due), func(m domain.Melding) bool { return seen[m.ID] == m.Rev })
		var workers errgroup.Group
		workers.SetLimit(sweepers)
		for _, m := range fresh {
			seen[m.ID] = m.Rev
			workers.Go(func() error {
				out.add(doe(m))
				return nil
			})
		}
		if err := errors.Join(workers.Wait(), ctx.Err(), out.lost); err != nil {
			return err
		}
		stuck := len(due) - len(fresh)
		if len(fresh) == 0 && len(due) < n || stuck >= mostStuck {
			return out.all()
		}
		n = page + stuck
	}
}

// fouten gathers what went wrong.
type fouten struct {
	lock sync.Mutex
	some []error
	more int   // of which no more is said
	lost error // the refusal of a write under a lead that ended
}

// mostSaid is how many failures are told one by one.
const mostSaid = 10

func (f *fouten) add(err error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	switch {
	case err == nil:
	case LeidingVoorbij(err):
		f.lost = err
	case len(f.some) < mostSaid:
		f.some = append(f.some, err)
	default:
		f.more++
	}
}

// all is everything that went wrong; nil when nothing did.
func (f *fouten) all() error {
	if f.more > 0 {
		return errors.Join(append(f.some, fmt.Errorf("and %d more", f.more))...)
	}
	return errors.Join(f.some...)
}
