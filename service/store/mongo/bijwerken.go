package mongo

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// mostBijwerken is how many meldingen are brought to a form together.
const mostBijwerken = 200

// The forms that a database may have had before this one.
const (
	metKalender  = 3 // meldingen have all fields to find by
	metWijziging = 4 // providers have the moment of their last change
)

// bijwerken brings a database of an earlier form to this one: meldingen and providers
// get the fields to find by that they did not have. It may be stopped, and several
// copies of the service may do it at once: what changed meanwhile has them.
func (s *Store) bijwerken(ctx context.Context, versie int, tell func(*domain.Error)) error {
	if versie < metKalender {
		if err := s.bijwerkenMeldingen(ctx, tell); err != nil {
			return err
		}
	}
	if versie < metWijziging {
		if err := s.bijwerkenAanbieders(ctx); err != nil {
			return err
		}
	}
	if versie >= markVersie {
		return nil
	}
	_, err := s.c(cVorm).UpdateOne(ctx, bson.D{e("_id", markID)}, bson.D{e("$set", bson.D{e("versie", markVersie)})})
	return err
}

// bijwerkenAanbieders gives providers of before the moment of this one: they may have
// changed just now, for all that is known. A change that was not carried out is so first.
func (s *Store) bijwerkenAanbieders(ctx context.Context) error {
	if _, err := s.bijgewerkt(ctx); err != nil {
		return err
	}
	var now struct {
		Bijgewerkt time.Time `json:"bijgewerkt"` // by the server's clock
	}
	err := s.c(cVorm).FindOneAndUpdate(ctx, bson.D{e("_id", markID)}, bson.D{e("$currentDate", bson.D{e("bijgewerkt", true)})},
		options.FindOneAndUpdate().SetReturnDocument(options.After)).Decode(&now)
	if err != nil {
		return err
	}
	for na := ""; ; {
		rows, err := pagina[aanbieder](ctx, s, cAanbieders, na, mostBijwerken)
		if err != nil || len(rows) == 0 {
			return err
		}
		_, err = s.c(cAanbieders).UpdateMany(ctx,
			append(in(vorm.Each(rows, func(a aanbieder) string { return a.ID })), e("gewijzigdOp", bson.D{e("$exists", false)})),
			bson.D{e("$set", bson.D{e("gewijzigdOp", now.Bijgewerkt.UnixMilli())})})
		if err != nil {
			return err
		}
		na = rows[len(rows)-1].ID
	}
}

func (s *Store) bijwerkenMeldingen(ctx context.Context, tell func(*domain.Error)) error {
	gedaan := 0
	for na := ""; ; {
		tell(unopened("fout.mongo_bijwerken", nil, s.db.Name(), s.at.hosts, markVersie, gedaan))
		rows, err := pagina[melding](ctx, s, cMeldingen, na, mostBijwerken, e("rev", bson.D{e("$gt", 0)}))
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		var writes []mongo.WriteModel
		for i := range rows {
			m, err := rows[i].domain()
			if err != nil {
				return err
			}
			writes = append(writes, mongo.NewUpdateOneModel().
				SetFilter(bson.D{e("_id", m.ID), e("rev", m.Rev), e("kalender", bson.D{e("$exists", false)})}).
				SetUpdate(bijVelden(&m)))
		}
		if _, err := s.c(cMeldingen).BulkWrite(ctx, writes); err != nil {
			return err
		}
		na, gedaan = rows[len(rows)-1].ID, gedaan+len(rows)
	}
}

// bijVelden sets the fields to find by that an earlier form did not have.
func bijVelden(m *domain.Melding) bson.D {
	set := append(bson.D{
		e("behandelaar", m.Behandelaar), e("termijnen", termijnVelden(m)), e("alarmen", alarmVelden(m)),
		e("kalender", int64(m.Kalender)), e("herreken", herreken(m)),
	}, wachtVelden(m)...)
	return bson.D{e("$set", set)}
}
