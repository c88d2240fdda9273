package app

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// callOntvang names this use case in a key.
const callOntvang = "meldingen"

// Ontvang receives a melding: it is kept with its provider, its advice and its
// terms before it is answered. A policy that fails leaves a melding with the
// advice Beoordelen. All faults of what was told are named at once.
func (a *App) Ontvang(ctx context.Context, actor domain.Actor, o domain.Opgave, once Eenmalig) (MeldingBeeld, error) {
	a = a.nu()
	now, today, done := a.stempel()
	defer done()
	if _, err := a.leesMelding(ctx, o, today, domain.LeesMelding); err != nil { // what is refused fixes nothing under its key
		return MeldingBeeld{}, err
	}
	b, err := a.begin(ctx, actor, callOntvang, once)
	if err != nil {
		return MeldingBeeld{}, err
	}
	b.now, b.today = now, today // of an earlier try nothing was kept, or it is answered below
	if b.fixed {
		first, err := a.eerste(ctx, b)
		if !domain.IsCode(err, domain.NotFound) {
			return first, err
		}
	}
	m, w, err := a.nieuw(ctx, actor, o, b)
	if err != nil {
		return MeldingBeeld{}, err
	}
	counted, err := a.bewaar(ctx, &m, w)
	if b.fixed && isKey(err, "fout.melding_bestaat") { // the same request, at the same moment
		return a.eerste(ctx, b)
	}
	if err != nil {
		return MeldingBeeld{}, errors.Join(fmt.Errorf("keep melding: %w", err), a.losNa(ctx, b, err))
	}
	if m, err = a.naOntvangst(ctx, actor, b.now, m, w, counted); err != nil {
		return MeldingBeeld{}, err
	}
	return a.beeld(ctx, m, w.Uitleg, w.aanbieder, b.today)
}

// Neem receives one of many meldingen under an id of its own, which makes that it
// counts once: taking it in again changes nothing, and is told as not nieuw. What was
// told is as for Ontvang. Of one that was received more than a week ago nobody is
// alarmed.
func (a *App) Neem(ctx context.Context, actor domain.Actor, o domain.Opgave, id string) (nieuw bool, err error) {
	a = a.nu()
	now, today, done := a.stempel()
	defer done()
	if p := o.Aanbieder; p != nil && p.ID != "" {
		if _, err := a.leesMelding(ctx, o, today, domain.LeesMelding); err != nil {
			return false, err
		}
	}
	m, w, err := a.nieuw(ctx, actor, o, begun{now: now, today: today, id: id, veel: true})
	if err != nil {
		return false, err
	}
	counted, err := a.bewaar(ctx, &m, w)
	if isKey(err, "fout.melding_bestaat") {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("keep melding: %w", err)
	}
	_, err = a.naOntvangst(ctx, actor, now, m, w, counted)
	return true, err
}

func isKey(err error, key string) bool { return err != nil && domain.AsError(err).Key == key }

// leest reads what was told: domain.LeesMelding, or domain.LeesBewaard.
type leest func(domain.Opgave, term.Date, *term.Kalender) (domain.TriageInvoer, []domain.Fault)

// leesMelding reads what was told, and holds a provider's id against the store.
func (a *App) leesMelding(ctx context.Context, o domain.Opgave, today term.Date, lees leest) (domain.TriageInvoer, error) {
	in, faults := lees(o, today, a.kalender())
	if p := o.Aanbieder; p != nil && p.ID != "" && !domain.Unreadable(faults, "aanbieder.id") {
		_, err := a.store.Aanbieder(ctx, p.ID)
		switch {
		case domain.IsCode(err, domain.NotFound):
			faults = append(faults, domain.Fault{Field: "aanbieder.id", Code: "onbekende_aanbieder"})
			domain.SortFaults(faults)
		case err != nil:
			return in, fmt.Errorf("read provider: %w", err)
		}
	}
	if len(faults) > 0 {
		return in, domain.InvalidInput(faults)
	}
	return in, nil
}

// nieuw makes a melding of what was told, evaluated and with its terms started.
func (a *App) nieuw(ctx context.Context, actor domain.Actor, o domain.Opgave, b begun) (domain.Melding, weging, error) {
	in, faults := domain.LeesMelding(o, b.today, a.kalender())
	if len(faults) > 0 {
		return domain.Melding{}, weging{}, domain.InvalidInput(faults)
	}
	day := in.Melding.Ontvangstdatum.String()
	o.Melding.Ontvangstdatum = &day // later corrections do not move the day
	m := domain.Melding{
		ID: b.id, Versie: 1, Client: actor.ID, OntvangenOp: b.now, GewijzigdOp: b.now, Status: domain.StatusOntvangen,
		Opgave: o, Dag: in.Melding.Ontvangstdatum, Sector: in.Melding.Sector,
		Eerdere: []domain.MeldingAdvies{}, Termijnen: []domain.MeldingTermijn{}, Mijlpalen: []domain.Mijlpaal{},
	}
	m.Gebeurd(domain.Voorval{Soort: domain.VoorvalOntvangen, Op: b.now, Door: actor, Gegevens: map[string]string{"kanaal": o.Kanaal}})
	m.EersteToestemmingen(b.now, actor)
	provider, err := a.koppel(ctx, &m, b.veel)
	if err != nil {
		return m, weging{}, err
	}
	tell, err := a.telZonder(ctx, &m, "") // it is not there yet
	if err != nil {
		return m, weging{}, err
	}
	w, err := a.weeg(ctx, actor, domain.BijOntvangst, b.now, in, tell)
	if err != nil {
		return m, weging{}, err
	}
	w.aanbieder = provider
	if b.veel && m.Dag.Before(b.today.AddDays(-stilNa)) {
		m.AdviseerStil(w.Advies, actor)
	} else {
		m.Adviseer(w.Advies, actor)
	}
	a.klokken(&m, in, b.today, actor)
	return m, w, nil
}

