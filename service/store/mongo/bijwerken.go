package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// mostBijwerken is how many meldingen are brought to a form together.
const mostBijwerken = 200

// bijwerken brings a database of an earlier form to this one: every melding gets
// the fields to find by that it did not have. It may be stopped, and several copies
// of the service may do it at once: a melding that changed meanwhile has them.
func (s *Store) bijwerken(ctx context.Context, versie int, tell func(*domain.Error)) error {
	if versie >= markVersie {
		return nil
	}
	gedaan := 0
	for na := ""; ; {
		tell(unopened("fout.mongo_bijwerken", nil, s.db.Name(), s.at.hosts, markVersie, gedaan))
		rows, err := pagina[melding](ctx, s, cMeldingen, na, mostBijwerken, e("rev", bson.D{e("$gt", 0)}))
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
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
	_, err := s.c(cVorm).UpdateOne(ctx, bson.D{e("_id", markID)}, bson.D{e("$set", bson.D{e("versie", markVersie)})})
	return err
}

// bijVelden sets the fields to find by that an earlier form did not have.
func bijVelden(m *domain.Melding) bson.D {
	set := append(bson.D{
		e("behandelaar", m.Behandelaar), e("termijnen", termijnVelden(m)), e("alarmen", alarmVelden(m)),
		e("kalender", int64(m.Kalender)), e("herreken", herreken(m)),
	}, wachtVelden(m)...)
	return bson.D{e("$set", set)}
}
