package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// The reasons of an advice Beoordelen beside those of the engine: there is no
// policy, or what was told does not stand any more (a calendar that changed).
const (
	redenGeenBeleid = "geen_beleid"
	redenInvoer     = "invoer"
)

// weging is an evaluation of a stored melding. Given and Uitleg are nil where the
// policy failed.
type weging struct {
	Advies domain.MeldingAdvies
	Given  *domain.GegevenAdvies
	Uitleg *domain.TriageAdvies
	vraag  domain.TriageInvoer // without the figures of the provider
	tell   *telling

	aanbieder *domain.Aanbieder // of the melding, when it was just looked up
}

// weeg evaluates a stored melding with its bandwidth. tell counts the other
// meldingen about its provider; nil without a provider. A policy that fails gives
// Beoordelen with the reason; the error is that of a caller that went away.
func (a *App) weeg(ctx context.Context, actor domain.Actor, why domain.Aanleiding, now time.Time, in domain.TriageInvoer, tell *telling) (weging, error) {
	out := weging{vraag: in, tell: tell, Advies: domain.MeldingAdvies{
		Op: now, Aanleiding: why, Advies: domain.Beoordelen, Peildatum: in.Peildatum,
		Criteria: []domain.CriteriumUitkomst{}, Stappen: []string{},
	}}
	given, in, catalogue, err := a.askStored(ctx, in, tell, true)
	if reason, failed := failure(err); failed {
		a.countFailure(err)
		a.meter.Advised(domain.Beoordelen)
		out.Advies.Reden = reason
		return out, nil
	}
	if err != nil {
		return weging{}, err
	}
	if given.ID, err = newID(); err != nil {
		return weging{}, fmt.Errorf("draw id: %w", err)
	}
	given.OpgesteldOp, given.Actor = now, actor
	advice := explain(given, policy.FactsOf(in), catalogue)
	out.Given, out.Uitleg = &given, &advice
	out.Advies.ID, out.Advies.Advies = given.ID, given.Besluit.Advies
	out.Advies.Criteria, out.Advies.Stappen = given.Besluit.Criteria, given.Besluit.Stappen
	out.Advies.Ernstig = grond(given.Besluit, catalogue)
	if tell != nil {
		seen := tell.signalen(out.Advies.Ernstig)
		out.Advies.Signalen = &seen
	}
	a.meter.Advised(given.Besluit.Advies)
	return out, nil
}

// failure tells a policy that did not answer from other errors.
func failure(err error) (reason string, failed bool) {
	var f *policy.EvaluationError
	switch {
	case errors.As(err, &f):
		return string(f.Reason), true
	case domain.IsCode(err, domain.Unavailable) && domain.AsError(err).Key == keyGeenBeleid:
		return redenGeenBeleid, true
	}
	return "", false
}

// askStored asks the active version, with the melding itself in the figures. It
// counts as serious when it has a ground, which its own figures do not decide in
// the shipped policy; a policy where they do is asked with the figures it leads to.
// It gives the question as it was asked.
func (a *App) askStored(ctx context.Context, in domain.TriageInvoer, tell *telling, bandwidth bool) (domain.GegevenAdvies, domain.TriageInvoer, domain.Catalogus, error) {
	for {
		active, err := a.policies.Active()
		if err != nil {
			return domain.GegevenAdvies{}, in, domain.Catalogus{}, err
		}
		catalogue, asked := active.Version.Catalogue(), tell.met(in, false)
		given, err := a.ask(ctx, active, asked, false)
		if err == nil && tell != nil && tell.telt && grond(given.Besluit, catalogue) {
			asked = tell.met(in, true)
			given, err = a.ask(ctx, active, asked, false)
		}
		if err == nil && bandwidth {
			given, err = a.widen(ctx, active, given, asked)
		}
		if errors.Is(err, policy.ErrClosed) {
			continue // another version took over between these lines
		}
		return given, asked, catalogue, err
	}
}

// opSignalen gives the outcomes of the criteria that rest on the figures of a
// provider, for a question with these figures; nothing when the policy fails.
func (a *App) opSignalen(ctx context.Context, in domain.TriageInvoer, aanbieder string, seen domain.Signalen) string {
	in.Aanbieder = &domain.AanbiederFeiten{ID: aanbieder, Signalen: &seen}
	given, catalogue, err := a.evaluate(ctx, in, false)
	if err != nil {
		return ""
	}
	return signaalUitkomsten(given.Besluit.Criteria, catalogue)
}

// signaalUitkomsten gives the outcomes of the criteria that rest on the figures of
// a provider.
func signaalUitkomsten(criteria []domain.CriteriumUitkomst, catalogue domain.Catalogus) string {
	outcome := make(map[string]domain.Uitkomst, len(criteria))
	for _, u := range criteria {
		outcome[u.Code] = u.Uitkomst
	}
	var out strings.Builder
	for _, c := range catalogue.Criteria {
		if slices.ContainsFunc(c.Feiten, func(f string) bool { return strings.HasPrefix(f, "aanbieder.") }) {
			out.WriteString(c.Code + "=" + string(outcome[c.Code]) + " ")
		}
	}
	return out.String()
}

// grond reports that some criterion of kind grond is ja.
func grond(b domain.Besluit, c domain.Catalogus) bool {
	kinds := make(map[string]string, len(c.Criteria))
	for _, t := range c.Criteria {
		kinds[t.Code] = t.Soort
	}
	for _, u := range b.Criteria {
		if u.Uitkomst == domain.Ja && kinds[u.Code] == "grond" {
			return true
		}
	}
	return false
}

// telling counts the other meldingen about the provider of a melding; telt: the
// melding counts as well.
type telling struct {
	aanbieder string
	anderen   domain.SignaalTelling
	telt      bool
}

// signalen are the figures with the melding itself in them.
func (t *telling) signalen(ernstig bool) domain.Signalen {
	if t.telt {
		return t.anderen.Met(ernstig).Signalen()
	}
	return t.anderen.Signalen()
}

// met is in with the figures in it.
func (t *telling) met(in domain.TriageInvoer, ernstig bool) domain.TriageInvoer {
	if t == nil {
		return in
	}
	seen := t.signalen(ernstig)
	in.Aanbieder = &domain.AanbiederFeiten{ID: t.aanbieder, Signalen: &seen}
	return in
}

// tel counts the other meldingen about the provider of m, which is kept already.
func (a *App) tel(ctx context.Context, m *domain.Melding) (*telling, error) {
	return a.telZonder(ctx, m, m.ID)
}

// telZonder counts the meldingen about the provider of m but for one.
func (a *App) telZonder(ctx context.Context, m *domain.Melding, zonder string) (*telling, error) {
	if m.AanbiederID == "" {
		return nil, nil //nolint:nilnil // without a provider there is nothing to count, and no figures is what a policy sees
	}
	others, err := a.store.TelSignalen(ctx, m.AanbiederID, m.Dag, zonder)
	if err != nil {
		return nil, fmt.Errorf("count signals: %w", err)
	}
	return &telling{aanbieder: m.AanbiederID, anderen: others, telt: m.Telt()}, nil
}
