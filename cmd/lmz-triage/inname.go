package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// intake is one melding to take in: what was told, or why it could not be read.
// Key makes that it counts once, however often it is taken in.
type intake struct {
	line int
	size int
	key  string
	told domain.Opgave
	err  error
}

// taken is what became of it: nieuw when it was not there yet; err is why it was left
// out.
type taken struct {
	intake
	nieuw bool
	err   error
}

// tally counts what became of many.
type tally struct{ added, there, refused int }

func (t *tally) add(out taken) {
	switch {
	case out.err != nil:
		t.refused++
	case out.nieuw:
		t.added++
	default:
		t.there++
	}
}

// intakeWorkers is how many meldingen are received at the same time: as many share
// a commit, which writes each page of the store once.
const intakeWorkers = 256

// takeIn receives every melding of jobs, a few at the same time, and tells each
// result in turn. It stops at the first failure that is not of the melding itself.
func takeIn(ctx context.Context, a *app.App, actor domain.Actor, jobs <-chan intake, tell func(taken)) error {
	preferSpeed()
	workers, inner := errgroup.WithContext(ctx)
	results := make(chan taken, 64)
	for range intakeWorkers {
		workers.Go(func() error {
			for job := range jobs {
				out := taken{intake: job, err: job.err}
				if out.err == nil {
					out.nieuw, out.err = a.Neem(inner, actor, job.told, idOf(actor, job.key))
				}
				if out.err != nil && !ofTheMelding(out.err) {
					return out.err
				}
				select {
				case results <- out:
				case <-inner.Done():
					return inner.Err()
				}
			}
			return nil
		})
	}
	ended := make(chan error, 1)
	go func() {
		ended <- workers.Wait()
		close(results)
	}()
	for out := range results {
		tell(out)
	}
	return <-ended
}

// ofTheMelding reports that a failure says something of the melding, not of the
// service.
func ofTheMelding(err error) bool {
	return domain.IsCode(err, domain.Invalid) || domain.IsCode(err, domain.Conflict)
}

// idOf gives the id of a melding that comes with a key: the same for the same key of
// the same actor (UUIDv8, RFC 9562).
func idOf(actor domain.Actor, key string) string {
	sum := sha256.Sum256([]byte(actor.ID + "\x00" + key))
	id := uuid.UUID(sum[:16])
	id[6] = id[6]&0x0f | 0x80 // version 8
	id[8] = id[8]&0x3f | 0x80 // variant
	return id.String()
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
