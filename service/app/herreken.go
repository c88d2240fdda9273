package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// HerrekenUitslag is what computing anew did.
type HerrekenUitslag struct {
	Bekeken     int // meldingen that were looked at
	Gewijzigd   int // of them, those of which a term moved
	Heradviezen int // advices that changed
	Mislukt     int // meldingen that could not be computed
}

// The sizes of computing anew: how many meldingen are read together and written at the
// same time, so that they share commits, and how many failures are told apart.
const (
	herrekenPagina = 500
	mostFouten     = 5
)

// VolgKalender takes over the newest calendar of the store. Jobs do nothing without
// it.
func (a *App) VolgKalender(ctx context.Context) error {
	_, err := a.kalenders.Follow(ctx)
	return err
}

// Herreken computes every open term anew that an earlier calendar computed than the one
// that counts, and tells each of how many meldingen that was done. It goes on where one
// that was stopped ended; one that fails does not hold up the others. It writes under
// the lead onder and ends with LeidingVoorbij when that is over; with nil it needs none.
func (a *App) Herreken(ctx context.Context, onder *Leiding, each func(n int)) (HerrekenUitslag, error) {
	select {
	case a.herrekent <- struct{}{}:
		defer func() { <-a.herrekent }()
	case <-ctx.Done():
		return HerrekenUitslag{}, ctx.Err() //nolint:wrapcheck // the caller ended
	}
	r := herrekening{onder: onder, each: each}
	for range retries {
		again, err := a.nu().herreken(ctx, &r)
		if LeidingVoorbij(err) {
			return r.uitslag, err
		}
		if err != nil || !again {
			return r.uitslag, errors.Join(append(r.fouten, err)...)
		}
	}
	return r.uitslag, errors.Join(r.fouten...) // what others write all the time is for the next run
}

// herrekening is a run of Herreken.
type herrekening struct {
	onder   *Leiding
	each    func(int)
	lock    sync.Mutex
	uitslag HerrekenUitslag
	fouten  []error
	voorbij error // the refusal of a write under a lead that ended
}

// herreken goes once over all that is behind by the calendar of a. It asks to be done
// again when another calendar came to count meanwhile, or when others wrote what it had
// read.
func (a *App) herreken(ctx context.Context, r *herrekening) (again bool, err error) {
	versie := a.geldend().Versie
	r.uitslag.Mislukt, r.fouten = 0, nil
	list, err := a.achter(ctx, "")
	for err == nil && len(list) > 0 {
		if a.kalenders.Geldend().Versie != versie {
			return true, nil
		}
		var next []domain.Melding
		var reader errgroup.Group // reads on while this page is written
		reader.Go(func() (err error) {
			next, err = a.achter(ctx, list[len(list)-1].ID)
			return err
		})
		overtaken, failed := a.herrekenPagina(ctx, r, list)
		err = errors.Join(failed, reader.Wait())
		list, again = next, again || overtaken
	}
	return again, err
}

// achter reads a page of what is behind, after the ID na.
func (a *App) achter(ctx context.Context, na string) ([]domain.Melding, error) {
	list, err := a.store.TeHerrekenen(ctx, a.geldend().Versie, na, herrekenPagina)
	if err != nil {
		return nil, fmt.Errorf("read what is behind: %w", err)
	}
	return list, nil
}

// herrekenPagina computes list anew. It reports whether others wrote some of it
// meanwhile.
func (a *App) herrekenPagina(ctx context.Context, r *herrekening, list []domain.Melding) (overtaken bool, err error) {
	var gelijk []store.MeldingRev
	var writers errgroup.Group
	writers.SetLimit(herrekenPagina)
	for _, m := range list {
		if ctx.Err() != nil {
			break
		}
		writers.Go(func() error {
			out, err := a.herrekenEen(ctx, r.onder, m)
			r.lock.Lock()
			defer r.lock.Unlock()
			switch {
			case errors.Is(err, errOvertaken):
				overtaken = true
			case err != nil:
				r.mislukt(m.ID, err)
			case out.gelijk:
				gelijk = append(gelijk, store.MeldingRev{ID: m.ID, Rev: m.Rev})
			default:
				r.uitslag.tel(out)
			}
			return nil
		})
	}
	if err := errors.Join(writers.Wait(), ctx.Err(), r.voorbij); err != nil {
		return overtaken, err
	}
	if err := a.store.MerkHerrekend(ctx, gelijk, a.geldend().Versie, r.onder); err != nil {
		return overtaken, fmt.Errorf("mark what is the same: %w", err)
	}
	r.uitslag.Bekeken += len(list)
	r.each(len(list))
	return overtaken, nil
}

