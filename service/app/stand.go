package app

import (
	"context"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Stand is how the service stands at this moment. Err is why no decision can be
// given; Beleid is nil when no version is active.
type Stand struct {
	Err                     error
	Beleid                  *ActivePolicy
	EersteJaar, LaatsteJaar int
	// JarenOp tells that the years of the calendar come to an end; nil when that is far
	// away.
	JarenOp *term.Sentence
	Zone    *time.Location
}

// Stand looks at the store, the policy and the calendar.
func (a *App) Stand(ctx context.Context) Stand {
	s := Stand{Err: a.Ready(ctx), Zone: a.zone}
	k := a.kalender()
	s.EersteJaar, s.LaatsteJaar = k.Jaren()
	_, today := a.moment()
	if w, near := k.JarenOp(today); near {
		s.JarenOp = &w
	}
	if active, err := a.policies.Active(); err == nil {
		s.Beleid = &active
	}
	return s
}
