package app

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Kalenders follows the store: with which decree days is counted is decided there, so
// that every copy of the service counts alike. The rules that stand fast are those of
// this binary.
type Kalenders struct {
	store   store.Kalenders // nil: the shipped calendar is all there is
	eigen   *term.Kalender
	geldend atomic.Pointer[domain.GeldendeKalender]
	ouder   atomic.Bool
	lock    sync.Mutex    // one Follow at a time
	anders  chan struct{} // closed when another calendar counts; guarded by lock
}

// NewKalenders follows s, from eigen on: the calendar that is shipped, which counts
// until Begin or Follow found another. With nil it goes on counting.
func NewKalenders(s store.Kalenders, eigen *term.Kalender) *Kalenders {
	k := &Kalenders{store: s, eigen: eigen, anders: make(chan struct{})}
	k.geldend.Store(&domain.GeldendeKalender{Kalender: eigen})
	return k
}

// Geldend is the calendar that counts at this moment.
func (k *Kalenders) Geldend() domain.GeldendeKalender { return *k.geldend.Load() }

// Eigen is the calendar that is shipped.
func (k *Kalenders) Eigen() *term.Kalender { return k.eigen }

// Ouder reports that the store counts with rules of a newer version of the service
// than this one, so that this one must not count any more.
func (k *Kalenders) Ouder() bool { return k.ouder.Load() }

// Anders is closed when another calendar counts than at the moment of the call.
func (k *Kalenders) Anders() <-chan struct{} {
	k.lock.Lock()
	defer k.lock.Unlock()
	return k.anders
}

// Follow takes over the newest calendar of the store, when it is another than the
// present one, and reports whether it is. It refuses one that was made by other rules
// than those of this binary: the present one stays, and the error says why.
func (k *Kalenders) Follow(ctx context.Context) (bool, error) {
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.store == nil {
		return false, nil
	}
	newest, err := k.store.Kalender(ctx)
	if err != nil {
		return false, fmt.Errorf("read calendar: %w", err)
	}
	if was := k.Geldend(); was.Versie == newest.Versie && was.Digest() == newest.Digest {
		k.ouder.Store(false)
		return false, nil
	}
	next, same, err := k.lees(ctx, newest)
	if err == nil && !same {
		err = onbekendeRegels(newest.Versie)
	}
	if err != nil {
		return false, err
	}
	k.neem(next, newest.Versie)
	return true, nil
}

// neem makes next the calendar that counts.
func (k *Kalenders) neem(next *term.Kalender, versie int) {
	k.ouder.Store(false)
	k.geldend.Store(&domain.GeldendeKalender{Kalender: next, Versie: versie})
	close(k.anders)
	k.anders = make(chan struct{})
}

// lees gives version v by the rules of this binary, and whether those made it, with the
// ladder of this binary or with one that is not known. Where others did, and these made
// an earlier version, this binary is the older one: that is the error.
func (k *Kalenders) lees(ctx context.Context, v domain.KalenderVersie) (own *term.Kalender, same bool, err error) {
	own, rules := k.volgens(v)
	ladder := func(v domain.KalenderVersie) bool { return v.Ladder == k.eigen.Ladder() }
	if rules && (v.Ladder == "" || ladder(v)) {
		return own, true, nil
	}
	all, err := k.store.Kalenders(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("list calendars: %w", err)
	}
	for _, earlier := range all {
		if earlier.Versie > v.Versie { // another copy added it since
			continue
		}
		if _, mine := k.volgens(earlier); mine && (!rules || ladder(earlier)) {
			k.ouder.Store(true)
			return nil, false, onbekendeRegels(v.Versie)
		}
	}
	if own == nil {
		return nil, false, onbekendeRegels(v.Versie)
	}
	return own, false, nil
}

// volgens gives v by the rules of this binary, nil where they cannot read it, and
// whether it is the same.
func (k *Kalenders) volgens(v domain.KalenderVersie) (*term.Kalender, bool) {
	own, err := k.eigen.MetBesluitdagen([]byte(v.Besluitdagen))
	if err != nil {
		return nil, false
	}
	return own, own.Digest() == v.Digest
}

