package mongo

import (
	"context"
	"errors"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// BewaarAdviezen implements store.Adviezen. A single entry shares its write with
// those of other callers.
func (s *Store) BewaarAdviezen(ctx context.Context, given []domain.GegevenAdvies) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("keep advices", err)
	}
	defer leave()
	return fail("keep advices", s.bewaarAdviezen(ctx, given))
}

func (s *Store) bewaarAdviezen(ctx context.Context, given []domain.GegevenAdvies) error {
	entries := make([]vorm.Advies, len(given))
	for i := range given {
		entries[i] = vorm.NewAdvies(&given[i])
		entries[i].Invoer = slices.Clone(entries[i].Invoer) // a write may outlast the call
	}
	slices.SortFunc(entries, func(a, b vorm.Advies) int { return strings.Compare(a.ID, b.ID) })
	for i := range entries[min(1, len(entries)):] {
		if entries[i].ID == entries[i+1].ID {
			return adviesBestaat(entries[i].ID)
		}
	}
	switch len(entries) {
	case 0:
		return nil
	case 1:
		return s.bewaarEen(ctx, entries[0])
	}
	return s.bewaarGroep(ctx, entries)
}

// bewaarEen keeps one entry, a second time where what was in its way was left by
// a process that is gone.
func (s *Store) bewaarEen(ctx context.Context, entry vorm.Advies) error {
	for {
		err := s.adviezen.keep(ctx, entry, &s.busy)
		if !mongo.IsDuplicateKeyError(err) {
			return err
		}
		if err := s.maakVrij(ctx, entry.ID); err != nil {
			return err
		}
	}
}

// schrijfAdviezen inserts entries in one write and gives the error of each.
func (s *Store) schrijfAdviezen(ctx context.Context, entries []vorm.Advies) []error {
	errs := make([]error, len(entries))
	_, err := s.c(cAdviezen).InsertMany(ctx, entries, options.InsertMany().SetOrdered(false))
	perEntry(err, func(i int, err error) { errs[i] = err }, len(entries))
	return errs
}

// perEntry tells the errors of a command that wrote n entries in no order, by entry.
func perEntry(err error, tell func(i int, err error), n int) {
	var refused mongo.BulkWriteException
	if errors.As(err, &refused) && refused.WriteConcernError == nil {
		for _, e := range refused.WriteErrors {
			tell(e.Index, e)
		}
		return
	}
	for i := range n {
		tell(i, err)
	}
}

// Advies implements store.Adviezen.
func (s *Store) Advies(ctx context.Context, id string) (domain.GegevenAdvies, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.GegevenAdvies{}, fail("read advice", err)
	}
	defer leave()
	var a vorm.Advies
	err = s.c(cAdviezen).FindOne(ctx, bson.D{e("_id", id)}).Decode(&a)
	if err == nil && a.Groep != "" {
		err = s.c(cAdviesgroepen).FindOne(ctx, bson.D{e("_id", a.Groep), e("geldt", true)}).Err()
	}
	if errors.Is(err, mongo.ErrNoDocuments) {
		return domain.GegevenAdvies{}, notFound("fout.opslag_advies_onbekend", id)
	}
	if err != nil {
		return domain.GegevenAdvies{}, fail("read advice", err)
	}
	return a.Gegeven(), nil
}

func adviesBestaat(id string) error {
	return &domain.Error{Code: domain.Conflict, Key: "fout.opslag_advies_bestaat", Args: []any{id}}
}
