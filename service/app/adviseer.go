package app

import (
	"context"
	"errors"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// callAdviseer names this use case in a key.
const callAdviseer = "triage-adviezen"

// Adviseer answers one triage question. The answer is kept in the decision log
// before it is given. A policy that fails is PolicyFailed, never a guess; all
// faults of the question are named at once.
func (a *App) Adviseer(ctx context.Context, actor domain.Actor, q domain.Aanvraag) (domain.TriageAdvies, error) {
	return a.AdviseerEenmalig(ctx, actor, q, Eenmalig{})
}

// AdviseerEenmalig is Adviseer for a request that may be sent again.
func (a *App) AdviseerEenmalig(ctx context.Context, actor domain.Actor, q domain.Aanvraag, once Eenmalig) (domain.TriageAdvies, error) {
	if once.Sleutel != "" { // a question that is refused fixes nothing under its key
		_, today := a.moment()
		if _, faults := a.read(q, today); len(faults) > 0 {
			return domain.TriageAdvies{}, domain.InvalidInput(faults)
		}
	}
	b, err := a.begin(ctx, actor, callAdviseer, once)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	if advice, found, err := a.earlier(ctx, b); found || err != nil {
		return advice, err
	}
	given, advice, err := a.decide(ctx, actor, q, b)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	err = a.store.BewaarAdviezen(ctx, []domain.GegevenAdvies{*given})
	if b.fixed && domain.IsCode(err, domain.Conflict) { // the same request, at the same moment
		return a.given(ctx, b.id)
	}
	if err != nil {
		return domain.TriageAdvies{}, fmt.Errorf("keep advice: %w", err)
	}
	a.meter.Advised(advice.Advies)
	return advice, nil
}

// decide answers q without keeping the answer; there is none beside an error.
func (a *App) decide(ctx context.Context, actor domain.Actor, q domain.Aanvraag, b begun) (*domain.GegevenAdvies, domain.TriageAdvies, error) {
	in, faults := a.read(q, b.today)
	if len(faults) > 0 {
		return nil, domain.TriageAdvies{}, domain.InvalidInput(faults)
	}
	given, catalogue, err := a.evaluate(ctx, in, q.Bandbreedte)
	if err != nil {
		a.countFailure(err)
		return nil, domain.TriageAdvies{}, err
	}
	given.ID, given.OpgesteldOp, given.Actor = b.id, b.now, actor
	return &given, explain(given, policy.FactsOf(in), catalogue), nil
}

// evaluate asks the version that is active.
func (a *App) evaluate(ctx context.Context, in domain.TriageInvoer, bandwidth bool) (domain.GegevenAdvies, domain.Catalogus, error) {
	for {
		active, err := a.policies.Active()
		if err != nil {
			return domain.GegevenAdvies{}, domain.Catalogus{}, err
		}
		given, err := a.ask(ctx, active, in, bandwidth)
		if errors.Is(err, policy.ErrClosed) {
			continue // another version took over between these two lines
		}
		return given, active.Version.Catalogue(), err
	}
}

// ask has one version of the policy answer the whole question.
func (a *App) ask(ctx context.Context, active ActivePolicy, in domain.TriageInvoer, bandwidth bool) (domain.GegevenAdvies, error) {
	given := domain.GegevenAdvies{
		Peildatum: in.Peildatum, Invoer: policy.EncodeInput(in), Beleid: active.Beleid(),
		KalenderDigest: a.calendar.Digest(), Motor: active.Version.Engine(),
	}
	var err error
	if given.Besluit, err = active.Version.Decide(ctx, given.Invoer); err != nil || !bandwidth {
		return given, err
	}
	b, err := active.Version.Bandwidth(ctx, in)
	given.Bandbreedte = &b
	return given, err
}

// unknownProvider refuses an id without figures: this store holds no providers,
// so there is none that it knows.
func unknownProvider(in domain.TriageInvoer, faults []domain.Fault) []domain.Fault {
	a := in.Aanbieder
	if a == nil || a.ID == "" || a.Signalen != nil || domain.Unreadable(faults, "aanbieder.signalen") {
		return nil
	}
	return []domain.Fault{{Field: "aanbieder.id", Code: "onbekende_aanbieder"}}
}

// Proef answers q with a version at hand and keeps nothing: to try a question or
// a policy without a store. The version has number 0 and holds for this question.
func (a *App) Proef(ctx context.Context, actor domain.Actor, q domain.Aanvraag, version *policy.Version) (domain.TriageAdvies, error) {
	now, today := a.moment()
	in, faults := a.read(q, today)
	if len(faults) > 0 {
		return domain.TriageAdvies{}, domain.InvalidInput(faults)
	}
	active := ActivePolicy{Version: version, Activation: domain.Activering{Digest: version.Digest(), GeldigVanaf: now}}
	given, err := a.ask(ctx, active, in, q.Bandbreedte)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	given.OpgesteldOp, given.Actor = now, actor
	return explain(given, policy.FactsOf(in), version.Catalogue()), nil
}

// read reads a question and holds its provider against the store.
func (a *App) read(q domain.Aanvraag, today term.Date) (domain.TriageInvoer, []domain.Fault) {
	in, faults := domain.LeesAanvraag(q, today, a.calendar)
	return in, append(faults, unknownProvider(in, faults)...)
}
