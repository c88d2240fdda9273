package app

import (
	"context"
	"time"
)

// Stand is how the service stands at this moment. Err is why no decision can be
// given; Beleid is nil when no version is active.
type Stand struct {
	Err                     error
	Beleid                  *ActivePolicy
	EersteJaar, LaatsteJaar int
	Zone                    *time.Location
}

// Stand looks at the store, the policy and the calendar.
func (a *App) Stand(ctx context.Context) Stand {
	s := Stand{Err: a.Ready(ctx), Zone: a.zone}
	s.EersteJaar, s.LaatsteJaar = a.calendar.Jaren()
	if active, err := a.policies.Active(); err == nil {
		s.Beleid = &active
	}
	return s
}
