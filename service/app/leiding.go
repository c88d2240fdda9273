package app

import (
	"context"
	"errors"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// Leiding is the lead of the jobs: who has it runs them.
type Leiding = store.Leiding

// taken is the name of the lead of the jobs.
const taken = "taken"

// NeemLeiding takes or renews the lead of the jobs for houder, for duur from now
// on. Conflict while another has it.
func (a *App) NeemLeiding(ctx context.Context, houder string, duur time.Duration) (Leiding, error) {
	return a.store.NeemLeiding(ctx, taken, houder, duur)
}

// LaatLeiding gives the lead up; one that is another's is left alone.
func (a *App) LaatLeiding(ctx context.Context, l Leiding) error { return a.store.LaatLeiding(ctx, l) }

// LeidingVoorbij reports that err is the refusal of a write under a lead that ended.
func LeidingVoorbij(err error) bool {
	var e *domain.Error
	return errors.As(err, &e) && e.Code == domain.Stale && e.Key == "fout.leiding_voorbij"
}
