package store

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Kalenders keeps every calendar that was ever counted with.
type Kalenders interface {
	// BewaarKalender keeps k as version k.Versie, which must be one above the highest
	// so far. Stale with the Key fout.kalender_versie when it is not: another was first,
	// of other processes too.
	BewaarKalender(ctx context.Context, k domain.KalenderVersie) error
	// Kalender gives the newest version. NotFound when there is none. It is cheap:
	// every copy of the service may ask once a second.
	Kalender(ctx context.Context) (domain.KalenderVersie, error)
	// Kalenders gives all of them, oldest first; none is an empty list.
	Kalenders(ctx context.Context) ([]domain.KalenderVersie, error)
	// TeHerrekenen gives at most n meldingen with an open term of which Kalender is
	// below versie, by ID, after the ID na. It reads only what it gives, and as many
	// keys for each Kalender that there is below versie.
	TeHerrekenen(ctx context.Context, versie int, na string, n int) ([]domain.Melding, error)
	// TelTeHerrekenen counts those.
	TelTeHerrekenen(ctx context.Context, versie int) (int, error)
	// MerkHerrekend makes versie the Kalender of every one of list that is still of
	// the Rev given, under the lead, if any; it changes nothing else of it, its Rev and
	// what EersteMelding gives neither, and never lowers it. Those that were written meanwhile are left. Stale with the
	// Key fout.leiding_voorbij when the lead does not hold any more.
	MerkHerrekend(ctx context.Context, list []MeldingRev, versie int, leiding *Leiding) error
}

// MeldingRev is a melding as somebody has read it.
type MeldingRev struct {
	ID  string
	Rev int64
}
