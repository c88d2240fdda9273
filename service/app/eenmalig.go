package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/google/uuid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Eenmalig makes a request count once: the same key with the same request gives
// the first answer again. The zero Eenmalig asks for no such thing.
type Eenmalig struct {
	Sleutel string // the caller's Idempotency-Key
	Digest  string // SHA-256 in hex of the request
}

// begun is the start of a request: its moment, its day, and the id of its answer.
// fixed: an earlier request with the same key may have been answered.
type begun struct {
	now   time.Time
	today term.Date
	id    string
	fixed bool
	veel  bool // one of many
	// herhaald: an earlier request with the same key got as far as this.
	herhaald bool
	// sleutel is the name under which the request is kept, empty when it is not.
	sleutel string
}

// begin starts a request of actor to call. A key that was used for another
// request is a Conflict.
func (a *App) begin(ctx context.Context, actor domain.Actor, call string, once Eenmalig) (begun, error) {
	now, today := a.moment()
	id, err := newID()
	if err != nil {
		return begun{}, fmt.Errorf("draw id: %w", err)
	}
	if once.Sleutel == "" {
		return begun{now: now, today: today, id: id}, nil
	}
	name := sha256.Sum256([]byte(actor.ID + "\x00" + call + "\x00" + once.Sleutel))
	sleutel := hex.EncodeToString(name[:])
	kept, err := a.store.LegVast(ctx, domain.Sleutel{
		Naam: sleutel, Digest: once.Digest, ID: id, Moment: now,
	})
	if err != nil {
		return begun{}, fmt.Errorf("keep key: %w", err)
	}
	if kept.Digest != once.Digest {
		return begun{}, &domain.Error{Code: domain.Conflict, Key: "fout.sleutel_anders"}
	}
	return begun{now: kept.Moment, today: term.DateIn(kept.Moment, a.zone), id: kept.ID, fixed: true, herhaald: kept.ID != id, sleutel: sleutel}, nil
}

// losNa releases the key of b when its request was refused for good with err: what
// is refused fixes nothing.
func (a *App) losNa(ctx context.Context, b begun, err error) error {
	if !domain.IsCode(err, domain.Conflict) {
		return nil
	}
	return a.los(ctx, b)
}

// los releases the key of b, when it has one.
func (a *App) los(ctx context.Context, b begun) error {
	if !b.fixed {
		return nil
	}
	if err := a.store.GeefVrij(ctx, domain.Sleutel{Naam: b.sleutel, ID: b.id}); err != nil {
		return fmt.Errorf("release key: %w", err)
	}
	return nil
}

// part is the start of item n of a series: an id of its own, the same every time
// for a series with a key.
func (b begun) part(n int) (begun, error) {
	if !b.fixed {
		id, err := newID()
		b.id = id
		return b, err
	}
	first, err := uuid.Parse(b.id)
	if err != nil {
		return begun{}, fmt.Errorf("read id: %w", err)
	}
	drawn := sha256.Sum256(fmt.Appendf(nil, "%s/%d", b.id, n))
	id := uuid.UUID(drawn[:len(first)])
	copy(id[:6], first[:6])   // the moment of the series
	id[6] = id[6]&0x0f | 0x70 // version 7
	id[8] = id[8]&0x3f | 0x80 // variant of RFC 9562
	b.id = id.String()
	return b, nil
}

// earlier gives the answer that an earlier request with the same key was given,
// false when there is none.
func (a *App) earlier(ctx context.Context, b begun) (domain.TriageAdvies, bool, error) {
	if !b.fixed {
		return domain.TriageAdvies{}, false, nil
	}
	advice, err := a.given(ctx, b.id)
	if domain.IsCode(err, domain.NotFound) {
		return domain.TriageAdvies{}, false, nil
	}
	return advice, err == nil, err
}
