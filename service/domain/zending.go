package domain

import (
	"fmt"
	"time"
)

// Kanaal is a way by which messages leave the product.
type Kanaal string

// The ways: an e-mail to a user, or an event for other systems.
const (
	KanaalMail  Kanaal = "mail"
	KanaalEvent Kanaal = "event"
)

// Kanalen lists every way.
func Kanalen() []Kanaal { return []Kanaal{KanaalMail, KanaalEvent} }

// VerzendReden is why a message was not sent.
type VerzendReden string

// The reasons. RedenAdres is about the receiver of one message; RedenWeg is the
// answer of who wants no events any more; RedenAfgebroken is ours.
const (
	RedenVerbinding  VerzendReden = "verbinding"
	RedenBeveiliging VerzendReden = "beveiliging"
	RedenToegang     VerzendReden = "toegang"
	RedenTijd        VerzendReden = "tijd"
	RedenUitgesteld  VerzendReden = "uitgesteld"
	RedenGeweigerd   VerzendReden = "geweigerd"
	RedenOmleiding   VerzendReden = "omleiding"
	RedenAdres       VerzendReden = "adres"
	RedenWeg         VerzendReden = "weg"
	RedenAfgebroken  VerzendReden = "afgebroken"
)

// VerzendRedenen lists every reason.
func VerzendRedenen() []VerzendReden {
	return []VerzendReden{
		RedenVerbinding, RedenBeveiliging, RedenToegang, RedenTijd, RedenUitgesteld,
		RedenGeweigerd, RedenOmleiding, RedenAdres, RedenWeg, RedenAfgebroken,
	}
}

// VerzendError tells that a message was not sent. It holds nothing that the other
// side wrote but its code, so that it may be logged.
type VerzendError struct {
	Reden VerzendReden
	Code  int // that of the answer; 0 when there was none
	// Definitief: to try again is of no use.
	Definitief bool
	// Wacht is how long the other side asks to send nothing at all; 0 when it does not.
	Wacht time.Duration
	Cause error // never what the other side wrote
}

// Error implements error.
func (e *VerzendError) Error() string {
	text := "send message: " + string(e.Reden)
	if e.Code != 0 {
		text += fmt.Sprintf(" (%d)", e.Code)
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap gives the cause.
func (e *VerzendError) Unwrap() error { return e.Cause }

// The pace of trying again: PostWachtMinst after the first time, twice as long
// after each next one, at most PostWachtHoogst; until it was tried PostPogingen
// times and PostVolhouden has passed.
const (
	PostWachtMinst  = 2 * time.Minute
	PostWachtHoogst = time.Hour
	PostVolhouden   = 72 * time.Hour
	PostPogingen    = 10
)

// Begin is p when it begins to be sent at now: counted, and not to be tried again
// before it is sure that this time failed.
func (p Post) Begin(now time.Time) Post {
	p.Pogingen++
	wait := PostWachtMinst
	for i := 1; i < p.Pogingen && wait < PostWachtHoogst; i++ {
		wait *= 2
	}
	p.Volgende = now.Add(min(wait, PostWachtHoogst))
	return p
}

// Terug is p after it began to be sent and was broken off at now, before it was
// handed over: it may be sent at once.
func (p Post) Terug(now time.Time) Post {
	p.Volgende = now
	return p
}

// Verzonden is p after it was handed over at now.
func (p Post) Verzonden(now time.Time) Post {
	p.Stand, p.Volgende, p.VerzondenOp = PostVerzonden, time.Time{}, now
	return p
}

// Klaar is p that ends in a state in which it is not sent any more.
func (p Post) Klaar(stand PostStand) Post {
	p.Stand, p.Volgende = stand, time.Time{}
	return p
}

// NaFout is how the post of b, which began to be sent, stands after why at now.
func (b Bericht) NaFout(why *VerzendError, now time.Time) Post {
	if why.Definitief || b.Post.Pogingen >= PostPogingen && now.Sub(b.Op) >= PostVolhouden {
		return b.Post.Klaar(PostOpgegeven)
	}
	p := b.Post
	if asked := now.Add(why.Wacht); asked.After(p.Volgende) {
		p.Volgende = asked
	}
	return p
}

// Zegt reports that what b says of m still holds: the term that it reminds of is
// open and ends on the same day, or the alarm is open with the same
// advice, and no later round was given.
func (m *Melding) Zegt(b Bericht) bool {
	if b.Soort == BerichtAlarm {
		a, open := m.Alarm()
		return open && a.Advies == b.Advies && !b.Op.Before(a.Sinds) && a.Rondes <= b.Ronde
	}
	for _, t := range m.Termijnen {
		if t.Soort == b.Termijn && t.Grond == b.Grond && t.Partij == b.Partij && t.Einddatum == b.Einddatum {
			return t.Open()
		}
	}
	return false
}
