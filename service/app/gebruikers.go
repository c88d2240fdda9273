package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// GebruikerBeeld is a user as somebody sees him. Without Inzien his e-mail address
// and his absences are left out. OpenMeldingen is how many meldingen wait for one
// who left the office; nil of others.
type GebruikerBeeld struct {
	domain.Gebruiker
	Inzien        bool
	OpenMeldingen *int
}

// GebruikerLijst is one page; Volgende is the cursor of the next, empty on the last.
type GebruikerLijst struct {
	Gebruikers []GebruikerBeeld
	Volgende   string
}

// gezien is g as actor sees him: nobody sees the digest of his calendar's secret.
func gezien(actor domain.Actor, g domain.Gebruiker) GebruikerBeeld {
	out := GebruikerBeeld{Gebruiker: g, Inzien: magBij(actor, GebruikersInzien, g.ID) == nil}
	out.Agenda = ""
	if !out.Inzien {
		out.EMail, out.Afwezig = "", nil
	}
	return out
}

// LijstGebruikers gives a page of the users, by ID.
func (a *App) LijstGebruikers(ctx context.Context, actor domain.Actor, q domain.GebruikerVraag) (GebruikerLijst, error) {
	out := GebruikerLijst{Gebruikers: []GebruikerBeeld{}}
	if err := mag(actor, GebruikersLezen); err != nil {
		return out, err
	}
	all, err := a.store.Gebruikers(ctx)
	if err != nil {
		return out, err
	}
	for _, g := range all {
		if g.ID <= q.Na || !q.Past(g) {
			continue
		}
		if len(out.Gebruikers) == q.Aantal {
			out.Volgende = out.Gebruikers[q.Aantal-1].ID
			break
		}
		out.Gebruikers = append(out.Gebruikers, gezien(actor, g))
	}
	return out, nil
}

// LeesGebruiker gives a user. NotFound when there is none.
func (a *App) LeesGebruiker(ctx context.Context, actor domain.Actor, id string) (GebruikerBeeld, error) {
	if err := mag(actor, GebruikersLezen); err != nil {
		return GebruikerBeeld{}, err
	}
	g, err := a.store.Gebruiker(ctx, id)
	if err != nil {
		return GebruikerBeeld{}, err
	}
	return a.gebruikerBeeld(ctx, actor, g)
}

// gebruikerBeeld is g as actor sees him, with what waits for him when he left.
func (a *App) gebruikerBeeld(ctx context.Context, actor domain.Actor, g domain.Gebruiker) (GebruikerBeeld, error) {
	out := gezien(actor, g)
	if !g.Inactief {
		return out, nil
	}
	n, err := a.openVan(ctx, g.ID)
	if err != nil {
		return GebruikerBeeld{}, fmt.Errorf("count open meldingen: %w", err)
	}
	out.OpenMeldingen = &n
	return out, nil
}

// openVan counts the meldingen of a handler that are not closed: by urgency those
// that are closed come last.
func (a *App) openVan(ctx context.Context, behandelaar string) (n int, err error) {
	q := domain.MeldingVraag{Behandelaar: behandelaar, Volgorde: domain.OpUrgentie, Aantal: 200}
	for {
		page, err := a.store.Meldingen(ctx, q)
		if err != nil {
			return 0, err
		}
		for _, m := range page.Meldingen {
			if m.Status == domain.StatusAfgesloten {
				return n, nil
			}
			n++
		}
		if q.Na = page.Volgende; q.Na == "" {
			return n, nil
		}
	}
}

// VoegGebruikerToe adds a user. The same request with its key gives the first
// answer again; another user of that id is a Conflict.
func (a *App) VoegGebruikerToe(ctx context.Context, actor domain.Actor, o domain.GebruikerOpgave, once Eenmalig) (GebruikerBeeld, error) {
	if err := mag(actor, GebruikersBeheren); err != nil {
		return GebruikerBeeld{}, err
	}
	g, faults := domain.LeesGebruiker(o)
	if len(faults) > 0 {
		return GebruikerBeeld{}, domain.InvalidInput(faults)
	}
	b, err := a.begin(ctx, actor, "gebruikers", once)
	if err != nil {
		return GebruikerBeeld{}, err
	}
	g.GewijzigdOp = b.now
	kept, err := a.store.ZetGebruiker(ctx, g)
	if domain.IsCode(err, domain.Stale) {
		kept, err = a.eerderGezet(ctx, b, g)
	}
	if isKey(err, "fout.gebruiker_bestaat") {
		return GebruikerBeeld{}, errors.Join(err, a.losNa(ctx, b, err))
	}
	if err != nil {
		return GebruikerBeeld{}, fmt.Errorf("keep user: %w", err)
	}
	return a.gebruikerBeeld(ctx, actor, kept)
}

