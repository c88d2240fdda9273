package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// dienstenVooruit is how far a list of turns looks ahead when nobody says how far.
const dienstenVooruit = 31 * 24 * time.Hour

// DienstLijst is one page, of the turns from Van until Tot; Volgende is the cursor
// of the next, empty on the last.
type DienstLijst struct {
	Van, Tot time.Time
	Diensten []domain.Dienst
	Volgende string
}

// LijstDiensten gives a page of the turns on duty. Without a begin they are those
// from now on, without an end those of a month.
func (a *App) LijstDiensten(ctx context.Context, actor domain.Actor, q domain.DienstVraag) (DienstLijst, error) {
	if err := mag(actor, DienstenLezen); err != nil {
		return DienstLijst{}, err
	}
	out := DienstLijst{Van: q.Van, Tot: q.Tot, Diensten: []domain.Dienst{}}
	switch {
	case out.Van.IsZero() && out.Tot.IsZero():
		out.Van, _ = a.moment()
		out.Tot = out.Van.Add(dienstenVooruit)
	case out.Van.IsZero():
		out.Van = out.Tot.Add(-dienstenVooruit)
	case out.Tot.IsZero():
		out.Tot = out.Van.Add(dienstenVooruit)
	}
	all, err := a.store.Diensten(ctx, out.Van, out.Tot)
	if err != nil {
		return DienstLijst{}, err
	}
	for _, d := range all {
		if !q.Past(d) {
			continue
		}
		if len(out.Diensten) == q.Aantal {
			out.Volgende = out.Diensten[q.Aantal-1].Plaats()
			break
		}
		out.Diensten = append(out.Diensten, d)
	}
	return out, nil
}

// ZetDienst adds a turn on duty. The same request with its key gives the first
// answer again.
func (a *App) ZetDienst(ctx context.Context, actor domain.Actor, o domain.DienstOpgave, once Eenmalig) (domain.Dienst, error) {
	if err := mag(actor, DienstenZetten); err != nil {
		return domain.Dienst{}, err
	}
	now, _ := a.moment()
	k, err := a.mensen(ctx)
	if err != nil {
		return domain.Dienst{}, err
	}
	d, faults := domain.LeesDienst(o, now, k)
	if len(faults) > 0 && once.Sleutel == "" {
		return domain.Dienst{}, domain.InvalidInput(faults)
	}
	b, err := a.begin(ctx, actor, "diensten", once)
	if err != nil {
		return domain.Dienst{}, err
	}
	d.ID, d.GezetOp = b.id, now
	if b.herhaald { // the user may have left since
		if kept, found, err := a.dienst(ctx, d); found || err != nil {
			return kept, err
		}
	}
	if len(faults) > 0 {
		if err := a.los(ctx, b); err != nil {
			return domain.Dienst{}, err
		}
		return domain.Dienst{}, domain.InvalidInput(faults)
	}
	if err := a.store.ZetDienst(ctx, d); err != nil {
		return domain.Dienst{}, fmt.Errorf("keep turn: %w", err)
	}
	return d, nil
}

// dienst looks for the turn of the ID of d at the time of d.
func (a *App) dienst(ctx context.Context, d domain.Dienst) (domain.Dienst, bool, error) {
	all, err := a.store.Diensten(ctx, d.Van, d.Tot)
	if err != nil {
		return domain.Dienst{}, false, fmt.Errorf("read turns: %w", err)
	}
	i := slices.IndexFunc(all, func(other domain.Dienst) bool { return other.ID == d.ID })
	if i < 0 {
		return domain.Dienst{}, false, nil
	}
	return all[i], true, nil
}

// HaalDienstWeg takes a turn on duty away. NotFound when there is none.
func (a *App) HaalDienstWeg(ctx context.Context, actor domain.Actor, id string) error {
	if err := mag(actor, DienstenZetten); err != nil {
		return err
	}
	return a.store.HaalDienstWeg(ctx, id)
}