// stilNa is after how many days nobody is alarmed of a melding that is one of many:
// those were received elsewhere, and are taken in as they are.
const stilNa = 7

// koppel ties m to the provider that was told of, which it gives; nil without one.
// Of many that are received by one process, veel, what that remembers holds.
func (a *App) koppel(ctx context.Context, m *domain.Melding, veel bool) (*domain.Aanbieder, error) {
	if p := m.Opgave.Aanbieder; veel && !p.Leeg() {
		if id, known := a.gevestigd.find(*p); known {
			m.AanbiederID = id
			return nil, nil //nolint:nilnil // nobody asks for it
		}
	}
	provider, err := a.vestig(ctx, m.Opgave.Aanbieder)
	if err != nil {
		return nil, err
	}
	if m.AanbiederID = ""; provider != nil {
		m.AanbiederID = provider.ID
	}
	return provider, nil
}

// vestig gives the provider that is named, made when it is new; nil without one.
// One that is remembered is read anew: a store that was put back from a copy may
// not have it.
func (a *App) vestig(ctx context.Context, p *domain.AanbiederOpgave) (*domain.Aanbieder, error) {
	if p.Leeg() {
		return nil, nil //nolint:nilnil // no provider is no error
	}
	id, known := p.ID, p.ID != ""
	if !known {
		id, known = a.gevestigd.find(*p)
	}
	if known {
		kept, err := a.store.Aanbieder(ctx, id)
		if err == nil || p.ID != "" || !domain.IsCode(err, domain.NotFound) {
			return &kept, err
		}
	}
	id, err := newID()
	if err != nil {
		return nil, fmt.Errorf("draw id: %w", err)
	}
	now, _ := a.moment()
	kept, err := a.store.Vestig(ctx, domain.Aanbieder{
		ID: id, Naam: p.Naam, Plaats: p.Plaats, KvkNummer: p.KvkNummer, Vestigingsnummer: p.Vestigingsnummer, AgbCode: p.AgbCode,
		GewijzigdOp: now,
	})
	if err != nil {
		return nil, fmt.Errorf("keep provider: %w", err)
	}
	a.gevestigd.keep(*p, kept.ID)
	return &kept, nil
}

// bewaar keeps a melding that is new under a kenmerk that nobody has, with a note
// for the sweep when it counts: it moves the figures of others about its provider.
// It gives the count with it.
func (a *App) bewaar(ctx context.Context, m *domain.Melding, w weging) (domain.SignaalTelling, error) {
	bij := store.Bij{Gegeven: w.given()}
	if m.Telt() {
		bij.Hertel = []store.Hertel{{Aanbieder: m.AanbiederID, Vanaf: m.Dag}}
	}
	for {
		var err error
		if m.Kenmerk, err = drawKenmerk(); err != nil {
			return domain.SignaalTelling{}, err
		}
		counted, err := a.store.BewaarMelding(ctx, *m, bij)
		if !isKey(err, "fout.kenmerk_bezet") {
			m.Rev = 1
			return counted, err
		}
	}
}

// given is what the decision log keeps of an evaluation.
func (w weging) given() []domain.GegevenAdvies {
	if w.Given == nil {
		return nil
	}
	return []domain.GegevenAdvies{*w.Given}
}

// drawKenmerk draws one with a check symbol that can be read out.
func drawKenmerk() (string, error) {
	for {
		var raw [8]byte
		if _, err := rand.Read(raw[:]); err != nil {
			return "", fmt.Errorf("draw kenmerk: %w", err)
		}
		if kenmerk, ok := domain.MaakKenmerk(binary.BigEndian.Uint64(raw[:])); ok {
			return kenmerk, nil
		}
	}
}

// klokken starts and corrects the terms that follow from what was told and from
// what happened. What is near or passed already is recorded at once; the advice of
// this moment knows it.
func (a *App) klokken(m *domain.Melding, in domain.TriageInvoer, today term.Date, actor domain.Actor) {
	k := a.geldend()
	m.ZetTermijnen(m.Klokken(in, k.Kalender), k.Kalender, today, m.GewijzigdOp, actor)
	m.Kalender = k.Versie
	m.Veeg(today, m.GewijzigdOp, dienst())
}
