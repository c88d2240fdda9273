package app

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// MijlpaalBeeld is a happening that was recorded, with the events of that write,
// and its melding as it stands.
type MijlpaalBeeld struct {
	Mijlpaal   domain.Mijlpaal
	Voorvallen []domain.Voorval
	Melding    MeldingBeeld
}

// LegMijlpaalVast records a happening on a melding, and starts or ends the terms
// that rest on it. The same request with its key gives the first answer again,
// whatever v says. Stale when v does not allow the version that is kept.
func (a *App) LegMijlpaalVast(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, o domain.MijlpaalOpgave, once Eenmalig) (MijlpaalBeeld, error) {
	var out MijlpaalBeeld
	err := a.herhaal(ctx, id, func(m domain.Melding) (err error) {
		out, err = a.mijlpaal(ctx, actor, m, v, o, once)
		return err
	})
	return out, err
}

func (a *App) mijlpaal(ctx context.Context, actor domain.Actor, m domain.Melding, v Voorwaarde, o domain.MijlpaalOpgave, once Eenmalig) (MijlpaalBeeld, error) {
	a = a.nu()
	now, today, done := a.stempel()
	defer done()
	mine, err := mijlpaalID(actor, m.ID, once)
	if err != nil {
		return MijlpaalBeeld{}, err
	}
	if i := slices.IndexFunc(m.Mijlpalen, func(p domain.Mijlpaal) bool { return p.ID == mine }); i >= 0 {
		if m.Mijlpalen[i].Verzoek != once.Digest {
			return MijlpaalBeeld{}, &domain.Error{Code: domain.Conflict, Key: "fout.sleutel_anders"}
		}
		return a.mijlpaalBeeld(ctx, m, m.Mijlpalen[i].ZoalsVastgelegd(m.Geschiedenis))
	}
	if !v.Past(m.Versie) {
		return MijlpaalBeeld{}, &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
	}
	p, faults := domain.LeesMijlpaal(o, today)
	in, _ := domain.LeesBewaard(m.Opgave, today, a.kalender()) // checked when it was taken in
	p.ID, p.Op, p.Door, p.Verzoek = mine, now, actor, once.Digest
	faults = append(faults, p.Onmogelijk(in)...)
	domain.SortFaults(faults)
	var all []domain.Mijlpaal
	if len(faults) == 0 {
		all, faults = m.PlaatsMijlpaal(p, in, a.kalender())
	}
	if len(faults) > 0 {
		return MijlpaalBeeld{}, domain.InvalidInput(faults)
	}
	m.Versie, m.GewijzigdOp = m.Versie+1, now
	p = m.NeemMijlpaal(all, p, in, a.kalender(), today)
	m.Kalender = a.geldend().Versie
	m.Veeg(today, now, dienst())
	if m, err = a.vervang(ctx, m); err != nil {
		return MijlpaalBeeld{}, err
	}
	return a.mijlpaalBeeld(ctx, m, p)
}

// LeesMijlpaal gives a happening as it stands, with the events of the write that
// recorded it. One that was taken back is not found.
func (a *App) LeesMijlpaal(ctx context.Context, _ domain.Actor, id, mijlpaal string) (MijlpaalBeeld, error) {
	m, err := a.zoekMelding(ctx, id)
	if err != nil {
		return MijlpaalBeeld{}, err
	}
	i := slices.IndexFunc(m.Mijlpalen, func(p domain.Mijlpaal) bool { return p.ID == mijlpaal && p.Geldt() })
	if i < 0 {
		return MijlpaalBeeld{}, &domain.Error{Code: domain.NotFound, Key: "fout.mijlpaal_onbekend"}
	}
	return a.mijlpaalBeeld(ctx, m, m.Mijlpalen[i])
}

// VerzetMijlpaal corrects a happening: it stays the same one, and its terms move.
func (a *App) VerzetMijlpaal(ctx context.Context, actor domain.Actor, id, mijlpaal string, v Voorwaarde, o domain.MijlpaalOpgave) (MeldingBeeld, error) {
	return a.opMijlpaal(ctx, id, mijlpaal, v, func(m *domain.Melding, i int, in domain.TriageInvoer, k *term.Kalender, now time.Time, today term.Date) []domain.Fault {
		p, faults := domain.LeesMijlpaal(o, today)
		if len(faults) == 0 {
			faults = m.VerzetMijlpaal(i, p, in, k, today, now, actor)
		}
		return faults
	})
}

