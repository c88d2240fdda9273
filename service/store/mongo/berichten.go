package mongo

import (
	"context"
	"errors"
	"math"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func unknownBericht() error { return notFound("fout.bericht_onbekend") }

// overBerichten has do ask for messages, after those that were left are made.
func (s *Store) overBerichten(ctx context.Context, verb string, do func() error) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail(verb, err)
	}
	defer leave()
	if !s.leest {
		if err := s.maakOudeBerichten(ctx); err != nil {
			return fail(verb, err)
		}
	}
	return fail(verb, do())
}

// berichten reads at most n messages by filter in an order.
func (s *Store) berichten(ctx context.Context, filter, order bson.D, n int) ([]domain.Bericht, error) {
	var rows []vorm.Bericht
	found, err := s.c(cBerichten).Find(ctx, filter, options.Find().SetSort(order).SetLimit(int64(n)))
	if err == nil {
		err = found.All(ctx, &rows)
	}
	return vorm.Each(rows, vorm.Bericht.Domain), err
}

// Berichten implements store.Berichten.
func (s *Store) Berichten(ctx context.Context, q domain.BerichtVraag) (page domain.BerichtPagina, err error) {
	op, id := int64(math.MaxInt64), ""
	if q.Na != "" {
		if err := domain.DecodeCursor(q.Na, domain.LijstBerichten, &op, &id); err != nil {
			return page, err
		}
	}
	filter := bson.D{e("gebruiker", q.Gebruiker)}
	if q.Ongelezen {
		filter = append(filter, e("gelezen", 0))
	}
	if !q.GewijzigdNa.IsZero() {
		na := bson.D{e("$gt", q.GewijzigdNa.UnixMilli())}
		filter = append(filter, e("$and", bson.A{bson.D{e("$or", bson.A{bson.D{e("op", na)}, bson.D{e("gelezen", na)}})}}))
	}
	n := max(1, q.Aantal)
	err = s.overBerichten(ctx, "list messages", func() error {
		if q.Gebruiker == "" {
			return nil // events are of nobody
		}
		rows, err := s.berichten(ctx, append(filter, ervoor("op", op, id)...), bson.D{e("op", -1), e("_id", -1)}, n+1)
		if err != nil {
			return err
		}
		if page, err = vorm.BerichtPagina(rows, n); err != nil {
			return err
		}
		unread, err := s.c(cBerichten).CountDocuments(ctx, bson.D{e("gebruiker", q.Gebruiker), e("gelezen", 0)})
		page.Ongelezen = int(unread)
		return err
	})
	return page, err
}

// ervoor asks for what has less in field than at, or the same and a lower _id.
func ervoor(field string, at int64, id string) bson.D {
	return bson.D{
		e(field, bson.D{e("$lte", at)}),
		e("$or", bson.A{bson.D{e(field, bson.D{e("$lt", at)})}, bson.D{e("_id", bson.D{e("$lt", id)})}}),
	}
}

// Bericht implements store.Berichten.
func (s *Store) Bericht(ctx context.Context, id string) (b domain.Bericht, err error) {
	err = s.overBerichten(ctx, "read message", func() error {
		var row vorm.Bericht
		if err := s.c(cBerichten).FindOne(ctx, bson.D{e("_id", id)}).Decode(&row); err != nil {
			if errors.Is(err, mongo.ErrNoDocuments) {
				return unknownBericht()
			}
			return err
		}
		b = row.Domain()
		return nil
	})
	return b, err
}

// LeesBericht implements store.Berichten.
func (s *Store) LeesBericht(ctx context.Context, gebruiker, id string, op time.Time) (b domain.Bericht, err error) {
	mine := bson.D{e("_id", id), e("gebruiker", gebruiker), e("event", false)}
	err = s.overBerichten(ctx, "read message", func() error {
		_, err := s.c(cBerichten).UpdateOne(ctx, append(bson.D{e("gelezen", 0)}, mine...), bson.D{e("$set", bson.D{e("gelezen", op.UnixMilli())})})
		if err != nil {
			return err
		}
		var row vorm.Bericht
		if err := s.c(cBerichten).FindOne(ctx, mine).Decode(&row); err != nil {
			if errors.Is(err, mongo.ErrNoDocuments) {
				return unknownBericht()
			}
			return err
		}
		b = row.Domain()
		return nil
	})
	return b, err
}

