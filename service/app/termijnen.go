package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// nadertHoogstens is how many days before its end a term is near at most, whatever
// calendar computed it.
const nadertHoogstens = 31

// exportPagina is how many terms are read at a time when all are asked for.
const exportPagina = 1000

// TermijnRij is a term in a list, as it stands on the day of the list. Dagen is how
// many calendar days are left, negative when it passed; nil when it was met.
type TermijnRij struct {
	domain.TermijnRegel
	Titel     string
	Eigenaar  term.Eigenaar
	Status    term.Status
	Dagen     *int
	Aanbieder *domain.Aanbieder // nil when none is named
}

// TermijnTotalen counts all pages of a list.
type TermijnTotalen struct {
	Aantal      int
	PerStatus   map[term.Status]int
	PerEigenaar map[term.Eigenaar]int
}

// TermijnLijst is one page; Volgende is the cursor of the next, empty on the last.
// Totalen is nil for a list by Afloop, whose numbers are for Stiptheid to give.
type TermijnLijst struct {
	Dag      term.Date
	Rijen    []TermijnRij
	Totalen  *TermijnTotalen
	Volgende string
}

// LijstTermijnen gives a page of terms by end date, with the totals of all pages.
func (a *App) LijstTermijnen(ctx context.Context, _ domain.Actor, f domain.TermijnFilter) (TermijnLijst, error) {
	_, today := a.moment()
	out := TermijnLijst{Dag: today, Rijen: []TermijnRij{}}
	if f.Afloop == "" {
		out.Totalen = &TermijnTotalen{PerStatus: map[term.Status]int{}, PerEigenaar: map[term.Eigenaar]int{}}
	}
	q, some, err := a.termijnVraag(f, today)
	if err != nil || !some {
		return out, err
	}
	q.Tel = out.Totalen != nil
	page, err := a.store.Termijnen(ctx, q)
	if err != nil {
		return TermijnLijst{}, err
	}
	known := a.bekendeAanbieders()
	for _, r := range page.Regels {
		row, err := a.termijnRij(ctx, r, today, known)
		if err != nil {
			return TermijnLijst{}, err
		}
		out.Rijen = append(out.Rijen, row)
	}
	out.Volgende = page.Volgende
	if out.Totalen != nil {
		out.Totalen.tel(page.Aantallen, today, a.kalender())
	}
	return out, nil
}

