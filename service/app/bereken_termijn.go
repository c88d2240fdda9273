package app

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// TermijnVraag is a calculation as it was asked: texts that passed the schema.
// A nil pointer is a field that was absent, or that is named in Faults.
type TermijnVraag struct {
	Soort, Start, Peildatum, VerlengdOp, VoldaanOp *string
	NadereTermijn                                  *NadereTermijnVraag
	Faults                                         []domain.Fault
}

// NadereTermijnVraag is an agreement on a later end.
type NadereTermijnVraag struct{ Tot, AkkoordOp *string }

// callTermijn names this use case in a key.
const callTermijn = "termijnberekeningen"

// BerekenTermijnEenmalig is BerekenTermijn for a request that may be sent again:
// of such a request the day of the first stands for an absent peildatum.
func (a *App) BerekenTermijnEenmalig(ctx context.Context, actor domain.Actor, q TermijnVraag, once Eenmalig) (term.Uitkomst, error) {
	out, err := a.BerekenTermijn(ctx, actor, q)
	if err != nil || once.Sleutel == "" {
		return out, err
	}
	b, err := a.begin(ctx, actor, callTermijn, once)
	if err != nil {
		return term.Uitkomst{}, err
	}
	return a.berekenTermijn(q, b.today)
}

// BerekenTermijn computes a term without keeping anything. All faults of the
// question are named at once.
func (a *App) BerekenTermijn(_ context.Context, _ domain.Actor, q TermijnVraag) (term.Uitkomst, error) {
	_, today := a.moment()
	return a.berekenTermijn(q, today)
}

func (a *App) berekenTermijn(q TermijnVraag, today term.Date) (term.Uitkomst, error) {
	r := termijnReader{faults: q.Faults}
	b := term.Berekening{
		Start: r.date("start", q.Start), Peildatum: r.date("peildatum", q.Peildatum),
		VerlengdOp: r.date("verlengdOp", q.VerlengdOp), VoldaanOp: r.date("voldaanOp", q.VoldaanOp),
	}
	if q.Soort != nil {
		b.Soort = term.Soort(*q.Soort)
	}
	if b.Peildatum.IsZero() {
		b.Peildatum = today
	}
	if n := q.NadereTermijn; n != nil {
		b.NadereTermijn = &term.NadereTermijn{
			Tot: r.date("nadereTermijn.tot", n.Tot), AkkoordOp: r.date("nadereTermijn.akkoordOp", n.AkkoordOp),
		}
	}
	out, found := a.kalender().Bereken(b)
	r.add(found)
	if len(r.faults) > 0 {
		return term.Uitkomst{}, domain.InvalidInput(r.faults)
	}
	return out, nil
}

// termijnReader reads dates and gathers faults, one per field.
type termijnReader struct{ faults []domain.Fault }

func (r *termijnReader) date(field string, text *string) term.Date {
	if text == nil {
		return term.Date{}
	}
	d, err := term.ParseDate(*text)
	if err != nil {
		r.faults = append(r.faults, domain.Fault{Field: field, Code: "datum"})
	}
	return d
}

// add takes over the faults of the calculation, but for those that rest on a
// field that could not be read: the calculation saw it as absent.
func (r *termijnReader) add(found []term.Fault) {
	unread := r.faults
	for _, f := range found {
		reads := []string{f.Field}
		switch f.Code {
		case term.GebrekHalveTermijn, term.GebrekAkkoordNaTot:
			reads = append(reads, "nadereTermijn.tot", "nadereTermijn.akkoordOp")
		case term.GebrekNietNaEinde:
			reads = append(reads, "nadereTermijn.tot")
		}
		if !domain.Unreadable(unread, reads...) {
			r.faults = append(r.faults, domain.Fault(f))
		}
	}
}
