package mongo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

var _ store.Kopie = (*Store)(nil)

func kopieAnders() error { return &domain.Error{Code: domain.Conflict, Key: "fout.kopie_anders"} }

// Stukken implements store.Kopie, from what the server keeps of each collection.
func (s *Store) Stukken(ctx context.Context) (int64, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return 0, fail("count pieces", err)
	}
	defer leave()
	total := int64(0)
	for _, c := range []string{
		cPakketten, cActiveringen, cSleutels, cAanbieders, cAdviezen, cMeldingen, cHertelingen, cBerichten, cGebruikers, cDiensten, cKalenders,
	} {
		n, err := s.c(c).EstimatedDocumentCount(ctx)
		if err != nil {
			return 0, fail("count pieces", err)
		}
		total += n
	}
	return total, nil
}

// pagina reads at most n documents of a collection by _id, after na.
func pagina[Row any](ctx context.Context, s *Store, collection, na string, n int, more ...bson.E) (rows []Row, err error) {
	leave, err := s.use(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	filter := append(bson.D{e("_id", bson.D{e("$gt", na)})}, more...)
	found, err := s.c(collection).Find(ctx, filter, options.Find().SetSort(bson.D{e("_id", 1)}).SetLimit(int64(n)))
	if err != nil {
		return nil, err
	}
	return rows, found.All(ctx, &rows)
}

// AlleSleutels implements store.Kopie.
func (s *Store) AlleSleutels(ctx context.Context, na string, n int) ([]domain.Sleutel, error) {
	rows, err := pagina[sleutel](ctx, s, cSleutels, na, n)
	return vorm.Each(rows, func(r sleutel) domain.Sleutel {
		return domain.Sleutel{Naam: r.Naam, Digest: r.Digest, ID: r.ID, Moment: vorm.Moment(r.Moment)}
	}), fail("list keys", err)
}

// AlleAdviezen implements store.Kopie. Entries of a call that nobody finished do not
// count, so a page may hold fewer than there are more of: it is filled up.
func (s *Store) AlleAdviezen(ctx context.Context, na string, n int) (list []domain.GegevenAdvies, err error) {
	for len(list) < n {
		rows, err := pagina[vorm.Advies](ctx, s, cAdviezen, na, n-len(list))
		if err != nil || len(rows) == 0 {
			return list, fail("list advices", err)
		}
		for i := range rows {
			geldt, _, err := s.beslist(ctx, rows[i].Groep, false)
			if err != nil {
				return nil, fail("list advices", err)
			}
			if geldt {
				list = append(list, rows[i].Gegeven())
			}
		}
		na = rows[len(rows)-1].ID
	}
	return list, nil
}

// AlleAanbieders implements store.Kopie.
func (s *Store) AlleAanbieders(ctx context.Context, na string, n int) ([]store.AanbiederKopie, error) {
	rows, err := pagina[aanbieder](ctx, s, cAanbieders, na, n)
	var open vestiging
	if err == nil {
		open, err = s.openVestiging(ctx)
	}
	if err != nil {
		return nil, fail("list providers", err)
	}
	rows = met(rows, open.Aanbieder, na, n)
	var list []store.AanbiederKopie
	for _, r := range rows {
		var names []aanbiederSleutel
		found, err := s.c(cAanbiederSleutels).Find(ctx, bson.D{e("aanbieder", r.ID)}, options.Find().SetSort(bson.D{e("_id", 1)}))
		if err == nil {
			err = found.All(ctx, &names)
		}
		if err != nil {
			return nil, fail("list names of provider", err)
		}
		k := store.AanbiederKopie{
			Aanbieder: r.domain(), Sleutels: vorm.Each(names, func(a aanbiederSleutel) string { return a.Sleutel }),
		}
		if r.ID == open.Aanbieder.ID {
			k.Sleutels = slices.Concat(k.Sleutels, k.Aanbieder.Sleutels())
			slices.Sort(k.Sleutels)
			k.Sleutels = slices.Compact(k.Sleutels)
		}
		list = append(list, k)
	}
	return list, nil
}

// openVestiging gives the last change of the providers where nobody carried it out;
// else none.
func (s *Store) openVestiging(ctx context.Context) (last vestiging, err error) {
	err = s.c(cVestiging).FindOne(ctx, bson.D{e("_id", vestigingID), e("gedaan", false)}).Decode(&last)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return vestiging{}, nil
	}
	return last, err
}

// met is a page of at most n providers after na with one more, or in the place of the
// one with its id.
func met(rows []aanbieder, more aanbieder, na string, n int) []aanbieder {
	if more.ID <= na {
		return rows
	}
	i, there := slices.BinarySearchFunc(rows, more.ID, func(a aanbieder, id string) int { return strings.Compare(a.ID, id) })
	if there {
		rows[i] = more
		return rows
	}
	rows = slices.Insert(rows, i, more)
	return rows[:min(n, len(rows))]
}

