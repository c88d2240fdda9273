package mongo

import (
	"context"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// Aanbieders implements store.Aanbieders. It goes along the index of names from
// where the page before ended.
func (s *Store) Aanbieders(ctx context.Context, q domain.AanbiederVraag) (domain.AanbiederPagina, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.AanbiederPagina{}, fail("list providers", err)
	}
	defer leave()
	filter := gezocht(q.Zoek)
	if !q.GewijzigdNa.IsZero() {
		filter = append(filter, e("gewijzigdOp", bson.D{e("$gt", q.GewijzigdNa.UnixMilli())}))
	}
	if q.Na != "" {
		var name, id string
		if err := domain.DecodeCursor(q.Na, domain.LijstAanbieders, &name, &id); err != nil {
			return domain.AanbiederPagina{}, err
		}
		filter = append(filter, na(name, id)...)
	}
	n := max(1, q.Aantal)
	var rows []aanbieder
	found, err := s.c(cAanbieders).Find(ctx, filter,
		options.Find().SetSort(bson.D{e("naamvorm", 1), e("_id", 1)}).SetLimit(int64(n)+1))
	if err == nil {
		err = found.All(ctx, &rows)
	}
	if err != nil {
		return domain.AanbiederPagina{}, fail("list providers", err)
	}
	page := domain.AanbiederPagina{Aanbieders: vorm.Each(rows[:min(n, len(rows))], aanbieder.domain)}
	if len(rows) > n {
		page.Volgende, err = domain.EncodeCursor(domain.LijstAanbieders, rows[n-1].Naamvorm, rows[n-1].ID)
	}
	return page, fail("list providers", err)
}

// na asks for what comes after a name and an id.
func na(name, id string) bson.D {
	return bson.D{
		e("naamvorm", bson.D{e("$gte", name)}),
		e("$or", bson.A{
			bson.D{e("naamvorm", bson.D{e("$gt", name)})},
			bson.D{e("naamvorm", name), e("_id", bson.D{e("$gt", id)})},
		}),
	}
}

// gezocht asks for every word in name and place or as a number, or for all of them as
// one number. A word holds letters and digits only, so it is its own pattern.
func gezocht(text string) bson.D {
	words := strings.Fields(domain.Zoekvorm(text))
	if len(words) == 0 {
		return bson.D{}
	}
	all := bson.A{}
	for _, w := range words {
		all = append(all, bson.D{e("$or", append(metNummer(w), bson.D{e("zoekvorm", bson.Regex{Pattern: w})}))})
	}
	return bson.D{e("$and", bson.A{bson.D{e("$or", append(metNummer(strings.Join(words, "")), bson.D{e("$and", all)}))}})}
}

// metNummer are the ways in which a number may be that of a provider.
func metNummer(number string) bson.A {
	return bson.A{bson.D{e("kvkNummer", number)}, bson.D{e("vestigingsnummer", number)}, bson.D{e("agbCode", number)}}
}
