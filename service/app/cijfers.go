package app

import (
	"context"
	"fmt"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// The bounds on what is counted for those who watch the service: a count that reaches
// one is at least that. PostTraag is how late a message may leave.
const (
	cijferAlarmen = 1000
	cijferPost    = 100
	PostTraag     = 10 * time.Minute
)

// Cijfers are how the work stands at a moment, without personal data.
type Cijfers struct {
	// Achterstallig is how many meldingen have a reminder that should have been given
	// on an earlier day than the last on which there was time to.
	Achterstallig int
	// Alarmen are those that nobody took on; AlarmenLang of them for longer than
	// domain.AlarmNorm.
	Alarmen, AlarmenLang int
	Post                 map[domain.PostStand]int
	// TeLaat counts the messages that should have been sent PostTraag ago.
	TeLaat map[domain.Kanaal]map[domain.BerichtSoort]int
}

// Cijfers counts what waits for somebody. It reads little, however much there is.
func (a *App) Cijfers(ctx context.Context) (Cijfers, error) {
	now, _ := a.moment()
	out := Cijfers{TeLaat: map[domain.Kanaal]map[domain.BerichtSoort]int{}}
	var err error
	if out.Achterstallig, err = a.store.TelTeHerinneren(ctx, domain.LaatsteHerinnerdag(a.kalender(), now, a.zone)); err != nil {
		return Cijfers{}, fmt.Errorf("count reminders: %w", err)
	}
	if out.Post, err = a.store.TelPost(ctx); err != nil {
		return Cijfers{}, fmt.Errorf("count messages: %w", err)
	}
	for tot, into := range map[time.Time]*int{{}: &out.Alarmen, now.Add(-domain.AlarmNorm): &out.AlarmenLang} {
		page, err := a.store.Alarmen(ctx, domain.AlarmVraag{Open: true, Tot: tot, Aantal: cijferAlarmen})
		if err != nil {
			return Cijfers{}, fmt.Errorf("count alarms: %w", err)
		}
		*into = len(page.Alarmen)
	}
	for _, k := range domain.Kanalen() {
		out.TeLaat[k] = map[domain.BerichtSoort]int{}
		for _, soort := range domain.BerichtSoorten() {
			if out.TeLaat[k][soort], err = a.telTeLaat(ctx, k, soort, now); err != nil {
				return Cijfers{}, err
			}
		}
	}
	return out, nil
}

// telTeLaat counts what should have left: a mail with a reminder not outside the hours
// of the office, nor just after they began.
func (a *App) telTeLaat(ctx context.Context, k domain.Kanaal, soort domain.BerichtSoort, now time.Time) (int, error) {
	since := now.Add(-PostTraag)
	if k == domain.KanaalMail && soort == domain.BerichtHerinnering &&
		(!domain.Kantooruren(a.kalender(), now, a.zone) || !domain.Kantooruren(a.kalender(), since, a.zone)) {
		return 0, nil
	}
	late, err := a.store.TeVersturen(ctx, soort, k == domain.KanaalEvent, since, cijferPost)
	if err != nil {
		return 0, fmt.Errorf("count messages that are late: %w", err)
	}
	return len(late), nil
}

// TermijnStanden counts the open terms of all meldingen by how they stand today.
func (a *App) TermijnStanden(ctx context.Context) (map[term.Status]int, error) {
	_, today := a.moment()
	totals := TermijnTotalen{PerStatus: map[term.Status]int{}, PerEigenaar: map[term.Eigenaar]int{}}
	counted, err := a.store.TelTermijnen(ctx, domain.TermijnVraag{})
	totals.tel(counted, today, a.kalender())
	return totals.PerStatus, err
}
