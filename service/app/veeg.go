package app

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// dienst is the service itself where it records something.
func dienst() domain.Actor { return domain.Actor{ID: "dienst", Rol: domain.Systeem} }

// Veeg records for every melding which terms came near or passed, once per end,
// evaluates again where a step rests on a term that passed, and looks again at
// the figures of providers that changed afterwards. Missed and double sweeps
// change nothing. It reads only what is due. All it writes is under the lead onder;
// it ends with LeidingVoorbij at the first write that is refused for it. With nil
// it needs no lead.
func (a *App) Veeg(ctx context.Context, onder *Leiding) (VeegUitslag, error) {
	_, today := a.moment()
	var out veegTelling
	err := elk(ctx, func(ctx context.Context, n int) ([]domain.Melding, error) {
		return a.store.TeControleren(ctx, today, n)
	}, func(m domain.Melding) error { return out.add(a.veegEen(ctx, onder, m, today)) })
	if LeidingVoorbij(err) || ctx.Err() != nil {
		return out.uitslag, err
	}
	failed := []error{err}
	advices, err := a.herbeoordeel(ctx, onder)
	out.uitslag.Heradviezen += advices
	if LeidingVoorbij(err) {
		return out.uitslag, err
	}
	if err != nil {
		failed = append(failed, err)
	}
	counted, err := a.Hertel(ctx, onder)
	out.uitslag.Heradviezen, out.uitslag.Herteld = out.uitslag.Heradviezen+counted.Heradviezen, counted.Herteld
	if LeidingVoorbij(err) {
		return out.uitslag, err
	}
	return out.uitslag, errors.Join(append(failed, err)...)
}

// Hertel looks again at the figures of all providers of which meldingen were received
// or corrected since that was done last, under the lead onder as Veeg.
func (a *App) Hertel(ctx context.Context, onder *Leiding) (VeegUitslag, error) {
	var out VeegUitslag
	for {
		advices, providers, err := a.hertel(ctx, onder, dienst(), page)
		out.Heradviezen, out.Herteld = out.Heradviezen+advices, out.Herteld+providers
		if err != nil || providers == 0 {
			return out, err
		}
	}
}

// veegTelling adds up what a sweep did.
type veegTelling struct {
	lock    sync.Mutex
	uitslag VeegUitslag
}

// add adds what was done to one melding, and gives why that failed.
func (t *veegTelling) add(one VeegUitslag, err error) error {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.uitslag.Meldingen += one.Meldingen
	t.uitslag.Genaderd += one.Genaderd
	t.uitslag.Verstreken += one.Verstreken
	t.uitslag.Heradviezen += one.Heradviezen
	return err
}

// veegEen sweeps one melding. One that somebody wrote meanwhile is left for the
// next look: it is due still.
func (a *App) veegEen(ctx context.Context, onder *Leiding, m domain.Melding, today term.Date) (out VeegUitslag, err error) {
	a = a.nu()
	now, _, done := a.stempel()
	defer done()
	old := m
	var h domain.Herrekening
	if m.Achter(a.geldend().Versie) {
		h = a.herrekenTermijnen(&m, today, now)
	}
	before := len(m.Geschiedenis)
	passed, changed := m.Veeg(today, now, dienst())
	if !changed && !h.Anders {
		return out, nil
	}
	recorded := len(m.Geschiedenis) - before
	w, err := a.naVerschuiving(ctx, &m, h.Verschoven, passed, now)
	if err != nil {
		return out, fmt.Errorf("sweep %s: %w", m.ID, err)
	}
	m.GewijzigdOp = now
	err = a.overtaken(ctx, a.store.VervangMelding(ctx, m, store.Bij{Gegeven: w.given(), Hertel: verschoven(&m, &old), Leiding: onder}))
	if errors.Is(err, errOvertaken) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("sweep %s: %w", m.ID, err)
	}
	out.Meldingen++
	out.Verstreken += len(passed)
	out.Genaderd += recorded - len(passed)
	if w.Advies.Advies != "" {
		out.Heradviezen++
	}
	return out, nil
}
