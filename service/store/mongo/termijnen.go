package mongo

import (
	"cmp"
	"context"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// leastLook is how many meldingen are at least looked at together.
const leastLook = 100

// termijnLijst is a list of terms that is asked for. veld is the field of a term
// with the end it is found by.
type termijnLijst struct {
	q        domain.TermijnVraag
	veld     string
	begin    domain.TermijnRegel // a page holds what comes behind it
	van, tot term.Date
}

func newTermijnLijst(q domain.TermijnVraag) (*termijnLijst, error) {
	q.Aantal = max(1, q.Aantal)
	l := &termijnLijst{
		q: q, veld: "open", van: q.Van, tot: cmp.Or(q.Tot, term.NewDate(9999, 12, 31)),
		begin: domain.TermijnRegel{Einddatum: q.Van, Nr: -1},
	}
	if l.van.IsZero() {
		l.van = term.NewDate(1, 1, 1)
	}
	if q.Afloop != "" {
		l.veld, l.q.Aarden = "eind", []domain.TermijnAard{{Soort: term.ReactieAanbieder}}
	}
	if q.Na == "" {
		return l, nil
	}
	var eind int64
	var last domain.TermijnRegel
	if err := domain.DecodeCursor(q.Na, domain.LijstTermijnen, &eind, &last.MeldingID, &last.Nr); err != nil {
		return nil, err
	}
	if last.Einddatum = vorm.DateOf(eind); !last.Einddatum.Before(l.van) { // else the days asked for begin later
		l.begin, l.van = last, last.Einddatum
	}
	return l, nil
}

// melding are the conditions on a melding that has a term of l.
func (l *termijnLijst) melding() bson.D {
	filter := bson.D{}
	for _, f := range []bson.E{e("behandelaar", l.q.Behandelaar), e("aanbieder", l.q.AanbiederID), e("sector", l.q.Sector)} {
		if f.Value != "" {
			filter = append(filter, f)
		}
	}
	if !l.q.GewijzigdNa.IsZero() {
		filter = append(filter, e("gewijzigdOp", bson.D{e("$gt", l.q.GewijzigdNa.UnixMilli())}))
	}
	return filter
}

// termijn are the conditions on a term of l that ends from van to tot, each field
// with at in front.
func (l *termijnLijst) termijn(at string, van, tot term.Date) bson.D {
	filter := bson.D{}
	switch soorten := vorm.AardTeksten(l.q.Aarden); len(soorten) {
	case 0:
	case 1:
		filter = append(filter, e(at+"soort", soorten[0]))
	default:
		filter = append(filter, e(at+"soort", bson.D{e("$in", soorten)}))
	}
	filter = append(filter, e(at+l.veld, bson.D{e("$gte", vorm.DateNumber(van)), e("$lte", vorm.DateNumber(tot))}))
	if l.q.Afloop != "" {
		filter = append(filter, e(at+"afloop", l.q.Afloop))
	}
	if !l.q.AandachtVan.IsZero() || !l.q.AandachtTot.IsZero() {
		tot := cmp.Or(l.q.AandachtTot, term.NewDate(9999, 12, 31))
		filter = append(filter, e(at+"aandacht", bson.D{e("$gte", vorm.DateNumber(l.q.AandachtVan)), e("$lte", vorm.DateNumber(tot))}))
	}
	return filter
}

// past reports that t is a term of l, wherever it stands in the list.
func (l *termijnLijst) past(t domain.TermijnRegel) bool {
	return (len(l.q.Aarden) == 0 || slices.Contains(l.q.Aarden, t.TermijnAard)) && t.Afloop == l.q.Afloop &&
		(l.q.AandachtVan.IsZero() || !t.Aandacht.Before(l.q.AandachtVan)) &&
		(l.q.AandachtTot.IsZero() || !t.Aandacht.After(l.q.AandachtTot))
}

// Termijnen implements store.Termijnen. A server cannot sort by what it finds in a
// list, so it is asked for spans of days that few meldingen have a term in, and
// where a day alone has many, for those of the day by their id.
func (s *Store) Termijnen(ctx context.Context, q domain.TermijnVraag) (domain.TermijnPagina, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.TermijnPagina{}, fail("list terms", err)
	}
	defer leave()
	l, err := newTermijnLijst(q)
	if err != nil {
		return domain.TermijnPagina{}, err
	}
	var rows []domain.TermijnRegel
	for van := l.van; len(rows) <= l.q.Aantal && !van.After(l.tot); {
		more, tot, err := s.span(ctx, l, van, l.tot)
		if err != nil {
			return domain.TermijnPagina{}, fail("list terms", err)
		}
		rows, van = append(rows, more...), tot.AddDays(1)
	}
	page, err := vorm.TermijnPagina(rows, l.q.Aantal)
	if err == nil && q.Tel { // a moment later: without a session a server reads each as it comes
		page.Aantallen, err = s.TelTermijnen(ctx, q)
	}
	return page, fail("list terms", err)
}

