package mongo

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// mostAanbieders is how many providers are counted together at most.
const mostAanbieders = 500

// Stiptheid implements store.Termijnen. It goes along the providers and counts for
// many at a time.
func (s *Store) Stiptheid(ctx context.Context, q domain.StiptheidVraag) (domain.StiptheidPagina, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.StiptheidPagina{}, fail("count answers", err)
	}
	defer leave()
	var last string
	if q.Na != "" {
		if err := domain.DecodeCursor(q.Na, domain.LijstStiptheid, &last); err != nil {
			return domain.StiptheidPagina{}, err
		}
	}
	page, err := s.stiptheid(ctx, q, last)
	return page, fail("count answers", err)
}

func (s *Store) stiptheid(ctx context.Context, q domain.StiptheidVraag, last string) (page domain.StiptheidPagina, err error) {
	if q.AanbiederID != "" {
		page.Cijfers, err = s.telAntwoorden(ctx, q, []string{q.AanbiederID})
		return page, err
	}
	most, providers := max(1, q.Aantal), 0
	for {
		ids, err := s.aanbiederIDs(ctx, last)
		if err != nil || len(ids) == 0 {
			return page, err
		}
		last = ids[len(ids)-1]
		list, err := s.telAntwoorden(ctx, q, ids)
		if err != nil {
			return domain.StiptheidPagina{}, err
		}
		for _, f := range list {
			n := len(page.Cijfers)
			if n == 0 || page.Cijfers[n-1].AanbiederID != f.AanbiederID {
				providers++
			}
			if providers > most {
				page.Volgende, err = domain.EncodeCursor(domain.LijstStiptheid, page.Cijfers[n-1].AanbiederID)
				return page, err
			}
			page.Cijfers = append(page.Cijfers, f)
		}
	}
}

// aanbiederIDs are the next providers behind na.
func (s *Store) aanbiederIDs(ctx context.Context, na string) ([]string, error) {
	var rows []struct {
		ID string `json:"_id"`
	}
	found, err := s.c(cAanbieders).Find(ctx, bson.D{e("_id", bson.D{e("$gt", na)})},
		options.Find().SetSort(bson.D{e("_id", 1)}).SetLimit(mostAanbieders).SetProjection(bson.D{e("_id", 1)}))
	if err == nil {
		err = found.All(ctx, &rows)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids, err
}

// telAntwoorden counts how the answers of providers ended, by provider and sector.
func (s *Store) telAntwoorden(ctx context.Context, q domain.StiptheidVraag, ids []string) ([]domain.Stiptheid, error) {
	tot := cmp.Or(q.Tot, term.NewDate(9999, 12, 31))
	days := bson.D{e("$gte", vorm.DateNumber(q.Van)), e("$lte", vorm.DateNumber(tot))}
	of := bson.D{e("aanbieder", bson.D{e("$in", ids)})}
	if len(ids) == 1 {
		of = bson.D{e("aanbieder", ids[0])}
	}
	var rows []struct {
		ID struct {
			Aanbieder string        `json:"aanbieder"`
			Sector    string        `json:"sector"`
			Afloop    domain.Afloop `json:"afloop"`
		} `json:"_id"`
		N int `json:"n"`
	}
	found, err := s.c(cMeldingen).Aggregate(ctx, bson.A{
		bson.D{e("$match", append(of, e("termijnen", bson.D{e("$elemMatch", bson.D{e("soort", term.ReactieAanbieder), e("eind", days)})})))},
		bson.D{e("$unwind", "$termijnen")},
		bson.D{e("$match", bson.D{
			e("termijnen.soort", term.ReactieAanbieder), e("termijnen.eind", days),
			e("$or", bson.A{
				bson.D{e("termijnen.afloop", bson.D{e("$gt", "")})}, bson.D{e("termijnen.eind", bson.D{e("$lt", vorm.DateNumber(q.Vandaag))})},
			}),
		})},
		bson.D{e("$group", bson.D{
			e("_id", bson.D{e("aanbieder", "$aanbieder"), e("sector", "$sector"), e("afloop", "$termijnen.afloop")}),
			e("n", bson.D{e("$sum", 1)}),
		})},
	})
	if err == nil {
		err = found.All(ctx, &rows)
	}
	byKey := map[[2]string]*domain.Stiptheid{}
	for _, r := range rows {
		key := [2]string{r.ID.Aanbieder, r.ID.Sector}
		if byKey[key] == nil {
			byKey[key] = &domain.Stiptheid{AanbiederID: key[0], Sector: key[1]}
		}
		byKey[key].Tel(cmp.Or(r.ID.Afloop, domain.Nooit), r.N)
	}
	var list []domain.Stiptheid
	for _, f := range byKey {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b domain.Stiptheid) int {
		return cmp.Or(strings.Compare(a.AanbiederID, b.AanbiederID), strings.Compare(a.Sector, b.Sector))
	})
	return list, err
}
