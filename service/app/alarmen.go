package app

import (
	"context"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// AlarmLijst is a page of alarms, with the figures of all that began on the days Van
// to Tot; Volgende is the cursor of the next page, empty on the last.
type AlarmLijst struct {
	Van, Tot term.Date
	Regels   []domain.AlarmRegel
	Cijfers  domain.AlarmCijfers
	Volgende string
}

// LijstAlarmen gives a page of the alarms of a period, newest first. Of those that
// are open it gives all, unless f says from when.
func (a *App) LijstAlarmen(ctx context.Context, actor domain.Actor, f domain.AlarmFilter) (AlarmLijst, error) {
	if err := mag(actor, AlarmenLezen); err != nil {
		return AlarmLijst{}, err
	}
	now, today := a.moment()
	out := AlarmLijst{}
	out.Van, out.Tot = f.Periode(today)
	whole := domain.AlarmVraag{Van: a.begin00(out.Van), Tot: a.begin00(out.Tot.AddDays(1))}
	q := whole
	q.Open, q.GewijzigdNa, q.Na, q.Aantal = f.Open, f.GewijzigdNa, f.Na, f.Aantal
	if f.Open && f.Van.IsZero() {
		q.Van = time.Time{}
	}
	page, err := a.store.Alarmen(ctx, q)
	if err != nil {
		return AlarmLijst{}, err
	}
	out.Regels, out.Volgende = page.Alarmen, page.Volgende
	all, err := a.alleAlarmen(ctx, whole)
	out.Cijfers = domain.TelAlarmen(all, now)
	return out, err
}

// alleAlarmen reads all pages of q.
func (a *App) alleAlarmen(ctx context.Context, q domain.AlarmVraag) (all []domain.AlarmRegel, err error) {
	q.Aantal = exportPagina
	for {
		page, err := a.store.Alarmen(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Alarmen...)
		if q.Na = page.Volgende; q.Na == "" {
			return all, nil
		}
	}
}

// begin00 is the moment at which a day begins in the office.
func (a *App) begin00(d term.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, a.zone)
}
