package mongo

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// errInhalen is that somebody took a name away before it was written: begin again.
var errInhalen = errors.New("a name was taken away meanwhile")

// VervangMelding implements store.Meldingen: it looks, claims another klantkenmerk
// when there is one, keeps the advices, replaces the melding, and gives the
// klantkenmerk of before up. A stop before the replacement leaves what
// BewaarMelding leaves; a stop after it leaves a claim on the klantkenmerk of
// before, which the melding does not have any more (see namen.go), notes (see
// uitgaand.go), and what it was at first where that does not count any more
// (see eerste.go).
func (s *Store) VervangMelding(ctx context.Context, m domain.Melding, bij store.Bij) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("replace melding", err)
	}
	defer leave()
	w, err := newSchrijf(&m, bij)
	if err != nil {
		return fail("replace melding", err)
	}
	w.vervangt = true
	return fail("replace melding", s.los(ctx, func(ctx context.Context) error { return s.vervangMelding(ctx, w) }))
}

func (s *Store) vervangMelding(ctx context.Context, w *schrijf) error {
	for range mostPogingen {
		err := s.vervangEens(ctx, w)
		if !errors.Is(err, errInhalen) {
			return err
		}
		w.opnieuw()
	}
	return errDruk
}

// vervangEens replaces the melding as it is at this moment.
func (s *Store) vervangEens(ctx context.Context, w *schrijf) error {
	old, filter, err := s.voor(ctx, w)
	if err != nil {
		return s.ruim(ctx, w, err)
	}
	w.kenmerk, w.client = old.Kenmerk, old.Client // these never change
	names := w.namen()
	gone, err := s.oudeNamen(ctx, old, names)
	if err == nil {
		w.claims = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(old.Namen, n) })
		if len(w.claims) > 0 {
			err = s.claim(ctx, w)
		}
	}
	if err == nil {
		err = s.bewaarGegeven(ctx, w)
	}
	if err == nil {
		err = s.bewaarEerste(ctx, w, old)
	}
	if err == nil {
		err = s.vervang(ctx, w, filter, names)
	}
	if errors.Is(err, errInhalen) { // what it has of claims by now, it asks for again
		return err
	}
	if err != nil {
		return s.ruim(ctx, w, err)
	}
	s.bezorg(ctx, w)
	s.maakBerichten(ctx, w)
	s.vergeet(ctx, gone)
	s.ruimEerste(ctx, w, old)
	return nil
}

// voor gives what is there to be replaced, and the filter that finds it unchanged.
func (s *Store) voor(ctx context.Context, w *schrijf) (*melding, bson.D, error) {
	under, err := s.onder(ctx, w.leiding)
	if err != nil {
		return nil, nil, err
	}
	old, err := s.vindVoor(ctx, w)
	if err != nil {
		return nil, nil, err
	}
	return old, append(bson.D{e("_id", w.id), e("rev", w.rev), e("slot", old.Slot), e("kalender", bson.D{e("$lte", w.kalender)})}, under...), nil
}

// onder asks, at the moment of a write, that the lead holds under which it is
// written, and that no later leader wrote the same; nothing without a lead.
func (s *Store) onder(ctx context.Context, lead *store.Leiding) (bson.D, error) {
	end, err := s.leidtTot(ctx, lead)
	if err != nil || lead == nil {
		return nil, err
	}
	return bson.D{e("hek", bson.D{e("$not", bson.D{e("$gt", lead.Nr)})}), e("$expr", bson.D{e("$lt", bson.A{"$$NOW", end})})}, nil
}

// vindVoor reads the melding that w replaces; its document only when that is the
// first.
func (s *Store) vindVoor(ctx context.Context, w *schrijf) (*melding, error) {
	o := options.FindOne()
	if w.rev != 1 {
		o.SetProjection(bson.D{e("doc", 0)})
	}
	var old melding
	err := s.c(cMeldingen).FindOne(ctx, bson.D{e("_id", w.id)}, o).Decode(&old)
	switch {
	case errors.Is(err, mongo.ErrNoDocuments), err == nil && old.Graf:
		return nil, unknownMelding()
	case err != nil:
		return nil, err
	case old.Rev != w.rev:
		return nil, verouderd()
	case old.Kalender > w.kalender:
		return nil, kalenderVerouderd()
	}
	return &old, nil
}

