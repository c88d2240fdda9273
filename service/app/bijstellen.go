package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// naOntvangst looks again at the figures of the provider of m, which was received
// just before: of two meldingen at the same moment each may have missed the other.
// Where the figures with m say something else than those without, or than those
// it was evaluated with, all meldingen of its day are evaluated again; what else it
// moves was noted for the sweep. It gives m as it stands after that.
func (a *App) naOntvangst(ctx context.Context, actor domain.Actor, now time.Time, m domain.Melding, w weging, counted domain.SignaalTelling) (domain.Melding, error) {
	if !m.Telt() {
		return m, nil
	}
	said, seen := a.gezegd(w), counted.Signalen()
	says := func(s domain.Signalen) string { return a.opSignalen(ctx, w.vraag, m.AanbiederID, s) }
	crossed := said != says(w.tell.anderen.Signalen())
	if used := m.Advies.Signalen; !crossed && (used == nil || *used != seen) {
		crossed = said != says(seen)
	}
	if !crossed {
		return m, nil
	}
	changed, err := a.bijstellen(ctx, nil, actor, now, m.AanbiederID, m.Dag, m.Dag)
	if err != nil || !changed[m.ID] {
		return m, err
	}
	return a.store.Melding(ctx, m.ID)
}

// gezegd is what the criteria on the figures of a provider said in an evaluation.
func (a *App) gezegd(w weging) string {
	if w.Given == nil {
		return ""
	}
	active, err := a.policies.Active()
	if err != nil {
		return ""
	}
	return signaalUitkomsten(w.Advies.Criteria, active.Version.Catalogue())
}

// verschoven gives the notes for a correction of old into m: it moves the figures
// of others when it counts for another provider, day or ground.
func verschoven(m, old *domain.Melding) (notes []store.Hertel) {
	if old.Telt() == m.Telt() && old.AanbiederID == m.AanbiederID && old.Dag == m.Dag && old.Advies.Ernstig == m.Advies.Ernstig {
		return nil
	}
	for _, t := range []*domain.Melding{m, old} {
		if t.Telt() {
			notes = append(notes, store.Hertel{Aanbieder: t.AanbiederID, Vanaf: t.Dag})
		}
	}
	return notes
}

// naSchrijven looks again at the days of notes, which were made with a correction
// of m just before; what lies after them is for the sweep. It gives m as it stands
// after that.
func (a *App) naSchrijven(ctx context.Context, actor domain.Actor, now time.Time, m domain.Melding, notes []store.Hertel) (domain.Melding, error) {
	changed := false
	for _, h := range notes {
		ids, err := a.bijstellen(ctx, nil, actor, now, h.Aanbieder, h.Vanaf, h.Vanaf)
		if err != nil {
			return m, err
		}
		changed = changed || ids[m.ID]
	}
	if !changed {
		return m, nil
	}
	return a.store.Melding(ctx, m.ID)
}

// page is how many meldingen are read at a time.
const page = 200

// bijstellen evaluates again the meldingen about a provider of the days van to tot
// whose figures are not those of their advice, and keeps the advice that is
// another, under the lead onder when that is given. It gives the ids of those.
func (a *App) bijstellen(ctx context.Context, onder *Leiding, actor domain.Actor, now time.Time, aanbieder string, van, tot term.Date) (map[string]bool, error) {
	changed, lock := map[string]bool{}, sync.Mutex{}
	figures := map[term.Date]domain.Signalen{}
	for after := ""; ; {
		list, err := a.store.MeldingenOver(ctx, aanbieder, van, tot, after, page)
		if err != nil {
			return nil, fmt.Errorf("read meldingen: %w", err)
		}
		var writers errgroup.Group
		writers.SetLimit(sweepers)
		for _, m := range list {
			after = m.ID
			seen, known := figures[m.Dag]
			if !known {
				counted, err := a.store.TelSignalen(ctx, aanbieder, m.Dag, "")
				if err != nil {
					return nil, errors.Join(fmt.Errorf("count signals: %w", err), writers.Wait())
				}
				seen = counted.Signalen()
				figures[m.Dag] = seen
			}
			if m.Status == domain.StatusAfgesloten || (m.Advies.Signalen != nil && *m.Advies.Signalen == seen) {
				continue
			}
			writers.Go(func() error {
				if a.blijftMet(ctx, &m, seen, now) {
					return nil
				}
				is, err := a.heradviseer(ctx, onder, actor, m.ID, domain.BijSignalen)
				lock.Lock()
				defer lock.Unlock()
				if is {
					changed[m.ID] = true
				}
				return err
			})
		}
		if err := writers.Wait(); err != nil {
			return nil, err
		}
		if len(list) < page {
			return changed, nil
		}
	}
}