func (r *herrekening) mislukt(id string, err error) {
	if LeidingVoorbij(err) {
		r.voorbij = err
		return
	}
	r.uitslag.Mislukt++
	if len(r.fouten) < mostFouten {
		r.fouten = append(r.fouten, fmt.Errorf("compute %s anew: %w", id, err))
	}
}

// herrekend is what became of one melding. Gelijk: it is as it was, and waits for its
// mark.
type herrekend struct{ gelijk, gewijzigd, heradvies bool }

func (u *HerrekenUitslag) tel(out herrekend) {
	if out.gewijzigd {
		u.Gewijzigd++
	}
	if out.heradvies {
		u.Heradviezen++
	}
}

// herrekenEen computes one melding anew, and keeps it when it became another. What
// came near or passed by it is recorded in the same write; the advice follows the end
// of the provider's term. errOvertaken when another write was before this one.
func (a *App) herrekenEen(ctx context.Context, onder *Leiding, m domain.Melding) (out herrekend, err error) {
	now, today, done := a.stempel()
	defer done()
	old := m
	h := a.herrekenTermijnen(&m, today, now)
	if !h.Anders {
		return herrekend{gelijk: true}, nil
	}
	passed, _ := m.Veeg(today, now, dienst())
	w, err := a.naVerschuiving(ctx, &m, h.Verschoven, passed, now)
	if err != nil {
		return out, err
	}
	if len(m.Geschiedenis) > len(old.Geschiedenis) { // else people see what they saw
		m.GewijzigdOp = now
	}
	err = a.overtaken(ctx, a.store.VervangMelding(ctx, m, store.Bij{Gegeven: w.given(), Hertel: verschoven(&m, &old), Leiding: onder}))
	return herrekend{gewijzigd: len(h.Verschoven) > 0, heradvies: w.Advies.Advies != ""}, err
}

// herrekenTermijnen computes the open terms of m by the calendar of a.
func (a *App) herrekenTermijnen(m *domain.Melding, today term.Date, now time.Time) domain.Herrekening {
	in, _ := domain.LeesBewaard(m.Opgave, today, a.kalender()) // checked when it was taken in
	return m.Herreken(in, a.geldend(), today, now, dienst())
}

// naVerschuiving evaluates m again after the provider's term passed, or moved so that
// the advice becomes another one; the zero weging when it does not.
func (a *App) naVerschuiving(ctx context.Context, m *domain.Melding, moved, passed []term.Soort, now time.Time) (w weging, err error) {
	why := domain.BijTermijn
	if !slices.Contains(passed, term.ReactieAanbieder) {
		if !slices.Contains(moved, term.ReactieAanbieder) || m.Status == domain.StatusAfgesloten {
			return w, nil
		}
		if same, err := a.blijft(ctx, m, now); same || err != nil {
			return w, err
		}
		why = domain.BijKalender
	}
	if w, err = a.weegOpnieuw(ctx, dienst(), why, now, m); err != nil {
		return w, err
	}
	m.Adviseer(w.Advies, dienst())
	return w, nil
}

// zoekBij gives the melding with an id or kenmerk to be written: one that is behind is
// computed anew first, so that its history tells which days the calendar moved and
// which a person did.
func (a *App) zoekBij(ctx context.Context, id string) (domain.Melding, error) {
	for range retries {
		m, err := a.zoekMelding(ctx, id)
		if err != nil || !m.Achter(a.kalenders.Geldend().Versie) {
			return m, err
		}
		a := a.nu()
		out, err := a.herrekenEen(ctx, nil, m)
		if out.gelijk {
			err = a.store.MerkHerrekend(ctx, []store.MeldingRev{{ID: m.ID, Rev: m.Rev}}, a.geldend().Versie, nil)
		}
		if err != nil && !errors.Is(err, errOvertaken) {
			return domain.Melding{}, err
		}
	}
	return domain.Melding{}, &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
}