// eerderGezet gives g as the request b kept it before; a Conflict when it is another
// who is there.
func (a *App) eerderGezet(ctx context.Context, b begun, g domain.Gebruiker) (domain.Gebruiker, error) {
	bestaat := &domain.Error{Code: domain.Conflict, Key: "fout.gebruiker_bestaat"}
	if !b.herhaald {
		return g, bestaat
	}
	there, err := a.store.Gebruiker(ctx, g.ID)
	if err != nil {
		return g, fmt.Errorf("read user: %w", err)
	}
	g.Versie = 1
	if there.Versie == 1 && (there.Naam != g.Naam || there.EMail != g.EMail || there.Team != g.Team || !slices.Equal(there.Rollen, g.Rollen)) {
		return g, bestaat
	}
	return g, nil
}

// WijzigGebruiker puts what is told of a user in the place of what was; his
// absences and his calendar stay. Stale when v does not allow the version that is
// kept.
func (a *App) WijzigGebruiker(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, o domain.GebruikerOpgave) (GebruikerBeeld, error) {
	return a.opGebruiker(ctx, actor, GebruikersBeheren, id, v, func(g *domain.Gebruiker) error {
		other := o.ID != nil && *o.ID != id && !domain.Unreadable(o.Faults, "id")
		o.ID = &id
		told, faults := domain.LeesGebruiker(o)
		if other {
			faults = append(faults, domain.Fault{Field: "id", Code: "gebruiker_id_anders"})
			domain.SortFaults(faults)
		}
		if len(faults) > 0 {
			return domain.InvalidInput(faults)
		}
		g.Naam, g.EMail, g.Team, g.Rollen, g.Inactief = told.Naam, told.EMail, told.Team, told.Rollen, told.Inactief
		return nil
	})
}

// BewaarGebruiker adds a user, or changes the one who has that id; fresh tells
// which.
func (a *App) BewaarGebruiker(ctx context.Context, actor domain.Actor, o domain.GebruikerOpgave) (seen GebruikerBeeld, fresh bool, err error) {
	if o.ID != nil {
		seen, err = a.WijzigGebruiker(ctx, actor, *o.ID, Voorwaarde{Elke: true}, o)
		if !domain.IsCode(err, domain.NotFound) {
			return seen, false, err
		}
	}
	seen, err = a.VoegGebruikerToe(ctx, actor, o, Eenmalig{})
	return seen, true, err
}

// ZetAfwezigheid puts the absences of a user in the place of what they were.
func (a *App) ZetAfwezigheid(ctx context.Context, actor domain.Actor, id string, v Voorwaarde, o domain.AfwezighedenOpgave) (GebruikerBeeld, error) {
	return a.opGebruiker(ctx, actor, AfwezigheidZetten, id, v, func(g *domain.Gebruiker) error {
		_, today := a.moment()
		k, err := a.mensen(ctx)
		if err != nil {
			return err
		}
		list, faults := domain.LeesAfwezigheid(o, id, today, k)
		if len(faults) > 0 {
			return domain.InvalidInput(faults)
		}
		g.Afwezig = list
		return nil
	})
}

// opGebruiker changes a user and keeps him. One who stays as he was is not written.
func (a *App) opGebruiker(ctx context.Context, actor domain.Actor, r Recht, id string, v Voorwaarde, change func(*domain.Gebruiker) error) (GebruikerBeeld, error) {
	if err := magBij(actor, r, id); err != nil {
		return GebruikerBeeld{}, err
	}
	for range retries {
		g, err := a.store.Gebruiker(ctx, id)
		if err != nil {
			return GebruikerBeeld{}, err
		}
		if !v.Past(g.Versie) {
			return GebruikerBeeld{}, &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
		}
		was := g
		if err := change(&g); err != nil {
			return GebruikerBeeld{}, err
		}
		if len(was.Afwezig) == 0 && len(g.Afwezig) == 0 { // no list is an empty one
			g.Afwezig = was.Afwezig
		}
		if reflect.DeepEqual(was, g) {
			return a.gebruikerBeeld(ctx, actor, g)
		}
		g.GewijzigdOp, _ = a.moment()
		kept, err := a.store.ZetGebruiker(ctx, g)
		if domain.IsCode(err, domain.Stale) { // another was before; v may allow that too
			continue
		}
		if err != nil {
			return GebruikerBeeld{}, fmt.Errorf("keep user: %w", err)
		}
		return a.gebruikerBeeld(ctx, actor, kept)
	}
	return GebruikerBeeld{}, &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
}

// mensen is the people of the office, without their turns.
func (a *App) mensen(ctx context.Context) (domain.Kantoor, error) {
	all, err := a.store.Gebruikers(ctx)
	if err != nil {
		return domain.Kantoor{}, fmt.Errorf("read users: %w", err)
	}
	return domain.NieuwKantoor(all, nil), nil
}
