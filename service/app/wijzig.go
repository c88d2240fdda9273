package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Past reports that v allows a change of version n.
func (v Voorwaarde) Past(n int) bool { return v.Elke || slices.Contains(v.Versies, n) }

// WijzigMelding corrects what was told, as patch makes it. The melding is
// evaluated again, its earlier advice is kept, its terms follow. A patch that
// changes nothing writes nothing. Stale when v does not allow the version that
// is kept.
func (a *App) WijzigMelding(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, patch func(domain.Opgave) (domain.Opgave, error)) (MeldingBeeld, error) {
	return a.wijzig(ctx, actor, id, v, domain.VoorvalGewijzigd, patch)
}

// ZetKlacht starts or corrects the complaint at the provider, and with it the
// term of Wkkgz article 17, or the one that a provider of youth care named itself.
// Faults are what the schema found wrong.
func (a *App) ZetKlacht(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, k domain.AanvraagKlacht, antwoord *domain.AntwoordOpgave, faults []domain.Fault) (MeldingBeeld, error) {
	const at = "klachtBijAanbieder."
	out, err := a.wijzig(ctx, actor, id, v, domain.VoorvalKlacht, func(o domain.Opgave) (domain.Opgave, error) {
		o.Melding.KlachtBijAanbieder, o.Antwoord, o.Faults = &k, antwoord, nil
		for _, f := range faults {
			f.Field = at + f.Field
			o.Faults = append(o.Faults, f)
		}
		return o, nil
	})
	if domain.IsCode(err, domain.Invalid) {
		refused := *domain.AsError(err)
		refused.Faults = slices.Clone(refused.Faults)
		for i := range refused.Faults {
			refused.Faults[i].Field = strings.TrimPrefix(refused.Faults[i].Field, at)
		}
		return out, &refused
	}
	return out, err
}

func (a *App) wijzig(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, soort domain.VoorvalSoort, patch func(domain.Opgave) (domain.Opgave, error)) (MeldingBeeld, error) {
	for try := range retries {
		if err := pauze(ctx, try); err != nil {
			return MeldingBeeld{}, err
		}
		m, err := a.zoekBij(ctx, id)
		if err != nil {
			return MeldingBeeld{}, err
		}
		out, err := a.nu().wijzigEen(ctx, actor, m, v, soort, patch)
		if !errors.Is(err, errOvertaken) {
			return out, err
		}
	}
	return MeldingBeeld{}, &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
}

// overtaken makes errOvertaken of the refusal of a replacement that another write was
// before. Where that counted with a newer calendar, this process follows it first. A
// lead that ended stays what it is.
func (a *App) overtaken(ctx context.Context, err error) error {
	switch {
	case err == nil, LeidingVoorbij(err):
		return err
	case !domain.IsCode(err, domain.Stale):
		return fmt.Errorf("keep melding: %w", err)
	case isKey(err, "fout.kalender_verouderd"):
		if _, err := a.kalenders.Follow(ctx); err != nil {
			return err
		}
	}
	return errOvertaken
}