// heradviseer evaluates a melding again and keeps the advice when it is another
// than the present one; it reports whether it is.
func (a *App) heradviseer(ctx context.Context, onder *Leiding, actor domain.Actor, id string, why domain.Aanleiding) (bool, error) {
	now, _, done := a.stempel()
	defer done()
	for try := range retries {
		if err := pauze(ctx, try); err != nil {
			return false, err
		}
		a := a.nu()
		m, err := a.store.Melding(ctx, id)
		if err != nil {
			return false, fmt.Errorf("read melding: %w", err)
		}
		if same, err := a.blijft(ctx, &m, now); same || err != nil {
			return false, err
		}
		w, err := a.weegOpnieuw(ctx, actor, why, now, &m)
		if err != nil {
			return false, err
		}
		if zelfdeBesluit(m.Advies, w.Advies) {
			return false, nil
		}
		old := m
		m.Adviseer(w.Advies, actor)
		m.GewijzigdOp = now
		bij := store.Bij{Gegeven: w.given(), Hertel: verschoven(&m, &old), Leiding: onder}
		if err = a.overtaken(ctx, a.store.VervangMelding(ctx, m, bij)); !errors.Is(err, errOvertaken) {
			return err == nil, err
		}
	}
	return false, &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
}

// blijftMet reports that the advice of m stays what it is with these figures.
func (a *App) blijftMet(ctx context.Context, m *domain.Melding, seen domain.Signalen, now time.Time) bool {
	a = a.nu()
	in, faults := domain.LeesBewaard(m.Opgave, term.DateIn(now, a.zone), a.kalender())
	if len(faults) > 0 {
		return false
	}
	in.Aanbieder = &domain.AanbiederFeiten{ID: m.AanbiederID, Signalen: &seen}
	given, _, err := a.evaluate(ctx, in, false)
	return err == nil && zelfdeBesluit(m.Advies, domain.MeldingAdvies{
		Advies: given.Besluit.Advies, Criteria: given.Besluit.Criteria, Stappen: given.Besluit.Stappen,
	})
}

// blijft reports that the advice of m stays what it is, without its bandwidth.
func (a *App) blijft(ctx context.Context, m *domain.Melding, now time.Time) (bool, error) {
	in, faults := domain.LeesBewaard(m.Opgave, term.DateIn(now, a.zone), a.kalender())
	if len(faults) > 0 {
		return false, nil
	}
	tell, err := a.tel(ctx, m)
	if err != nil {
		return false, err
	}
	given, _, _, err := a.askStored(ctx, in, tell, false)
	if err != nil {
		return false, nil //nolint:nilerr // a policy that fails is told by the evaluation itself
	}
	return zelfdeBesluit(m.Advies, domain.MeldingAdvies{
		Advies: given.Besluit.Advies, Criteria: given.Besluit.Criteria, Stappen: given.Besluit.Stappen,
	}), nil
}

// weegOpnieuw evaluates a stored melding as it stands, on the day of now.
func (a *App) weegOpnieuw(ctx context.Context, actor domain.Actor, why domain.Aanleiding, now time.Time, m *domain.Melding) (weging, error) {
	in, faults := domain.LeesBewaard(m.Opgave, term.DateIn(now, a.zone), a.kalender())
	if len(faults) > 0 {
		return weging{Advies: domain.MeldingAdvies{
			Op: now, Aanleiding: why, Advies: domain.Beoordelen, Reden: redenInvoer, Peildatum: in.Peildatum,
			Criteria: []domain.CriteriumUitkomst{}, Stappen: []string{},
		}}, nil
	}
	tell, err := a.tel(ctx, m)
	if err != nil {
		return weging{}, err
	}
	return a.weeg(ctx, actor, why, now, in, tell)
}

// zelfdeBesluit reports that two advices say the same, whatever the figures.
func zelfdeBesluit(x, y domain.MeldingAdvies) bool {
	return x.Advies == y.Advies && x.Reden == y.Reden && reflect.DeepEqual(x.Criteria, y.Criteria) && reflect.DeepEqual(x.Stappen, y.Stappen)
}

// tellers is how many providers are looked at again at the same time.
const tellers = 4

// hertel works off what was noted, for at most n providers, and gives how many
// advices changed and how many providers were done.
func (a *App) hertel(ctx context.Context, onder *Leiding, actor domain.Actor, n int) (advices, providers int, err error) {
	now, today := a.moment()
	todo, err := a.store.TeHertellen(ctx, n)
	if err != nil {
		return 0, 0, fmt.Errorf("read what to count: %w", err)
	}
	lock := sync.Mutex{}
	var work errgroup.Group
	work.SetLimit(tellers)
	for _, h := range todo {
		work.Go(func() error {
			changed, err := a.bijstellen(ctx, onder, actor, now, h.Aanbieder, h.Vanaf, today)
			if err != nil {
				return err
			}
			if err := a.store.Herteld(ctx, h); err != nil {
				return fmt.Errorf("note counted: %w", err)
			}
			lock.Lock()
			defer lock.Unlock()
			advices, providers = advices+len(changed), providers+1
			return nil
		})
	}
	err = work.Wait()
	return advices, providers, err
}