// TeVersturen implements store.Berichten.
func (s *Store) TeVersturen(ctx context.Context, soort domain.BerichtSoort, events bool, op time.Time, n int) (list []domain.Bericht, err error) {
	err = s.overBerichten(ctx, "list what to send", func() (err error) {
		if n <= 0 {
			return nil
		}
		list, err = s.berichten(ctx, bson.D{
			e("stand", domain.PostWacht), e("soort", soort), e("event", events), e("volgende", bson.D{e("$lte", op.UnixMilli())}),
		}, bson.D{e("volgende", 1), e("_id", 1)}, n)
		return err
	})
	return list, err
}

// ZetPost implements store.Berichten.
func (s *Store) ZetPost(ctx context.Context, id string, was int, post domain.Post, leiding *store.Leiding) error {
	return s.overBerichten(ctx, "note what was sent", func() error {
		filter := bson.D{e("_id", id), e("stand", domain.PostWacht), e("pogingen", was)}
		stand := vorm.NewBerichtStand(domain.Bericht{Post: post})
		set := bson.D{
			e("stand", stand.Stand), e("pogingen", stand.Pogingen), e("volgende", stand.Volgende), e("verzonden", stand.Verzonden),
		}
		under, err := s.onder(ctx, leiding)
		if err != nil {
			return err
		}
		if leiding != nil {
			set = append(set, e("hek", leiding.Nr))
		}
		done, err := s.c(cBerichten).UpdateOne(ctx, append(filter, under...), bson.D{e("$set", set)})
		if err != nil || done.MatchedCount > 0 {
			return err
		}
		return s.waaromNiet(ctx, id, leiding)
	})
}

// waaromNiet is why the state of a message was not put in the place of another.
func (s *Store) waaromNiet(ctx context.Context, id string, leiding *store.Leiding) error {
	if _, err := s.leidtTot(ctx, leiding); err != nil {
		return err
	}
	var there struct {
		Hek int64 `json:"hek"`
	}
	err := s.c(cBerichten).FindOne(ctx, bson.D{e("_id", id)}).Decode(&there)
	switch {
	case errors.Is(err, mongo.ErrNoDocuments):
		return unknownBericht()
	case err != nil:
		return err
	case leiding != nil && there.Hek > leiding.Nr:
		return leidingVoorbij()
	}
	return verouderd()
}

// TelPost implements store.Berichten.
func (s *Store) TelPost(ctx context.Context) (map[domain.PostStand]int, error) {
	counted := map[domain.PostStand]int{}
	err := s.overBerichten(ctx, "count messages", func() error {
		return s.telPer(ctx, cBerichten, "stand", "$stand", func(stand string, n int) { counted[domain.PostStand(stand)] = n })
	})
	if err != nil {
		return nil, err
	}
	return counted, nil
}

// TeHerinneren implements store.Berichten.
func (s *Store) TeHerinneren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	filter := bson.D{e("herinnering", bson.D{e("$lte", vorm.DateNumber(dag))})}
	return s.eerste(ctx, "list meldingen to remind of", filter, bson.D{e("herinnering", 1)}, n)
}

// TelTeHerinneren implements store.Berichten.
func (s *Store) TelTeHerinneren(ctx context.Context, dag term.Date) (int, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return 0, fail("count reminders", err)
	}
	defer leave()
	n, err := s.c(cMeldingen).CountDocuments(ctx, bson.D{e("herinnering", bson.D{e("$lt", vorm.DateNumber(dag))})})
	return int(n), fail("count reminders", err)
}

// TeAlarmeren implements store.Berichten.
func (s *Store) TeAlarmeren(ctx context.Context, op time.Time, n int) ([]domain.Melding, error) {
	filter := bson.D{e("alarmVolgende", bson.D{e("$lte", op.UnixMilli())})}
	return s.eerste(ctx, "list meldingen to alarm of", filter, bson.D{e("alarmVolgende", 1)}, n)
}
