// Package store is the port to where things are kept, with its promises in the
// comments. Every adapter passes the suite in storetest; a promise without a
// case there is no promise.
package store

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Store keeps everything the service must not lose. All methods may be called
// from many goroutines. What was answered without error is durable and survives
// kill -9 and power loss.
//
// A failure of the store itself (disk full, file gone, server away, closed) is a
// domain.Error of code Unavailable with the cause, and so is a context that
// ends, which stops the wait at once and is the cause (context.Canceled or
// context.DeadlineExceeded). A write that ended in Unavailable is kept whole or
// not at all; only a context that had ended before the call, or a store closed
// before it, is sure to have kept nothing.
//
// What is kept comes back exactly: every text (which is valid UTF-8) and every
// byte as given, nil apart from empty in lists, maps and bytes, and moments to
// the millisecond (the rest is cut off) in UTC. What is given is not held on to
// after the call, and what is answered is the caller's own.
type Store interface {
	Adviezen
	Beleid
	Sleutels
	Meldingen
	Termijnen
	Berichten
	Aanbieders
	Leidingen
	Gebruikers
	Kalenders
	// Ping reports whether the store can be read and written at this moment, by
	// doing both.
	Ping(ctx context.Context) error
	// Close finishes the writes under way and releases the store. Calls after it
	// fail with Unavailable; a second Close does nothing.
	Close() error
}

// Adviezen is the decision log: insert-only.
type Adviezen interface {
	// BewaarAdviezen keeps all of given, or none; given may hold nothing. It
	// returns after they are durable. An id that is there already, or that is in
	// given twice, is a Conflict and keeps nothing of the call. Writes of several
	// callers may share one commit; a failing call never harms another's.
	BewaarAdviezen(ctx context.Context, given []domain.GegevenAdvies) error
	// Advies gives the entry exactly as it was kept. NotFound when there is none.
	Advies(ctx context.Context, id string) (domain.GegevenAdvies, error)
}

// Beleid keeps every version of the policy that was ever active.
type Beleid interface {
	// BewaarPakket keeps a package by its digest. Keeping a digest again
	// changes nothing and is no error.
	BewaarPakket(ctx context.Context, p domain.Beleidspakket) error
	// Pakket gives a package exactly as it was kept. NotFound when there is none.
	Pakket(ctx context.Context, digest string) (domain.Beleidspakket, error)
	// Activeer makes the package with a.Digest the active one, as version
	// 1 + the highest so far, and returns it as it was kept. Where a.Versie is not 0
	// that must be the version it gets, else it is a Conflict with the Key
	// fout.beleid_al_actief. NotFound when no such package is kept. Parallel calls, of
	// other processes too, get different versions without a gap.
	Activeer(ctx context.Context, a domain.Activering) (domain.Activering, error)
	// ActieveActivering gives the newest activation. NotFound when there is none.
	// It is cheap: every copy of the service may ask once a second.
	ActieveActivering(ctx context.Context) (domain.Activering, error)
	// Activeringen gives all of them, oldest first; none is an empty list.
	Activeringen(ctx context.Context) ([]domain.Activering, error)
}

// Sleutels keeps what the first request with an Idempotency-Key fixed.
type Sleutels interface {
	// LegVast keeps s when nothing is kept under its Naam, and gives what is kept
	// there: s itself, or what an earlier call kept. Of calls at the same moment
	// one is the first, and all are given its.
	LegVast(ctx context.Context, s domain.Sleutel) (domain.Sleutel, error)
	// GeefVrij takes away what is kept under the Naam of s when that has its ID: the
	// request it was kept for was refused. Nothing there is no error.
	GeefVrij(ctx context.Context, s domain.Sleutel) error
}
