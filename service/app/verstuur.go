package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// The bounds on sending: how many messages of a kind go by a way at the same time, how
// many are read at a time, how long a claim may take and what became of one is tried
// to be noted, and how often that, and what else is due, is looked at again meanwhile.
const (
	verzenders   = 8
	verzendPage  = 32
	claimTijd    = 5 * time.Second
	noteerTijd   = 20 * time.Second
	verzendTempo = time.Second
)

// VerstuurUitslag is what a run sent, and what it did not: what did not hold any more
// (Vervallen), had nowhere to go to (Geen), or was given up. Mislukt counts the times
// that one failed, Oorzaak is why the first did.
type VerstuurUitslag struct {
	Verzonden, Vervallen, Geen, Opgegeven int
	Mislukt                               map[domain.VerzendReden]int
	Oorzaak                               error
}

// Verstuur sends what is due of a kind of message by one way, until nothing is. Each is
// claimed before it is sent, so that it is not sent again soon, and noted right
// after: a message goes at least once, and twice only when the process or the store
// stops in between, or an answer gets lost. One that fails holds up no other. It
// writes under the lead onder, as Veeg does. When ctx ends it hands nothing more over,
// and that is no error.
func (e *Expeditie) Verstuur(ctx context.Context, onder *Leiding, soort domain.BerichtSoort, k domain.Kanaal) (VerstuurUitslag, error) {
	v := &verzending{
		Expeditie: e, onder: onder, soort: soort, kanaal: k, uitslag: VerstuurUitslag{Mislukt: map[domain.VerzendReden]int{}},
		plaats: make(chan struct{}, verzenders), eind: make(chan struct{}, verzenders),
	}
	v.ctx, v.breekAf = context.WithCancelCause(ctx)
	defer v.breekAf(nil)
	err := v.verdeel()
	v.bezig.Wait()
	switch lost := context.Cause(v.ctx); {
	case ctx.Err() != nil: // told to stop
		err = nil
	case lost != nil:
		err = lost
	}
	return v.uitslag, err
}

// verzending is one run.
type verzending struct {
	*Expeditie

	ctx     context.Context
	breekAf context.CancelCauseFunc
	onder   *Leiding
	soort   domain.BerichtSoort
	kanaal  domain.Kanaal
	plaats  chan struct{} // holds one for each that is being sent
	eind    chan struct{} // wakes who waits for one to end
	bezig   sync.WaitGroup
	tel     sync.Mutex
	uitslag VerstuurUitslag
}

// verdeel hands out what is due, until nothing is and nothing is under way.
func (v *verzending) verdeel() error {
	for {
		now, _ := v.app.moment()
		if !v.open(now) {
			return nil
		}
		due, err := v.app.store.TeVersturen(v.ctx, v.soort, v.kanaal == domain.KanaalEvent, now, verzendPage)
		if err != nil {
			return fmt.Errorf("read what is to be sent: %w", err)
		}
		for _, b := range due {
			if err := v.begin(b); err != nil {
				return err
			}
		}
		if len(due) == 0 && !v.wachtOpEind() {
			return nil
		}
	}
}

// open reports that the run goes on, and that what is due may leave at the moment now,
// or has no way to.
func (v *verzending) open(now time.Time) bool {
	return v.ctx.Err() == nil && (v.wegen[v.kanaal] == nil || v.mag(v.soort, v.kanaal, now))
}

// wachtOpEind waits for one that is being sent to end, or a moment. It reports false
// when none is.
func (v *verzending) wachtOpEind() bool {
	if len(v.plaats) == 0 {
		return false
	}
	select {
	case <-v.eind:
	case <-time.After(verzendTempo):
	case <-v.ctx.Done():
	}
	return true
}

