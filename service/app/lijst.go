package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// zoekMeldingen reads a page. One by change ends where writes began that are not
// done: what has a later moment is for the next question, or it would hide those.
func (a *App) zoekMeldingen(ctx context.Context, q domain.MeldingVraag) (domain.MeldingPagina, error) {
	if q.Volgorde != domain.OpWijziging {
		return a.store.Meldingen(ctx, q)
	}
	upTo, err := a.geschreven(ctx)
	if err != nil {
		return domain.MeldingPagina{}, err
	}
	found, err := a.store.Meldingen(ctx, q)
	later := func(m domain.Melding) bool { return m.GewijzigdOp.Sub(upTo) >= time.Millisecond }
	if i := slices.IndexFunc(found.Meldingen, later); i >= 0 {
		found.Meldingen, found.Volgende = found.Meldingen[:i], ""
	}
	return found, err
}

// LijstMeldingen gives a page of the queue, by urgency when no order is asked.
func (a *App) LijstMeldingen(ctx context.Context, _ domain.Actor, q domain.MeldingVraag) (MeldingLijst, error) {
	q.Volgorde = cmp.Or(q.Volgorde, domain.OpUrgentie)
	found, err := a.zoekMeldingen(ctx, q)
	if err != nil {
		return MeldingLijst{}, err
	}
	out := MeldingLijst{Regels: make([]MeldingRegel, 0, len(found.Meldingen)), Volgende: found.Volgende}
	known := a.bekendeAanbieders()
	for _, m := range found.Meldingen {
		p, err := known(ctx, m.AanbiederID)
		if err != nil {
			return MeldingLijst{}, err
		}
		out.Regels = append(out.Regels, MeldingRegel{Melding: m, Aanbieder: p})
	}
	return out, nil
}

// Telling counts the meldingen and the providers.
func (a *App) Telling(ctx context.Context, _ domain.Actor) (domain.Telling, error) {
	return a.store.Telling(ctx)
}

// ZoekAanbieders gives a page of providers by name. A search without a letter or a
// digit finds nothing.
func (a *App) ZoekAanbieders(ctx context.Context, _ domain.Actor, q domain.AanbiederVraag) (domain.AanbiederPagina, error) {
	if q.Zoek != "" && domain.Zoekvorm(q.Zoek) == "" {
		return domain.AanbiederPagina{}, nil
	}
	return a.store.Aanbieders(ctx, q)
}

// AanbiederSignalen gives the figures of a provider as seen from a day; the zero
// Date is today. NotFound when there is no such provider.
func (a *App) AanbiederSignalen(ctx context.Context, _ domain.Actor, id string, dag term.Date) (AanbiederSignalen, error) {
	p, err := a.store.Aanbieder(ctx, id)
	if err != nil {
		return AanbiederSignalen{}, err
	}
	if dag.IsZero() {
		_, dag = a.moment()
	}
	counted, err := a.store.TelSignalen(ctx, id, dag, "")
	if err != nil {
		return AanbiederSignalen{}, fmt.Errorf("count signals: %w", err)
	}
	return AanbiederSignalen{Aanbieder: p, Dag: dag, Signalen: counted.Signalen()}, nil
}
