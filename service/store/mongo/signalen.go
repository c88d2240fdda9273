package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// telVraag asks to count the signals about a provider, but for one melding.
type telVraag struct {
	aanbieder, zonder string
	dag               term.Date
	telling           domain.SignaalTelling // the answer
}

// TelSignalen implements store.Meldingen.
func (s *Store) TelSignalen(ctx context.Context, aanbieder string, dag term.Date, zonder string) (domain.SignaalTelling, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.SignaalTelling{}, fail("count signals", err)
	}
	defer leave()
	t, err := s.telSignalen(ctx, aanbieder, dag, zonder)
	return t, fail("count signals", err)
}

// telSignalen counts together with others who count from the same day.
func (s *Store) telSignalen(ctx context.Context, aanbieder string, dag term.Date, zonder string) (domain.SignaalTelling, error) {
	if aanbieder == "" { // what that is asked for has no provider, or does not count
		return domain.SignaalTelling{}, nil
	}
	q := &telVraag{aanbieder: aanbieder, zonder: zonder, dag: dag}
	if err := s.tellers.keep(ctx, q, &s.busy); err != nil {
		return domain.SignaalTelling{}, err
	}
	return q.telling, nil
}

// telVragen counts for all, in one command per day.
func (s *Store) telVragen(ctx context.Context, all []*telVraag) []error {
	errs := make([]error, len(all))
	perDag := map[term.Date][]int{}
	for i, q := range all {
		perDag[q.dag] = append(perDag[q.dag], i)
	}
	for dag, which := range perDag {
		questions := make([]*telVraag, len(which))
		for n, i := range which {
			questions[n] = all[i]
		}
		err := s.telDag(ctx, dag, questions)
		for _, i := range which {
			errs[i] = err
		}
	}
	return errs
}

// telling counts what of a provider is not left out by anybody, or one melding
// that somebody leaves out.
type telling struct {
	ID struct {
		Aanbieder string `json:"aanbieder"`
		Melding   string `json:"melding"`
	} `json:"_id"`
	N30     int `json:"n30"`
	N90     int `json:"n90"`
	N365    int `json:"n365"`
	Totaal  int `json:"totaal"` // of both years
	Ernstig int `json:"ernstig"`
	Later   int `json:"later"`
}

// telDag counts as seen from a day, by the index of what counts about a provider,
// which holds all that is looked at.
func (s *Store) telDag(ctx context.Context, dag term.Date, questions []*telVraag) error {
	aanbieders, zonder := bson.A{}, bson.A{}
	for _, q := range questions {
		aanbieders, zonder = append(aanbieders, q.aanbieder), append(zonder, q.zonder)
	}
	which := aanbieders[0]
	if len(aanbieders) > 1 {
		which = bson.D{e("$in", aanbieders)}
	}
	first, last := vorm.DateNumber(dag.AddDays(1-domain.VensterTotal)), vorm.DateNumber(dag.AddDays(domain.VensterTotal))
	apart := bson.D{e("$cond", bson.A{bson.D{e("$in", bson.A{"$_id", zonder})}, "$_id", ""})}
	var rows []telling
	found, err := s.c(cMeldingen).Aggregate(ctx, bson.A{
		bson.D{e("$match", bson.D{e("signaal", which), e("dag", bson.D{e("$gte", first), e("$lte", last)})})},
		bson.D{e("$group", append(bson.D{
			e("_id", bson.D{e("aanbieder", "$signaal"), e("melding", apart)}),
		}, vensters(dag, last)...))},
	})
	if err == nil {
		err = found.All(ctx, &rows)
	}
	if err != nil {
		return err
	}
	for _, q := range questions {
		for _, r := range rows {
			if r.ID.Aanbieder == q.aanbieder && (r.ID.Melding == "" || r.ID.Melding != q.zonder) {
				q.telling = r.bij(q.telling)
			}
		}
	}
	return nil
}

// vensters are the sums over the windows that end on a day, and over the days
// after it up to last.
func vensters(dag term.Date, last int64) bson.D {
	day := vorm.DateNumber(dag)
	sum := func(van, tot int64, what any) bson.D {
		in := bson.D{e("$and", bson.A{bson.D{e("$gte", bson.A{"$dag", van})}, bson.D{e("$lte", bson.A{"$dag", tot})}})}
		return bson.D{e("$sum", bson.D{e("$cond", bson.A{in, what, 0})})}
	}
	from := func(days int) int64 { return vorm.DateNumber(dag.AddDays(1 - days)) }
	return bson.D{
		e("n30", sum(from(domain.Venster30), day, 1)),
		e("n90", sum(from(domain.Venster90), day, 1)),
		e("n365", sum(from(domain.Venster365), day, 1)),
		e("totaal", sum(0, day, 1)),
		e("ernstig", sum(from(domain.Venster365), day, "$ernstig")),
		e("later", sum(day+1, last, 1)),
	}
}

// bij is t with what r counted.
func (r *telling) bij(t domain.SignaalTelling) domain.SignaalTelling {
	return domain.SignaalTelling{
		Aantal30: t.Aantal30 + r.N30, Aantal90: t.Aantal90 + r.N90, Aantal365: t.Aantal365 + r.N365,
		AantalVorigJaar: t.AantalVorigJaar + r.Totaal - r.N365, Ernstig365: t.Ernstig365 + r.Ernstig, Later: t.Later || r.Later > 0,
	}
}
