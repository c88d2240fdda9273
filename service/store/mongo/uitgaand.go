package mongo

import (
	"context"
	"slices"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// The notes of a melding are written in it, in Uitgaand, and so with it or not at
// all. Right after, the process that wrote them makes them of many meldingen
// together, and only then takes them out. What a process leaves that stops, the
// next who asks for notes finds, and does the same at once: no clock has to say
// that it is gone. A note that is made twice, as when two processes do this at the
// same moment, has its provider counted once more than needed, which does no harm.

// bezorgSamen is how long notes wait for others, and bezorgMost of how many
// meldingen they go together.
const (
	bezorgSamen = 20 * time.Millisecond
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

// bezorger gathers the notes of many callers. What is under way is waiting, or sent.
type bezorger struct {
	lock          sync.Mutex
	waiting, sent []post
	running       bool
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
		s.busy.Go(func() { s.bezorgAlles(store.ZonderGeduld(ctx)) })
	}
}

// bezorgAlles delivers until nothing waits. What fails stays in its meldingen.
func (s *Store) bezorgAlles(ctx context.Context) {
	for {
		_ = sleep(ctx, bezorgSamen) // ctx does not end
		some := s.bezorger.next()
		if len(some) == 0 {
			return
		}
		_ = s.lever(ctx, some) // see bezorgOud
	}
}

// next is what to deliver now; nothing when nothing waits any more.
func (b *bezorger) next() []post {
	b.lock.Lock()
	defer b.lock.Unlock()
	n := min(len(b.waiting), bezorgMost)
	b.sent, b.waiting = b.waiting[:n:n], b.waiting[n:]
	b.running = n > 0
	return b.sent
}

// bezig are the meldingen of which notes are under way.
func (b *bezorger) bezig() map[string]bool {
	b.lock.Lock()
	defer b.lock.Unlock()
	ids := map[string]bool{}
	for _, p := range slices.Concat(b.waiting, b.sent) {
		ids[p.ID] = true
	}
	return ids
}

// bezorgOud delivers the notes that other processes left in their meldingen.
func (s *Store) bezorgOud(ctx context.Context) error {
	own := s.bezorger.bezig()
	for {
		var some []post
		found, err := s.c(cMeldingen).Find(ctx, bson.D{e("uitgaand.poging", bson.D{e("$gt", "")})},
			options.Find().SetLimit(int64(bezorgMost+len(own))).SetProjection(bson.D{e("uitgaand", 1)}))
		if err == nil {
			err = found.All(ctx, &some)
		}
		if err != nil {
			return err
		}
		some = slices.DeleteFunc(some, func(p post) bool { return own[p.ID] })
		if len(some) == 0 {
			return nil
		}
		if err := s.lever(ctx, some); err != nil {
			return err
		}
	}
}

// metOnbezorgd gives at most n notes: these, and those that stand in meldingen still.
func (s *Store) metOnbezorgd(ctx context.Context, notes []herteling, n int) ([]herteling, error) {
	var some []post
	found, err := s.c(cMeldingen).Find(ctx, bson.D{e("uitgaand.poging", bson.D{e("$gt", "")})},
		options.Find().SetProjection(bson.D{e("uitgaand", 1)}))
	if err == nil {
		err = found.All(ctx, &some)
	}
	at := map[string]int{}
	for i, h := range notes {
		at[h.Aanbieder] = i
	}
	for _, p := range some {
		for _, u := range p.Uitgaand {
			i, there := at[u.Aanbieder]
			if !there {
				at[u.Aanbieder], notes = len(notes), append(notes, herteling{Aanbieder: u.Aanbieder, Vanaf: u.Vanaf})
				continue
			}
			notes[i].Vanaf = min(notes[i].Vanaf, u.Vanaf)
		}
	}
	return notes[:min(n, len(notes))], err
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
	var todo []store.Hertel
	for aanbieder, vanaf := range first {
		todo = append(todo, store.Hertel{Aanbieder: aanbieder, Vanaf: vorm.DateOf(vanaf)})
	}
	if err := s.noteer(ctx, todo); err != nil {
		return err
	}
	_, err := s.c(cMeldingen).UpdateMany(ctx, in(ids), bson.D{e("$pullAll", bson.D{e("uitgaand", notes)})})
	return err
}
