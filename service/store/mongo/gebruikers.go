package mongo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// gebruiker is a domain.Gebruiker as it is kept.
type gebruiker struct {
	ID     string `json:"_id"`
	Versie int    `json:"versie"`
	Agenda string `json:"agenda"`
	Doc    string `json:"doc"`
}

func newGebruiker(g *domain.Gebruiker) (gebruiker, error) {
	doc, err := vorm.EncodeGebruiker(g)
	return gebruiker{g.ID, g.Versie, g.Agenda, doc}, err
}

func (r gebruiker) domain() (domain.Gebruiker, error) {
	g := domain.Gebruiker{ID: r.ID, Versie: r.Versie, Agenda: r.Agenda}
	err := vorm.DecodeGebruiker([]byte(r.Doc), &g)
	return g, err
}

// ZetGebruiker implements store.Gebruikers.
func (s *Store) ZetGebruiker(ctx context.Context, g domain.Gebruiker) (domain.Gebruiker, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Gebruiker{}, fail("keep user", err)
	}
	defer leave()
	row, err := newGebruiker(&g)
	if err != nil {
		return domain.Gebruiker{}, fmt.Errorf("keep user: %w", err)
	}
	row.Versie++
	if g.Versie == 0 {
		_, err = s.c(cGebruikers).InsertOne(ctx, row)
	} else {
		err = s.c(cGebruikers).FindOneAndReplace(ctx, bson.D{e("_id", g.ID), e("versie", g.Versie)}, row).Err()
	}
	if mongo.IsDuplicateKeyError(err) || errors.Is(err, mongo.ErrNoDocuments) {
		return domain.Gebruiker{}, &domain.Error{Code: domain.Stale, Key: "fout.verouderd"}
	}
	if err != nil {
		return domain.Gebruiker{}, fail("keep user", err)
	}
	kept, err := row.domain()
	return kept, fail("keep user", err)
}

// Gebruiker implements store.Gebruikers.
func (s *Store) Gebruiker(ctx context.Context, id string) (domain.Gebruiker, error) {
	return s.gebruiker(ctx, bson.D{e("_id", id)})
}

// GebruikerMetAgenda implements store.Gebruikers.
func (s *Store) GebruikerMetAgenda(ctx context.Context, agenda string) (domain.Gebruiker, error) {
	return s.gebruiker(ctx, bson.D{e("agenda", bson.D{e("$eq", agenda), e("$gt", "")})})
}

func (s *Store) gebruiker(ctx context.Context, filter bson.D) (domain.Gebruiker, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Gebruiker{}, fail("read user", err)
	}
	defer leave()
	var row gebruiker
	err = s.c(cGebruikers).FindOne(ctx, filter).Decode(&row)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return domain.Gebruiker{}, onbekendeGebruiker()
	}
	if err != nil {
		return domain.Gebruiker{}, fail("read user", err)
	}
	g, err := row.domain()
	return g, fail("read user", err)
}

func onbekendeGebruiker() error { return notFound("fout.gebruiker_onbekend") }

// Gebruikers implements store.Gebruikers. They are put in order here: not every
// server compares texts by their bytes.
func (s *Store) Gebruikers(ctx context.Context) ([]domain.Gebruiker, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return nil, fail("list users", err)
	}
	defer leave()
	var rows []gebruiker
	found, err := s.c(cGebruikers).Find(ctx, bson.D{})
	if err == nil {
		err = found.All(ctx, &rows)
	}
	slices.SortFunc(rows, func(a, b gebruiker) int { return strings.Compare(a.ID, b.ID) })
	all := make([]domain.Gebruiker, len(rows))
	for i := range rows {
		if err == nil {
			all[i], err = rows[i].domain()
		}
	}
	if err != nil {
		return nil, fail("list users", err)
	}
	return all, nil
}

// dienst is a domain.Dienst as it is kept.
type dienst struct {
	ID        string `json:"_id"`
	Gebruiker string `json:"gebruiker"`
	Van       int64  `json:"van"`
	Tot       int64  `json:"tot"`
	Volgorde  int    `json:"volgorde"`
	GezetOp   int64  `json:"gezetOp"`
}

func (d dienst) domain() domain.Dienst {
	return domain.Dienst{ID: d.ID, Gebruiker: d.Gebruiker, Van: vorm.Moment(d.Van), Tot: vorm.Moment(d.Tot), Volgorde: d.Volgorde, GezetOp: vorm.MomentOf(d.GezetOp)}
}

// ZetDienst implements store.Gebruikers.
func (s *Store) ZetDienst(ctx context.Context, d domain.Dienst) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("keep turn", err)
	}
	defer leave()
	row := dienst{d.ID, d.Gebruiker, d.Van.UnixMilli(), d.Tot.UnixMilli(), d.Volgorde, vorm.Milli(d.GezetOp)}
	for { // of calls that find none at the same moment one makes it
		_, err = s.c(cDiensten).ReplaceOne(ctx, bson.D{e("_id", d.ID)}, row, options.Replace().SetUpsert(true))
		if !mongo.IsDuplicateKeyError(err) {
			return fail("keep turn", err)
		}
	}
}

// HaalDienstWeg implements store.Gebruikers.
func (s *Store) HaalDienstWeg(ctx context.Context, id string) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("remove turn", err)
	}
	defer leave()
	done, err := s.c(cDiensten).DeleteOne(ctx, bson.D{e("_id", id)})
	if err == nil && done.DeletedCount == 0 {
		return notFound("fout.dienst_onbekend")
	}
	return fail("remove turn", err)
}

// Diensten implements store.Gebruikers.
func (s *Store) Diensten(ctx context.Context, van, tot time.Time) ([]domain.Dienst, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return nil, fail("list turns", err)
	}
	defer leave()
	rows := []dienst{}
	found, err := s.c(cDiensten).Find(ctx, bson.D{
		e("tot", bson.D{e("$gt", van.UnixMilli())}), e("van", bson.D{e("$lt", vorm.MilliOmhoog(tot))}),
	})
	if err == nil {
		err = found.All(ctx, &rows)
	}
	if err != nil {
		return nil, fail("list turns", err)
	}
	all := vorm.Each(rows, dienst.domain)
	slices.SortFunc(all, domain.Dienst.Vergelijk)
	return all, nil
}

// AlleDiensten implements store.Kopie.
func (s *Store) AlleDiensten(ctx context.Context, na string, n int) ([]domain.Dienst, error) {
	rows, err := pagina[dienst](ctx, s, cDiensten, na, n)
	return vorm.Each(rows, dienst.domain), fail("list turns", err)
}

// ZetGebruikers implements store.Kopie.
func (s *Store) ZetGebruikers(ctx context.Context, list []domain.Gebruiker) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("copy users", err)
	}
	defer leave()
	rows := make([]gebruiker, len(list))
	for i := range list {
		if rows[i], err = newGebruiker(&list[i]); err != nil {
			return fmt.Errorf("copy users: %w", err)
		}
	}
	return fail("copy users", erbij(ctx, s, cGebruikers, rows, func(r gebruiker) string { return r.ID },
		func(a, b gebruiker) bool { return a == b }))
}