func onbekendeRegels(versie int) error {
	return &domain.Error{Code: domain.Unavailable, Key: "fout.kalender_ouder", Args: []any{versie}}
}

// Redenen are why a start of the service adds a version of the calendar: the store was
// empty, this binary has other rules, it plans reminders by another ladder, or it is not
// known by which ladder they were planned.
type Redenen struct{ Eerste, Regels, Ladder, Onbekend string }

// Begin makes the calendar of the store the one that counts. An empty store gets the
// shipped one. Where this binary has newer rules than the newest version was made by, or
// plans reminders by another ladder, it adds one with the same decree days: what is open
// is then computed anew. A binary with older ones is refused.
func (k *Kalenders) Begin(ctx context.Context, c clock.Clock, door domain.Actor, redenen Redenen) error {
	for {
		newest, err := k.store.Kalender(ctx)
		next, why := k.eigen, redenen.Eerste
		if err == nil {
			var same bool
			if next, same, err = k.lees(ctx, newest); err != nil {
				return err
			}
			if same && newest.Ladder != "" {
				break
			}
			why = redenen.bij(next, newest)
		} else if !domain.IsCode(err, domain.NotFound) {
			return fmt.Errorf("read calendar: %w", err)
		}
		before := &term.Kalender{}
		if newest.Versie > 0 {
			before = next // the same days
		}
		v := domain.KalenderVersie{Versie: newest.Versie + 1, Op: c.Now(), Door: door, Reden: why}
		if err := k.bewaar(ctx, v, before, next); !domain.IsCode(err, domain.Stale) {
			if err != nil {
				return err
			}
			break
		}
	}
	_, err := k.Follow(ctx)
	return err
}

// bij is why next comes after a version that the store has.
func (r Redenen) bij(next *term.Kalender, newest domain.KalenderVersie) string {
	switch {
	case next.Digest() != newest.Digest:
		return r.Regels
	case newest.Ladder == "":
		return r.Onbekend
	}
	return r.Ladder
}

// bewaar keeps next as version v, which comes after before. Stale when another was
// first.
func (k *Kalenders) bewaar(ctx context.Context, v domain.KalenderVersie, before, next *term.Kalender) (err error) {
	v.Digest, v.Besluitdagen, v.Ladder = next.Digest(), string(next.Besluitdagen()), next.Ladder()
	v.Erbij, v.Eraf = before.Verschil(next)
	if v.TeHerrekenen, err = k.store.TelTeHerrekenen(ctx, v.Versie); err != nil {
		return fmt.Errorf("count meldingen to compute anew: %w", err)
	}
	if err := k.store.BewaarKalender(ctx, v); err != nil {
		return fmt.Errorf("keep calendar: %w", err)
	}
	return nil
}

// Bekijk is Begin for who only looks: it changes nothing in the store. Without a
// calendar there the shipped one counts, and one that other rules made is read by those
// of this binary.
func (k *Kalenders) Bekijk(ctx context.Context) error {
	newest, err := k.store.Kalender(ctx)
	if domain.IsCode(err, domain.NotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read calendar: %w", err)
	}
	next, _, err := k.lees(ctx, newest)
	if err != nil {
		return err
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	k.neem(next, newest.Versie)
	return nil
}

// Eerdere gives every calendar that ever counted and that the rules of this binary made,
// newest first.
func (k *Kalenders) Eerdere(ctx context.Context) ([]domain.GeldendeKalender, error) {
	if k.store == nil {
		return nil, nil
	}
	all, err := k.store.Kalenders(ctx)
	if err != nil {
		return nil, fmt.Errorf("list calendars: %w", err)
	}
	var out []domain.GeldendeKalender
	for _, v := range slices.Backward(all) {
		if own, mine := k.volgens(v); mine {
			out = append(out, domain.GeldendeKalender{Kalender: own, Versie: v.Versie})
		}
	}
	return out, nil
}
