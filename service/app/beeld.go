package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// LeesMelding gives a melding by its id, or by its kenmerk as somebody typed it.
func (a *App) LeesMelding(ctx context.Context, _ domain.Actor, id string) (MeldingBeeld, error) {
	m, err := a.zoekMelding(ctx, id)
	if err != nil {
		return MeldingBeeld{}, err
	}
	_, today := a.moment()
	return a.beeld(ctx, m, nil, nil, today)
}

// Geschiedenis gives what happened to a melding after the moment na, oldest first;
// everything for the zero Time.
func (a *App) Geschiedenis(ctx context.Context, _ domain.Actor, id string, na time.Time) ([]domain.Voorval, error) {
	m, err := a.zoekMelding(ctx, id)
	return slices.DeleteFunc(m.Geschiedenis, func(v domain.Voorval) bool { return !domain.VeranderdNa(v.Op, na) }), err
}

func (a *App) zoekMelding(ctx context.Context, id string) (domain.Melding, error) {
	if kenmerk, ok := domain.LeesKenmerk(id); ok {
		return a.store.MeldingMetKenmerk(ctx, kenmerk)
	}
	if parsed, err := uuid.Parse(id); err != nil || parsed.String() != id {
		return domain.Melding{}, &domain.Error{Code: domain.NotFound, Key: "fout.melding_onbekend"}
	}
	return a.store.Melding(ctx, id)
}

// eerste gives the first answer to a request that was sent before.
func (a *App) eerste(ctx context.Context, b begun) (MeldingBeeld, error) {
	m, err := a.store.EersteMelding(ctx, b.id)
	if err != nil {
		return MeldingBeeld{}, err
	}
	return a.beeld(ctx, m, nil, nil, b.today)
}

// beeld puts the provider, the explained advice and the terms beside a melding.
// advice is the explanation of its present advice, and provider its provider, when
// those are at hand.
func (a *App) beeld(ctx context.Context, m domain.Melding, advice *domain.TriageAdvies, provider *domain.Aanbieder, today term.Date) (MeldingBeeld, error) {
	out := MeldingBeeld{Melding: m, Advies: advice, Aanbieder: provider}
	if m.AanbiederID != "" && provider == nil {
		p, err := a.store.Aanbieder(ctx, m.AanbiederID)
		if err != nil {
			return MeldingBeeld{}, fmt.Errorf("read provider: %w", err)
		}
		out.Aanbieder = &p
	}
	if id := m.Advies.ID; id != "" && (advice == nil || advice.ID != id) {
		given, err := a.given(ctx, id)
		if err != nil {
			return MeldingBeeld{}, fmt.Errorf("read advice: %w", err)
		}
		out.Advies = &given
	}
	if m.Advies.ID == "" {
		out.Advies = nil
	}
	var err error
	out.Termijnen, err = a.uitkomsten(ctx, &m, today)
	return out, err
}

// uitkomsten are the terms of m as they are seen today.
func (a *App) uitkomsten(ctx context.Context, m *domain.Melding, today term.Date) ([]term.Uitkomst, error) {
	out := make([]term.Uitkomst, 0, len(m.Termijnen))
	k := a.geldend()
	in, _ := domain.LeesBewaard(m.Opgave, today, k.Kalender) // checked when it was taken in
	for _, t := range m.Termijnen {
		seen, err := a.uitleg(ctx, k, m, t, in, today)
		if err != nil {
			return nil, fmt.Errorf("compute term %s: %w", t.Soort, err)
		}
		out = append(out, seen)
	}
	return out, nil
}

// uitleg explains a term of m by calendar k, or, of one that asks for nothing any more
// and has another end, by the newest one that gives that end.
func (a *App) uitleg(ctx context.Context, k domain.GeldendeKalender, m *domain.Melding, t domain.MeldingTermijn, in domain.TriageInvoer, today term.Date) (term.Uitkomst, error) {
	earlier := 0
	if !t.Open() && !t.Volgens(k.Kalender) {
		all, err := a.kalenders.Eerdere(ctx)
		if err != nil {
			return term.Uitkomst{}, err
		}
		if i := slices.IndexFunc(all, func(e domain.GeldendeKalender) bool { return t.Volgens(e.Kalender) }); i >= 0 {
			k, earlier = all[i], all[i].Versie
		}
	}
	seen, faults := m.Uitleg(t, in, k.Kalender, today)
	if len(faults) > 0 {
		return seen, domain.InvalidInput(termFaults(faults))
	}
	if earlier > 0 {
		seen.Waarschuwingen = append(seen.Waarschuwingen, term.Sentence{Key: "kalender.eerdere_versie", Args: []any{earlier}})
	}
	return seen, nil
}

func termFaults(faults []term.Fault) []domain.Fault {
	out := make([]domain.Fault, 0, len(faults))
	for _, f := range faults {
		out = append(out, domain.Fault(f))
	}
	return out
}
