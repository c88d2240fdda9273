package mongo

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// errDruk is that others were in the way again and again.
var errDruk = errors.New("others changed the same melding or names all the time")

// mostPogingen is how often a write begins again that another fenced off.
const mostPogingen = 10

// BewaarMelding implements store.Meldingen, in four round trips: the names, the
// advices, the melding with its notes, and the count. The melding is what counts: a
// stop before it leaves claims (see namen.go), and entries in the decision log of
// advices that were given and that nobody was told; a stop after it leaves notes
// that whoever asks for them finds in it (see uitgaand.go).
func (s *Store) BewaarMelding(ctx context.Context, m domain.Melding, bij store.Bij) (domain.SignaalTelling, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.SignaalTelling{}, fail("keep melding", err)
	}
	defer leave()
	w, err := newSchrijf(&m, bij)
	if err != nil {
		return domain.SignaalTelling{}, fail("keep melding", err)
	}
	aanbieder, dag := m.AanbiederID, m.Dag
	var counted domain.SignaalTelling // read here only once the writer is done with it
	err = s.los(ctx, func(ctx context.Context) (err error) {
		counted, err = s.bewaarMelding(ctx, w, aanbieder, dag)
		return err
	})
	if err != nil {
		return domain.SignaalTelling{}, fail("keep melding", err)
	}
	return counted, nil
}

// los carries a write out to its end, also when its caller is gone: only a process
// that ends stops it half way.
func (s *Store) los(ctx context.Context, do func(context.Context) error) error {
	done := make(chan error, 1)
	s.busy.Go(func() { done <- do(context.WithoutCancel(ctx)) })
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) bewaarMelding(ctx context.Context, w *schrijf, aanbieder string, dag term.Date) (t domain.SignaalTelling, err error) {
	names := w.namen()
	w.claims = names
	err = s.claim(ctx, w, names)
	if err == nil {
		err = s.bewaarGegeven(ctx, w)
	}
	if err == nil {
		err = s.zetMelding(ctx, w, names)
	}
	if err != nil {
		return t, s.ruim(ctx, w, err)
	}
	s.bezorg(ctx, w)
	if aanbieder == "" {
		return t, nil
	}
	return s.telSignalen(ctx, aanbieder, dag, "")
}

func (s *Store) bewaarGegeven(ctx context.Context, w *schrijf) error {
	if w.gegeven {
		return nil
	}
	err := s.bewaarAdviezen(ctx, w.given)
	w.gegeven = err == nil
	return err
}

// zetMelding writes a melding that is new, once more each time that others
// took a name away from it.
func (s *Store) zetMelding(ctx context.Context, w *schrijf, names []string) error {
	none := bson.D{e("$exists", false)}
	filter, slot := bson.D{e("_id", w.id), e("rev", none), e("graf", none)}, int64(0) // there is no such document
	for range mostPogingen {
		done, err := s.c(cMeldingen).UpdateOne(ctx, filter, w.nieuw(names, slot), options.UpdateOne().SetUpsert(slot == 0))
		if err == nil && done.MatchedCount+done.UpsertedCount > 0 {
			return nil
		}
		if err != nil && !mongo.IsDuplicateKeyError(err) {
			return err
		}
		there, err := s.vind(ctx, w.id)
		switch {
		case err != nil:
			return err
		case there == nil: // what is there is never taken away
			return errDruk
		case !there.Graf && there.Poging == w.poging:
			return nil // it was written, and the answer got lost
		case !there.Graf:
			return meldingBestaat()
		}
		// The Slot was seen before the claims are looked at: who takes one of them
		// away later raises it.
		slot = there.Slot
		filter = bson.D{e("_id", w.id), e("graf", true), e("slot", slot)}
		for _, name := range names {
			if err := s.neem(ctx, w, name); err != nil {
				return err
			}
		}
	}
	return errDruk
}

// nieuw writes w as a melding that is new, in the place of a Graf if there is one.
func (w *schrijf) nieuw(names []string, slot int64) bson.D {
	set := append(bson.D{
		e("kenmerk", w.kenmerk), e("client", w.client), e("rev", int64(1)), e("hek", int64(0)),
		e("namen", names), e("poging", w.poging), e("slot", slot),
	}, w.velden...)
	update := bson.D{e("$unset", bson.D{e("graf", "")})}
	if len(w.notes) > 0 {
		set = append(set, e("uitgaand", w.uitgaand()))
		update = append(update, e("$currentDate", bson.D{e("uitgaandSinds", true)}))
	}
	return append(update, e("$set", set))
}

// ruim takes away what was written of w when it is refused for good. Where nobody
// knows whether the melding was written all stays as it is.
func (s *Store) ruim(ctx context.Context, w *schrijf, err error) error {
	refused := w.refusal(err)
	var refusal *domain.Error
	if !errors.As(refused, &refusal) {
		return err
	}
	if !w.vervangt && (refusal.Key == "fout.kenmerk_bezet" || refusal.Key == "fout.klantkenmerk_bezet") {
		there, err := s.vind(ctx, w.id) // an id that is there is what is wrong first
		if err != nil {
			return err
		}
		if there != nil && !there.Graf {
			refused = meldingBestaat()
		}
	}
	if err := errors.Join(s.wegGegeven(ctx, w), s.laat(ctx, w)); err != nil {
		return err
	}
	return refused
}

// wegGegeven takes the advices away again that were kept for w.
func (s *Store) wegGegeven(ctx context.Context, w *schrijf) error {
	if !w.gegeven || len(w.given) == 0 {
		return nil
	}
	ids := vorm.Each(w.given, func(g domain.GegevenAdvies) string { return g.ID })
	_, err := s.c(cAdviezen).DeleteMany(ctx, in(ids))
	return err
}
