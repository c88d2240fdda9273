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
		if _, err := a.read(ctx, q, today); err != nil {
			return domain.TriageAdvies{}, err
		}
	}
	b, err := a.begin(ctx, actor, callAdviseer, once)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	a = a.nu()
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
	in, err := a.read(ctx, q, b.today)
	if err != nil {
		return nil, domain.TriageAdvies{}, err
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
		KalenderDigest: a.kalender().Digest(), Motor: active.Version.Engine(),
	}
	var err error
	if given.Besluit, err = active.Version.Decide(ctx, given.Invoer); err != nil || !bandwidth {
		return given, err
	}
	return a.widen(ctx, active, given, in)
}

// widen adds the bandwidth to the answer given on in. Where nothing is unknown that
// is the advice itself.
func (a *App) widen(ctx context.Context, active ActivePolicy, given domain.GegevenAdvies, in domain.TriageInvoer) (domain.GegevenAdvies, error) {
	if only := given.Besluit.Advies; len(in.OnbekendeFeiten()) == 0 {
		given.Bandbreedte = &domain.Bandbreedte{Laagste: only, Hoogste: only, Ontbrekend: []string{}}
		return given, nil
	}
	b, err := active.Version.BandwidthOf(ctx, in, given.Besluit)
	given.Bandbreedte = &b
	return given, err
}

// figures fills the figures of a provider that is named without them from what is
// stored; a question on its own counts no further than that. An id that the store
// does not know is a fault.
func (a *App) figures(ctx context.Context, in domain.TriageInvoer, faults []domain.Fault) (*domain.AanbiederFeiten, []domain.Fault, error) {
	p := in.Aanbieder
	if p == nil || p.ID == "" || p.Signalen != nil || domain.Unreadable(faults, "aanbieder.signalen", "aanbieder.id") {
		return p, faults, nil
	}
	var err error
	if a.store != nil { // a try without a store knows no provider
		_, err = a.store.Aanbieder(ctx, p.ID)
	}
	if a.store == nil || domain.IsCode(err, domain.NotFound) {
		faults = append(faults, domain.Fault{Field: "aanbieder.id", Code: "onbekende_aanbieder"})
		domain.SortFaults(faults)
		return p, faults, nil
	}
	if err != nil || len(faults) > 0 {
		return p, faults, err
	}
	counted, err := a.store.TelSignalen(ctx, p.ID, in.Melding.Ontvangstdatum, "")
	seen := counted.Signalen()
	return &domain.AanbiederFeiten{ID: p.ID, Signalen: &seen}, faults, err
}

// Proef answers q with a version at hand and keeps nothing: to try a question or
// a policy without a store. The version has number 0 and holds for this question.
func (a *App) Proef(ctx context.Context, actor domain.Actor, q domain.Aanvraag, version *policy.Version) (domain.TriageAdvies, error) {
	a = a.nu()
	now, today := a.moment()
	in, err := a.read(ctx, q, today)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	active := ActivePolicy{Version: version, Activation: domain.Activering{Digest: version.Digest(), GeldigVanaf: now}}
	given, err := a.ask(ctx, active, in, q.Bandbreedte)
	if err != nil {
		return domain.TriageAdvies{}, err
	}
	given.OpgesteldOp, given.Actor = now, actor
	return explain(given, policy.FactsOf(in), version.Catalogue()), nil
}

// read reads a question and fills in what the store knows of its provider.
func (a *App) read(ctx context.Context, q domain.Aanvraag, today term.Date) (domain.TriageInvoer, error) {
	in, faults := domain.LeesAanvraag(q, today, a.kalender())
	var err error
	if in.Aanbieder, faults, err = a.figures(ctx, in, faults); err != nil {
		return in, fmt.Errorf("read provider: %w", err)
	}
	if len(faults) > 0 {
		return in, domain.InvalidInput(faults)
	}
	return in, nil
}
