package mongo

import (
	"context"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// The notes of a melding are written in it, in Uitgaand, and so with it or not at
// all. Right after, the process that wrote them makes them of many meldingen
// together, and only then takes them out. What a process leaves that stops, the
// next who asks for notes finds by UitgaandSinds, and does the same. A note that
// is made twice does no harm.

// Times of notes: what is given in so short a time goes together, and what has
// stood so long by the server's clock is of a process that is gone.
const (
	bezorgSamen = 20 * time.Millisecond
	bezorgOudNa = 10 * time.Second
	bezorgMost  = 500
)

// uitgaand is a note in a melding.
type uitgaand struct {
	Poging    string `json:"poging"`
	Aanbieder string `json:"aanbieder"`
	Vanaf     int64  `json:"vanaf"`
}

func (w *schrijf) uitgaand() []uitgaand {
	return vorm.Each(w.notes, func(h store.Hertel) uitgaand { return uitgaand{w.poging, h.Aanbieder, vorm.DateNumber(h.Vanaf)} })
}

// post are notes that stand in a melding.
type post struct {
	ID       string     `json:"_id"`
	Uitgaand []uitgaand `json:"uitgaand"`
}

// bezorger gathers the notes of many callers.
type bezorger struct {
	lock    sync.Mutex
	waiting []post
	running bool
}

// bezorg has the notes of w made, after it returns.
func (s *Store) bezorg(ctx context.Context, w *schrijf) {
	if len(w.notes) == 0 {
		return
	}
	b := &s.bezorger
	b.lock.Lock()
	defer b.lock.Unlock()
	b.waiting = append(b.waiting, post{w.id, w.uitgaand()})
	if !b.running {
		b.running = true
		s.busy.Go(func() { s.bezorgAlles(context.WithoutCancel(ctx)) })
	}
}

// bezorgAlles delivers until nothing waits. What fails stays in its meldingen.
func (s *Store) bezorgAlles(ctx context.Context) {
	b := &s.bezorger
	for {
		_ = sleep(ctx, bezorgSamen) // ctx does not end
		b.lock.Lock()
		some := b.waiting[:min(len(b.waiting), bezorgMost)]
		b.waiting = b.waiting[len(some):]
		b.running = len(some) > 0
		b.lock.Unlock()
		if len(some) == 0 {
			return
		}
		_ = s.lever(ctx, some) // see bezorgOud
	}
}

// bezorgOud delivers the notes that a process which is gone left in its meldingen.
func (s *Store) bezorgOud(ctx context.Context) error {
	for {
		age := bson.D{e("$subtract", bson.A{"$$NOW", "$uitgaandSinds"})}
		var some []post
		found, err := s.c(cMeldingen).Find(ctx, bson.D{
			e("uitgaandSinds", bson.D{e("$gt", time.UnixMilli(0))}),
			e("$expr", bson.D{e("$gte", bson.A{age, s.bezorgOudNa.Milliseconds()})}),
		}, options.Find().SetSort(bson.D{e("uitgaandSinds", 1)}).SetLimit(bezorgMost).
			SetProjection(bson.D{e("uitgaand", 1)}))
		if err == nil {
			err = found.All(ctx, &some)
		}
		if err != nil || len(some) == 0 {
			return err
		}
		if err := s.lever(ctx, some); err != nil || len(some) < bezorgMost {
			return err
		}
	}
}

// lever makes the notes of some, one per provider, and then takes them out of
// their meldingen.
func (s *Store) lever(ctx context.Context, some []post) error {
	first := map[string]int64{}
	ids, notes := make([]string, len(some)), []uitgaand{}
	for i, p := range some {
		ids[i] = p.ID
		notes = append(notes, p.Uitgaand...)
		for _, n := range p.Uitgaand {
			if day, ok := first[n.Aanbieder]; !ok || n.Vanaf < day {
				first[n.Aanbieder] = n.Vanaf
			}
		}
	}
	todo := []store.Hertel{}
	for aanbieder, vanaf := range first {
		todo = append(todo, store.Hertel{Aanbieder: aanbieder, Vanaf: vorm.DateOf(vanaf)})
	}
	if err := s.noteer(ctx, todo); err != nil {
		return err
	}
	these := e("_id", bson.D{e("$in", ids)})
	_, err := s.c(cMeldingen).BulkWrite(ctx, []mongo.WriteModel{
		mongo.NewUpdateManyModel().SetFilter(bson.D{these}).
			SetUpdate(bson.D{e("$pullAll", bson.D{e("uitgaand", notes)})}),
		mongo.NewUpdateManyModel().SetFilter(bson.D{these, e("uitgaand", bson.A{})}).
			SetUpdate(bson.D{e("$unset", bson.D{e("uitgaand", ""), e("uitgaandSinds", "")})}),
	}, options.BulkWrite().SetOrdered(true))
	return err
}