// oudeNamen gives the claims that the melding old will not have with these names.
func (s *Store) oudeNamen(ctx context.Context, old *melding, names []string) ([]naam, error) {
	var gone []naam
	for _, n := range old.Namen {
		if slices.Contains(names, n) {
			continue
		}
		// While the melding has the name nobody takes it over, so what is read here
		// is what is to be given up.
		claimed, err := s.vindNaam(ctx, n)
		if err != nil {
			return nil, err
		}
		if claimed != nil && claimed.Melding == old.ID {
			gone = append(gone, *claimed)
		}
	}
	return gone, nil
}

// vergeet gives claims up that a melding does not have any more. What is left of them
// when that fails makes way for who wants them.
func (s *Store) vergeet(ctx context.Context, gone []naam) {
	for _, n := range gone {
		_, _ = s.c(cNamen).DeleteOne(ctx, bson.D{e("_id", n.ID), e("melding", n.Melding), e("poging", n.Poging)})
	}
}

func (s *Store) vervang(ctx context.Context, w *schrijf, filter bson.D, names []string) error {
	done, err := s.c(cMeldingen).UpdateOne(ctx, filter, w.vervanging(names))
	if err != nil || done.MatchedCount > 0 {
		return err
	}
	if _, err := s.leidtTot(ctx, w.leiding); err != nil {
		return err
	}
	there, err := s.vind(ctx, w.id)
	switch {
	case err != nil:
		return err
	case there == nil:
		return unknownMelding()
	case there.Rev != w.rev:
		return verouderd()
	case there.Kalender > w.kalender:
		return kalenderVerouderd()
	case w.leiding != nil && there.Hek > w.leiding.Nr:
		return leidingVoorbij()
	}
	return errInhalen
}

// vervanging writes w in the place of the revision before.
func (w *schrijf) vervanging(names []string) bson.D {
	set := slices.Concat(bson.D{e("namen", names)}, w.velden, w.wacht, w.naamtEerste())
	if w.leiding != nil {
		set = append(set, e("hek", w.leiding.Nr))
	}
	update := bson.D{e("$inc", bson.D{e("rev", int64(1))})}
	push := bson.D{}
	if len(w.notes) > 0 {
		push = append(push, e("uitgaand", bson.D{e("$each", w.uitgaand())}))
	}
	if len(w.berichten) > 0 {
		push = append(push, e("berichten", bson.D{e("$each", w.berichten)}))
	}
	if len(push) > 0 {
		update = append(update, e("$push", push))
	}
	if gone := w.nietMeer(); len(gone) > 0 {
		update = append(update, e("$unset", gone))
	}
	return append(update, e("$set", set))
}

// nietMeer are the fields that the revision before may have and w has not.
func (w *schrijf) nietMeer() (gone bson.D) {
	for _, name := range wachtNamen() {
		if !slices.ContainsFunc(w.wacht, func(f bson.E) bool { return f.Key == name }) {
			gone = append(gone, e(name, ""))
		}
	}
	return gone
}

// leidtTot gives the end of a lead by the server's clock, or that it does not hold
// any more. Without a lead there is none.
func (s *Store) leidtTot(ctx context.Context, lead *store.Leiding) (time.Time, error) {
	if lead == nil {
		return time.Time{}, nil
	}
	var l leiding
	err := s.c(cLeidingen).FindOne(ctx, bson.D{
		e("_id", lead.Naam), e("houder", lead.Houder), e("nr", lead.Nr), nogNiet(),
	}).Decode(&l)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return time.Time{}, leidingVoorbij()
	}
	return l.Sinds.Add(time.Duration(l.Duur) * time.Millisecond), err
}

// nogNiet asks for a lead that has not run out by the server's clock.
func nogNiet() bson.E {
	end := bson.D{e("$add", bson.A{"$sinds", "$duur"})}
	return e("$expr", bson.D{e("$gt", bson.A{end, "$$NOW"})})
}