// begin claims b and has it sent, when there is room. One that another claimed, or
// that may not leave any more at this moment, is left.
func (v *verzending) begin(b domain.Bericht) error {
	select {
	case v.plaats <- struct{}{}:
	case <-v.ctx.Done():
		return nil
	}
	now, _ := v.app.moment()
	sent := v.wegen[v.kanaal] != nil
	if !v.open(now) {
		v.klaar()
		return nil
	}
	claimed := b
	if claimed.Post = b.Post.Begin(now); !sent {
		claimed.Post = b.Post.Klaar(domain.PostGeen)
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(v.ctx), claimTijd) // what is claimed is known to be
	defer cancel()
	err := v.zet(bounded, b, claimed.Post, v.onder)
	if err != nil || !sent {
		defer v.klaar()
		if err == nil {
			v.telt(func(u *VerstuurUitslag) { u.stand(domain.PostGeen) })
		}
		return v.gemist(err)
	}
	v.bezig.Go(func() {
		defer v.klaar()
		v.meter.PostUnderWay(v.kanaal, 1)
		defer v.meter.PostUnderWay(v.kanaal, -1)
		if err := v.verstuur(claimed); err != nil {
			v.breekAf(err)
		}
	})
	return nil
}

func (v *verzending) klaar() {
	<-v.plaats
	select {
	case v.eind <- struct{}{}:
	default:
	}
}

// zet puts post in the place of that of b.
func (v *verzending) zet(ctx context.Context, b domain.Bericht, post domain.Post, onder *Leiding) error {
	if err := v.app.store.ZetPost(ctx, b.ID, b.Post.Pogingen, post, onder); err != nil {
		return fmt.Errorf("note post of message %s: %w", b.ID, err)
	}
	return nil
}

// gemist passes a refusal of a write on, unless another wrote before it.
func (v *verzending) gemist(err error) error {
	if err == nil || domain.IsCode(err, domain.NotFound) || domain.IsCode(err, domain.Stale) && !LeidingVoorbij(err) {
		return nil
	}
	return err
}

// telt changes the outcome of the run.
func (v *verzending) telt(change func(*VerstuurUitslag)) {
	v.tel.Lock()
	defer v.tel.Unlock()
	change(&v.uitslag)
}

// verstuur sends b, which is claimed, and notes what became of it. What it gives ends
// the run.
func (v *verzending) verstuur(b domain.Bericht) error {
	to, stand, err := v.bestemming(b)
	switch now, _ := v.app.moment(); {
	case err != nil && v.ctx.Err() != nil:
		return v.noteer(b, b.Post.Terug(now))
	case err != nil: // nothing left: who leads next need not wait for the end of the claim
		_ = v.noteer(b, b.Post.Terug(now))
		return err
	case stand != domain.PostWacht:
		return v.noteer(b, b.Post.Klaar(stand))
	}
	t := &overdracht{verzending: v, bericht: b}
	defer t.einde()
	err = v.wegen[v.kanaal].Verzend(v.ctx, b, to, t.begin)
	var why *domain.VerzendError
	_ = errors.As(err, &why)
	switch now, _ := v.app.moment(); {
	case errors.Is(err, errNietNu):
		return v.noteer(b, b.Post.Terug(now))
	case err == nil:
		v.meter.Posted(v.kanaal)
		return v.noteer(b, b.Post.Verzonden(now))
	case v.ctx.Err() != nil && (why == nil || why.Reden == domain.RedenAfgebroken):
		return v.noteer(b, b.Post.Terug(now))
	case why != nil:
		return v.faalt(b, why, now)
	default: // it was not handed over
		_ = v.noteer(b, b.Post.Terug(now))
		return v.gemist(err)
	}
}

// faalt notes that b was not sent, where that is more than its claim says.
func (v *verzending) faalt(b domain.Bericht, why *domain.VerzendError, now time.Time) error {
	v.meter.PostFailed(v.kanaal, why.Reden)
	v.telt(func(u *VerstuurUitslag) {
		if u.Mislukt[why.Reden]++; u.Oorzaak == nil {
			u.Oorzaak = why
		}
	})
	if why.Wacht > 0 {
		v.wacht(v.kanaal, now.Add(why.Wacht))
	}
	if post := b.NaFout(why, now); post != b.Post {
		return v.noteer(b, post)
	}
	return nil
}

