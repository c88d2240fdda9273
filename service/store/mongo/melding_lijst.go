package mongo

import (
	"context"
	"math"

	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// gelijken are the fields that a list is filtered on by one value; each has an
// index per order.
func gelijken() []string {
	return []string{"klantkenmerk", "aanbieder", "behandelaar", "termijn", "advies", "sector", "status"}
}

// volgorde is how the server sorts the order v.
func volgorde(v domain.Volgorde) bson.D {
	switch v {
	case domain.OpOntvangst:
		return bson.D{e("dag", -1), e("ontvangenOp", -1), e("_id", -1)}
	case domain.OpWijziging:
		return bson.D{e("gewijzigdOp", 1), e("_id", 1)}
	case domain.OpUrgentie:
	}
	return bson.D{e("urgentie", 1)}
}

// Meldingen implements store.Meldingen. It goes along the index of the order, or
// that of a filter and the order, from where the page before ended.
func (s *Store) Meldingen(ctx context.Context, q domain.MeldingVraag) (domain.MeldingPagina, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.MeldingPagina{}, fail("list meldingen", err)
	}
	defer leave()
	if q.Volgorde != domain.OpOntvangst && q.Volgorde != domain.OpWijziging {
		q.Volgorde = domain.OpUrgentie
	}
	filter, err := gevraagd(q)
	if err != nil {
		return domain.MeldingPagina{}, err
	}
	n := max(1, q.Aantal)
	list, err := s.meldingen(ctx, filter, volgorde(q.Volgorde), n+1)
	if err != nil {
		return domain.MeldingPagina{}, fail("list meldingen", err)
	}
	if len(list) <= n {
		return domain.MeldingPagina{Meldingen: list}, nil
	}
	last := &list[n-1]
	at := domain.MeldingPlaats{
		ID: last.ID, Urgentie: last.Urgentie(),
		Dag: vorm.DateNumber(last.Dag), Ontvangen: last.OntvangenOp.UnixMilli(), Gewijzigd: last.GewijzigdOp.UnixMilli(),
	}
	next, err := domain.EncodeCursor(string(q.Volgorde), at.Delen(q.Volgorde)...)
	if err != nil {
		return domain.MeldingPagina{}, fail("list meldingen", err)
	}
	return domain.MeldingPagina{Meldingen: list[:n:n], Volgende: next}, nil
}

// gevraagd is the filter of a list. It asks for a range of the first field of the
// order in any case, which what is no melding does not have.
func gevraagd(q domain.MeldingVraag) (bson.D, error) {
	filter := bson.D{}
	for i, value := range []string{q.Klantkenmerk, q.AanbiederID, q.Behandelaar, string(q.TermijnStatus), string(q.Advies), q.Sector, string(q.Status)} {
		if value != "" {
			filter = append(filter, e(gelijken()[i], value))
		}
	}
	tot, na := int64(math.MaxInt32), int64(math.MinInt64)
	if !q.Tot.IsZero() {
		tot = vorm.DateNumber(q.Tot)
	}
	if !q.GewijzigdNa.IsZero() {
		na = q.GewijzigdNa.UnixMilli()
	}
	p := domain.MeldingPlaats{Dag: tot, Gewijzigd: na}
	if q.Na != "" {
		if err := domain.DecodeCursor(q.Na, string(q.Volgorde), p.Delen(q.Volgorde)...); err != nil {
			return nil, err
		}
	}
	if q.Volgorde == domain.OpUrgentie {
		filter = append(filter, e("urgentie", bson.D{e("$gt", p.Urgentie)}))
	}
	if q.Volgorde == domain.OpOntvangst || !q.Van.IsZero() || !q.Tot.IsZero() {
		filter = append(filter, e("dag", bson.D{e("$gte", vorm.DateNumber(q.Van)), e("$lte", min(tot, p.Dag))}))
	}
	if q.Volgorde == domain.OpWijziging || !q.GewijzigdNa.IsZero() {
		filter = append(filter, e("gewijzigdOp", bson.D{e("$gt", na), e("$gte", p.Gewijzigd)}))
	}
	if q.Na != "" {
		filter = append(filter, verder(p, q.Volgorde)...)
	}
	return filter, nil
}

// verder asks for what comes after p, of what is not before it by the first field
// of the order.
func verder(p domain.MeldingPlaats, v domain.Volgorde) bson.D {
	switch v {
	case domain.OpOntvangst:
		return bson.D{e("$or", bson.A{
			bson.D{e("dag", bson.D{e("$lt", p.Dag)})},
			bson.D{e("dag", p.Dag), e("ontvangenOp", bson.D{e("$lt", p.Ontvangen)})},
			bson.D{e("dag", p.Dag), e("ontvangenOp", p.Ontvangen), e("_id", bson.D{e("$lt", p.ID)})},
		})}
	case domain.OpWijziging:
		return bson.D{e("$or", bson.A{
			bson.D{e("gewijzigdOp", bson.D{e("$gt", p.Gewijzigd)})},
			bson.D{e("gewijzigdOp", p.Gewijzigd), e("_id", bson.D{e("$gt", p.ID)})},
		})}
	case domain.OpUrgentie:
	}
	return nil
}
