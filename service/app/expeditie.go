package app

import (
	"context"
	"sync"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Verzender sends messages by one way. It may be used from many goroutines.
type Verzender interface {
	// Verzend sends b, to the address aan where it is to a user. It calls begin when all
	// is ready but the handing over itself, and hands nothing over when that fails; from
	// then on ctx does not break it off. It is nil when the other side has taken b on. Any
	// other outcome but a failure of begin is a domain.VerzendError.
	Verzend(ctx context.Context, b domain.Bericht, aan string, begin func(context.Context) error) error
}

// PostMeter counts what became of messages that leave. It holds no personal data.
type PostMeter interface {
	// Posted counts a message that was handed over.
	Posted(domain.Kanaal)
	// PostFailed counts a time that one was not.
	PostFailed(domain.Kanaal, domain.VerzendReden)
	// PostUnderWay tells that so many more, or fewer, are being sent.
	PostUnderWay(k domain.Kanaal, more int)
}

// Expeditie sends the messages that leave the product. There is one in a process.
type Expeditie struct {
	app   *App
	wegen map[domain.Kanaal]Verzender
	meter PostMeter
	beurt beurt
	lock  sync.Mutex
	pauze map[domain.Kanaal]time.Time // nothing is sent by that way before it
}

// Expeditie makes one that sends by these ways. What would leave by another stays in
// the product.
func (a *App) Expeditie(wegen map[domain.Kanaal]Verzender, m PostMeter) *Expeditie {
	return &Expeditie{app: a, wegen: wegen, meter: m, pauze: map[domain.Kanaal]time.Time{}}
}

// mag reports that messages of this kind may leave by a way at the moment now:
// reminders are mailed in the hours in which the office works.
func (e *Expeditie) mag(soort domain.BerichtSoort, k domain.Kanaal, now time.Time) bool {
	e.lock.Lock()
	defer e.lock.Unlock()
	if now.Before(e.pauze[k]) {
		return false
	}
	return soort == domain.BerichtAlarm || k == domain.KanaalEvent || domain.Kantooruren(e.app.kalender(), now, e.app.zone)
}

// wacht keeps a way from being used until a moment.
func (e *Expeditie) wacht(k domain.Kanaal, tot time.Time) {
	e.lock.Lock()
	defer e.lock.Unlock()
	if tot.After(e.pauze[k]) {
		e.pauze[k] = tot
	}
}
