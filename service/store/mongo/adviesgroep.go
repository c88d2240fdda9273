package mongo

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// groepLeeft is how long a call with several entries may take that is in another's
// way. Who still finds it undecided after that decides that it keeps nothing.
const groepLeeft = time.Second

var errOvertaken = errors.New("the call took too long: another has ended it")

// adviesgroep is the decision on a call with several entries: they are there when
// it is, and Geldt. It is written once.
type adviesgroep struct {
	ID    string `json:"_id"`
	Geldt bool   `json:"geldt"`
}

// bewaarGroep keeps several entries, all or none, also when ctx ends meanwhile.
// They are written first, with the name of their group, and do not count; then the
// group, by which they all do at once. A stop in between leaves entries that
// never count, and that make way for who wants their id.
func (s *Store) bewaarGroep(ctx context.Context, entries []vorm.Advies) error {
	done := make(chan error, 1)
	s.busy.Go(func() {
		own, cancel := detached(ctx)
		defer cancel()
		undo, err := s.schrijfGroep(own, entries)
		if undo == nil {
			done <- err
			return
		}
		if domain.IsCode(err, domain.Conflict) { // else the server may not answer that either
			_ = undo(own) // what is left does not count
			done <- err
			return
		}
		done <- err
		_ = undo(own) // as above
	})
	return wachtOp(ctx, done)
}

// schrijfGroep writes several entries. undo takes away what was written of a call that
// keeps nothing.
func (s *Store) schrijfGroep(ctx context.Context, entries []vorm.Advies) (undo func(context.Context) error, err error) {
	groep := uuid.NewString()
	ids := make([]string, len(entries))
	for i := range entries {
		entries[i].Groep, ids[i] = groep, entries[i].ID
	}
	undo = func(ctx context.Context) error {
		_, err := s.c(cAdviezen).DeleteMany(ctx, bson.D{e("_id", bson.D{e("$in", ids)}), e("groep", groep)})
		return err
	}
	if err := s.schrijfDelen(ctx, entries); err != nil {
		return undo, err
	}
	_, err = s.c(cAdviesgroepen).InsertOne(ctx, adviesgroep{groep, true})
	if mongo.IsDuplicateKeyError(err) {
		return undo, errOvertaken
	}
	return nil, err // where it failed it may be there: what was written has to stay
}

// schrijfDelen inserts entries by id, one after the other: two calls that want the
// same ids meet at the first of them, and none waits for one that waits for it.
func (s *Store) schrijfDelen(ctx context.Context, entries []vorm.Advies) error {
	for len(entries) > 0 {
		_, err := s.c(cAdviezen).InsertMany(ctx, entries, options.InsertMany().SetOrdered(true))
		if !mongo.IsDuplicateKeyError(err) {
			return err
		}
		var refused mongo.BulkWriteException
		if !errors.As(err, &refused) || len(refused.WriteErrors) == 0 {
			return err
		}
		entries = entries[refused.WriteErrors[0].Index:]
		if err := s.maakVrij(ctx, entries[0].ID); err != nil {
			return err
		}
	}
	return nil
}

// maakVrij makes way for an entry with an id that is there: a Conflict where that
// counts. While it is part of a call that is undecided it waits, and ends that
// call when it has taken too long.
func (s *Store) maakVrij(ctx context.Context, id string) error {
	late, end := context.WithTimeout(ctx, s.geduld)
	defer end()
	for pause := 2 * time.Millisecond; ; pause = min(2*pause, 200*time.Millisecond) {
		var there struct {
			Groep string `json:"groep"`
		}
		err := s.c(cAdviezen).FindOne(ctx, bson.D{e("_id", id)},
			options.FindOne().SetProjection(bson.D{e("groep", 1)})).Decode(&there)
		if errors.Is(err, mongo.ErrNoDocuments) {
			return nil
		}
		if err != nil {
			return err
		}
		geldt, decided, err := s.beslist(ctx, there.Groep, late.Err() != nil)
		switch {
		case err != nil:
			return err
		case geldt:
			return adviesBestaat(id)
		case decided:
			_, err := s.c(cAdviezen).DeleteOne(ctx, bson.D{e("_id", id), e("groep", there.Groep)})
			return err
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// beslist tells whether the entries of a group count, and whether that is
// decided. With end it is decided in any case.
func (s *Store) beslist(ctx context.Context, groep string, end bool) (geldt, decided bool, err error) {
	if groep == "" {
		return true, true, nil
	}
	if end {
		_, err := s.c(cAdviesgroepen).InsertOne(ctx, adviesgroep{groep, false})
		if err == nil {
			return false, true, nil
		}
		if !mongo.IsDuplicateKeyError(err) {
			return false, false, err
		}
	}
	var g adviesgroep
	err = s.c(cAdviesgroepen).FindOne(ctx, bson.D{e("_id", groep)}).Decode(&g)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return false, false, nil
	}
	return g.Geldt, err == nil, err
}

// sleep waits for d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	ctx, end := store.Wacht(ctx, 0)
	defer end()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