// noteer notes how the post of b stands, also when the run was broken off: it holds
// whoever leads. It tries for a while when the store is away.
func (v *verzending) noteer(b domain.Bericht, post domain.Post) error {
	bounded, cancel := context.WithTimeout(context.WithoutCancel(v.ctx), noteerTijd)
	defer cancel()
	for {
		err := v.zet(bounded, b, post, nil)
		if err == nil {
			v.telt(func(u *VerstuurUitslag) { u.stand(post.Stand) })
			return nil
		}
		if !domain.IsCode(err, domain.Unavailable) || bounded.Err() != nil {
			return v.gemist(err)
		}
		select {
		case <-time.After(verzendTempo):
		case <-bounded.Done():
		}
	}
}

// stand counts a message that came to stand so.
func (u *VerstuurUitslag) stand(s domain.PostStand) {
	switch s {
	case domain.PostVerzonden:
		u.Verzonden++
	case domain.PostVervallen:
		u.Vervallen++
	case domain.PostGeen:
		u.Geen++
	case domain.PostOpgegeven:
		u.Opgegeven++
	case domain.PostWacht: // it is tried again
	}
}

// bestemming is where b goes to, and PostWacht; another state when it does not go:
// what it says of its melding does not hold any more, or its receiver left the office
// or has no address. An event tells what was, and always goes.
func (v *verzending) bestemming(b domain.Bericht) (string, domain.PostStand, error) {
	if v.kanaal == domain.KanaalEvent {
		return "", domain.PostWacht, nil
	}
	if holds, err := v.geldt(b); err != nil || !holds {
		return "", domain.PostVervallen, err
	}
	g, err := v.app.store.Gebruiker(v.ctx, b.Gebruiker)
	switch {
	case domain.IsCode(err, domain.NotFound) || err == nil && g.Inactief:
		return "", domain.PostVervallen, nil
	case err != nil:
		return "", "", fmt.Errorf("read receiver of a message: %w", err)
	case g.EMail == "":
		return "", domain.PostGeen, nil
	}
	return g.EMail, domain.PostWacht, nil
}

// geldt reports that what b says still holds: of many alarms, that one is open and that
// no later message is due.
func (v *verzending) geldt(b domain.Bericht) (bool, error) {
	if b.Bundel() {
		now, _ := v.app.moment()
		page, err := v.app.store.Alarmen(v.ctx, domain.AlarmVraag{Open: true, Aantal: 1})
		if err != nil {
			return false, fmt.Errorf("read alarms of a message: %w", err)
		}
		return len(page.Alarmen) > 0 && !b.Achterhaald(now), nil
	}
	m, err := v.app.store.Melding(v.ctx, b.MeldingID)
	if domain.IsCode(err, domain.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read melding of a message: %w", err)
	}
	return m.Zegt(b), nil
}

// errNietNu is that a message may not leave any more at this moment, since the office
// closed while it waited for its turn.
var errNietNu = errors.New("not in the hours of the office")

// overdracht is the handing over of one message.
type overdracht struct {
	*verzending

	bericht domain.Bericht
	heeft   bool // the turn
}

// begin waits for the turn of a mail, and claims it again: this process still leads,
// the store is there to note it, and nobody else has it.
func (t *overdracht) begin(ctx context.Context) error {
	if t.kanaal != domain.KanaalMail {
		return nil
	}
	if err := t.beurt.neem(ctx, t.soort); err != nil {
		return err
	}
	t.heeft = true
	now, _ := t.app.moment()
	if !t.mag(t.soort, t.kanaal, now) {
		return errNietNu
	}
	again := t.bericht.Post
	if soon := now.Add(domain.PostWachtMinst); again.Volgende.Before(soon) {
		again.Volgende = soon
	}
	if err := t.zet(ctx, t.bericht, again, t.onder); err != nil {
		return err
	}
	t.bericht.Post = again
	return nil
}

// einde gives the turn up, when the message is noted or was not sent.
func (t *overdracht) einde() {
	if t.heeft {
		t.beurt.geef()
	}
}