func (a *App) wijzigEen(ctx context.Context, actor domain.Actor, old domain.Melding, v Voorwaarde, soort domain.VoorvalSoort, patch func(domain.Opgave) (domain.Opgave, error)) (MeldingBeeld, error) {
	if !v.Past(old.Versie) {
		return MeldingBeeld{}, &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
	}
	now, today, done := a.stempel()
	defer done()
	m := old
	m.Termijnen, m.Eerdere, m.Geschiedenis = slices.Clone(old.Termijnen), slices.Clone(old.Eerdere), slices.Clone(old.Geschiedenis)
	told, in, err := a.leesWijziging(ctx, old, patch, today)
	if err != nil {
		return MeldingBeeld{}, err
	}
	fields := domain.Verschil(old.Opgave, told)
	if len(fields) == 0 {
		return a.beeld(ctx, old, nil, nil, today)
	}
	m.Opgave, m.Dag, m.Sector, m.GewijzigdOp = told, in.Melding.Ontvangstdatum, in.Melding.Sector, now
	m.Versie++
	m.Gebeurd(domain.Voorval{Soort: soort, Op: now, Door: actor, Velden: fields})
	provider, err := a.koppel(ctx, &m, false)
	if err != nil {
		return MeldingBeeld{}, err
	}
	tell, err := a.tel(ctx, &m)
	if err != nil {
		return MeldingBeeld{}, err
	}
	w, err := a.weeg(ctx, actor, domain.BijWijziging, now, in, tell)
	if err != nil {
		return MeldingBeeld{}, err
	}
	m.Adviseer(w.Advies, actor)
	a.klokken(&m, in, today, actor)
	notes := verschoven(&m, &old)
	first, err := a.eersteZonder(ctx, &m, &old)
	if err != nil {
		return MeldingBeeld{}, err
	}
	err = a.overtaken(ctx, a.store.VervangMelding(ctx, m, store.Bij{Gegeven: w.given(), Hertel: notes, Eerste: first}))
	if err != nil {
		return MeldingBeeld{}, err
	}
	m.Rev++
	if m, err = a.naSchrijven(ctx, actor, now, m, notes); err != nil {
		return MeldingBeeld{}, err
	}
	return a.beeld(ctx, m, w.Uitleg, provider, today)
}

// leesWijziging gives what is told of old after patch, and its reading. The day of
// receipt stays when nothing is said of it; what happened since must still fit.
func (a *App) leesWijziging(ctx context.Context, old domain.Melding, patch func(domain.Opgave) (domain.Opgave, error), today term.Date) (domain.Opgave, domain.TriageInvoer, error) {
	told, err := patch(old.Opgave)
	if err != nil {
		return told, domain.TriageInvoer{}, err
	}
	if told.Melding.Ontvangstdatum == nil {
		day := old.Dag.String()
		told.Melding.Ontvangstdatum = &day
	}
	lees := domain.LeesMelding
	if klachtBlijft(old.Opgave.Melding, told.Melding) {
		lees = domain.LeesBewaard
	}
	in, err := a.leesMelding(ctx, told, today, lees)
	if err != nil {
		return told, in, err
	}
	if other := old.Botst(in, told, a.kalender()); other != nil {
		err = domain.InvalidInput([]domain.Fault{*other})
	}
	return told, in, err
}

// klachtBlijft reports that nothing changes of what the complaint at the provider is
// held against, so that what was taken in stands.
func klachtBlijft(was, now domain.AanvraagMelding) bool {
	return reflect.DeepEqual(was.KlachtBijAanbieder, now.KlachtBijAanbieder) && reflect.DeepEqual(was.Regime, now.Regime) &&
		(was.Ontvangstdatum == nil || reflect.DeepEqual(was.Ontvangstdatum, now.Ontvangstdatum))
}

// eersteZonder gives the melding as it was first kept, with what was told of the
// melder and in his words as it is in m: what he takes back is not given out again.
// Nil when a correction of old into m takes nothing of that away.
func (a *App) eersteZonder(ctx context.Context, m, old *domain.Melding) (*domain.Melding, error) {
	if reflect.DeepEqual(m.Opgave.Persoonlijk(), old.Opgave.Persoonlijk()) {
		return nil, nil //nolint:nilnil // the first stays
	}
	first, err := a.store.EersteMelding(ctx, m.ID)
	if err != nil {
		return nil, fmt.Errorf("read first melding: %w", err)
	}
	first.Opgave.ZetPersoonlijk(m.Opgave.Persoonlijk())
	return &first, nil
}

// TrekKlachtIn takes the complaint at the provider back, which was told of the wrong
// melding, and with it its term. NotFound when none is told of.
func (a *App) TrekKlachtIn(ctx context.Context, actor domain.Actor, id string, v Voorwaarde) (MeldingBeeld, error) {
	return a.wijzig(ctx, actor, id, v, domain.VoorvalKlachtWeg, func(o domain.Opgave) (domain.Opgave, error) {
		if o.Melding.KlachtBijAanbieder == nil {
			return o, &domain.Error{Code: domain.NotFound, Key: "fout.klacht_onbekend"}
		}
		o.Melding.KlachtBijAanbieder, o.Antwoord, o.Faults = nil, nil, nil
		return o, nil
	})
}