// span gives the next rows of l that end from van on, and the day up to which these
// are all there are, or enough for a page.
func (s *Store) span(ctx context.Context, l *termijnLijst, van, tot term.Date) ([]domain.TermijnRegel, term.Date, error) {
	most := max(l.q.Aantal+1, leastLook)
	for {
		rows, n, err := s.kijk(ctx, l, van, tot, most+1, false)
		if err != nil || n <= most {
			return l.verder(rows), tot, err
		}
		if van == tot {
			rows, _, err = s.kijk(ctx, l, van, tot, most+1, true)
			return l.verder(rows), tot, err
		}
		if half := rows[len(rows)/2].Einddatum; half.Before(tot) {
			tot = half
		} else {
			tot = tot.AddDays(-1)
		}
	}
}

// verder are those of rows that come behind where the page begins.
func (l *termijnLijst) verder(rows []domain.TermijnRegel) []domain.TermijnRegel {
	return slices.DeleteFunc(rows, func(r domain.TermijnRegel) bool { return vorm.VergelijkTermijnen(r, l.begin) <= 0 })
}

// kijk reads the terms of l that end from van to tot of at most n meldingen, in
// their order, and how many meldingen these were. opID takes the first by id, from
// where the page begins.
func (s *Store) kijk(ctx context.Context, l *termijnLijst, van, tot term.Date, n int, opID bool) ([]domain.TermijnRegel, int, error) {
	filter := append(l.melding(), e("termijnen", bson.D{e("$elemMatch", l.termijn("", van, tot))}))
	o := options.Find().SetLimit(int64(n)).SetProjection(bson.D{
		e("kenmerk", 1), e("aanbieder", 1), e("behandelaar", 1), e("sector", 1), e("termijnen", 1),
	})
	if opID {
		o.SetSort(bson.D{e("_id", 1)})
		if van == l.begin.Einddatum {
			filter = append(filter, e("_id", bson.D{e("$gte", l.begin.MeldingID)}))
		}
	}
	found, err := s.c(cMeldingen).Find(ctx, filter, o)
	if err != nil {
		return nil, 0, err
	}
	var docs []metTermijnen
	if err := found.All(ctx, &docs); err != nil {
		return nil, 0, err
	}
	var rows []domain.TermijnRegel
	for i := range docs {
		for _, t := range docs[i].regels() {
			if l.past(t) && !t.Einddatum.Before(van) && !t.Einddatum.After(tot) {
				rows = append(rows, t)
			}
		}
	}
	slices.SortFunc(rows, vorm.VergelijkTermijnen)
	return rows, len(docs), nil
}

// TelTermijnen implements store.Termijnen.
func (s *Store) TelTermijnen(ctx context.Context, q domain.TermijnVraag) ([]domain.TermijnAantal, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return nil, fail("count terms", err)
	}
	defer leave()
	q.Na, q.Afloop = "", ""
	l, err := newTermijnLijst(q)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID struct {
			Soort    string `json:"soort"`
			Eind     int64  `json:"eind"`
			Aandacht int64  `json:"aandacht"`
		} `json:"_id"`
		N int `json:"n"`
	}
	alike := bson.D{e("soort", "$termijnen.soort"), e("eind", "$termijnen.eind"), e("aandacht", "$termijnen.aandacht")}
	found, err := s.c(cMeldingen).Aggregate(ctx, bson.A{
		bson.D{e("$match", append(l.melding(), e("termijnen", bson.D{e("$elemMatch", l.termijn("", l.van, l.tot))})))},
		bson.D{e("$unwind", "$termijnen")},
		bson.D{e("$match", l.termijn("termijnen.", l.van, l.tot))},
		bson.D{e("$group", bson.D{e("_id", alike), e("n", bson.D{e("$sum", 1)})})},
	})
	if err == nil {
		err = found.All(ctx, &rows)
	}
	var list []domain.TermijnAantal
	for _, r := range rows {
		list = append(list, domain.TermijnAantal{
			TermijnAard: vorm.AardVan(r.ID.Soort), Einddatum: vorm.DateOf(r.ID.Eind), Aandacht: vorm.DateOf(r.ID.Aandacht), Aantal: r.N,
		})
	}
	return list, fail("count terms", err)
}
