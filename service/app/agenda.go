package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// MaakAgenda gives a user a secret address of a calendar, in the place of the one he
// had, which ends at once. Only its digest is kept.
func (a *App) MaakAgenda(ctx context.Context, actor domain.Actor, id string, v Voorwaarde) (GebruikerBeeld, string, error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return GebruikerBeeld{}, "", fmt.Errorf("draw secret: %w", err)
	}
	geheim := base64.RawURLEncoding.EncodeToString(raw)
	seen, err := a.opGebruiker(ctx, actor, AgendaZetten, id, v, func(g *domain.Gebruiker) error {
		if g.Inactief {
			return &domain.Error{Code: domain.Conflict, Key: "fout.gebruiker_inactief"}
		}
		g.Agenda = agendaDigest(geheim)
		return nil
	})
	return seen, geheim, err
}

// StopAgenda ends the secret address of a user's calendar, when he has one.
func (a *App) StopAgenda(ctx context.Context, actor domain.Actor, id string, v Voorwaarde) (GebruikerBeeld, error) {
	return a.opGebruiker(ctx, actor, AgendaZetten, id, v, func(g *domain.Gebruiker) error {
		g.Agenda = ""
		return nil
	})
}

func agendaDigest(geheim string) string {
	sum := sha256.Sum256([]byte(geheim))
	return hex.EncodeToString(sum[:])
}

// mostAgenda is how many terms a calendar shows: those that end first.
const mostAgenda = 500

// AgendaTermijn is an open term in a calendar. UID is the same for the term whatever
// changes; Reeks counts how often an end of its kind moved; Gewijzigd is when its
// melding was changed last.
type AgendaTermijn struct {
	term.Uitkomst
	UID       string
	Kenmerk   string
	Reeks     int
	Gewijzigd time.Time
}

// Agenda is the calendar of a user on the day Dag: the open terms of the meldingen
// that he handles, by end. Meer is how many there are beside those.
type Agenda struct {
	Dag       term.Date
	Termijnen []AgendaTermijn
	Meer      int
}

// LeesAgenda gives the calendar behind a secret. NotFound when it is nobody's, or
// of one who left the office.
func (a *App) LeesAgenda(ctx context.Context, geheim string) (Agenda, error) {
	_, today := a.moment()
	out := Agenda{Dag: today}
	g, err := a.store.GebruikerMetAgenda(ctx, agendaDigest(geheim))
	if err == nil && g.Inactief || domain.IsCode(err, domain.NotFound) {
		return out, &domain.Error{Code: domain.NotFound, Key: "fout.agenda_onbekend"}
	}
	if err != nil {
		return out, err
	}
	q := domain.TermijnVraag{Behandelaar: g.ID, Aantal: mostAgenda}
	page, err := a.store.Termijnen(ctx, q)
	if err != nil {
		return out, fmt.Errorf("list terms: %w", err)
	}
	var meldingen []string // each once, in the order of the terms
	for _, r := range page.Regels {
		if !slices.Contains(meldingen, r.MeldingID) {
			meldingen = append(meldingen, r.MeldingID)
		}
	}
	for _, id := range meldingen {
		list, err := a.agendaVan(ctx, id, g.ID, today)
		if err != nil {
			return out, err
		}
		out.Termijnen = append(out.Termijnen, list...)
	}
	slices.SortStableFunc(out.Termijnen, func(x, y AgendaTermijn) int { return x.Einddatum.Compare(y.Einddatum) })
	out.Termijnen = out.Termijnen[:min(len(out.Termijnen), mostAgenda)] // of a melding all were read
	if page.Volgende != "" {
		out.Meer, err = a.meerDan(ctx, q, len(out.Termijnen))
	}
	return out, err
}

// agendaVan is the open terms of a melding, when it is still of this handler.
func (a *App) agendaVan(ctx context.Context, id, behandelaar string, today term.Date) ([]AgendaTermijn, error) {
	m, err := a.store.Melding(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read melding: %w", err)
	}
	if m.Behandelaar != behandelaar {
		return nil, nil
	}
	seen, err := a.uitkomsten(ctx, &m, today)
	if err != nil {
		return nil, err
	}
	var out []AgendaTermijn
	for i, t := range m.Termijnen {
		if !t.Open() {
			continue
		}
		sum := sha256.Sum256([]byte(strings.Join([]string{m.ID, string(t.Soort), t.Grond, string(t.Partij)}, "\x00")))
		out = append(out, AgendaTermijn{
			Uitkomst: seen[i], UID: hex.EncodeToString(sum[:16]), Kenmerk: m.Kenmerk, Reeks: m.Verschoven(t.Soort), Gewijzigd: m.GewijzigdOp,
		})
	}
	return out, nil
}

// meerDan is how many terms there are beside n.
func (a *App) meerDan(ctx context.Context, q domain.TermijnVraag, n int) (int, error) {
	counted, err := a.store.TelTermijnen(ctx, q)
	if err != nil {
		return 0, fmt.Errorf("count terms: %w", err)
	}
	for _, c := range counted {
		n -= c.Aantal
	}
	return max(0, -n), nil
}
