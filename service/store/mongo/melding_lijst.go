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

// plaats is where a melding stands in the lists.
type plaats struct {
	id, urgentie              string
	dag, ontvangen, gewijzigd int64
}

// parts are the parts of the key in the order v.
func (p *plaats) parts(v domain.Volgorde) []any {
	switch v {
	case domain.OpOntvangst:
		return []any{&p.dag, &p.ontvangen, &p.id}
	case domain.OpWijziging:
		return []any{&p.gewijzigd, &p.id}
	case domain.OpUrgentie:
	}
	return []any{&p.urgentie}
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
	at := plaats{
		last.ID, last.Urgentie(), vorm.DateNumber(last.Dag), last.OntvangenOp.UnixMilli(), last.GewijzigdOp.UnixMilli(),
	}
	next, err := domain.EncodeCursor(string(q.Volgorde), at.parts(q.Volgorde)...)
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
	p := plaats{dag: tot, gewijzigd: na}
	if q.Na != "" {
		if err := domain.DecodeCursor(q.Na, string(q.Volgorde), p.parts(q.Volgorde)...); err != nil {
			return nil, err
		}
	}
	if q.Volgorde == domain.OpUrgentie {
		filter = append(filter, e("urgentie", bson.D{e("$gt", p.urgentie)}))
	}
	if q.Volgorde == domain.OpOntvangst || !q.Van.IsZero() || !q.Tot.IsZero() {
		filter = append(filter, e("dag", bson.D{e("$gte", vorm.DateNumber(q.Van)), e("$lte", min(tot, p.dag))}))
	}
	if q.Volgorde == domain.OpWijziging || !q.GewijzigdNa.IsZero() {
		filter = append(filter, e("gewijzigdOp", bson.D{e("$gt", na), e("$gte", p.gewijzigd)}))
	}
	if q.Na != "" {
		filter = append(filter, p.verder(q.Volgorde)...)
	}
	return filter, nil
}

// verder asks for what comes after p, of what is not before it by the first field
// of the order.
func (p *plaats) verder(v domain.Volgorde) bson.D {
	switch v {
	case domain.OpOntvangst:
		return bson.D{e("$or", bson.A{
			bson.D{e("dag", bson.D{e("$lt", p.dag)})},
			bson.D{e("dag", p.dag), e("ontvangenOp", bson.D{e("$lt", p.ontvangen)})},
			bson.D{e("dag", p.dag), e("ontvangenOp", p.ontvangen), e("_id", bson.D{e("$lt", p.id)})},
		})}
	case domain.OpWijziging:
		return bson.D{e("$or", bson.A{
			bson.D{e("gewijzigdOp", bson.D{e("$gt", p.gewijzigd)})},
			bson.D{e("gewijzigdOp", p.gewijzigd), e("_id", bson.D{e("$gt", p.id)})},
		})}
	case domain.OpUrgentie:
	}
	return nil
}
