package mongo

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// aanbieder is a provider as it is kept. Stand is the number of the change of
// providers that wrote it.
type aanbieder struct {
	ID               string `json:"_id"`
	Naam             string `json:"naam"`
	Plaats           string `json:"plaats"`
	KvkNummer        string `json:"kvkNummer"`
	Vestigingsnummer string `json:"vestigingsnummer"`
	AgbCode          string `json:"agbCode"`
	Naamvorm         string `json:"naamvorm"`
	Zoekvorm         string `json:"zoekvorm"`
	GewijzigdOp      int64  `json:"gewijzigdOp"`
	Stand            int64  `json:"stand"`
}

func newAanbieder(a domain.Aanbieder, stand int64) aanbieder {
	name := domain.Zoekvorm(a.Naam)
	return aanbieder{
		a.ID, a.Naam, a.Plaats, a.KvkNummer, a.Vestigingsnummer, a.AgbCode,
		name, name + " " + domain.Zoekvorm(a.Plaats), vorm.Milli(a.GewijzigdOp), stand,
	}
}

func (a aanbieder) domain() domain.Aanbieder {
	return domain.Aanbieder{
		ID: a.ID, Naam: a.Naam, Plaats: a.Plaats, KvkNummer: a.KvkNummer, Vestigingsnummer: a.Vestigingsnummer, AgbCode: a.AgbCode,
		GewijzigdOp: vorm.MomentOf(a.GewijzigdOp),
	}
}

// aanbiederSleutel is a name of a provider. It never goes to another.
type aanbiederSleutel struct {
	Sleutel   string `json:"_id"`
	Aanbieder string `json:"aanbieder"`
}

// Aanbieder implements store.Aanbieders.
func (s *Store) Aanbieder(ctx context.Context, id string) (domain.Aanbieder, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Aanbieder{}, fail("read provider", err)
	}
	defer leave()
	var a aanbieder
	err = s.c(cAanbieders).FindOne(ctx, bson.D{e("_id", id)}).Decode(&a)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return domain.Aanbieder{}, notFound("fout.aanbieder_onbekend")
	}
	if err != nil {
		return domain.Aanbieder{}, fail("read provider", err)
	}
	return a.domain(), nil
}

// zoekAanbieder finds the provider that a names; false when there is none.
func (s *Store) zoekAanbieder(ctx context.Context, a domain.Aanbieder) (domain.Aanbieder, bool, error) {
	names := a.Sleutels()
	if len(names) == 0 {
		return domain.Aanbieder{}, false, nil
	}
	if id, ok := s.bekend.id(names[0]); ok { // nothing goes before the first name
		found, err := s.aanbiedersMet(ctx, []string{id})
		if err != nil || past(found[id], a, names[0]) {
			return found[id], err == nil, err
		}
	}
	ids, err := s.idsBij(ctx, names)
	if err != nil || len(ids) == 0 {
		return domain.Aanbieder{}, false, err
	}
	found, err := s.aanbiedersMet(ctx, values(ids))
	if err != nil {
		return domain.Aanbieder{}, false, err
	}
	for _, name := range names {
		if one, ok := found[ids[name]]; ok && past(one, a, name) {
			s.bekend.onthoud(name, one.ID)
			return one, true, nil
		}
	}
	return domain.Aanbieder{}, false, nil
}

// idsBij gives the ids of the providers with these names, by name.
func (s *Store) idsBij(ctx context.Context, names []string) (map[string]string, error) {
	var rows []aanbiederSleutel
	found, err := s.c(cAanbiederSleutels).Find(ctx, in(names))
	if err == nil {
		err = found.All(ctx, &rows)
	}
	ids := make(map[string]string, len(rows))
	for _, r := range rows {
		ids[r.Sleutel] = r.Aanbieder
	}
	return ids, err
}

func (s *Store) aanbiedersMet(ctx context.Context, ids []string) (map[string]domain.Aanbieder, error) {
	var rows []aanbieder
	found, err := s.c(cAanbieders).Find(ctx, in(ids))
	if err == nil {
		err = found.All(ctx, &rows)
	}
	byID := make(map[string]domain.Aanbieder, len(rows))
	for _, r := range rows {
		byID[r.ID] = r.domain()
	}
	return byID, err
}

func in(ids []string) bson.D {
	return bson.D{e("_id", bson.D{e("$in", ids)})}
}
