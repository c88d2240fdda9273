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
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// nietOpen is the herreken of a melding without an open term.
const nietOpen = int64(-1)

// herreken is the calendar that computed the open terms of m.
func herreken(m *domain.Melding) int64 {
	if slices.ContainsFunc(m.Termijnen, domain.MeldingTermijn.Open) {
		return int64(m.Kalender)
	}
	return nietOpen
}

// TeHerrekenen implements store.Kalenders. It looks at the keys of each version that
// is behind, and then reads the first of all of them.
func (s *Store) TeHerrekenen(ctx context.Context, versie int, na string, n int) ([]domain.Melding, error) {
	const verb = "list meldingen to compute anew"
	leave, err := s.use(ctx)
	if err != nil {
		return nil, fail(verb, err)
	}
	defer leave()
	if n <= 0 {
		return nil, nil
	}
	var first []melding
	for achter := nietOpen; ; {
		achter, err = s.volgendeKalender(ctx, achter, versie)
		if errors.Is(err, mongo.ErrNoDocuments) {
			break
		}
		if err != nil {
			return nil, fail(verb, err)
		}
		rows, err := pagina[melding](ctx, s, cMeldingen, na, n, e("herreken", achter))
		if err != nil {
			return nil, fail(verb, err)
		}
		first = append(first, rows...)
	}
	slices.SortFunc(first, func(a, b melding) int { return strings.Compare(a.ID, b.ID) })
	var list []domain.Melding
	for i := range first[:min(n, len(first))] {
		m, err := first[i].domain()
		if err != nil {
			return nil, fail(verb, err)
		}
		list = append(list, m)
	}
	return list, nil
}

// volgendeKalender is the lowest version above na and below versie that computed
// open terms; mongo.ErrNoDocuments when there is none.
func (s *Store) volgendeKalender(ctx context.Context, na int64, versie int) (int64, error) {
	var found struct {
		Herreken int64 `json:"herreken"`
	}
	err := s.c(cMeldingen).FindOne(ctx, bson.D{e("herreken", bson.D{e("$gt", na), e("$lt", versie)})},
		options.FindOne().SetSort(bson.D{e("herreken", 1)}).SetProjection(bson.D{e("herreken", 1)})).Decode(&found)
	return found.Herreken, err
}

// TelTeHerrekenen implements store.Kalenders.
func (s *Store) TelTeHerrekenen(ctx context.Context, versie int) (int, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return 0, fail("count meldingen to compute anew", err)
	}
	defer leave()
	n, err := s.c(cMeldingen).CountDocuments(ctx, bson.D{e("herreken", bson.D{e("$gt", nietOpen), e("$lt", versie)})})
	return int(n), fail("count meldingen to compute anew", err)
}

// MerkHerrekend implements store.Kalenders: for each Rev there is, those with an open
// term and those without.
func (s *Store) MerkHerrekend(ctx context.Context, list []store.MeldingRev, versie int, leiding *store.Leiding) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("mark meldingen", err)
	}
	defer leave()
	end, err := s.leidtTot(ctx, leiding)
	if err != nil || len(list) == 0 {
		return fail("mark meldingen", err)
	}
	perRev := map[int64][]string{}
	for _, m := range list {
		perRev[m.Rev] = append(perRev[m.Rev], m.ID)
	}
	set := bson.D{e("kalender", int64(versie))}
	var under bson.D
	if leiding != nil {
		set = append(set, e("hek", leiding.Nr))
		under = bson.D{e("hek", bson.D{e("$lte", leiding.Nr)}), e("$expr", bson.D{e("$lt", bson.A{"$$NOW", end})})}
	}
	var writes []mongo.WriteModel
	for rev, ids := range perRev {
		filter := append(in(ids), e("rev", rev), e("kalender", bson.D{e("$lt", versie)}))
		filter = append(filter, under...)
		open := append(slices.Clone(filter), e("herreken", bson.D{e("$gt", nietOpen)}))
		writes = append(writes,
			mongo.NewUpdateManyModel().SetFilter(open).SetUpdate(bson.D{e("$set", append(slices.Clone(set), e("herreken", int64(versie))))}),
			mongo.NewUpdateManyModel().SetFilter(append(filter, e("herreken", nietOpen))).SetUpdate(bson.D{e("$set", set)}))
	}
	done, err := s.c(cMeldingen).BulkWrite(ctx, writes, options.BulkWrite().SetOrdered(false))
	if err == nil && done.MatchedCount < int64(len(list)) { // the lead may be why
		_, err = s.leidtTot(ctx, leiding)
	}
	return fail("mark meldingen", err)
}