// ElkeTermijn hands every term that f asks for to each, in their order, as they
// stand on one day. It keeps one page at a time.
func (a *App) ElkeTermijn(ctx context.Context, _ domain.Actor, f domain.TermijnFilter, each func(TermijnRij) error) error {
	_, today := a.moment()
	q, some, err := a.termijnVraag(f, today)
	if err != nil || !some {
		return err
	}
	q.Aantal = exportPagina
	known := a.bekendeAanbieders()
	for {
		page, err := a.store.Termijnen(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range page.Regels {
			row, err := a.termijnRij(ctx, r, today, known)
			if err == nil {
				err = each(row)
			}
			if err != nil {
				return err
			}
		}
		if page.Volgende == "" {
			return nil
		}
		q.Na = page.Volgende
	}
}

// termijnVraag is f as the store is asked it on the day vandaag; false when there
// can be nothing that f asks for.
func (a *App) termijnVraag(f domain.TermijnFilter, vandaag term.Date) (domain.TermijnVraag, bool, error) {
	if err := a.keur(f); err != nil {
		return domain.TermijnVraag{}, false, err
	}
	q := domain.TermijnVraag{
		AanbiederID: f.AanbiederID, Behandelaar: f.Behandelaar, Sector: f.Sector, Van: f.Van, Tot: f.Tot,
		Afloop: f.Afloop, GewijzigdNa: f.GewijzigdNa, Na: f.Na, Aantal: f.Aantal,
	}
	switch f.Status {
	case term.Verstreken:
		q.Tot = earliest(q.Tot, vandaag.AddDays(-1))
	case term.Nadert:
		q.Van, q.Tot, q.AandachtTot = latest(q.Van, vandaag), earliest(q.Tot, vandaag.AddDays(a.nadertHoogstens())), vandaag
	case term.Lopend:
		q.Van, q.AandachtVan = latest(q.Van, vandaag), vandaag.AddDays(1)
	case term.Voldaan, term.TeLaatVoldaan:
	}
	if f.Afloop == domain.Nooit {
		q.Afloop, q.Aarden, q.Tot = "", []domain.TermijnAard{{Soort: term.ReactieAanbieder}}, earliest(q.Tot, vandaag.AddDays(-1))
		return q, true, nil
	}
	if f.Soort == "" && f.Eigenaar == "" {
		return q, true, nil
	}
	k := a.kalender()
	q.Aarden = slices.DeleteFunc(domain.TermijnAarden(k), func(s domain.TermijnAard) bool {
		return f.Soort != "" && s.Soort != f.Soort || f.Eigenaar != "" && s.Eigenaar(k) != f.Eigenaar
	})
	return q, len(q.Aarden) > 0, nil
}

// keur names all that is wrong with f.
func (a *App) keur(f domain.TermijnFilter) error {
	faults := slices.Clone(f.Faults)
	if all := a.termijnSoorten(); f.Soort != "" && !slices.Contains(all, f.Soort) && !domain.Unreadable(faults, "soort") {
		names := make([]string, len(all))
		for i, s := range all {
			names[i] = string(s)
		}
		faults = append(faults, domain.Fault{Field: "soort", Code: term.GebrekSoort, Args: []any{strings.Join(names, ", ")}})
	}
	if len(faults) == 0 {
		return nil
	}
	domain.SortFaults(faults)
	return domain.InvalidInput(faults)
}

// termijnSoorten are all kinds of terms that a melding can have.
func (a *App) termijnSoorten() []term.Soort {
	var all []term.Soort
	for _, s := range domain.TermijnAarden(a.kalender()) {
		all = append(all, s.Soort)
	}
	return slices.Compact(all)
}

// nadertHoogstens bounds where terms that are near can end.
func (a *App) nadertHoogstens() int {
	most := nadertHoogstens
	for _, g := range a.kalender().Soorten() {
		most = max(most, g.NadertDagen)
	}
	return most
}

func (a *App) termijnRij(ctx context.Context, r domain.TermijnRegel, vandaag term.Date, known bekendeAanbieders) (TermijnRij, error) {
	row := TermijnRij{TermijnRegel: r, Titel: a.TermijnTitel(r.Soort), Eigenaar: r.Eigenaar(a.kalender()), Status: r.Status(vandaag)}
	if r.VoldaanOp.IsZero() {
		days := vandaag.DaysUntil(r.Einddatum)
		row.Dagen = &days
	}
	var err error
	row.Aanbieder, err = known(ctx, r.AanbiederID)
	return row, err
}

// tel adds what was counted to t.
func (t *TermijnTotalen) tel(counted []domain.TermijnAantal, vandaag term.Date, k *term.Kalender) {
	for _, n := range counted {
		t.Aantal += n.Aantal
		t.PerStatus[n.Status(vandaag)] += n.Aantal
		t.PerEigenaar[n.Eigenaar(k)] += n.Aantal
	}
}

// bekendeAanbieders gives a provider by its id, asking the store once for each;
// nil for no id.
type bekendeAanbieders func(ctx context.Context, id string) (*domain.Aanbieder, error)

func (a *App) bekendeAanbieders() bekendeAanbieders {
	known := map[string]*domain.Aanbieder{"": nil}
	return func(ctx context.Context, id string) (*domain.Aanbieder, error) {
		if p, is := known[id]; is {
			return p, nil
		}
		kept, err := a.store.Aanbieder(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read provider: %w", err)
		}
		known[id] = &kept
		return &kept, nil
	}
}

// earliest is the first of two days, of which a zero one is no day.
func earliest(a, b term.Date) term.Date {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// latest is the last of two days, of which a zero one is no day.
func latest(a, b term.Date) term.Date {
	if a.IsZero() || b.After(a) {
		return b
	}
	return a
}