// TrekMijlpaalIn takes a happening back, with what it did to the terms; the history
// keeps it. One that was taken back before is not found.
func (a *App) TrekMijlpaalIn(ctx context.Context, actor domain.Actor, id, mijlpaal string, v Voorwaarde) (MeldingBeeld, error) {
	return a.opMijlpaal(ctx, id, mijlpaal, v, func(m *domain.Melding, i int, in domain.TriageInvoer, k *term.Kalender, now time.Time, today term.Date) []domain.Fault {
		return m.TrekMijlpaalIn(i, in, k, today, now, actor)
	})
}

// opMijlpaal changes a happening that stands, and keeps its melding.
func (a *App) opMijlpaal(ctx context.Context, id, mijlpaal string, v Voorwaarde,
	change func(*domain.Melding, int, domain.TriageInvoer, *term.Kalender, time.Time, term.Date) []domain.Fault,
) (MeldingBeeld, error) {
	var out MeldingBeeld
	err := a.herhaal(ctx, id, func(m domain.Melding) error {
		a := a.nu()
		now, today, done := a.stempel()
		defer done()
		i := slices.IndexFunc(m.Mijlpalen, func(p domain.Mijlpaal) bool { return p.ID == mijlpaal && p.Geldt() })
		if i < 0 {
			return &domain.Error{Code: domain.NotFound, Key: "fout.mijlpaal_onbekend"}
		}
		if !v.Past(m.Versie) {
			return &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
		}
		in, _ := domain.LeesBewaard(m.Opgave, today, a.kalender()) // checked when it was taken in
		events := len(m.Geschiedenis)
		if faults := change(&m, i, in, a.kalender(), now, today); len(faults) > 0 {
			return domain.InvalidInput(faults)
		}
		var err error
		if len(m.Geschiedenis) > events { // what says the same is not kept again
			m.Versie, m.GewijzigdOp, m.Kalender = m.Versie+1, now, a.geldend().Versie
			m.Veeg(today, now, dienst())
			if m, err = a.vervang(ctx, m); err != nil {
				return err
			}
		}
		out, err = a.beeld(ctx, m, nil, nil, today)
		return err
	})
	return out, err
}

// mijlpaalID is the id of a happening: drawn, or, of a request with a key, the same
// each time that it is sent about the same melding.
func mijlpaalID(actor domain.Actor, melding string, once Eenmalig) (string, error) {
	if once.Sleutel == "" {
		return newID()
	}
	sum := sha256.Sum256([]byte(actor.ID + "\x00mijlpalen\x00" + melding + "\x00" + once.Sleutel))
	id := uuid.UUID(sum[:16])
	id[6] = id[6]&0x0f | 0x80 // version 8, of a use of its own
	id[8] = id[8]&0x3f | 0x80 // variant of RFC 9562
	return id.String(), nil
}

// mijlpaalBeeld is what a happening is answered with.
func (a *App) mijlpaalBeeld(ctx context.Context, m domain.Melding, p domain.Mijlpaal) (MijlpaalBeeld, error) {
	_, today := a.moment()
	seen, err := a.beeld(ctx, m, nil, nil, today)
	return MijlpaalBeeld{Mijlpaal: p, Voorvallen: m.Geschiedenis[p.Voorvallen[0]-1 : p.Voorvallen[1]], Melding: seen}, err
}

// herhaal reads a melding and lets change write it, again while others write
// before it.
func (a *App) herhaal(ctx context.Context, id string, change func(domain.Melding) error) error {
	for try := range retries {
		if err := pauze(ctx, try); err != nil {
			return err
		}
		m, err := a.zoekBij(ctx, id)
		if err != nil {
			return err
		}
		m.Termijnen, m.Mijlpalen = slices.Clone(m.Termijnen), slices.Clone(m.Mijlpalen)
		m.Geschiedenis = slices.Clone(m.Geschiedenis)
		if err := change(m); !errors.Is(err, errOvertaken) {
			return err
		}
	}
	return &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
}

// vervang keeps a melding of which no advice and no count changed, and gives it as
// it is kept.
func (a *App) vervang(ctx context.Context, m domain.Melding) (domain.Melding, error) {
	if err := a.overtaken(ctx, a.store.VervangMelding(ctx, m, store.Bij{})); err != nil {
		return m, err
	}
	m.Rev++
	return m, nil
}
