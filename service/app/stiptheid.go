package app

import (
	"context"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// StiptheidCijfers are how the terms of a provider to answer complaints ended, as
// the numbers may be shown.
type StiptheidCijfers struct{ OpTijd, Verlengd, TeLaat, Nooit, Totaal domain.Getal }

// StiptheidSector are the figures of one sector.
type StiptheidSector struct {
	Sector  string
	Cijfers StiptheidCijfers
}

// StiptheidAanbieder are the figures of a provider, of all its sectors and of each,
// over the terms that ended from Van to Tot; a zero Date is no bound.
type StiptheidAanbieder struct {
	Aanbieder domain.Aanbieder
	Van, Tot  term.Date
	Cijfers   StiptheidCijfers
	Sectoren  []StiptheidSector
}

// StiptheidLijst is one page of providers; Volgende is the cursor of the next,
// empty on the last.
type StiptheidLijst struct {
	Aanbieders []StiptheidAanbieder
	Volgende   string
}

// LijstStiptheid gives a page of the figures of all providers that have some.
func (a *App) LijstStiptheid(ctx context.Context, _ domain.Actor, q domain.StiptheidVraag) (StiptheidLijst, error) {
	_, q.Vandaag = a.moment()
	page, err := a.store.Stiptheid(ctx, q)
	if err != nil {
		return StiptheidLijst{}, err
	}
	out := StiptheidLijst{Aanbieders: []StiptheidAanbieder{}, Volgende: page.Volgende}
	for from, to := 0, 0; from < len(page.Cijfers); from = to {
		id := page.Cijfers[from].AanbiederID
		for to < len(page.Cijfers) && page.Cijfers[to].AanbiederID == id {
			to++
		}
		p, err := a.store.Aanbieder(ctx, id)
		if err != nil {
			return StiptheidLijst{}, fmt.Errorf("read provider: %w", err)
		}
		out.Aanbieders = append(out.Aanbieders, stiptheidVan(p, q, page.Cijfers[from:to]))
	}
	return out, nil
}

// Stiptheid gives the figures of one provider. NotFound when there is no such
// provider.
func (a *App) Stiptheid(ctx context.Context, _ domain.Actor, id string, q domain.StiptheidVraag) (StiptheidAanbieder, error) {
	p, err := a.store.Aanbieder(ctx, id)
	if err != nil {
		return StiptheidAanbieder{}, err
	}
	_, q.Vandaag = a.moment()
	q.AanbiederID, q.Na, q.Aantal = id, "", 1
	page, err := a.store.Stiptheid(ctx, q)
	if err != nil {
		return StiptheidAanbieder{}, err
	}
	return stiptheidVan(p, q, page.Cijfers), nil
}

// stiptheidVan are the figures of the sectors of p, and their sums. A sum is made
// of what is shown, so that nobody can compute back what is not.
func stiptheidVan(p domain.Aanbieder, q domain.StiptheidVraag, list []domain.Stiptheid) StiptheidAanbieder {
	out := StiptheidAanbieder{Aanbieder: p, Van: q.Van, Tot: q.Tot, Sectoren: []StiptheidSector{}}
	var columns [4][]domain.Getal
	var all []domain.Getal
	for _, s := range list {
		row := make([]domain.Getal, len(columns))
		for i, n := range []int{s.OpTijd, s.Verlengd, s.TeLaat, s.Nooit} {
			row[i] = domain.NewGetal(n)
			columns[i] = append(columns[i], row[i])
		}
		all = append(all, row...)
		out.Sectoren = append(out.Sectoren, StiptheidSector{s.Sector, StiptheidCijfers{row[0], row[1], row[2], row[3], domain.Som(row...)}})
	}
	out.Cijfers = StiptheidCijfers{
		domain.Som(columns[0]...), domain.Som(columns[1]...), domain.Som(columns[2]...), domain.Som(columns[3]...), domain.Som(all...),
	}
	return out
}