// AlleMeldingen implements store.Kopie.
func (s *Store) AlleMeldingen(ctx context.Context, na string, n int) ([]store.MeldingKopie, error) {
	rows, err := pagina[melding](ctx, s, cMeldingen, na, n, e("rev", bson.D{e("$gt", 0)}))
	if err != nil {
		return nil, fail("list meldingen", err)
	}
	var list []store.MeldingKopie
	for i := range rows {
		var k store.MeldingKopie
		if k.Melding, err = rows[i].domain(); err != nil {
			return nil, fail("list meldingen", err)
		}
		if k.Eerste, err = s.alsEerst(ctx, &rows[i]); err != nil {
			return nil, fail("list meldingen", err)
		}
		list = append(list, k)
	}
	return list, nil
}

// ZetAanbieders implements store.Kopie.
func (s *Store) ZetAanbieders(ctx context.Context, list []store.AanbiederKopie) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("copy providers", err)
	}
	defer leave()
	if len(list) == 0 {
		return nil
	}
	var names []aanbiederSleutel
	rows := make([]aanbieder, len(list))
	for i, k := range list {
		rows[i] = newAanbieder(k.Aanbieder, 0) // every change comes after it
		for _, name := range k.Sleutels {
			names = append(names, aanbiederSleutel{name, k.Aanbieder.ID})
		}
	}
	err = erbij(ctx, s, cAanbieders, rows, func(r aanbieder) string { return r.ID },
		func(a, b aanbieder) bool { return a.domain() == b.domain() })
	if err == nil {
		err = erbij(ctx, s, cAanbiederSleutels, names, func(r aanbiederSleutel) string { return r.Sleutel },
			func(a, b aanbiederSleutel) bool { return a == b })
	}
	return fail("copy providers", err)
}

// erbij inserts rows; one that is there must be the same.
func erbij[Row any](ctx context.Context, s *Store, collection string, rows []Row, id func(Row) string, same func(a, b Row) bool) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := s.c(collection).InsertMany(ctx, rows, options.InsertMany().SetOrdered(false))
	if err == nil || !alleenDubbel(err) {
		return err
	}
	var refused mongo.BulkWriteException
	errors.As(err, &refused)
	for _, w := range refused.WriteErrors {
		var there Row
		if err := s.c(collection).FindOne(ctx, bson.D{e("_id", id(rows[w.Index]))}).Decode(&there); err != nil {
			return err
		}
		if !same(rows[w.Index], there) {
			return kopieAnders()
		}
	}
	return nil
}

// ZetMeldingen implements store.Kopie. Their names come first: a stop in between
// leaves claims, as that of any writer does (see namen.go).
func (s *Store) ZetMeldingen(ctx context.Context, list []store.MeldingKopie) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("copy meldingen", err)
	}
	defer leave()
	var names []naam
	var first []eerste
	docs := make([]bson.D, len(list))
	for i, k := range list {
		w, err := newSchrijf(&k.Melding, store.Bij{})
		if err != nil {
			return fail("copy meldingen", err)
		}
		w.claims = w.namen()
		for _, n := range w.claims {
			names = append(names, naam{n, w.id, kopiePoging})
		}
		w.poging = kopiePoging
		docs[i] = append(bson.D{e("_id", w.id)}, w.nieuw(0)...)
		docs[i] = slices.DeleteFunc(docs[i], func(f bson.E) bool { return f.Key == "rev" })
		docs[i] = append(docs[i], e("rev", k.Melding.Rev))
		text, err := vorm.EncodeMelding(&k.Eerste)
		if err != nil {
			return fail("copy meldingen", fmt.Errorf("encode melding: %w", err))
		}
		if k.Melding.Rev > 1 {
			first = append(first, eerste{k.Melding.ID, text})
		} else { // the field beside it has the calendar, the document is the first
			docs[i] = append(slices.DeleteFunc(docs[i], func(f bson.E) bool { return f.Key == "doc" }), e("doc", text))
		}
	}
	err = erbij(ctx, s, cNamen, names, func(r naam) string { return r.ID }, func(a, b naam) bool { return a.Melding == b.Melding })
	if err == nil {
		err = erbij(ctx, s, cEerste, first, func(r eerste) string { return r.ID }, func(a, b eerste) bool { return a == b })
	}
	if err == nil {
		err = erbij(ctx, s, cMeldingen, docs, idOf, sameDoc)
	}
	return fail("copy meldingen", err)
}

// kopiePoging is the call in the claims of meldingen that were copied.
const kopiePoging = "kopie"

func field(doc bson.D, name string) any {
	for _, f := range doc {
		if f.Key == name {
			return f.Value
		}
	}
	return nil
}

func idOf(doc bson.D) string {
	id, _ := field(doc, "_id").(string)
	return id
}

// sameDoc compares what a melding is read from.
func sameDoc(a, b bson.D) bool {
	for _, name := range []string{"rev", "kenmerk", "client", "kalender", "doc"} {
		if field(a, name) != field(b, name) {
			return false
		}
	}
	return true
}
